"""What happens to a field between the network and the pixels: the contract of a stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dehazer.field.haze_field import HazeField


@dataclass(frozen=True)
class FrameContext:
    """What a stage may look at beside the field. small: (3, 2h, 2w) float32 RGB in [0, 1] of the frame.

    seconds: presentation time, None if unknown.
    """

    small: NDArray[np.float32]
    seconds: float | None


State = dict[str, NDArray[Any]]
"""What a stage remembers of earlier frames, as plain arrays by name; empty if nothing."""


class FieldStage(Protocol):
    """Turns a field into a field, frame after frame."""

    def __call__(self, field: HazeField, view: FrameContext) -> HazeField:
        """The field to go on with."""
        ...

    @property
    def untouched(self) -> bool:
        """Whether this stage let the last frame pass as it was, bit for bit."""
        ...

    def update(self, value: float) -> None:
        """Take another value of the option that controls this stage, without forgetting the past; as in the constructor."""
        ...

    def reset(self) -> None:
        """Forget the past: a seek, a new source."""
        ...

    def state(self) -> State:
        """The past, so that another process can go on from it with exactly the same results."""
        ...

    def restore(self, state: State) -> None:
        """Take over the past that `state` gave; raises KeyError or ValueError if it is none of this stage."""
        ...
