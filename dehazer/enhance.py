"""One frame in, one clear frame out: network, field stages, application. Stateful over time, so one per stream."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from dehazer.color import mean_luma
from dehazer.config import EnhanceOptions
from dehazer.engine import Engine
from dehazer.field import HazeField, HazeMeter
from dehazer.frame import Frame, VideoInfo
from dehazer.stages.base import FieldStage, View
from dehazer.stages.overlay import compared, compared_size
from dehazer.stages.strength import BypassStage, StrengthStage
from dehazer.stages.temporal import TemporalStage


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


class Enhancer:
    """The chain of one stream. `options` may be replaced from any thread and counts from the next frame on."""

    def __init__(self, engine: Engine, options: EnhanceOptions) -> None:
        self.engine = engine
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
        for stage in self.stages:
            stage.reset()

    def output_info(self, info: VideoInfo) -> VideoInfo:
        """What the sink will get for a source of this kind."""
        height, width = compared_size(info.height, info.width, self._options.compare)
        return replace(info, height=height, width=width)

    def __call__(self, frame: Frame) -> Moment:
        """Dehaze one frame."""
        self._follow()
        result, field, meter = self._with_field(frame) if self.engine.gives_field else self._with_image(frame)
        output = compared(frame, result, self._options.compare)
        luma = mean_luma(frame), mean_luma(result)
        return Moment(frame, result, output, field, meter, luma, self.engine.gives_field and self._bypass.active)

    def _with_field(self, frame: Frame) -> tuple[Frame, HazeField, HazeMeter]:
        estimate = self.engine.estimate(frame)
        view = View(estimate.small, frame.seconds)
        field, meter = estimate.field, None
        for stage in self.stages:
            field = stage(field, view)
            meter = meter or field.meter()  # the haze of the picture, before strength hides it
        return field.apply(frame), field, meter or field.meter()

    def _with_image(self, frame: Frame) -> tuple[Frame, None, None]:
        return self.engine.restore(frame, self._options.strength / 100), None, None
