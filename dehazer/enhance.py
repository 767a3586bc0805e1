"""One frame in, one clear frame out: network, field stages, application. Stateful over time, so one per stream."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from dehazer.config import DecodeOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.engine.estimate import Begun, Estimate
from dehazer.errors import DeviceError
from dehazer.field.haze_field import HazeField, HazeMeter
from dehazer.field.pyramid import SHORT_SIDE
from dehazer.frames.color import luma_samples, mean_luma, mean_of_luma_samples
from dehazer.frames.device_frame import host_original
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.moment import DehazedPicture, Moment, Size
from dehazer.stages import STAGES
from dehazer.stages.base import FieldStage, FrameContext
from dehazer.stages.labels import marked
from dehazer.stages.overlay import compared, compared_size

CUT_LUMA = 8.0
"""Change of mean luma (0 to 255) from which a kept field is not used again."""


@dataclass(frozen=True)
class AnalysisSettings:
    """What may be saved when time is short; the default saves nothing.

    lines: short side the network sees (see `pyramid.analysis_size`). reuse: the field is estimated for every n-th frame
    and used again between.
    """

    lines: int = SHORT_SIDE
    reuse: int = 1


@dataclass(frozen=True)
class _KeptEstimate:
    """The field of a frame before strength, to be used again. luma: mean luma of that frame; age: uses since."""

    field: HazeField
    view: FrameContext
    meter: HazeMeter
    luma: float
    size: tuple[int, int]
    age: int = 0


@dataclass(frozen=True)
class EstimatedFrame:
    """A frame and the field that will clear it. luma: mean luma of the frame; the rest as in `Moment`.

    result: there already where nothing is left to be done on the processor, else None.
    """

    original: Frame
    result: Frame | None
    field: HazeField | None
    meter: HazeMeter | None
    luma: float
    compare: str | None
    bypassed: bool
    state: bytes | None = None


def device_decoding(engine: Engine, enhance: EnhanceOptions, decode: DecodeOptions) -> DecodeOptions:
    """Decoding options under which pictures stay on the device, where decoder and network share it and nothing is drawn."""
    shared = decode.hwaccel == "cuda" and engine.device.type == "cuda" and engine.gives_field and enhance.compare is None
    return replace(decode, resident=shared)


class Estimator(Protocol):
    """What an enhancer needs of an engine; `engine.Engine` is one, `live.shared_engine.SharedEngine` another."""

    @property
    def gives_field(self) -> bool: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
    @property
    def at_once(self) -> int: ...
    def begin(self, frame: Frame, lines: int = SHORT_SIDE) -> Begun | None: ...
    def estimate(self, frame: Frame, lines: int = SHORT_SIDE, begun: Begun | None = None) -> Estimate: ...
    def restore(self, frame: Frame, strength: float = 1.0) -> Frame: ...
    def upload(self, frame: Frame) -> Frame: ...
    def apply(self, field: HazeField, frame: Frame) -> Frame: ...
    def download(self, frame: Frame) -> Frame: ...
    def describe(self) -> dict[str, str]: ...


def _every_pixel() -> None:
    """Results are needed whole."""


def _luma_after(estimated: EstimatedFrame, seen: Frame) -> float:
    """Mean luma of the result, 0 to 255, of the same samples whatever the size it is looked at in: means of fewer samples would
    flicker more."""
    original, field = estimated.original, estimated.field
    whole = (seen.height, seen.width) == (original.height, original.width)
    return mean_luma(seen) if whole or field is None else mean_of_luma_samples(field.apply(luma_samples(original)))


class Enhancer:
    """The chain of one stream. `options` and `analysis` may be replaced from any thread; they apply from the next frame on.

    state_every: after so many frames of the source its Moment carries the `state` at that place; 0 is never. marking: whether
    "ENHANCED" and a clock are drawn into what goes to the sink. view_size: tells, for every frame, the (height, width)
    in which results are looked at, where nobody needs more; the whole is then computed when it is asked for. None: at once.
    """

    def __init__(self, engine: Estimator, options: EnhanceOptions) -> None:
        self.engine = engine
        self.state_every = 0
        self.marking = False
        self.view_size: Callable[[], Size | None] = _every_pixel
        self.analysis = AnalysisSettings()
        self._kept: _KeptEstimate | None = None
        self._begun: dict[int, Begun] = {}  # by the identity of a frame, which is kept alive here
        self._rotation = 0.0
        self._lock = threading.Lock()
        self._requested_options = self._options = options
        self.stages: list[FieldStage] = [kind.build(getattr(options, kind.option)) for kind in STAGES]

    @property
    def options(self) -> EnhanceOptions:
        """What is asked for at present."""
        return self._requested_options

    @options.setter
    def options(self, options: EnhanceOptions) -> None:
        with self._lock:
            self._requested_options = options

    def _apply_options(self) -> None:
        """Apply changed options to the stages; their state is kept."""
        with self._lock:
            options, self._options = self._requested_options, self._requested_options
        for kind, stage in zip(STAGES, self.stages, strict=True):
            kind.update(stage, getattr(options, kind.option))

    def reset(self) -> None:
        """A seek or a new source: forget all earlier frames."""
        self._kept = None
        self._begun.clear()
        for stage in self.stages:
            stage.reset()

    def state(self) -> bytes:
        """What the stages remember of earlier frames; `restore` goes on from it with exactly the same results."""
        arrays = {f"{kind.option}.{name}": array for kind, stage in zip(STAGES, self.stages, strict=True)
                  for name, array in stage.state().items()}
        file = io.BytesIO()
        np.savez(file, **arrays)  # type: ignore[arg-type]  # numpy's stub takes the names for its own options
        return file.getvalue()

    def restore(self, state: bytes) -> None:
        """Go on behind the frame after which `state` was taken. Raises KeyError or ValueError if it belongs to other stages."""
        self._kept = None
        with np.load(io.BytesIO(state), allow_pickle=False) as arrays:
            known = {name: arrays[name] for name in arrays.files}
        for kind, stage in zip(STAGES, self.stages, strict=True):
            stage.restore({name.partition(".")[2]: array for name, array in known.items() if name.startswith(f"{kind.option}.")})

    def output_info(self, info: VideoInfo) -> VideoInfo:
        """What the sink will get for a source of this kind; with --compare laid out, from now on, as its film is shown."""
        self._rotation = info.rotation
        height, width = compared_size(info.height, info.width, self._options.compare, info.rotation)
        transparent = info.transparent and (height, width) == (info.height, info.width)  # that of one picture does not fit two
        return replace(info, height=height, width=width, transparent=transparent)

    def __call__(self, frame: Frame) -> Moment:
        """Dehaze one frame. It comes back where it came from; one that was decoded on a device stays there."""
        return self.finished(self.estimated(frame))

    def begin(self, frame: Frame) -> None:
        """Start on what does not depend on earlier frames; the same thread calls `estimated` for this very frame later."""
        if self.analysis.reuse > 1 or not self.engine.gives_field:
            return
        if (begun := self.engine.begin(frame, self.analysis.lines)) is not None:
            self._begun[id(frame)] = begun

    def estimated(self, frame: Frame) -> EstimatedFrame:
        """Everything that depends on earlier frames, the network or a device. One thread, frame after frame."""
        self._apply_options()
        uploaded = self.engine.upload(frame)
        original = host_original(uploaded)
        luma = mean_luma(original)
        try:
            estimated = self._estimate_frame(uploaded, original, luma)
        except DeviceError:  # device lost before the download; the engine uses its next mode, so try again
            if uploaded is original:
                raise
            estimated = self._estimate_frame(original, original, luma)
        due = self.state_every and (frame.index + 1) % self.state_every == 0
        return replace(estimated, state=self.state()) if due else estimated

    def finished(self, estimated: EstimatedFrame) -> Moment:
        """The rest: the field applied on the processor. Uses only `estimated`, so any thread may do it."""
        dehazed = DehazedPicture(estimated.original, estimated.field, estimated.result)
        seen = dehazed.for_view(self.view_size())
        luma = estimated.luma, _luma_after(estimated, seen)
        return Moment(estimated.original, dehazed, estimated.field, estimated.meter, luma, estimated.bypassed,
                      self._composed(estimated, dehazed), estimated.state)

    def _composed(self, estimated: EstimatedFrame, dehazed: DehazedPicture) -> Frame | None:
        """Both pictures in one, or a mark in the result, where either is asked for."""
        if estimated.compare is None and not self.marking:
            return None
        output = compared(estimated.original, dehazed.whole, estimated.compare, self._rotation)
        if not self.marking:
            return output
        return marked(output if output.on_host else self.engine.download(output), estimated.compare is not None, self._rotation)

    def _estimate_frame(self, uploaded: Frame, original: Frame, luma: float) -> EstimatedFrame:
        compare = self._options.compare
        if not self.engine.gives_field:
            result = self.engine.restore(uploaded, self._options.strength / 100)
            return EstimatedFrame(original, result, None, None, luma, compare, bypassed=False)
        kept = self._kept = self._previous_estimate(uploaded, luma) or self._new_estimate(uploaded, luma)
        field = kept.field
        for kind, stage in zip(STAGES, self.stages, strict=True):
            if kind.per_frame:  # strength applies at once, even for a field used again
                field = stage(field, kept.view)
        done = self._applied_on_device(field, uploaded, original)
        untouched = any(stage.untouched for stage in self.stages)
        return EstimatedFrame(original, done, field, kept.meter, luma, compare, untouched)

    def _applied_on_device(self, field: HazeField, uploaded: Frame, original: Frame) -> Frame | None:
        """The result where it is computed on the device or not needed; None where the processor has to apply the field."""
        if field.neutral:
            return original  # the very same pixels, without a transfer
        if uploaded.on_host:
            return None
        result = self.engine.apply(field, uploaded)
        return self.engine.download(result) if original.on_host else result

    def _previous_estimate(self, frame: Frame, luma: float) -> _KeptEstimate | None:
        """The last field once more, if it is recent enough and the brightness has not jumped."""
        kept = self._kept
        if kept is None or kept.age + 1 >= self.analysis.reuse or kept.size != (frame.height, frame.width):
            return None
        return replace(kept, age=kept.age + 1) if abs(kept.luma - luma) < CUT_LUMA else None

    def _new_estimate(self, frame: Frame, luma: float) -> _KeptEstimate:
        estimate = self.engine.estimate(frame, self.analysis.lines, self._begun.pop(id(frame), None))
        view = FrameContext(estimate.small, frame.seconds)
        field, meter = estimate.field, None
        for kind, stage in zip(STAGES, self.stages, strict=True):
            field = field if kind.per_frame else stage(field, view)
            meter = field.meter() if kind.measured else meter  # the haze of the picture, before a stage hides it
        return _KeptEstimate(field, view, meter or field.meter(), luma, (frame.height, frame.width))
