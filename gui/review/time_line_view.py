"""The state of the time line: its content, the stretch in view, the playhead; and what changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from PyQt6.QtCore import QCoreApplication, QPointF, Qt, pyqtSignal
from PyQt6.QtWidgets import QWidget

from dehazer.review import Bookmark, HazeCurve, Library, Recording, Span
from gui.review.legend import legend_lines
from gui.review.time_line_content import HOUR, Marks, TimeLineContent
from gui.review.time_line_layout import TimeLineLayout
from gui.review.time_scale import TimeScale, datetime_of, seconds_of
from gui.review.time_text import moment_text
from gui.theme import theme


class TimeLineView(QWidget):
    """What a time line shows and which stretch of it is in view; painting and events are those of `TimeLine`.

    position_requested: an aware datetime, and whether the mouse is still down. span_selected: a Span that was drawn with the
    mouse, or None when the marked stretch is to be forgotten. bookmark_requested: datetime at which one was asked for.
    bookmark_clicked: Bookmark. camera_clicked: name, and whether it is to be added to those shown. hovered: the pointer came
    to another place, or left (`pointer` is None then). scale_changed: another stretch is in view.

    is_held: a button of the mouse is down on it. is_scrubbed: the playhead is held.
    """

    position_requested = pyqtSignal(object, bool)
    span_selected = pyqtSignal(object)
    bookmark_requested = pyqtSignal(object)
    bookmark_clicked = pyqtSignal(object)
    camera_clicked = pyqtSignal(str, bool)
    hovered = pyqtSignal()
    scale_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = TimeLineContent()
        self.limits = self.content.limits
        self.scale = TimeScale(0.0, 24 * HOUR, 1000.0)
        self.position: float | None = None
        self.pointer: QPointF | None = None
        self.scrolled = 0.0
        self.is_held = self.is_scrubbed = False
        self.setMinimumHeight(152)  # two lanes, and a legend of two lines
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(QCoreApplication.translate("TimeLine", "Time line"))
        theme.changed.connect(self.update)

    def set_library(self, library: Library) -> None:
        """Show the recordings of a library as they are now; call it again when they have changed."""
        self.set_recordings((*library.recordings, *library.unreadable), library.options.zone)

    def set_recordings(self, recordings: Sequence[Recording], zone: tzinfo) -> None:
        """Show these recordings, a lane per camera, sorted by name. The view stays, unless it showed nothing before."""
        was_empty = not self.content.lanes
        self._set_content(self.content.with_recordings(recordings, zone))
        if was_empty and self.content.lanes:
            self.zoom_to_all()

    def set_curves(self, curves: Mapping[str, HazeCurve]) -> None:
        """The haze of cameras by name; cameras that are not named have none."""
        self._set_content(self.content.with_curves(curves))

    def set_cameras_shown(self, cameras: Sequence[str]) -> None:
        """Whose pictures are on the screen."""
        self._set_content(self.content.with_shown(cameras))

    def set_position(self, when: datetime | None) -> None:
        """Move the playhead, unless the mouse holds it. A view that showed it follows; one that was moved away stays."""
        if not self.is_scrubbed:
            self.place_playhead(None if when is None else seconds_of(when))

    def place_playhead(self, when: float | None) -> None:
        """Move the playhead, whoever holds it. when: seconds since 1970."""
        before, self.position = self.position, when
        if self.position == before:
            return
        if self.position is not None and not self.is_held and not self.scale.shows(self.position) and (
                before is None or self.scale.shows(before)):
            self.show_scale(self.scale.moved(self.scale.x(self.position) - 0.1 * self.scale.width, self.limits))
        self._describe()
        self.update()

    def set_marks(self, begin: datetime | None, end: datetime | None) -> None:
        """The marked stretch; None where an end is not set."""
        marks = Marks(None if begin is None else seconds_of(begin), None if end is None else seconds_of(end))
        self._set_content(replace(self.content, marks=marks))

    def set_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        """Show these bookmarks."""
        self._set_content(self.content.with_bookmarks(bookmarks))

    def _set_content(self, content: TimeLineContent) -> None:
        if content != self.content:
            self.content, self.limits = content, content.limits
            self.update()

    @property
    def layout_of_parts(self) -> TimeLineLayout:
        """Where everything lies now."""
        return TimeLineLayout(self.width(), self.height(), len(self.content.lanes), self.scrolled,
                              len(legend_lines(self.width())))

    @property
    def visible_span(self) -> Span:
        """What is in view."""
        return Span(datetime_of(self.scale.start), datetime_of(self.scale.end))

    def zoom_to(self, span: Span) -> None:
        """Show a stretch across the whole width, with a margin."""
        self.show_scale(self.scale.showing(seconds_of(span.start), seconds_of(span.end), self.limits))

    def zoom_to_all(self) -> None:
        """Show everything there is."""
        self.show_scale(self.scale.showing(self.limits.start, self.limits.end, self.limits))

    def zoom_by(self, factor: float, x: float | None = None) -> None:
        """Look closer by a factor (below 1: from further away), around `x`, else around the playhead, else the middle."""
        if x is None:
            seen = self.position is not None and self.scale.shows(self.position)
            x = self.scale.x(self.position or 0.0) if seen else self.scale.width / 2
        self.show_scale(self.scale.zoomed(factor, x, self.limits))

    def pan_by(self, pixels: float) -> None:
        """Look at what lies so many pixels further right."""
        self.show_scale(self.scale.moved(pixels, self.limits))

    def scroll_by(self, pixels: float) -> None:
        """Move the lanes up, where they do not all fit."""
        self.scrolled = min(max(0.0, self.scrolled + pixels), self.layout_of_parts.overflow)
        self.update()

    def time_at(self, point: QPointF) -> float:
        """The time under a point, inside the footage, seconds since 1970."""
        when = self.scale.time(point.x() - self.layout_of_parts.ruler.left())
        return min(max(when, self.limits.start), self.limits.end)

    def show_scale(self, scale: TimeScale) -> None:
        """Bring another stretch into view."""
        if scale != self.scale:
            self.scale = scale
            self.scale_changed.emit()
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self.position is not None:
            text = QCoreApplication.translate("TimeLine", "{count} cameras, position {time}")
            told = text.format(count=len(self.content.lanes), time=moment_text(self.position, self.content.zone, 1.0))
            if told != self.accessibleDescription():  # once a second: screen readers are told of every change
                self.setAccessibleDescription(told)
