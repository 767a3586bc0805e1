"""What must be noticed of every camera, in view or not: haze above the alarm, and unexpected errors."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from dehazer import DehazerError, SessionSnapshot
from gui.camera import Camera
from gui.haze_alarm import AlarmLog, HazeAlarm


@dataclass
class _Watched:
    """The alarm of a camera, and the number of its event while it lasts."""

    alarm: HazeAlarm
    event: int | None = None


class Alerts(QObject):
    """alarm: (text, number of the event): an alarm begins. quiet: (number): it is over. unexpected: an error of the program.

    log: the events so far. picture_of: gives what is seen of a camera, for its event.
    """

    alarm = pyqtSignal(str, int)
    quiet = pyqtSignal(int)
    unexpected = pyqtSignal(object)

    def __init__(self, picture_of: Callable[[Camera], QImage | None] = lambda _camera: None,
                 clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.log = AlarmLog()
        self._picture_of, self._clock = picture_of, clock
        self._watched: WeakKeyDictionary[Camera, _Watched] = WeakKeyDictionary()
        self._reported: WeakKeyDictionary[Camera, BaseException] = WeakKeyDictionary()  # the last one of each

    def alarmed(self, camera: Camera) -> bool:
        """Whether the alarm of a camera is active."""
        return camera in self._watched and self._watched[camera].alarm.active

    def check(self, camera: Camera, snapshot: SessionSnapshot) -> None:
        """Look at the numbers of a camera."""
        self._check_haze(camera, snapshot)
        self._check_error(camera)

    def _check_haze(self, camera: Camera, snapshot: SessionSnapshot) -> None:
        limit, haze = camera.adjustments.alarm, snapshot.scene.haze
        if camera not in self._watched:
            self._watched[camera] = _Watched(HazeAlarm(self._clock))
        watched, percent = self._watched[camera], None if haze is None else 100 * haze
        change = watched.alarm.update(percent, limit)
        if change == "began":
            watched.event = self.log.begin(camera.title, percent or 0.0, limit, self._picture_of(camera))
            self.alarm.emit(self.tr("{}: haze above {:.0f} %").format(camera.title, limit), watched.event)
        elif change == "ended" and watched.event is not None:
            self.log.end(watched.event)
            self.quiet.emit(watched.event)
            watched.event = None
        elif watched.event is not None and percent is not None:
            self.log.see(watched.event, percent)

    def forget(self, camera: Camera) -> None:
        """The camera was closed: its alarm is over."""
        watched = self._watched.pop(camera, None)
        if watched is not None and watched.event is not None:
            self.log.end(watched.event)
            self.quiet.emit(watched.event)

    def _check_error(self, camera: Camera) -> None:
        error = camera.error
        if error is None or isinstance(error, DehazerError):
            return
        is_new = all(error is not known for known in self._reported.values())  # cameras may share it, with the engine
        self._reported[camera] = error
        if is_new:
            self.unexpected.emit(error)
