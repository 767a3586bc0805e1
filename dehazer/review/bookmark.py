"""One bookmark: a moment or a stretch of a camera's footage, with a note and a colour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from dehazer.errors import UsageError
from dehazer.review.span import Span

BOOKMARK_COLORS = ("yellow", "red", "green", "blue", "purple", "grey")
"""What a bookmark's colour can be; the first is the default."""
LONGEST_NOTE = 10_000
"""Characters."""


def _new_id() -> str:
    return uuid4().hex


@dataclass(frozen=True)
class Bookmark:
    """camera: as the library names it. span: in UTC; one without length marks a moment. note: free text. id: never used twice.

    Raises UsageError for an empty id or camera, an unknown colour or a note of more than LONGEST_NOTE characters.
    """

    camera: str
    span: Span
    note: str = ""
    color: str = BOOKMARK_COLORS[0]
    id: str = field(default_factory=_new_id)

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.camera.strip():
            raise UsageError("A bookmark needs an id and the name of a camera; one of them is empty.")
        if self.color not in BOOKMARK_COLORS:
            raise UsageError(f"A bookmark cannot be {self.color!r}; choose one of: {', '.join(BOOKMARK_COLORS)}.")
        if len(self.note) > LONGEST_NOTE:
            raise UsageError(f"The note of a bookmark has {len(self.note)} characters; at most {LONGEST_NOTE} are possible.")
        object.__setattr__(self, "span", Span(self.span.start.astimezone(UTC), self.span.end.astimezone(UTC)))

    @property
    def title(self) -> str:
        """The first line of the note, for lists and chapters; the camera where there is none."""
        return next((line.strip() for line in self.note.splitlines() if line.strip()), self.camera)

    @property
    def order(self) -> tuple[datetime, datetime, str, str]:
        """Sort key: by time, then camera."""
        return self.span.start, self.span.end, self.camera, self.id


@dataclass(frozen=True)
class Chapter:
    """A named stretch of wall-clock time in an export."""

    title: str
    span: Span
