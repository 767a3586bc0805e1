"""The left side of the review room: cameras, unreadable files, days with footage, and jumps to haze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from dehazer.review import HazeCurve, Library, Recording, ScanProgress
from gui.review.camera_list import CameraList
from gui.review.camera_summary import summaries_of
from gui.review.fault_list import FaultList
from gui.review.footage_calendar import FootageCalendar
from gui.review.jump_controls import JumpControls
from gui.review.scan_status import ScanStatus
from gui.theme import BASE, GAP, PAD, font
from gui.widgets.buttons import IconButton

WIDTH = 280
FEW = 5
"""Up to so many cameras there is no field to filter them."""


class LibraryPanel(QWidget):
    """cameras_chosen: tuple of names to show. day_chosen: date. position_requested: datetime of a jump. message: why there
    was none. patterns_requested: the dialog for name patterns. folder_requested: another folder is to be opened.
    """

    cameras_chosen = pyqtSignal(object)
    day_chosen = pyqtSignal(object)
    position_requested = pyqtSignal(object)
    message = pyqtSignal(str)
    patterns_requested = pyqtSignal()
    folder_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._zone: tzinfo = UTC
        self._nothing_readable = False
        self.cameras, self.faults, self.status = CameraList(), FaultList(), ScanStatus()
        self.calendar, self.jumps, self.filter = FootageCalendar(), JumpControls(), QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter cameras"))
        self.filter.setAccessibleName(self.tr("Filter cameras"))
        self.filter.setClearButtonEnabled(True)
        self._arrange()
        self.filter.textChanged.connect(self.cameras.set_filter)
        self.cameras.cameras_chosen.connect(self.cameras_chosen)
        self.cameras.cameras_chosen.connect(self.jumps.set_cameras)
        self.calendar.day_chosen.connect(self.day_chosen)
        self.jumps.position_requested.connect(self.position_requested)
        self.jumps.message.connect(self.message)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.setSpacing(GAP)
        column.addLayout(self._head())
        column.addLayout(_inset(self.status))
        column.addLayout(_inset(self.filter))
        column.addWidget(self.cameras, 1)
        column.addLayout(_inset(self.faults))
        column.addLayout(_inset(self.calendar))
        column.addLayout(_inset(self.jumps))

    def _head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Cameras"))
        title.setFont(font(BASE, True))
        patterns, folder = IconButton("tune-variant", self.tr("Name patterns…")), IconButton("plus", self.tr("Open a folder…"))
        patterns.clicked.connect(self.patterns_requested)
        folder.clicked.connect(self.folder_requested)
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 0, GAP, 0)
        head.setSpacing(0)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(patterns)
        head.addWidget(folder)
        return head

    def set_library(self, library: Library) -> None:
        """Show a library as it is now; call it again when it has changed."""
        self.set_recordings(library.recordings, library.unreadable, library.options.zone)
        self.calendar.set_days(library.days())
        self.set_progress(library.progress)

    def set_recordings(self, recordings: Sequence[Recording], unreadable: Sequence[Recording], zone: tzinfo) -> None:
        """Show the cameras of these recordings, and the files that cannot be read."""
        self.cameras.cameras.set_summaries(summaries_of(recordings, zone))
        self.filter.setVisible(len(self.cameras.cameras.summaries) > FEW)
        self.faults.set_recordings(unreadable)
        if unreadable and not recordings and not self._nothing_readable:
            self.faults.set_open(True)  # what else is there to see?
        self._nothing_readable = bool(unreadable) and not recordings
        self.cameras.updateGeometry()
        self._zone = zone

    def set_progress(self, progress: ScanProgress) -> None:
        """Show how far the library is read."""
        self.status.set_progress(progress)

    def set_cameras_shown(self, cameras: Sequence[str]) -> None:
        """Whose pictures are on the screen; no signal."""
        self.cameras.cameras.set_shown(cameras)
        self.jumps.set_cameras(cameras)

    def set_curves(self, curves: Mapping[str, HazeCurve]) -> None:
        """The haze of cameras by name, for the jumps."""
        self.jumps.set_curves(curves)

    def set_position(self, when: datetime) -> None:
        """Where the playhead is."""
        self.calendar.set_day(when.astimezone(self._zone).date())
        self.jumps.set_position(when)


def first_moment(day: date, zone: tzinfo) -> datetime:
    """Midnight of a day in a zone; where the clock skips it, the first moment behind."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _inset(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(PAD, 0, PAD, 0)
    row.addWidget(widget)
    return row
