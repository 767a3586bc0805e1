"""The threads that write the files of a recording: who offers pictures never waits for them, and they never stop silently."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from dehazer.errors import DehazerError
from dehazer.files.output_paths import reason
from dehazer.frames.frame import Frame
from dehazer.live.packet_queue import PacketQueue
from dehazer.redact import module_logger
from dehazer.runtime.channel import Channel, Closed
from dehazer.sinks.packet_recorder import PacketRecorder
from dehazer.sinks.recorder import RecorderSink

if TYPE_CHECKING:
    from dehazer.files.packet_tap import TappedPacket
    from dehazer.sinks.recording_files import Segment

log = module_logger(__name__)

WATCH = 1.0
"""Seconds between two checks of the disk."""
SinkT = TypeVar("SinkT", bound=RecorderSink | PacketRecorder)
QueueT = TypeVar("QueueT", bound=Channel[Frame] | PacketQueue)


class RecordingThread(ABC, Generic[SinkT, QueueT]):
    """Writes one kind of pictures of a recording, in a thread of its own. trouble: why it ended by itself. check: called once a
    second while it writes; raises OutputError where the recording must end. sink: writes the files. queue: what waits for it.
    """

    def __init__(self, name: str, check: Callable[[], None], sink: SinkT, queue: QueueT) -> None:
        self.sink: SinkT = sink
        self.queue: QueueT = queue
        self.trouble, self.ended = "", False
        self._name, self._check, self._checked = name, check, time.monotonic()
        self._thread = threading.Thread(target=self._work, name="dehazer-recorder", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            self._record()
        except BaseException as error:  # top of a thread: reported by `trouble`
            self.trouble = _sentence(error)
            log.warning("The recording %s has ended by itself: %s", self._name, self.trouble, exc_info=error)
        finally:
            self.queue.abort()
            self._finish()

    def _watch(self) -> None:
        if time.monotonic() - self._checked > WATCH:
            self._checked = time.monotonic()
            self._check()

    def _finish(self) -> None:
        try:
            self.sink.finish()
        except BaseException as error:  # noqa: BLE001  top of a thread: reported by `trouble`
            self.trouble = self.trouble or _sentence(error)
            log.warning("%s could not be completed: %s", self._name, _sentence(error))
        self.ended = True
        log.info("Recorded %d frames into %s", self.frames, ", ".join(map(str, self.paths)))

    def join(self, timeout: float) -> None:
        """Wait until the files are complete."""
        self._thread.join(timeout)

    @abstractmethod
    def _record(self) -> None:
        """Write everything that is offered, until the end."""

    def end(self) -> None:
        """Take no more; returns at once."""
        self.queue.finish()

    @property
    def segments(self) -> list[Segment]:
        """The files so far."""
        return self.sink.segments

    @property
    def frames(self) -> int:
        """Pictures written so far."""
        return sum(segment.pictures for segment in self.segments)

    @property
    def dropped(self) -> int:
        """Pictures left out because the disk or encoder was too slow."""
        return self.queue.dropped

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files so far."""
        return tuple(segment.path for segment in self.segments)

    @property
    def open_path(self) -> Path | None:
        """The file that is written now, if any."""
        return next((segment.path for segment in self.segments[-1:] if not segment.complete), None)


class FrameThread(RecordingThread[RecorderSink, Channel[Frame]]):
    """Decoded pictures, encoded here."""

    def __init__(self, sink: RecorderSink, queue: int, check: Callable[[], None]) -> None:
        self._told = 0
        super().__init__(str(sink.path), check, sink, Channel(queue, "latest"))

    def offer(self, frame: Frame) -> None:
        """Take one frame if there is room; never waits."""
        try:
            self.queue.put(frame)
        except Closed:
            return  # ended by itself; `trouble` says why

    def _record(self) -> None:
        for frame in self.queue:
            self.sink.write(frame)
            if self.segments:
                self.segments[-1].missing += self.queue.dropped - self._told
                self._told = self.queue.dropped
            self._watch()


class PacketThread(RecordingThread[PacketRecorder, PacketQueue]):
    """Packets as they came. pre_roll: packets from before the recording was asked for."""

    def __init__(self, sink: PacketRecorder, name: str, check: Callable[[], None]) -> None:
        super().__init__(name, check, sink, PacketQueue())

    def _record(self) -> None:
        while (item := self.queue.get()) is not None:
            if isinstance(item, int):
                self.sink.skip(item)
            else:
                self.sink.write(item)
            self._watch()

    def begin_with(self, packets: list[TappedPacket]) -> None:
        """Packets from before the recording was asked for; to be called before `offer`."""
        self.queue.extend(packets)

    def offer(self, packet: TappedPacket) -> None:
        """Take one packet if there is room; never waits."""
        self.queue.put(packet)


def _sentence(error: BaseException) -> str:
    if isinstance(error, DehazerError):
        return str(error)
    if isinstance(error, OSError):  # whatever of the disk no sink has put into words: the system's own
        return f"The recording has ended: {reason(error)}. What was recorded until then is kept; check the disk and its folder."
    return "The recording has ended: something unexpected happened. What was recorded until then is kept."
