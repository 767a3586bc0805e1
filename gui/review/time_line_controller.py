"""Between the time line and the rest of the room: where there is footage, haze, marks and bookmarks in; places and spans out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from gui.review.bookmark_controller import BookmarkController
from gui.review.camera_panes import CameraPanes
from gui.review.mark_controller import MarkController
from gui.review.playback_controller import PlaybackController
from gui.review.time_line import TimeLine

if TYPE_CHECKING:
    from dehazer.review import HazeCurve, HazeScan, Library, Span


class TimeLineController(QObject):
    """camera_chosen: (name, whether it is added to those that are seen). curves: haze by camera, as far as it is measured."""

    camera_chosen = pyqtSignal(str, bool)

    def __init__(self, time_line: TimeLine, playback: PlaybackController, marks: MarkController, bookmarks: BookmarkController,
                 panes: CameraPanes) -> None:
        super().__init__()
        self._time_line, self._playback, self._marks, self._bookmarks = time_line, playback, marks, bookmarks
        self._panes = panes
        self.curves: dict[str, HazeCurve] = {}
        self._whole: tuple[float, float] | None = None  # what was in view when everything was last brought into view
        time_line.position_requested.connect(playback.seek)
        time_line.span_selected.connect(marks.set_span)
        time_line.bookmark_requested.connect(bookmarks.add)
        time_line.bookmark_clicked.connect(bookmarks.go_to)
        time_line.camera_clicked.connect(self.camera_chosen)
        playback.moved.connect(time_line.set_position)
        marks.changed.connect(lambda: time_line.set_marks(marks.start, marks.end))
        bookmarks.changed.connect(lambda: time_line.set_bookmarks(bookmarks.all))
        panes.arranged.connect(self._show_cameras)

    def _show_cameras(self) -> None:
        self._time_line.set_cameras_shown([pane.camera for pane in self._panes.shown])

    def forget(self) -> None:
        """Another library comes: everything is brought into view again."""
        self._whole = None

    def show_library(self, library: Library) -> None:
        """Where there is footage, as of now. A view of everything goes on showing everything as more is found."""
        line = self._time_line
        follows = self._whole is None or self._whole == (line.scale.start, line.scale.end)
        line.set_library(library)
        if follows and library.recordings:
            line.zoom_to_all()
            self._whole = line.scale.start, line.scale.end
        self._show_cameras()

    def show_span(self, span: Span) -> None:
        """Bring a stretch into view."""
        self._time_line.zoom_to(span)

    def show_haze(self, library: Library, scan: HazeScan | None) -> None:
        """How hazy it is, as far as it is measured."""
        self.curves = {camera: scan.curve(camera) for camera in library.cameras} if scan is not None else {}
        self._time_line.set_curves(self.curves)
