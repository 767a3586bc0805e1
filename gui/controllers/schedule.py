"""Recordings that begin and end by themselves: every camera that is open while the schedule says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

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
RETRY = 60.0
"""Seconds until a recording that could not begin, or ended by itself, is tried again: the folder may be back."""
_KEY = "record/schedule"


def _now() -> datetime:
    return datetime.now(UTC)


class ScheduleController(QObject):
    """Begins a recording of each camera while the schedule is due, and ends those it began when it is due no more. One that the
    user ends stays ended; one that cannot begin or ends by itself is tried again once a minute.

    message: (text, whether it is an error, folder to show or None).
    """

    message = pyqtSignal(str, bool, object)

    def __init__(self, cameras: Cameras, recording: RecordingController, settings: Settings, dialog_parent: QWidget,
                 clock: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self._cameras, self._recording, self._settings = cameras, recording, settings
        self._dialog_parent, self.clock = dialog_parent, clock
        self.schedule = RecordingSchedule.from_dict(settings.data(_KEY, None))
        self._seen: WeakSet[LiveSession] = WeakSet()  # recorded at some time while the schedule was due
        self._begun: WeakSet[LiveSession] = WeakSet()  # by the schedule
        self._tried: WeakKeyDictionary[LiveSession, float] = WeakKeyDictionary()
        self._due = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.check)
        if self.schedule.on:
            self._timer.start()

    def check(self) -> None:
        """Do what is due now."""
        due, before = self.schedule.is_due(self.clock().astimezone()), self._due
        self._due = due
        if due:
            self._begin([camera for camera in self._recording.recordable if camera.session and self._wanted(camera.session)])
        elif before:
            self._end()

    def _wanted(self, session: LiveSession) -> bool:
        """Whether a recording is to begin: not while one runs, nor after one that was ended on purpose."""
        if session.recording:
            self._seen.add(session)
            return False
        if session in self._seen and not session.recording_failed:
            self._begun.discard(session)  # what is begun there from now on is the user's
            return False
        return time.monotonic() - self._tried.get(session, -RETRY) >= RETRY

    def _begin(self, cameras: list[Camera]) -> None:
        sessions = [camera.session for camera in cameras if camera.session is not None]
        self._tried.update((session, time.monotonic()) for session in sessions)
        self._begun.update(sessions)
        if cameras:
            self._recording.start(cameras, lambda: self._tried_to_begin(sessions))

    def _tried_to_begin(self, sessions: list[LiveSession]) -> None:
        """What did begin is ended again if the schedule is over meanwhile."""
        running = [camera for camera in self._cameras.all if camera.session in sessions and camera.recording]
        self._seen.update(camera.session for camera in running if camera.session is not None)
        if running and not self._due:
            self._recording.stop(running)

    def _end(self) -> None:
        running = [one for one in self._cameras.all if one.session in self._begun and one.recording]
        self._begun.clear()
        self._seen.clear()
        self._tried.clear()
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
