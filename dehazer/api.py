"""`Dehazer`: the public class for programs that need one call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dehazer.config import DecodeOptions, EncodeOptions, EngineOptions, EnhanceOptions, options_of
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.errors import UsageError
from dehazer.field.haze_field import MAX_STRENGTH, HazeField
from dehazer.frames.frame import frame_from_rgb
from dehazer.frames.rgb import packed_rgb
from dehazer.pipeline import Pipeline, Report, open_files
from dehazer.sources import open_source
from dehazer.stages.strength import StrengthStage

if TYPE_CHECKING:
    from torch import Tensor


class DehazedFrame(NamedTuple):
    """One frame before and after, (H, W, 3) uint8 RGB, and its time in seconds, None where the source has no clock."""

    frame: NDArray[np.uint8]
    result: NDArray[np.uint8]
    time: float | None


class Dehazer:
    """Removes haze from pictures and videos.

    Args:
        model: a name from `dehazer.MODELS`; "field" (fast, default) or an exact image network.
        weights: packaged set ("real" for photographs and cameras, "its" for the RESIDE benchmark) or the path of a
            .safetensors file; None takes the model's default.
        device: "auto", "cpu", "cuda" or "cuda:N".
        strength: 0 (nothing changes, bit for bit) to 1 (all haze removed) and on to 1.5 (as if the haze were denser).
        precision: "auto" (the quickest, measured at first use), "fp32", "bf16", "fp16" or "int8".

    Raises:
        UsageError, ConfigError, WeightsError, DeviceError: see `dehazer.errors`; each is one sentence that says what to do.

    Threads may share one: the network computes for one of them at a time, the rest of the work runs side by side. It is
    pickled by its options, so other processes load a network of their own.
    """

    def __init__(self, model: str = "field", weights: str | Path | None = None, device: str = "auto",
                 strength: float = 1.0, *, precision: str = "auto", backend: str = "auto") -> None:
        self.strength = strength
        named = os.fspath(weights) if isinstance(weights, os.PathLike) else weights
        self._options = EngineOptions(model, named, device, precision, backend)
        self.engine = Engine(self._options)

    def __reduce__(self) -> tuple[Any, ...]:
        given = self._options
        made = partial(Dehazer, precision=given.precision, backend=given.backend)
        return made, (given.model, given.weights, given.device, self.strength)

    _strength: float

    @property
    def strength(self) -> float:
        """How much of the haze is removed, 0 to 1.5; may be changed. Raises UsageError outside."""
        return self._strength

    @strength.setter
    def strength(self, strength: float) -> None:
        if not isinstance(strength, Real):
            raise UsageError(f"Strength must be a number between 0 and {MAX_STRENGTH}, got {strength!r}.")
        self._strength = StrengthStage(float(strength)).strength

    def image(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Dehaze one picture: (H, W, 3) uint8 RGB → the same shape and type. Raises UsageError for anything else."""
        frame = frame_from_rgb(rgb)
        if not self.engine.gives_field:
            result = self.engine.restore(frame, self.strength)
        else:
            result = self.engine.estimate(frame).field.strengthened(self.strength).apply(frame)
        out: NDArray[np.uint8] = result.planes[0].copy() if result is frame else result.planes[0]
        return out

    def field(self, rgb: NDArray[np.uint8]) -> HazeField:
        """The haze field of one picture, (H, W, 3) uint8 RGB, at the chosen strength. Needs a field model (UsageError)."""
        if not self.engine.gives_field:
            raise UsageError(f"The model {self.engine.spec.name} answers with pictures, not fields; use model='field'.")
        return self.engine.estimate(frame_from_rgb(rgb)).field.strengthened(self.strength)

    def restore(self, hazy: Tensor) -> Tensor:
        """As `image` for (N, 3, H, W) float RGB tensors in [0, 1], via 8-bit pictures; for evaluation."""
        import torch

        pictures = (hazy.clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).cpu().numpy()
        return torch.stack([torch.from_numpy(self.image(p)).permute(2, 0, 1) for p in pictures]).float() / 255

    def video(self, source: str | Path, target: str | Path, observer: Callable[..., None] | None = None,
              **options: Any) -> Report:
        """Dehaze a video file (or picture, folder of pictures, address of a camera or stream) into another.

        Args:
            source, target: paths. observer: called after each frame with a `Moment`.
            options: temporal, bypass, compare, start, end, duration, hwaccel, codec, crf, preset, pix_fmt, overwrite; meanings
                and limits as on the command line (`dehazer-video --help`), None takes the default.

        Returns:
            what was done: frames, seconds, fps, haze, flicker before and after, warnings, output path.

        Raises:
            UsageError, InputError, OutputExistsError, OutputError, ConfigError: before or during the run; nothing half-written
            stays at `target`.
        """
        enhance, decode, encode = sorted_options(options, self.strength)
        with open_files(source, target, self.engine, enhance=enhance, decode=decode, encode=encode) as (reader, enhancer, sink):
            return Pipeline(reader, enhancer, sink, observer).run()

    def frames(self, source: str | Path, **options: Any) -> Iterator[DehazedFrame]:
        """Dehaze a video, a folder of pictures or a picture, frame by frame, for a program of one's own.

        Args:
            source: what `video` takes, and addresses of cameras and streams, which end when the iterator is closed.
            options: temporal, bypass, and those of reading, as for `video`.

        Yields:
            frame, result: (H, W, 3) uint8 RGB, before and after; time: seconds, None where the source has no clock.
            The next frame is read when it is asked for; leaving the loop closes the source.

        Raises:
            UsageError, InputError: when the first frame is asked for, or later.
        """
        enhance, decode, encode = sorted_options(options, self.strength)
        if encode != EncodeOptions() or enhance.compare:
            raise UsageError("Nothing is written by `frames`; leave options of the output and compare out, or call `video`.")
        return self._frames(str(source), Enhancer(self.engine, enhance), decode)

    @staticmethod
    def _frames(source: str, enhancer: Enhancer, decode: DecodeOptions) -> Iterator[DehazedFrame]:
        with open_source(source, decode) as frames:
            for frame in frames:
                moment = enhancer(frame)
                yield DehazedFrame(packed_rgb(moment.original), packed_rgb(moment.result), frame.seconds)


def sorted_options(options: dict[str, Any], strength: float) -> tuple[EnhanceOptions, DecodeOptions, EncodeOptions]:
    """Keyword options as the three option sets; raises UsageError naming what is unknown. strength: 0 to 1.5."""
    kinds = (EnhanceOptions, DecodeOptions, EncodeOptions)
    names = [set(options_of(kind)) | ({"overwrite"} if kind is EncodeOptions else set()) for kind in kinds]
    names[0].remove("strength")  # is the Dehazer's own, and on another scale than on the command line
    unknown = set(options) - set().union(*names)
    if unknown:
        possible = ", ".join(sorted(set().union(*names)))
        raise UsageError(f"Unknown option(s): {', '.join(sorted(unknown))}; possible are: {possible}.")
    enhance, decode, encode = ({k: v for k, v in options.items() if k in own and v is not None} for own in names)
    return EnhanceOptions(strength * 100, **enhance), DecodeOptions(**decode), EncodeOptions(**encode)
