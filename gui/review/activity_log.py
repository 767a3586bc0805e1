"""What the operator does, into the operator log: an evidence pack tells how its pictures were found and made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from gui.review.camera_panes import CameraPanes
from gui.review.mark_controller import MarkController
from gui.review.picture_tab import PictureTab
from gui.review.room import ReviewRoom

if TYPE_CHECKING:
    from dehazer.review import Bookmark

REST = 1000
"""Milliseconds after the last change of a slider, or of the marks, at which they are written down."""


class ActivityLog(QObject):
    """Writes down what is opened, seen, adjusted, marked and bookmarked. trouble: why nothing can be written, said once."""

    trouble = pyqtSignal(str)

    def __init__(self, room: ReviewRoom, panes: CameraPanes, marks: MarkController, tab: PictureTab) -> None:
        super().__init__()
        self._room, self._panes, self._marks, self._tab = room, panes, marks, tab
        self._failed = False
        panes.arranged.connect(self._delayed(self._seen))
        marks.changed.connect(self._delayed(self._marked))
        tab.changed.connect(self._delayed(self._adjusted))

    def _delayed(self, write: Callable[[], None]) -> Callable[..., None]:
        """Once for many changes in a row."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(REST)
        timer.timeout.connect(write)
        return lambda *_: timer.start()

    def opened(self) -> None:
        """Other folders are reviewed."""
        if self._room.library is not None:
            self.add("open", paths=[str(path) for path in self._room.library.paths])

    def bookmarked(self, mark: Bookmark) -> None:
        """A bookmark was set."""
        self.add("bookmark", camera=mark.camera, start=mark.span.start.isoformat(), end=mark.span.end.isoformat())

    def saved(self, action: str, names: list[str]) -> None:
        """A snapshot or a contact sheet was saved."""
        self.add(action, files=names)

    def _seen(self) -> None:
        if self._panes.shown:
            self.add("look at", cameras=[pane.camera for pane in self._panes.shown])

    def _marked(self) -> None:
        if (span := self._marks.span) is not None:
            self.add("mark", start=span.start.isoformat(), end=span.end.isoformat())

    def _adjusted(self) -> None:
        self.add("adjust", camera=self._panes.current, options=asdict(self._tab.rows.adjustments.enhance_options()))

    def add(self, action: str, **details: Any) -> None:
        """Write down one thing that was done."""
        try:
            self._room.log.add(action, **details)
        except OSError as error:
            if not self._failed:
                self._failed = True
                self.trouble.emit(self.tr("What you do cannot be written down for evidence packs: {}").format(error.strerror))
