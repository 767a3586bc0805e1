"""Sound out of this computer's speakers, fed by hand."""

from __future__ import annotations

from PyQt6.QtCore import QIODevice
from PyQt6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

BUFFER = 0.2
"""Seconds of sound that the device holds."""


class AudioDevice:
    """Plays 16 bit samples. opened: whether there is a device that takes them."""

    def __init__(self) -> None:
        self._sink: QAudioSink | None = None
        self._input: QIODevice | None = None
        self._rate = 0

    @property
    def opened(self) -> bool:
        """Whether sound can be written."""
        return self._input is not None

    def open(self, rate: int, channels: int) -> bool:
        """Take sound of a sample rate and 1 or 2 channels; returns whether a device does."""
        self.close()
        device = QMediaDevices.defaultAudioOutput()
        wanted = QAudioFormat()
        wanted.setSampleRate(rate)
        wanted.setChannelCount(channels)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isNull() or not device.isFormatSupported(wanted):
            return False
        self._sink, self._rate = QAudioSink(device, wanted), rate * channels * 2
        self._sink.setBufferSize(round(BUFFER * self._rate))
        self._input = self._sink.start()
        return self._input is not None

    @property
    def room(self) -> int:
        """Bytes that can be written now."""
        return self._sink.bytesFree() if self._sink is not None else 0

    def write(self, samples: bytes) -> int:
        """Play samples after those before; returns how many bytes were taken."""
        return max(0, self._input.write(samples)) if self._input is not None else 0

    @property
    def latency(self) -> float:
        """Seconds from writing to hearing while the buffer is full, which it is in play."""
        return self._sink.bufferSize() / self._rate if self._sink is not None else 0.0

    def close(self) -> None:
        """Be silent at once."""
        if self._sink is not None:
            self._sink.reset()
            self._sink.stop()
        self._sink = self._input = None
