"""The device: networks are loaded, warmed up and run here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.color import add_rgb_change, frame_to_rgb
from dehazer.config import EngineOptions
from dehazer.errors import ConfigError, DeviceError, ModelError
from dehazer.field import HazeField
from dehazer.frame import Frame
from dehazer.models import weights as weights_of
from dehazer.models.registry import ModelSpec, model_spec
from dehazer.pyramid import SHORT_SIDE, Pyramid, analyse

PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


@dataclass(frozen=True)
class Estimate:
    """A field and what it was estimated from: small is (3, 2h, 2w) float RGB in [0, 1]."""

    field: HazeField
    small: Tensor


def pick_device(name: str) -> torch.device:
    """"auto", "cpu", "cuda" or "cuda:N" as a torch device; raises ConfigError or DeviceError that says what there is."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    kind, _, number = name.partition(":")
    if kind not in ("cpu", "cuda") or (number and not (kind == "cuda" and number.isdigit())):
        raise ConfigError(f"--device {name} is not possible; choose auto, cpu, cuda or cuda:N.")
    if kind == "cuda" and not torch.cuda.is_available():
        raise DeviceError(f"--device {name} was asked for, but this machine offers no CUDA device; use --device cpu.")
    if number and int(number) >= torch.cuda.device_count():
        raise DeviceError(f"--device {name} does not exist; this machine has {torch.cuda.device_count()} CUDA device(s).")
    return torch.device(name)


def list_devices() -> list[str]:
    """One line per device that can compute, as --list-devices shows them."""
    cuda = (torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count()))
    return [f"cpu      {torch.get_num_threads()} threads",
            *(f"cuda:{i}   {p.name}, {p.total_memory / 2**30:.0f} GiB" for i, p in enumerate(cuda))]


def pick_precision(name: str, device: torch.device, spec: ModelSpec) -> torch.dtype:
    """The number format: as asked; auto is bf16 on CUDA devices that have it (else fp16), fp32 on the CPU."""
    if name != "auto":
        return PRECISIONS[name]
    if device.type == "cpu" or not spec.half:
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


class Engine:
    """One network on one device. Not thread-safe: one thread uses it at a time.

    Raises ConfigError, WeightsError or DeviceError at birth; ModelError when the network answers with numbers that
    are not finite; DeviceError when the device is lost or out of memory.
    """

    def __init__(self, options: EngineOptions) -> None:
        self.spec = model_spec(options.model)
        self.device = pick_device(options.device)
        self.precision = pick_precision(options.precision, self.device, self.spec)
        network, self.card = weights_of.load(self.spec, options.weights or next(iter(self.spec.weights), ""))
        self.network: Any = network.to(self.device, memory_format=torch.channels_last)

    @property
    def gives_field(self) -> bool:
        """Whether the network answers with a field (else with a picture)."""
        return self.spec.kind == "field"

    def describe(self) -> dict[str, str]:
        """What runs where: model, weights, device, precision, backend."""
        precision = {v: k for k, v in PRECISIONS.items()}[self.precision]
        return {"model": self.spec.name, "weights": self.card.name, "device": self.device_name(), "precision": precision,
                "backend": "torch"}

    def device_name(self) -> str:
        """The device as a person would call it."""
        return "cpu" if self.device.type == "cpu" else torch.cuda.get_device_name(self.device)

    def set_precision(self, name: str) -> None:
        """Compute in another number format from the next frame on: "auto", "fp32", "bf16" or "fp16"."""
        self.precision = pick_precision(name, self.device, self.spec)

    def estimate(self, frame: Frame, lines: int = SHORT_SIDE) -> Estimate:
        """The haze field of a frame (field networks). lines: see `pyramid.analysis_size`."""
        pyramid = analyse(frame, lines)
        gain, offset = self._run(pyramid)
        if not bool(torch.isfinite(gain).all() and torch.isfinite(offset).all()):
            raise ModelError("The network answered with numbers that are not finite; use --precision fp32, and report "
                             "the file if that does not help.")
        return Estimate(HazeField(gain[0], offset[0], pyramid.extent), pyramid.small[0])

    @torch.inference_mode()
    def _run(self, pyramid: Pyramid) -> tuple[Tensor, Tensor]:
        small = pyramid.small.to(self.device, memory_format=torch.channels_last)
        stats = pyramid.stats.to(self.device, memory_format=torch.channels_last)
        with self._guarded(), self._autocast():
            gain, offset = self.network(small, stats)
        return gain.float().cpu(), offset.float().cpu()

    @torch.inference_mode()
    def restore(self, frame: Frame, strength: float = 1.0) -> Frame:
        """The picture of an image network: original + strength · (answer − original), in the frame's own planes."""
        if strength == 0.0:
            return frame
        rgb = frame_to_rgb(frame).clamp(0, 1)
        with self._guarded(), self._autocast():
            answer = self._padded_answer(rgb[None].to(self.device)).float().cpu()[0]
        if not bool(torch.isfinite(answer).all()):
            raise ModelError("The network answered with numbers that are not finite; use --precision fp32.")
        return add_rgb_change(frame, strength * (answer.clamp(0, 1) - rgb))

    def _padded_answer(self, rgb: Tensor) -> Tensor:
        height, width = rgb.shape[-2:]
        more = (0, -width % self.spec.multiple, 0, -height % self.spec.multiple)
        padded = F.pad(rgb, more, mode="replicate") if any(more) else rgb
        answer: Tensor = self.network(padded.contiguous(memory_format=torch.channels_last))
        return answer[..., :height, :width]

    def _autocast(self) -> Any:
        return torch.autocast(self.device.type, dtype=self.precision, enabled=self.precision != torch.float32)

    def _guarded(self) -> Any:
        return _DeviceErrors()


class _DeviceErrors:
    """Turns torch's device errors into sentences."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, torch.OutOfMemoryError):
            raise DeviceError("The device ran out of memory; use a smaller picture, --precision bf16 or --device cpu.",
                              str(error)) from error
        if isinstance(error, getattr(torch, "AcceleratorError", ())):
            raise DeviceError("The device stopped working; start again, or use --device cpu.", str(error)) from error
