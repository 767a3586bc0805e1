"""One frame in, one clear frame out: network, field stages, application. Stateful over time, so one per stream."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Protocol

from dehazer.color import mean_luma
from dehazer.config import DecodeOptions, EnhanceOptions
from dehazer.engine import Engine, Estimate
from dehazer.errors import DeviceError
from dehazer.field import HazeField, HazeMeter
from dehazer.frame import Frame, VideoInfo
from dehazer.pyramid import SHORT_SIDE
from dehazer.resident import uploaded_from
from dehazer.stages.base import FieldStage, View
from dehazer.stages.overlay import compared, compared_size
from dehazer.stages.strength import BypassStage, StrengthStage
from dehazer.stages.temporal import TemporalStage

CUT_LUMA = 8.0
"""Change of mean luma (0 to 255) from which a kept field is not used again."""


@dataclass(frozen=True)
class Economy:
    """What may be saved when time is short; the default saves nothing.

    lines: short side the network sees (see `pyramid.analysis_size`). reuse: the field is estimated for every n-th frame
    and used again between.
    """

    lines: int = SHORT_SIDE
    reuse: int = 1


@dataclass(frozen=True)
class _Kept:
    """The field of a frame before strength, to be used again. luma: mean luma of that frame; age: uses since."""

    field: HazeField
    view: View
    meter: HazeMeter
    luma: float
    size: tuple[int, int]
    age: int = 0


@dataclass(frozen=True)
class Moment:
    """One instant, before and after. field and meter are None for image networks.

    output: what goes to the sink (with --compare both in one picture); result: the dehazed picture alone. luma: mean
    luma before and after, 0 to 255. bypassed: the frame was clear and went through untouched.
    """

    original: Frame
    result: Frame
    output: Frame
    field: HazeField | None
    meter: HazeMeter | None
    luma: tuple[float, float]
    bypassed: bool = False


@dataclass(frozen=True)
class Draft:
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


def resident_decode(engine: Engine, enhance: EnhanceOptions, decode: DecodeOptions) -> DecodeOptions:
    """Decoding options under which pictures stay on the device, where decoder and network share it and nothing is drawn."""
    shared = decode.hwaccel == "cuda" and engine.device.type == "cuda" and engine.gives_field and enhance.compare is None
    return replace(decode, resident=shared)


class Estimator(Protocol):
    """What an enhancer needs of an engine; `engine.Engine` is one, `live.sharing.SharedEngine` another."""

    @property
    def gives_field(self) -> bool: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
    def estimate(self, frame: Frame, lines: int = SHORT_SIDE) -> Estimate: ...
    def restore(self, frame: Frame, strength: float = 1.0) -> Frame: ...
    def upload(self, frame: Frame) -> Frame: ...
    def apply(self, field: HazeField, frame: Frame) -> Frame: ...
    def download(self, frame: Frame) -> Frame: ...
    def describe(self) -> dict[str, str]: ...


class Enhancer:
    """The chain of one stream. `options` and `economy` may be replaced from any thread; they count from the next frame on."""

    def __init__(self, engine: Estimator, options: EnhanceOptions) -> None:
        self.engine = engine
        self.economy = Economy()
        self._kept: _Kept | None = None
        self._lock = threading.Lock()
        self._wanted = self._options = options
        self._build()

    def _build(self) -> None:
        self._temporal = TemporalStage(self._options.temporal)
        self._bypass = BypassStage(self._options.bypass / 100)
        self._strength = StrengthStage(self._options.strength / 100)
        self.stages: list[FieldStage] = [self._temporal, self._bypass, self._strength]

    @property
    def options(self) -> EnhanceOptions:
        """What is asked for at present."""
        return self._wanted

    @options.setter
    def options(self, options: EnhanceOptions) -> None:
        with self._lock:
            self._wanted = options

    def _follow(self) -> None:
        """Take up changed options without forgetting the past."""
        with self._lock:
            options, self._options = self._wanted, self._wanted
        self._temporal.memory = TemporalStage(options.temporal).memory
        self._bypass.threshold = options.bypass / 100
        self._strength.strength = options.strength / 100

    def reset(self) -> None:
        """A seek or a new source: nothing of the past holds."""
        self._kept = None
        for stage in self.stages:
            stage.reset()

    def output_info(self, info: VideoInfo) -> VideoInfo:
        """What the sink will get for a source of this kind."""
        height, width = compared_size(info.height, info.width, self._options.compare)
        return replace(info, height=height, width=width)

    def __call__(self, frame: Frame) -> Moment:
        """Dehaze one frame. It comes back where it came from; one that was decoded on a device stays there."""
        return self.moment(self.draft(frame))

    def draft(self, frame: Frame) -> Draft:
        """All that concerns the past, the network or a device. One thread, frame after frame."""
        self._follow()
        near = self.engine.upload(frame)
        original = uploaded_from(near)
        luma = mean_luma(original)
        try:
            return self._draft(near, original, luma)
        except DeviceError:  # lost between computing and bringing back; the engine is on its next rung, so once more
            if near is original:
                raise
            return self._draft(original, original, luma)

    def moment(self, draft: Draft) -> Moment:
        """The rest: the field applied on the processor. Looks at nothing but the draft, so any thread may do it."""
        original, result, field = draft.original, draft.result, draft.field
        if result is None:
            assert field is not None  # only fields are left to be applied
            result = field.apply(original)
        output = compared(original, result, draft.compare)
        return Moment(original, result, output, field, draft.meter, (draft.luma, mean_luma(result)), draft.bypassed)

    def _draft(self, near: Frame, original: Frame, luma: float) -> Draft:
        compare = self._options.compare
        if not self.engine.gives_field:
            result = self.engine.restore(near, self._options.strength / 100)
            return Draft(original, result, None, None, luma, compare, bypassed=False)
        kept = self._kept = self._reused(near, luma) or self._estimated(near, luma)
        field = self.stages[-1](kept.field, kept.view)  # strength counts at once, even for a field used again
        return Draft(original, self._applied(field, near, original), field, kept.meter, luma, compare, self._bypass.active)

    def _applied(self, field: HazeField, near: Frame, original: Frame) -> Frame | None:
        """What need not wait for the processor; None for what does."""
        if field.neutral:
            return original  # the very same pixels, without a journey
        if near.on_host:
            return None
        result = self.engine.apply(field, near)
        return self.engine.download(result) if original.on_host else result

    def _reused(self, frame: Frame, luma: float) -> _Kept | None:
        """The last field once more, if it is young enough and the picture has not jumped."""
        kept = self._kept
        if kept is None or kept.age + 1 >= self.economy.reuse or kept.size != (frame.height, frame.width):
            return None
        return replace(kept, age=kept.age + 1) if abs(kept.luma - luma) < CUT_LUMA else None

    def _estimated(self, frame: Frame, luma: float) -> _Kept:
        estimate = self.engine.estimate(frame, self.economy.lines)
        view = View(estimate.small, frame.seconds)
        field, meter = estimate.field, None
        for stage in self.stages[:-1]:
            field = stage(field, view)
            meter = meter or field.meter()  # the haze of the picture, before a stage hides it
        return _Kept(field, view, meter or field.meter(), luma, (frame.height, frame.width))
