"""Reads the numbers of every camera while somebody sees the window; cameras that nobody sees are suspended."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PyQt6.QtCore import QObject, QTimer

from dehazer import SessionSnapshot
from gui.camera import Camera
from gui.cameras import Cameras
from gui.controllers.display import DisplayController

INTERVAL, RESTING = 250, 1000
"""Milliseconds between two readings, and while every camera rests: only the time since opening goes on then, in seconds."""
Check = Callable[[Camera, SessionSnapshot], None]
"""Looks at the numbers of one camera."""


class RefreshController(QObject):
    """Takes snapshots of all cameras to the checks, and that of the current camera to the display."""

    def __init__(self, cameras: Cameras, display: DisplayController, checks: Sequence[Check],
                 is_window_visible: Callable[[], bool], shown_elsewhere: Callable[[], Collection[Camera]]) -> None:
        """shown_elsewhere: cameras that somebody sees in another window."""
        super().__init__()
        self._cameras, self._display, self._checks, self._is_window_visible = cameras, display, checks, is_window_visible
        self._shown_elsewhere = shown_elsewhere
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.update)
        cameras.updated.connect(self._camera_updated)
        display.changed.connect(self.update)

    def update(self) -> None:
        """Suspend what may be (a recording may have ended out of sight), and show the numbers of now."""
        self.update_visibility()
        for camera in self._cameras.all:
            snapshot = camera.snapshot()
            if snapshot is not None:
                for check in self._checks:
                    check(camera, snapshot)
                if camera is self._cameras.current:
                    self._display.show_snapshot(camera, snapshot)
        self._display.show_states()

    def update_visibility(self) -> None:
        """The window, or what it shows, was shown or hidden: suspend the cameras nobody can see."""
        visible, elsewhere = self._is_window_visible(), self._shown_elsewhere()
        for camera in self._cameras.all:
            here = visible and (self._display.grid_on or camera is self._cameras.current)
            camera.set_hidden(not here and camera not in elsewhere)
        self._start_or_stop(visible or bool(elsewhere))

    def _start_or_stop(self, visible: bool) -> None:
        """Numbers are read while there are any and somebody sees them, or an alarm, a recording or a receiver needs it."""
        needed = any(c.recording or c.publishing or c.adjustments.alarm > 0 for c in self._cameras.all)
        active = bool(self._cameras.all) and (visible or needed)
        interval = RESTING if all(camera.rests for camera in self._cameras.all) else INTERVAL
        if active and (not self._timer.isActive() or interval != self._timer.interval()):
            self._timer.start(interval)
        elif not active:
            self._timer.stop()

    def _camera_updated(self, camera: Camera) -> None:
        if self._is_window_visible():
            self._display.update_camera(camera)
        if self._timer.isActive() and self._timer.interval() == RESTING:
            self.update()  # a step, or other options for the picture in view: its numbers come with it

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
