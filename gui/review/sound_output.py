"""The sound of the current camera, out of this computer's speakers, in step with the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from gui.review.audio_device import AudioDevice
from gui.review.camera_panes import CameraPanes
from gui.review.playback_controller import PlaybackController
from gui.review.room import ReviewRoom
from gui.review.transport_bar import TransportBar

if TYPE_CHECKING:
    from dehazer.review import Sound

INTERVAL = 20
"""Milliseconds between two times at which the device gets more."""
BYTES = 4
"""Of one sample: two channels of 16 bits."""


class SoundOutput(QObject):
    """on: whether the user wants sound. message: (text, whether it is an error, None)."""

    message = pyqtSignal(str, bool, object)

    def __init__(self, room: ReviewRoom, playback: PlaybackController, panes: CameraPanes, transport: TransportBar) -> None:
        super().__init__()
        self._room, self._playback, self._panes, self._transport = room, playback, panes, transport
        self.on, self._trouble = False, ""
        self.device = AudioDevice()
        self._sound: Sound | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._feed)
        panes.selected.connect(self.restart)
        room.rebuilt.connect(self.restart)

    def toggle(self) -> None:
        """Sound, or none; says where this computer has no device for it."""
        from dehazer.review import SOUND_CHANNELS, SOUND_RATE

        if self.on:
            self.on = False
            self.device.close()
        elif self.device.open(SOUND_RATE, SOUND_CHANNELS):
            self.on = True
        else:
            self.message.emit(self.tr("There is no device for sound on this computer; pictures play without it."), True, None)
        self.restart()
        self._transport.show_sound(self.on)

    def restart(self) -> None:
        """Another camera, another playback, or sound was switched on or off."""
        from dehazer.review import Sound

        self._end()
        library, playback = self._room.library, self._playback.playback
        if self.on and library is not None and playback is not None and self._panes.current:
            self._sound = Sound(library, self._panes.current, playback, self.device.latency)
            self._timer.start()

    def _feed(self) -> None:
        sound, room = self._sound, self.device.room // BYTES
        if sound is None:
            return
        if room > 0:
            self.device.write(sound.read(room).tobytes())
        if sound.trouble != self._trouble:
            self._trouble = sound.trouble
            if self._trouble:
                self.message.emit(self._trouble, True, None)

    def _end(self) -> None:
        self._timer.stop()
        if self._sound is not None:
            self._sound.stop()
        self._sound = None

    def stop(self) -> None:
        """The window closes."""
        self._end()
        self.device.close()
