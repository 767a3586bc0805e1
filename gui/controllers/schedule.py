"""Recordings that begin and end by themselves: every camera that is open while the schedule says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakSet

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QWidget

from dehazer import RecordingSchedule
from gui.camera import Camera
from gui.cameras import Cameras
from gui.controllers.recording import RecordingController
from gui.dialogs.schedule import ScheduleDialog
from gui.services.settings import Settings

if TYPE_CHECKING:
    from dehazer import LiveSession

INTERVAL = 1000
"""Milliseconds between two looks at the clock."""
_KEY = "record/schedule"


def _now() -> datetime:
    return datetime.now(UTC)


class ScheduleController(QObject):
    """Begins a recording of each camera once while the schedule is due, so that one which the user ends stays ended, and ends
    those it began when it is due no more. message: (text, whether it is an error, folder to show or None).
    """

    message = pyqtSignal(str, bool, object)

    def __init__(self, cameras: Cameras, recording: RecordingController, settings: Settings, dialog_parent: QWidget,
                 clock: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._cameras, self._recording, self._settings = cameras, recording, settings
        self._dialog_parent, self.clock = dialog_parent, clock
        self.schedule = RecordingSchedule.from_dict(settings.data(_KEY, None))
        self._seen: WeakSet[LiveSession] = WeakSet()
        self._begun: WeakSet[LiveSession] = WeakSet()  # those of them that were not recorded already
        self._due = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.check)
        if self.schedule.on:
            self._timer.start()

    def check(self) -> None:
        """Do what is due now."""
        due = self.schedule.is_due(self.clock().astimezone())
        if due:
            self._begin([one for one in self._recording.recordable if one.session not in self._seen])
        elif self._due:
            self._end()
        self._due = due

    def _begin(self, cameras: list[Camera]) -> None:
        waiting = [camera for camera in cameras if not camera.recording]
        for sessions, some in ((self._seen, cameras), (self._begun, waiting)):
            for camera in some:
                assert camera.session is not None  # else it is not recordable
                sessions.add(camera.session)
        if waiting:
            self._recording.start(waiting)

    def _end(self) -> None:
        running = [one for one in self._cameras.all if one.session in self._begun and one.recording]
        self._begun.clear()
        self._seen.clear()
        if running:
            self._recording.stop(running)

    def show_dialog(self) -> None:
        """Let the user change the schedule."""
        dialog = ScheduleDialog(self.schedule, self.clock, self._dialog_parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.use(dialog.schedule))
        dialog.open()

    def use(self, schedule: RecordingSchedule) -> None:
        """Another schedule, from now on; what the former one began goes on only if this one is due, too."""
        self.schedule = schedule
        self._settings.put_data(_KEY, schedule.as_dict())
        self.check()
        (self._timer.start if schedule.on else self._timer.stop)()
        self.message.emit(schedule_text(self, schedule, self.clock()), False, None)


def schedule_text(owner: QObject, schedule: RecordingSchedule, now: datetime) -> str:
    """What comes next, in words."""
    if schedule.is_due(now.astimezone()):
        return owner.tr("The schedule is on, and recordings run now")
    begin = schedule.next_start(now)
    return owner.tr("The schedule is off") if begin is None else owner.tr("Next start: {}").format(f"{begin:%Y-%m-%d %H:%M}")
