"""The engine: one network, run by the quickest backend there is, and by the next one where that fails.

Nothing is lost when a device fails: the current frame is computed again on the next execution mode (tiles, fewer
bits, torch instead of OpenVINO, the processor instead of the graphics card), and `warnings` says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from dehazer.config import EngineOptions
from dehazer.engine.backend import Array, Backend
from dehazer.engine.backends import NumberFormat, missing_openvino, open_backend, pick_backend, pick_format
from dehazer.engine.device_list import list_devices
from dehazer.engine.devices import Device, cuda_count, current, device_name, pick_device, pick_precision
from dehazer.engine.estimate import Begun, Estimate, begin, estimates
from dehazer.engine.fallback import ExecutionMode, difference, next_fallback
from dehazer.errors import DeviceError, DeviceLost, ModelError
from dehazer.field.haze_field import HazeField
from dehazer.field.pyramid import SHORT_SIDE, Pyramid, analyse
from dehazer.frames.device_frame import DeviceFrame
from dehazer.frames.frame import Frame
from dehazer.models.registry import model_spec
from dehazer.models.weights import find_weights
from dehazer.redact import module_logger

if TYPE_CHECKING:
    from torch import Tensor

    from dehazer.engine.device_path import DevicePath
    from dehazer.engine.image_network import ImageNetwork
    from dehazer.field.torch_pyramid import TensorPyramid

__all__ = ["Engine", "Estimate", "list_devices", "pick_device", "pick_precision"]

Answer = TypeVar("Answer")

log = module_logger(__name__)


class Engine:
    """One network on one device, for any number of threads: one computes at a time, the others wait for it. Only a thread
    that computes ever takes another mode; `upload`, `download`, `set_precision` and `describe` wait for nobody.

    Raises ConfigError, WeightsError or DeviceError on construction; ModelError when the network answers with numbers that
    are not finite; DeviceError when no execution mode is left.

    spec, card: network and its weights' card. weights: as asked for, a name or a path. mode: how it is computed at present.
    """

    def __init__(self, options: EngineOptions) -> None:
        self.spec = model_spec(options.model)
        device = pick_device(options.device)
        self.weights = options.weights or next(iter(self.spec.weights), "")
        missing = missing_openvino(options.backend, device)
        self._notes: tuple[str, ...] = () if missing is None else (missing,)
        self._path: DevicePath | None = None
        self._failed: tuple[ExecutionMode, DeviceError] | None = None  # of a thread that may not take another mode itself
        self._requested_precision: str | None = None
        self._computing = threading.RLock()  # a compiled network and a device take one request at a time
        self.mode = self._first_mode(options, device)
        self._open()

    def _first_mode(self, options: EngineOptions, device: Device) -> ExecutionMode:
        backend = pick_backend(options.backend, device)
        found = self._format(options.precision, backend, device)
        return ExecutionMode(backend, device, found.precision, threads=found.threads, quick=found.quick)

    def _format(self, name: str, backend: str, device: Device) -> NumberFormat:
        """Number format and threads. Where nothing can be measured, opening fails in the same way and takes the next mode."""
        weights = find_weights(self.spec, self.weights)
        try:
            return pick_format(name, backend, device, self.spec, weights)
        except DeviceError:
            return NumberFormat("fp32")

    def _open(self) -> None:
        weights = find_weights(self.spec, self.weights)
        self.card = weights.card
        self._release()
        try:
            self.backend: Backend = open_backend(self.spec, weights, self.mode)
        except DeviceError as error:
            return self._step_down(error)  # opens the next one
        self._path = _device_path(self.device)
        log.info("Using %s", ", ".join(f"{key} {value}" for key, value in self.describe().items()))
        return None

    def _release(self) -> None:
        """Free what the last mode held before the next one takes its own."""
        self.__dict__.pop("backend", None)
        self._path = None
        self._pictures: ImageNetwork | None = None
        if cuda_count():
            _empty_device_cache()

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per change of mode, and per shortcut that this machine does not allow."""
        return (*self._notes, *getattr(self.__dict__.get("backend"), "notes", ()))

    @property
    def device(self) -> Device:
        """Where the network runs at present."""
        return self.mode.device

    @property
    def precision(self) -> str:
        """The number format it runs in at present, or from the next frame on."""
        return self._requested_precision or self.mode.precision

    @property
    def gives_field(self) -> bool:
        """Whether the network answers with a field (else with a picture)."""
        return self.spec.kind == "field"

    def describe(self) -> dict[str, str]:
        """What runs where: model, weights, device, precision, backend, measured threads and tiles if any. From any thread."""
        backend = self.__dict__.get("backend")  # missing for a moment while the next mode is taken
        values = {"model": self.spec.name, "weights": self.card.name, "device": device_name(self.device),
                "precision": self.precision, "backend": self.mode.backend if backend is None else backend.name}
        threads = {"threads": str(self.mode.threads)} if self.mode.threads else {}
        return values | threads | ({"tiles": f"{self.mode.tile} pixels"} if self.mode.tile else {})

    def set_precision(self, name: str) -> None:
        """Compute in another number format from the next frame on: "auto", "fp32", "bf16", "fp16" or "int8". From any thread.

        Raises ConfigError for INT8 where there is no such network.
        """
        self._requested_precision = self._format(name, self.mode.backend, self.device).precision

    @property
    def at_once(self) -> int:
        """How many frames are best begun together with `begin`; 1 where nothing is gained by it. From any thread."""
        backend = self.__dict__.get("backend")  # missing for a moment while the next mode is taken
        return 1 if backend is None else backend.at_once

    def begin(self, frame: Frame, lines: int = SHORT_SIDE) -> Begun | None:
        """Start on a frame that `estimate` will be asked for, beside others; None where nothing is gained by it. From any thread.

        Where it fails, `estimate` fails in the same way and takes the next mode.
        """
        backend = self.__dict__.get("backend")
        if backend is None or backend.at_once == 1:
            return None
        with suppress(DeviceError):
            return begin(backend, frame, analyse(_on_host(frame), lines))
        return None

    def estimate(self, frame: Frame, lines: int = SHORT_SIDE, begun: Begun | None = None) -> Estimate:
        """The haze field of a frame (field networks). lines: see `pyramid.analysis_size`. begun: what `begin` gave for it."""
        started = [] if begun is None else [begun]
        return self._with_fallback(lambda: started.pop().wait() if started else self._estimates([frame], lines)[0])

    def estimate_many(self, frames: Sequence[Frame], lines: int = SHORT_SIDE) -> list[Estimate]:
        """The fields of several frames, of several streams maybe: in one call for those of one grid, or side by side.

        One frame has all the cores only where it needs them: threads that wait for each other at every layer cost 5 to 20 % more.
        """
        if self.at_once == 1 or self.backend.batches or (len(frames) == 1 and not self.mode.quick):
            return self._with_fallback(partial(self._estimates, frames, lines))
        begun = [self.begin(frame, lines) for frame in frames]
        return [self.estimate(frame, lines, started) for frame, started in zip(frames, begun, strict=True)]

    def _estimates(self, frames: Sequence[Frame], lines: int) -> list[Estimate]:
        pyramids = [self._pyramid(frame, lines) for frame in frames]
        found: dict[int, Estimate] = {}
        for group in self._groups(pyramids):
            small, stats = self._joined([pyramids[i] for i in group])
            extents = [pyramids[i].extent for i in group]
            answer = self.backend.field(small, stats)
            found |= zip(group, estimates(self.backend, [frames[i] for i in group], extents, small, answer), strict=True)
        return [found[i] for i in range(len(frames))]

    def _pyramid(self, frame: Frame, lines: int) -> Pyramid | TensorPyramid:
        if isinstance(frame, DeviceFrame) and self._path is not None:
            return self._path.analyse(frame, lines)
        return analyse(_on_host(frame), lines)

    def _groups(self, pyramids: Sequence[Pyramid | TensorPyramid]) -> list[list[int]]:
        """Positions of pyramids of one size; each alone where a batch saves nothing."""
        if not self.backend.batches:
            return [[i] for i in range(len(pyramids))]
        shapes = [tuple(p.stats.shape) for p in pyramids]
        return [[i for i, shape in enumerate(shapes) if shape == one] for one in dict.fromkeys(shapes)]

    def _joined(self, pyramids: Sequence[Pyramid | TensorPyramid]) -> tuple[Array, Array]:
        """What the network sees of them, in one call."""
        if len(pyramids) == 1:
            return pyramids[0].small, pyramids[0].stats
        return self.backend.joined([p.small for p in pyramids]), self.backend.joined([p.stats for p in pyramids])

    def upload(self, frame: Frame) -> Frame:
        """Start bringing a frame to where the engine computes; the frame itself on the processor. May be called from any
        thread: where it fails the frame stays, and computing it fails in the same way and takes the next mode."""
        path = self._path
        if path is None:
            return frame
        try:
            return path.upload(frame)
        except DeviceError:
            return frame

    def apply(self, field: HazeField, frame: Frame) -> Frame:
        """The field applied to a frame, wherever the frame is."""
        if field.neutral:
            return frame
        return self._with_fallback(partial(self._applied, field, frame))

    def _applied(self, field: HazeField, frame: Frame) -> Frame:
        if isinstance(frame, DeviceFrame) and self._path is not None:
            return self._path.apply(field, frame)
        return field.apply(_on_host(frame))

    def download(self, frame: Frame) -> Frame:
        """A frame in main memory, from any thread. Raises DeviceError when its device was lost meanwhile; the compute thread
        then takes the next mode before it computes anything more."""
        mode, path = self.mode, self._path
        if not isinstance(frame, DeviceFrame) or path is None:
            return _on_host(frame)
        try:
            return path.download(frame)
        except DeviceError as error:
            self._failed = mode, error
            raise

    def restore(self, frame: Frame, strength: float = 1.0) -> Frame:
        """The picture of an image network: original + strength · (answer − original), in the frame's own planes.

        strength: 0 to 1.5."""
        return self.restore_many([frame], strength)[0]

    def restore_many(self, frames: Sequence[Frame], strength: float = 1.0) -> list[Frame]:
        """As `restore`, for offline work: frames of one size go to the device in one call."""
        if strength == 0.0:
            return list(frames)
        return self._with_fallback(partial(self._restored, frames, strength))

    def _restored(self, frames: Sequence[Frame], strength: float) -> list[Frame]:
        uploaded = [f if self._path is not None and isinstance(f, DeviceFrame) else self.upload(_on_host(f)) for f in frames]
        results = self._image_network().restored(uploaded, strength)
        return [self.download(r) if f.on_host else r for r, f in zip(results, frames, strict=True)]

    def settle(self) -> None:
        """Wait until nothing is prepared in the background any more: for measuring."""
        self.backend.settle()

    def restore_rgb(self, rgb: Tensor) -> Tensor:
        """(N, 3, H, W) float32 RGB in [0, 1] → the image network's answer, likewise, not clamped, on its device."""
        return self._with_fallback(lambda: self._image_network().answer(rgb))

    def _image_network(self) -> ImageNetwork:
        from dehazer.engine.image_network import ImageNetwork

        if self._pictures is None:
            self._pictures = ImageNetwork(self.backend, self.spec, self.mode.tile)
        return self._pictures

    def _with_fallback(self, compute: Callable[[], Answer]) -> Answer:
        """The answer of `compute`, on the first mode that gives one."""
        with self._computing:
            while True:
                try:
                    self._take_pending_changes()
                    with current(self.device):
                        return compute()
                except (DeviceError, ModelError) as error:
                    self._step_down(error)

    def _take_pending_changes(self) -> None:
        """Apply what other threads requested since the last frame. Raises the DeviceError they met in this mode."""
        failed, self._failed = self._failed, None
        if failed is not None and failed[0] is self.mode:
            raise failed[1]
        wanted, self._requested_precision = self._requested_precision, None
        if wanted is not None and wanted != self.mode.precision:
            self.mode = replace(self.mode, precision=wanted, quick=False)
            self.backend.set_precision(wanted)
            log.info("Number format is now %s", wanted)

    def _step_down(self, error: DeviceError | ModelError) -> None:
        """Take the next mode; raises `error` when there is none."""
        fallback = next_fallback(self.mode, self.spec, error)
        if fallback is None:
            raise error
        sentence = f"{error} Going on with {difference(self.mode, fallback)}."
        self._notes = (*self._notes, sentence)
        log.warning("%s", sentence)
        self.mode = fallback
        self._open()


def _device_path(device: Device) -> DevicePath | None:
    """Of a graphics device; None on the processor, where frames stay as they are."""
    if device.type == "cpu":
        return None
    from dehazer.engine.device_path import DevicePath

    return DevicePath(device)


def _empty_device_cache() -> None:
    import torch

    with suppress(RuntimeError):  # a lost device frees nothing
        torch.cuda.empty_cache()


def _on_host(frame: Frame) -> Frame:
    """The frame in main memory that a resident one was made from."""
    if not isinstance(frame, DeviceFrame):
        return frame
    if frame.host is None:
        raise DeviceLost("A frame was lost with the device that held it; start again with --hwaccel none.")
    return frame.host
