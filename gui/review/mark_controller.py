"""The two marks: beginning and end of what is repeated, bookmarked or exported."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from gui.review import typed_time
from gui.review.playback_controller import PlaybackController
from gui.review.transport_bar import TransportBar

if TYPE_CHECKING:
    from dehazer.review import Span


class MarkController(QObject):
    """start, end: in UTC, None where not set; the end is exclusive, so the frame it was set on belongs to the span.

    changed: the marks are others, or are repeated or not any more.
    """

    changed = pyqtSignal()

    def __init__(self, playback: PlaybackController, transport: TransportBar) -> None:
        super().__init__()
        self._playback, self._transport = playback, transport
        self.start: datetime | None = None
        self.end: datetime | None = None
        self.looping = False

    @property
    def span(self) -> Span | None:
        """What is marked; None unless both marks are set."""
        from dehazer.review import Span

        return Span(self.start, self.end) if self.start is not None and self.end is not None else None

    def mark_in(self) -> None:
        """The frame that is seen is the first."""
        if (moment := self._playback.moment) is not None:
            self._set(moment, self.end if self.end is not None and self.end > moment else None)

    def mark_out(self) -> None:
        """The frame that is seen is the last."""
        if (moment := self._playback.moment) is not None:
            end = moment + self._playback.frame_length
            self._set(self.start if self.start is not None and self.start < end else None, end)

    def set_span(self, span: Span | None) -> None:
        """Mark a span that was drawn or chosen elsewhere; None removes the marks."""
        self._set(*((span.start, span.end) if span is not None else (None, None)))

    def clear(self) -> None:
        """Remove both marks."""
        self._set(None, None)

    def toggle_loop(self) -> None:
        """Mark A, then mark B and repeat; with both marks there: repeat, or stop repeating."""
        if self.span is not None:
            self.looping = not self.looping
            self._apply()
        elif self.start is None:
            self.mark_in()
        else:
            self.looping = True
            self.mark_out()

    def _set(self, start: datetime | None, end: datetime | None) -> None:
        self.start, self.end = start, end
        self.looping = self.looping and self.span is not None
        self._apply()

    def _apply(self) -> None:
        span = self.span
        self._playback.set_loop(span if self.looping else None)
        self._transport.show_marks(typed_time.duration_text(span.duration) if span is not None else "", self.looping)
        self.changed.emit()
