"""The engine: one network, run by the quickest backend there is, and by the next one where that fails.

Nothing is lost when a device fails: the frame in hand is computed again on the next execution mode (tiles, fewer
bits, torch instead of OpenVINO, the processor instead of the graphics card), and `warnings` says so.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.config import EngineOptions
from dehazer.engine import openvino_backend
from dehazer.engine.backend import Backend, TorchBackend
from dehazer.engine.device_apply import Affine, affine_torch, apply_on_device
from dehazer.engine.device_memory import free_bytes
from dehazer.engine.device_pyramid import analyse_on_device
from dehazer.engine.devices import current, device_errors, device_name, list_devices, pick_device, pick_precision, precision_name
from dehazer.engine.fallback import TILE, ExecutionMode, difference, next_fallback
from dehazer.engine.tiles import TiledNetwork
from dehazer.engine.transfer import DeviceTransfer, to_host
from dehazer.errors import ConfigError, DeviceError, DeviceLost, ModelError
from dehazer.field.haze_field import HazeField
from dehazer.field.planes import luma_weights
from dehazer.field.pyramid import SHORT_SIDE, Pyramid, analyse
from dehazer.frames.color import add_rgb_change, frame_to_rgb
from dehazer.frames.device_frame import DeviceFrame, awaited
from dehazer.frames.frame import Frame
from dehazer.models import weights as weights_of
from dehazer.models.registry import ModelSpec, model_spec
from dehazer.redact import module_logger

__all__ = ["Engine", "Estimate", "list_devices", "pick_device", "pick_precision"]

OVERLAP = 48
"""Pixels that tiles see of their neighbours:  what the student's 42 convolutions in a row can reach, rounded up."""
BYTES_PER_PIXEL = 1200
"""Peak memory of an exact network per pixel in fp32, with room to spare (student, measured: 700)."""

Answer = TypeVar("Answer")

log = module_logger(__name__)


@dataclass(frozen=True)
class Estimate:
    """A field and what it was estimated from: small is (3, 2h, 2w) float RGB in [0, 1]."""

    field: HazeField
    small: Tensor


