"""The camera that is looked at: pause, step, search, start again, close."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from gui.cameras import Cameras


class PlaybackController(QObject):
    """changed: pause or position of the camera changed. closing: the camera is about to be closed."""

    changed = pyqtSignal()
    closing = pyqtSignal(object)

    def __init__(self, cameras: Cameras) -> None:
        super().__init__()
        self._cameras = cameras

    def close(self) -> None:
        """Close the camera."""
        if (camera := self._cameras.current) is not None:
            self.closing.emit(camera)
            self._cameras.close(camera)

    def restart(self) -> None:
        """Connect anew, or play an ended file again."""
        if (camera := self._cameras.current) is not None:
            self._cameras.restart(camera)

    def toggle_pause(self) -> None:
        """Freeze the picture or go on; a file that has ended plays again."""
        if (camera := self._cameras.current) is None:
            return
        if camera.is_seekable and camera.state.is_over:
            self._cameras.restart(camera)
        elif camera.had_picture or camera.paused:  # before the first picture there is nothing to freeze
            camera.set_paused(not camera.paused)
        self.changed.emit()

    def step(self, count: int) -> None:
        """One picture on (1) or back (-1)."""
        if (camera := self._cameras.current) is not None:
            camera.step(count)
            self.changed.emit()

    def seek_by(self, seconds: float) -> None:
        """Go on or back in a file."""
        if (camera := self._cameras.current) is not None:
            camera.seek(camera.position + seconds)
