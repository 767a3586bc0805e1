"""What the user of a playback has asked for and that is not done yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dehazer.errors import UsageError


@dataclass(eq=False)
class NumberOrder:
    """A frame number of one camera to go to. done: it was, or it cannot be, for the reason in `error`."""

    camera: str
    number: int
    done: bool = False
    error: UsageError | None = None


@dataclass(eq=False)
class Commands:
    """Open orders; newer ones of a kind replace older ones, steps add up. Read and written under one lock.

    arrange: other cameras. place: where to go, and whether exactly. number: likewise by number. settle: playing has ended, show
    what is there at rest. stale: cameras whose options changed. restart: speed or direction changed. begin: playing begins.
    """

    stop: bool = False
    arrange: bool = False
    place: tuple[datetime, bool] | None = None
    number: NumberOrder | None = None
    steps: int = 0
    settle: bool = False
    restart: bool = False
    begin: bool = False
    stale: set[str] = field(default_factory=set)

    def go(self, when: datetime, exact: bool) -> None:
        """Go there; steps not taken yet are forgotten, they were meant from elsewhere."""
        self.place, self.steps = (when, exact), 0

    @property
    def overriding(self) -> bool:
        """Whether something was asked for that makes the pictures being computed useless."""
        return self.stop or self.arrange or self.place is not None or self.number is not None