class Engine:
    """One network on one device. Not thread-safe: one thread uses it at a time.

    Raises ConfigError, WeightsError or DeviceError at birth; ModelError when the network answers with numbers that
    are not finite; DeviceError when no execution mode is left.

    spec, card: network and its weights' card. weights: as asked for, a name or a path. mode: how it is computed at present.
    """

    def __init__(self, options: EngineOptions) -> None:
        self.spec = model_spec(options.model)
        device = pick_device(options.device)
        precision = pick_precision(options.precision, device, self.spec)
        self.weights = options.weights or next(iter(self.spec.weights), "")
        self._taken: tuple[str, ...] = ()
        self.mode = ExecutionMode(_pick_backend(options.backend, device), device, precision)
        self._open()

    def _open(self) -> None:
        network, self.card = weights_of.load(self.spec, self.weights)
        self._release()
        try:
            self.backend = open_backend(network, self.spec, self.card, self.mode)
        except DeviceError as error:
            return self._step_down(error)  # opens the next one
        self._transfer = DeviceTransfer(self.device) if self.device.type != "cpu" else None
        self._affine = pick_affine(self.device)
        log.info("Using %s", ", ".join(f"{key} {value}" for key, value in self.describe().items()))
        return None

    def _release(self) -> None:
        """Free what the last mode held before the next one takes its own."""
        self.__dict__.pop("backend", None)
        self._tiled: TiledNetwork | None = None
        if torch.cuda.is_available():
            with suppress(RuntimeError):  # a lost device frees nothing
                torch.cuda.empty_cache()

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per change of mode, and per shortcut that this machine does not allow."""
        return (*self._taken, *getattr(self.__dict__.get("backend"), "notes", ()))

    @property
    def device(self) -> torch.device:
        """Where the network runs at present."""
        return self.mode.device

    @property
    def precision(self) -> torch.dtype:
        """The number format it runs in at present."""
        return self.mode.precision

    @property
    def gives_field(self) -> bool:
        """Whether the network answers with a field (else with a picture)."""
        return self.spec.kind == "field"

    def describe(self) -> dict[str, str]:
        """What runs where: model, weights, device, precision, backend, and the tiles if there are any. From any thread."""
        backend = self.__dict__.get("backend")  # missing for a moment while the next mode is taken
        told = {"model": self.spec.name, "weights": self.card.name, "device": device_name(self.device),
                "precision": precision_name(self.precision), "backend": self.mode.backend if backend is None else backend.name}
        return told | ({"tiles": f"{self.mode.tile} pixels"} if self.mode.tile else {})

    def set_precision(self, name: str) -> None:
        """Compute in another number format from the next frame on: "auto", "fp32", "bf16" or "fp16"."""
        self.mode = replace(self.mode, precision=pick_precision(name, self.device, self.spec))
        self.backend.set_precision(self.mode.precision)
        log.info("Number format is now %s", precision_name(self.precision))

    def estimate(self, frame: Frame, lines: int = SHORT_SIDE) -> Estimate:
        """The haze field of a frame (field networks). lines: see `pyramid.analysis_size`."""
        return self.estimate_many([frame], lines)[0]

    def estimate_many(self, frames: Sequence[Frame], lines: int = SHORT_SIDE) -> list[Estimate]:
        """The fields of several frames, of several streams maybe; those of one grid go to the device in one call."""
        return self._with_fallback(partial(self._estimates, frames, lines))

    def _estimates(self, frames: Sequence[Frame], lines: int) -> list[Estimate]:
        pyramids = [self._look(frame, lines) for frame in frames]
        found: dict[int, Estimate] = {}
        for group in self._groups(pyramids):
            for i, (gain, offset, small) in zip(group, self._fields([pyramids[i] for i in group]), strict=True):
                weights = luma_weights(frames[i])
                field = HazeField(gain, offset, pyramids[i].extent, guide=cell_luma(small, weights), weights=weights)
                found[i] = Estimate(field, small)
        return [found[i] for i in range(len(frames))]

    def _look(self, frame: Frame, lines: int) -> Pyramid:
        if isinstance(frame, DeviceFrame) and self._transfer is not None:
            with device_errors():
                return analyse_on_device(frame, lines)
        return analyse(_on_host(frame), lines)

    def _groups(self, pyramids: list[Pyramid]) -> list[list[int]]:
        """Positions of pyramids of one size; each alone where a batch saves nothing."""
        if not self.backend.batches:
            return [[i] for i in range(len(pyramids))]
        shapes = [p.stats.shape for p in pyramids]
        return [[i for i, shape in enumerate(shapes) if shape == one] for one in dict.fromkeys(shapes)]

    def _fields(self, pyramids: list[Pyramid]) -> list[tuple[Tensor, Tensor, Tensor]]:
        """(gain, offset, small) of each, in main memory."""
        alone = len(pyramids) == 1
        small, stats = (pyramids[0].small, pyramids[0].stats) if alone else (
            torch.cat([p.small.to(self.device) for p in pyramids]), torch.cat([p.stats.to(self.device) for p in pyramids]))
        gain, offset = self.backend.field(small, stats)
        with device_errors():
            gain, offset, small = to_host(gain, offset, small)  # the wait for the device
        _finite(gain, offset)
        return list(zip(gain, offset, small, strict=True))

    def upload(self, frame: Frame) -> Frame:
        """Start bringing a frame to where the engine computes; the frame itself on the processor. May be called from any
        thread: where it fails the frame stays, and whoever computes it meets the same trouble and takes the next mode."""
        transfer = self._transfer
        if transfer is None:
            return frame
        try:
            with device_errors(), current(transfer.device):
                return transfer.upload(frame)
        except DeviceError:
            return frame

    def apply(self, field: HazeField, frame: Frame) -> Frame:
        """The field applied to a frame, wherever the frame is."""
        if field.neutral:
            return frame
        return self._with_fallback(partial(self._applied, field, frame))

    def _applied(self, field: HazeField, frame: Frame) -> Frame:
        if isinstance(frame, DeviceFrame) and self._transfer is not None:
            with device_errors():
                return apply_on_device(field, frame, self._affine)
        return field.apply(_on_host(frame))

    def download(self, frame: Frame) -> Frame:
        """A frame in main memory. Raises DeviceError, on the next mode already, when its device was lost meanwhile."""
        if not isinstance(frame, DeviceFrame) or self._transfer is None:
            return _on_host(frame)
        try:
            with device_errors(), current(self.device):
                return self._transfer.download(frame)
        except DeviceError as error:
            self._step_down(error)
            raise

    def restore(self, frame: Frame, strength: float = 1.0) -> Frame:
        """The picture of an image network: original + strength · (answer − original), in the frame's own planes."""
        return self.restore_many([frame], strength)[0]

    def restore_many(self, frames: Sequence[Frame], strength: float = 1.0) -> list[Frame]:
        """As `restore`, for offline work: frames of one size go to the device in one call."""
        if strength == 0.0:
            return list(frames)
        return self._with_fallback(partial(self._restored, frames, strength))

    def _restored(self, frames: Sequence[Frame], strength: float) -> list[Frame]:
        near = [f if self._transfer is not None and isinstance(f, DeviceFrame) else self.upload(_on_host(f)) for f in frames]
        with device_errors():
            pictures = [frame_to_rgb(awaited(f)).clamp(0, 1) for f in near]
            alike = self.backend.batches and len({p.shape for p in pictures}) == 1
            answers = self._picture(torch.stack(pictures)) if alike else [self._picture(p[None])[0] for p in pictures]
            results = [add_rgb_change(f, strength * (a.clamp(0, 1) - p))
                       for f, a, p in zip(near, answers, pictures, strict=True)]
        return [self.download(r) if f.on_host else r for r, f in zip(results, frames, strict=True)]

    def settle(self) -> None:
        """Wait until nothing is prepared in the background any more: for measuring."""
        self.backend.settle()

    def restore_rgb(self, rgb: Tensor) -> Tensor:
        """(N, 3, H, W) float32 RGB in [0, 1] → the image network's answer, likewise, not clamped, on its device."""
        return self._with_fallback(partial(self._picture, rgb))

    def _picture(self, rgb: Tensor) -> Tensor:
        """Padded to the network's multiple meanwhile, in tiles where memory is short."""
        height, width = rgb.shape[-2:]
        more = (0, -width % self.spec.multiple, 0, -height % self.spec.multiple)
        padded = F.pad(rgb, more, mode="replicate") if any(more) else rgb
        answer = self._in_tiles(padded) if self._needs_tiles(padded) else self.backend.image(padded)
        return _finite(answer[..., :height, :width])[0]

    def _needs_tiles(self, rgb: Tensor) -> bool:
        if self.mode.tile or self.spec.tiling == "no":
            return bool(self.mode.tile)
        needed = rgb.shape[0] * rgb.shape[-2] * rgb.shape[-1] * BYTES_PER_PIXEL
        free = free_bytes(self.device)
        if needed > free:
            self._take(replace(self.mode, backend="torch", tile=TILE),
                       f"A picture of {rgb.shape[-1]}×{rgb.shape[-2]} in one piece needs more memory than is free "
                       f"({free / 2**30:.1f} GiB); it is computed in tiles.")
        return bool(self.mode.tile)

    def _in_tiles(self, rgb: Tensor) -> Tensor:
        if self._tiled is None and isinstance(self.backend, TorchBackend):
            self._tiled = TiledNetwork(self.backend.network, self.backend.image, self.mode.tile, OVERLAP, self.spec.multiple)
        assert self._tiled is not None  # every mode with tiles is a torch mode
        return torch.cat([self._tiled(one[None]) for one in rgb])

    def _with_fallback(self, compute: Callable[[], Answer]) -> Answer:
        """The answer of `compute`, on the first mode that gives one."""
        while True:
            try:
                with current(self.device):
                    return compute()
            except (DeviceError, ModelError) as error:
                self._step_down(error)

    def _step_down(self, error: DeviceError | ModelError) -> None:
        """Take the next mode; raises `error` when there is none."""
        below = next_fallback(self.mode, self.spec, error)
        if below is None:
            raise error
        self._take(below, f"{error} Going on with {difference(self.mode, below)}.")

    def _take(self, mode: ExecutionMode, sentence: str) -> None:
        self._taken = (*self._taken, sentence)
        log.warning("%s", sentence)
        self.mode = mode
        self._open()


