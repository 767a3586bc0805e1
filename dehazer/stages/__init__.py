"""What happens to a field between the network and the pixels: the one ordered list of stages.

A new stage is one file beside this one, one line in STAGES, and the field of its option in `dehazer.config.EnhanceOptions`;
command line, controls of the window and contract tests pick it up from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dehazer.stages.base import FieldStage
from dehazer.stages.strength import BypassStage, StrengthStage
from dehazer.stages.temporal import TemporalStage

PERCENT = 0.01


@dataclass(frozen=True)
class StageKind:
    """One entry of STAGES. option: field of EnhanceOptions that controls it; unit: of that option in the stage's own terms.

    measured: the haze meter reads the field after this stage. per_frame: runs for every frame, also where the field of an
    earlier frame is used again.
    """

    option: str
    stage: Callable[[float], FieldStage]
    unit: float = 1.0
    measured: bool = False
    per_frame: bool = False

    def build(self, value: float) -> FieldStage:
        """The stage for a value of its option. Raises UsageError for a value that is not allowed."""
        return self.stage(value * self.unit)

    def update(self, stage: FieldStage, value: float) -> None:
        """Another value from the next frame on; what the stage remembers is kept. Raises UsageError as `build`."""
        stage.update(value * self.unit)


STAGES: tuple[StageKind, ...] = (
    StageKind("temporal", TemporalStage, measured=True),
    StageKind("bypass", BypassStage, PERCENT),
    StageKind("strength", StrengthStage, PERCENT, per_frame=True),
)
"""In the order in which they run."""
