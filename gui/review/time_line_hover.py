"""Fills the card above the time line as the pointer moves; thumbnails come from a thread of the core."""

from __future__ import annotations

import math
from pathlib import Path

from PyQt6.QtCore import QObject, QPoint, QPointF, pyqtSignal
from PyQt6.QtGui import QImage

from dehazer import Thumbnail, Thumbnails
from dehazer.review import Bookmark, Recording, Span
from gui.review.time_line import TimeLine
from gui.review.time_line_content import Lane
from gui.review.time_line_gestures import bookmark_at
from gui.review.time_scale import datetime_of, seconds_of
from gui.review.time_text import length_text, moment_text
from gui.view import formatting
from gui.view.images import rgb_image
from gui.widgets.hover_card import HoverCard, HoverContent

NOTE_LINES = 4
"""Lines of a bookmark's note on the card."""


class TimeLineHover(QObject):
    """Shows the card of one time line, except while the mouse holds something.

    folder: for thumbnails, in the user's cache. `close` ends the thread that makes them.
    """

    _arrived = pyqtSignal(object)

    def __init__(self, line: TimeLine, card: HoverCard, folder: Path) -> None:
        super().__init__(line)
        self._line, self.card = line, card
        self.thumbnails = thumbnails = Thumbnails(folder, self._arrived.emit)
        self._shown: tuple[object, QImage] | None = None
        self._arrived.connect(self._take)
        line.hovered.connect(self._update)
        line.scale_changed.connect(self._update)
        line.destroyed.connect(lambda: thumbnails.stop(0.0))

    def close(self) -> bool:
        """End the thread of thumbnails; returns whether it has ended."""
        self.card.hide()
        return self.thumbnails.stop()

    def _update(self) -> None:
        point = self._line.pointer
        layout = self._line.layout_of_parts
        if point is None or self._line.is_held or layout.part_at(point) not in ("ruler", "marks", "lane"):
            self.card.hide()
            return
        number = layout.camera_at(point.y()) if layout.part_at(point) == "lane" else None
        when = self._line.scale.time(point.x() - layout.ruler.left())
        bookmark = bookmark_at(self._line, point) if layout.part_at(point) == "marks" else None
        if bookmark is not None:
            content = self._of_bookmark(bookmark)
        else:
            content = self._of_time(when) if number is None else self._of_lane(self._line.content.lanes[number], when)
        self.card.show_above(self._place(point), content)

    def _place(self, point: QPointF) -> QPoint:
        window = self.card.parentWidget()
        return self._line.mapTo(window, QPoint(round(point.x()), 0))

    def _of_time(self, when: float) -> HoverContent:
        return HoverContent(moment_text(when, self._line.content.zone, self._line.scale.pixel))

    def _of_bookmark(self, bookmark: Bookmark) -> HoverContent:
        length = bookmark.span.duration
        about = f"{bookmark.camera} · {length_text(length)}" if length else bookmark.camera
        note = tuple(filter(None, map(str.strip, bookmark.note.splitlines())))[:NOTE_LINES]
        start = moment_text(seconds_of(bookmark.span.start), self._line.content.zone, self._line.scale.pixel)
        return HoverContent(start, (about, *note))

    def _of_lane(self, lane: Lane, when: float) -> HoverContent:
        time = moment_text(when, self._line.content.zone, self._line.scale.pixel)
        recording = lane.footage.at(when)
        if recording is None:
            return HoverContent(time, (lane.camera, self._gap_text(lane, when)))
        if recording.fault is not None:
            return HoverContent(time, (lane.camera, recording.path.name, recording.fault))
        haze = self._haze_text(lane, when)
        first = f"{lane.camera} · {haze}" if haze else lane.camera
        return HoverContent(time, (first, recording.path.name), self._picture(recording, when), has_picture=True)

    def _gap_text(self, lane: Lane, when: float) -> str:
        before, after = lane.footage.gap_at(when)
        if after is None:
            return self.tr("no footage after this")
        if before is None:
            return self.tr("no footage before this")
        return self.tr("no footage for {}").format(length_text(after - before))

    def _haze_text(self, lane: Lane, when: float) -> str:
        if lane.curve is None or not len(lane.curve):
            return ""
        half = max(self._line.scale.pixel, 1.0) / 2
        haze = float(lane.curve.resampled(Span(datetime_of(when - half), datetime_of(when + half)), 1)[0])
        return "" if math.isnan(haze) else self.tr("haze {}").format(formatting.percent(haze))

    def _picture(self, recording: Recording, when: float) -> QImage | None:
        """The picture of the moment; until it has come, the last one of the same file."""
        found = self.thumbnails.request(recording, when - seconds_of(recording.start))
        if found is not None:
            self._keep(found)
        return self._shown[1] if self._shown is not None and self._shown[0] == recording else None

    def _keep(self, thumbnail: Thumbnail) -> None:
        self._shown = None if thumbnail.pixels is None else (thumbnail.film, rgb_image(thumbnail.pixels))

    def _take(self, thumbnail: Thumbnail) -> None:
        self._keep(thumbnail)
        if self.card.isVisible():
            self._update()
