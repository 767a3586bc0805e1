"""Cameras plugged into this computer, by name, and a signal when one is plugged in or pulled out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QFileSystemWatcher, QObject, pyqtSignal

from dehazer import find_cameras


@dataclass(frozen=True)
class Webcam:
    """A camera: where it is (as `SavedSource.where`), what it is called, and the sizes (width, height, fps) it offers."""

    where: str
    name: str
    modes: tuple[tuple[int, int, float], ...] = ()


class Webcams(QObject):
    """The list of cameras; `changed` when one is plugged in or pulled out. Nothing is loaded before `start`.

    is_busy: whether to postpone loading. Qt loads its media plug-ins under the system's loader lock, and so does the engine
    its parts: while both do, and one of them wants to run Python, neither goes on. So the engine comes first.

    Names come from Qt Multimedia. Where its system libraries are missing, the core's list is used instead, and `note`
    says so.
    """

    changed = pyqtSignal()

    def __init__(self, is_busy: Callable[[], bool] = lambda: False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy, self._postponed = is_busy, False
        self.cameras: tuple[Webcam, ...] = ()
        self.note = ""
        self._find: Callable[[], tuple[Webcam, ...]] | None = None
        self._devices: Any = None
        self._watcher: QFileSystemWatcher | None = None

    def start(self) -> None:
        """Look for cameras and go on watching; may be called again at no cost. While busy, it is postponed to `resume`."""
        self._postponed = self._is_busy()
        if self._find is None and not self._postponed:
            self._find = self._with_qt() or self._with_linux()
            self.refresh()

    def resume(self) -> None:
        """Nothing else is being loaded any more: do what was postponed."""
        if self._postponed:
            self.start()

    def refresh(self) -> None:
        """Look again."""
        found = self._find() if self._find is not None else ()
        if found != self.cameras:
            self.cameras = found
            self.changed.emit()

    def _with_qt(self) -> Callable[[], tuple[Webcam, ...]] | None:
        try:
            from PyQt6.QtMultimedia import QMediaDevices
        except ImportError as error:
            self.note = self.tr("Camera names come from the system, because Qt Multimedia cannot be loaded ({}).").format(error)
            return None
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.refresh)
        return lambda: tuple(_from_qt(one, number) for number, one in enumerate(QMediaDevices.videoInputs()))

    def _with_linux(self) -> Callable[[], tuple[Webcam, ...]]:
        if sys.platform == "linux":
            self._watcher = QFileSystemWatcher(["/dev"], self)  # a camera's node appears there
            self._watcher.directoryChanged.connect(self.refresh)
        return lambda: tuple(Webcam(device, name) for name, device in find_cameras().items())


def _from_qt(device: Any, number: int) -> Webcam:
    """Linux and its like give the device's path; elsewhere OpenCV knows cameras by number, in the same order."""
    path = bytes(device.id()).decode("utf-8", "replace")
    where = path if path.startswith("/dev/") else f"camera:{number}"
    modes = {(f.resolution().width(), f.resolution().height(), float(round(f.maxFrameRate()))) for f in device.videoFormats()}
    return Webcam(where, device.description() or where, tuple(sorted(modes, reverse=True)))
