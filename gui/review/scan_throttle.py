"""The haze scan makes way while somebody watches: while it plays, and for a moment after every other change of the picture."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QTimer

from gui.review.room import ReviewRoom

REST = 3000
"""Milliseconds without a new picture after which nobody watches."""


class ScanThrottle(QObject):
    """Listens to the playback of a room."""

    def __init__(self, room: ReviewRoom) -> None:
        super().__init__()
        self._room = room
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._release)
        room.playback_changed.changed.connect(self._hold)

    def _hold(self) -> None:
        self._set(True)
        self._timer.start()

    def _release(self) -> None:
        playback = self._room.playback
        if playback is not None and playback.playing:
            self._timer.start()
        else:
            self._set(False)

    def _set(self, throttled: bool) -> None:
        if self._room.scan is not None:
            self._room.scan.throttled = throttled

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()