def _pick_backend(name: str, device: torch.device) -> str:
    """The backend as asked; auto is OpenVINO on processors where it is installed. Raises ConfigError."""
    if name == "openvino" and device.type != "cpu":
        raise ConfigError("--backend openvino computes on the processor; use it with --device cpu.")
    if name == "openvino" and not openvino_backend.available():
        raise ConfigError("--backend openvino was asked for, but OpenVINO is not installed; pip install 'dehazer[cpu]', or use "
                          "--backend torch.")
    if name != "auto":
        return name
    return "openvino" if device.type == "cpu" and openvino_backend.available() else "torch"


def open_backend(network: Any, spec: ModelSpec, card: weights_of.Card, mode: ExecutionMode) -> Backend:
    """The backend of a mode with the network in it."""
    if mode.backend == "openvino":
        return openvino_backend.OpenVinoBackend(network, spec, _fingerprint(network, card), mode.precision)
    if mode.device.type == "cuda" and not mode.tile:  # tiles listen to the network while it runs: no graph can
        from dehazer.engine.cuda_backend import CudaBackend

        return CudaBackend(network, mode.device, mode.precision, compiled=spec.kind == "image")
    return TorchBackend(network, mode.device, mode.precision)


def pick_affine(device: torch.device) -> Affine:
    """The fused pass where Triton is there, else plain torch."""
    if device.type == "cuda":
        from dehazer.engine import triton_kernel as fused

        if fused.available():
            return fused.affine_fused
    return affine_torch


