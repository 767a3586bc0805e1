"""What must be noticed of every camera, in view or not: haze above the alarm, and unexpected errors."""

from __future__ import annotations

from weakref import WeakKeyDictionary, WeakSet

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import DehazerError, SessionSnapshot
from gui.camera import Camera

HYSTERESIS = 0.9
"""The alarm ends below this share of its limit, so that a scene at the limit alerts once."""


class Alerts(QObject):
    """message: (text, whether it is an error, None). hazy: the user should look at the window. unexpected: an error of the
    program. alarmed: cameras above their limit now.
    """

    message = pyqtSignal(str, bool, object)
    hazy = pyqtSignal()
    unexpected = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.alarmed: WeakSet[Camera] = WeakSet()
        self._reported: WeakKeyDictionary[Camera, BaseException] = WeakKeyDictionary()  # the last one of each

    def check(self, camera: Camera, snapshot: SessionSnapshot) -> None:
        """Look at the numbers of a camera."""
        self._check_haze(camera, (snapshot.scene.haze or 0.0) * 100)
        self._check_error(camera)

    def _check_haze(self, camera: Camera, haze: float) -> None:
        limit = camera.adjustments.alarm
        is_hazy = limit > 0 and haze >= (limit * HYSTERESIS if camera in self.alarmed else limit)
        if is_hazy and camera not in self.alarmed:
            self.hazy.emit()
            self.message.emit(self.tr("{}: haze above {:.0f} %").format(camera.title, limit), True, None)
        (self.alarmed.add if is_hazy else self.alarmed.discard)(camera)

    def _check_error(self, camera: Camera) -> None:
        error = camera.error
        if error is None or isinstance(error, DehazerError):
            return
        is_new = all(error is not known for known in self._reported.values())  # cameras may share it, with the engine
        self._reported[camera] = error
        if is_new:
            self.unexpected.emit(error)
