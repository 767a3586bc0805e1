"""What playback gives up first when the machine does not keep up: haze fields of its own for every picture."""

from __future__ import annotations

MOST = 3
"""A field is used for so many pictures at most; they are then a ninth of a second apart at 25 a second."""
_TOO_OFTEN = 0.6
_WEIGHT = 0.1


class Pace:
    """every: each camera's field is estimated anew for every n-th picture of play.

    It rises where most pictures come too late, and stays until `restart`: going back and forth would be seen. Pictures at rest
    always get a field of their own.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Playing begins, or its speed changes: everything may be possible again."""
        self.every, self._late, self._count = 1, 0.0, 0

    def note(self, late: bool) -> None:
        """The pictures of one instant were made. late: after they should have been shown."""
        self._count += 1
        self._late += _WEIGHT * (late - self._late)
        if self._late > _TOO_OFTEN and self.every < MOST:
            self.every += 1
            self._late = 0.0

    def fresh(self, place: int) -> bool:
        """Whether the camera at that place estimates now; cameras take turns, so that all instants take as long."""
        return (self._count + place) % self.every == 0