def cell_luma(small: Tensor, weights: tuple[float, float, float]) -> Tensor:
    """(3, 2h, 2w) RGB → (1, h, w) mean luma of each cell."""
    luma = (small.numpy() * np.array(weights, np.float32)[:, None, None]).sum(axis=0)
    rows, columns = luma.shape[0] // 2, luma.shape[1] // 2
    return torch.from_numpy(luma.reshape(rows, 2, columns, 2).mean(axis=(1, 3)))[None]


def _on_host(frame: Frame) -> Frame:
    """The frame in main memory that a resident one was made from."""
    if not isinstance(frame, DeviceFrame):
        return frame
    if frame.host is None:
        raise DeviceLost("A frame was lost with the device that held it; start again with --hwaccel none.")
    return frame.host


def _fingerprint(network: Any, card: weights_of.Card) -> str:
    """Changes with the weights, the settings and the network's own source."""
    source = Path(inspect.getfile(type(network))).read_bytes()
    return hashlib.sha256(json.dumps(asdict(card), sort_keys=True).encode() + source).hexdigest()


def _finite(*numbers: Tensor) -> tuple[Tensor, ...]:
    if not all(bool(torch.isfinite(n).all()) for n in numbers):
        raise ModelError("The network answered with numbers that are not finite; use --precision fp32, and report the file "
                         "if that does not help.")
    return numbers
