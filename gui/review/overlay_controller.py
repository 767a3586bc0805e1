"""The numbers over the pictures, while they are wanted."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer

from gui.review import statistics
from gui.review.camera_panes import CameraPanes
from gui.review.display_controller import DisplayController
from gui.review.playback_controller import PlaybackController
from gui.services.engine_loader import EngineLoader

INTERVAL = 250
"""Milliseconds between two readings."""


class OverlayController(QObject):
    """Reads the numbers a few times a second while they are shown."""

    def __init__(self, panes: CameraPanes, playback: PlaybackController, display: DisplayController,
                 engine_loader: EngineLoader) -> None:
        super().__init__()
        self._panes, self._playback, self._display, self._engine_loader = panes, playback, display, engine_loader
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self.update)
        display.overlay_changed.connect(self.update)
        playback.framed.connect(lambda _camera: self._start())
        self.update()

    def _start(self) -> None:
        if self._display.overlay_on and not self._timer.isActive():
            self.update()

    def update(self) -> None:
        """Numbers as they are now, or none."""
        playback, on = self._playback.playback, self._display.overlay_on
        status = playback.status() if playback is not None and on else None
        for camera, pane in self._panes.panes.items():
            frame = self._playback.frames.get(camera)
            found = [] if status is None or frame is None else statistics.rows(frame, status, self._engine_loader.engine)
            if found != pane.rows:
                pane.rows = found
                pane.update()
        running = on and playback is not None and playback.playing
        self._timer.start() if running else self._timer.stop()

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
