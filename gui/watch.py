"""Looks at every camera a few times a second, while anybody sees the window; what nobody sees rests."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QWidget

from gui.album import Album
from gui.display import Display
from gui.fleet import Fleet
from gui.mishaps import Mishaps
from gui.session import Camera

REFRESH = 250
"""Milliseconds between two looks at the numbers."""


class Watch(QObject):
    """Takes the numbers of the fleet to those who want them: the display, the album, and what watches for mishaps."""

    def __init__(self, window: QWidget, fleet: Fleet, display: Display, album: Album, mishaps: Mishaps) -> None:
        super().__init__(window)
        self._window, self._fleet, self._display, self._album, self._mishaps = window, fleet, display, album, mishaps
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH)
        self._timer.timeout.connect(self.refresh)
        fleet.woken.connect(self._woken)
        display.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Let rest what may (a recording may have ended out of sight), and put the numbers where they belong."""
        self.see()
        for camera in self._fleet.cameras:
            numbers = camera.numbers()
            if numbers is not None:
                self._mishaps.watch(camera, numbers)
                self._album.watch(camera, numbers)
                if camera is self._fleet.current:
                    self._display.show_numbers(camera, numbers)
        self._display.show_states()

    @property
    def _seen(self) -> bool:
        return self._window.isVisible() and not self._window.isMinimized()

    def see(self) -> None:
        """The window, or what it shows, came into sight or went out of it: cameras nobody can see rest."""
        for camera in self._fleet.cameras:
            camera.set_unseen(not self._seen or not (self._display.grid_on or camera is self._fleet.current))
        self._pace()

    def _pace(self) -> None:
        """Numbers are looked at while there are any and somebody sees them, or an alarm or a recording needs it."""
        needed = any(c.recording or c.look.alarm > 0 for c in self._fleet.cameras)
        wanted = bool(self._fleet.cameras) and (self._seen or needed)
        if wanted != self._timer.isActive():
            self._timer.start() if wanted else self._timer.stop()

    def _woken(self, camera: Camera) -> None:
        if self._seen:
            self._display.wake(camera)

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
