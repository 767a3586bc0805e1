"""The recordings of one session: where they begin, what they are offered, how they end."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from dehazer.errors import UsageError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.live.packet_ring import PacketRing
from dehazer.live.recording import RecordedPictures, Recorder
from dehazer.live.status import PreRollStatus, RecordingStatus
from dehazer.moment import Moment


class SessionRecording:
    """One recording at a time, each begun and ended as one: nothing comes in between. Any thread may call.

    name: of the source. ring: packets from before a recording. recorder: the present or the last one. closed: the session is
    being stopped, no recording begins any more.
    """

    def __init__(self, name: str, pre_roll: float) -> None:
        self._name, self._lock = name, threading.Lock()
        self.ring = PacketRing(pre_roll)
        self.recorder: Recorder | None = None
        self.closed = False

    @property
    def active(self) -> bool:
        """Whether one is running."""
        return self.recorder is not None and self.recorder.active

    @property
    def takes_results(self) -> bool:
        """Whether one is running that dehazed pictures go into."""
        return self.recorder is not None and self.recorder.active and self.recorder.takes_results

    @property
    def failed(self) -> bool:
        """Whether the last one ended by itself, for a trouble that `status` tells, and not by `end`."""
        return self.recorder is not None and not (self.recorder.active or self.recorder.stopped)

    @property
    def dropped(self) -> int:
        """Pictures that the last one had to leave out."""
        return self.recorder.dropped if self.recorder else 0

    def status(self) -> RecordingStatus | None:
        """Of the last one; None before the first."""
        return self.recorder.status() if self.recorder else None

    def pre_roll_status(self, packets: bool) -> PreRollStatus:
        """What is held from before a recording. packets: as in `begin`."""
        return PreRollStatus(packets, self.ring.seconds, self.ring.held(time.monotonic()), self.ring.bytes)

    def offer_original(self, frame: Frame) -> None:
        """One frame as it was captured; never waits."""
        if self.recorder is not None:
            self.recorder.offer_original(frame)

    def offer(self, moment: Moment) -> None:
        """One dehazed instant; never waits."""
        if self.recorder is not None:
            self.recorder.offer(moment)

    def begin(self, path: str | Path, what: RecordedPictures, segment_minutes: float | None, info: VideoInfo, *,
              packets: bool) -> Recorder:
        """As `LiveSession.start_recording`. packets: whether originals are recorded as they come from the source."""
        with self._lock:
            if self.closed:
                raise UsageError("This session is being stopped; nothing can be recorded any more.")
            if self.active:
                raise UsageError("This session is recording already; stop that recording first.")
            if self.recorder is not None:
                self.recorder.stop()  # where it ended by itself, its files are completed before it is forgotten
            now = time.monotonic()
            early = self.ring.packets(now)[:1]
            self.recorder = Recorder(
                path, what, float(info.rate) if info.rate else None, self._name, packets=packets,
                early=early[0].arrived if early else None, segment_seconds=segment_minutes * 60 if segment_minutes else None)
            self.ring.hand_over(self.recorder.begin_with, self.recorder.offer_packet, now)
            return self.recorder

    def end(self) -> tuple[Path, ...]:
        """End the recording and return its files; nothing happens when there is none."""
        with self._lock:
            return () if self.recorder is None else self.recorder.stop()
