"""The sound of one camera in step with a playback: samples for an audio device, asked for as it needs them."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import numpy as np

from dehazer.errors import DehazerError
from dehazer.redact import module_logger
from dehazer.review.recording import Recording
from dehazer.review.wall_clock import WallClock
from dehazer.sources.sound import CHANNELS, FASTEST, RATE, SLOWEST, Samples, SoundReader

if TYPE_CHECKING:
    from dehazer.review.library import Library

log = module_logger(__name__)

SOUND_RATE, SOUND_CHANNELS = RATE, CHANNELS
"""Of the samples given: per second, and side by side."""
_AHEAD = 0.6
"""Seconds of sound prepared in advance."""
_DRIFT = timedelta(milliseconds=40)
"""Up to this, sound may be apart from the pictures: lips seem in step, and small corrections would be heard."""
_LOST = timedelta(seconds=0.5)
"""From this on the sound begins anew at the position."""
_LOOK = 0.05
"""Seconds between two looks for something to play."""
JOIN = 1.0


class Clocked(Protocol):
    """What gives the time; `Playback` does."""

    @property
    def position(self) -> datetime: ...
    @property
    def playing(self) -> bool: ...
    @property
    def speed(self) -> float: ...


class Sound:
    """Sound of one camera. A thread decodes it a little in advance; `read` gives what belongs to the playback's position.

    At 0.5 to 2 times speed, with the pitch kept; silence at other speeds, backwards, in pauses, in gaps and where a recording has
    no sound. latency: seconds from `read` to what is heard, of the device's own buffer. trouble: a sentence where sound is
    stored but cannot be read, else "".
    """

    def __init__(self, library: Library, camera: str, clock: Clocked, latency: float = 0.0) -> None:
        self.camera, self.latency, self.trouble = camera, latency, ""
        self._library, self._clock = library, clock
        self._changed = threading.Condition()
        self._blocks: deque[tuple[datetime, Samples]] = deque()
        self._speed = 1.0  # of the blocks
        self._stopping = False
        self._again = False  # what is being decoded is not wanted any more
        self._correcting = True  # nothing is heard yet, or sound is dropped to catch up: the next is put to its exact place
        self._expected: datetime | None = None  # the position that the next read belongs to, if playing just goes on
        self._thread = threading.Thread(target=self._work, name=f"dehazer-sound-{camera}", daemon=True)
        self._thread.start()

    # what the device takes

    def read(self, count: int) -> Samples:
        """The next `count` samples, (count, 2) int16 at 48 kHz. Never waits; silence where there is nothing."""
        out = np.zeros((count, SOUND_CHANNELS), np.int16)
        with self._changed:
            due, expected = self._due(), self._expected or self._due()
            if not self._audible() or self._speed != self._clock.speed or abs(due - expected) > _LOST:
                self._restart()
                return out
            filled = 0
            while filled < count and self._blocks:
                filled += self._take(out[filled:], due + timedelta(seconds=filled / SOUND_RATE * self._speed))
            self._expected = due + timedelta(seconds=count / SOUND_RATE * self._speed)
            self._changed.notify_all()
        return out

    def _audible(self) -> bool:
        return self._clock.playing and SLOWEST <= self._clock.speed <= FASTEST

    def _due(self) -> datetime:
        return self._clock.position + timedelta(seconds=self.latency * self._clock.speed)

    def _take(self, out: Samples, due: datetime) -> int:
        """Fill the beginning of `out` with what is due; returns how many samples that were, silence included."""
        when, samples = self._blocks.popleft()
        early = when - due
        if early < -_LOST:
            self._restart()
            return len(out)
        allowed = timedelta(0) if self._correcting else _DRIFT
        self._correcting = early < -allowed
        if self._correcting:
            self._put_back(due, samples, max(1, self._samples(-early)))
            return 0
        silent = min(len(out), self._samples(early)) if early > allowed else 0
        taken = min(len(samples), len(out) - silent)
        out[silent : silent + taken] = samples[:taken]
        self._put_back(when + timedelta(seconds=taken / SOUND_RATE * self._speed), samples, taken)
        return silent + taken

    def _samples(self, time: timedelta) -> int:
        return round(time.total_seconds() / self._speed * SOUND_RATE)

    def _put_back(self, when: datetime, samples: Samples, used: int) -> None:
        if used < len(samples):
            self._blocks.appendleft((when, samples[used:]))

    def _restart(self) -> None:
        self._blocks.clear()
        self._again, self._expected, self._correcting = True, None, True
        self._changed.notify_all()

    # what the thread prepares

    def _work(self) -> None:
        reader: tuple[Recording, SoundReader] | None = None
        following: datetime | None = None
        try:
            while (place := self._next_place(following)) is not None:
                when, recording = place
                if reader is None or reader[0].path != recording.path:
                    reader = self._open(recording, reader)
                following = self._prepare(reader, when) if reader is not None else None
        except Exception:
            log.exception("The sound of %s met an error that was not expected", self.camera)
            self.trouble = f"The sound of {self.camera} has ended: something unexpected happened."
        finally:
            if reader is not None:
                reader[1].close()

    def _next_place(self, following: datetime | None) -> tuple[datetime, Recording] | None:
        """What is to be decoded next: on from `following`, or from the position; None to end."""
        with self._changed:
            while not self._stopping:
                when = following if following is not None and not self._again else self._due()
                recording = self._library.at(self.camera, when) if self._audible() else None
                if recording is not None and recording.has_sound:
                    self._speed, self._again = self._clock.speed, False
                    return when, recording
                following = None
                self._changed.wait(_LOOK)
            return None

    def _open(self, recording: Recording, before: tuple[Recording, SoundReader] | None) -> tuple[Recording, SoundReader] | None:
        if before is not None:
            before[1].close()
        try:
            opened = recording, SoundReader(recording.path)
        except DehazerError as error:
            self.trouble = str(error)
            log.info("No sound: %s", error)
            with self._changed:
                self._changed.wait_for(lambda: self._stopping, 1.0)
            return None
        self.trouble = ""
        return opened

    def _prepare(self, reader: tuple[Recording, SoundReader], when: datetime) -> datetime | None:
        """Decode from `when` on until the recording ends; then where it ended, None where something else is wanted."""
        recording, sound = reader
        clock = WallClock.of(recording)
        for block in sound.blocks(max(0.0, clock.seconds(when)), self._speed):
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._again or self._ahead() < _AHEAD)
                if self._stopping or self._again:
                    return None
                self._blocks.append((clock.at(block.seconds), block.samples))
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._again, _LOOK)
        return recording.end

    def _ahead(self) -> float:
        return sum(len(samples) for _, samples in self._blocks) / SOUND_RATE

    @property
    def prepared(self) -> float:
        """Seconds of sound that are ready to be read."""
        with self._changed:
            return self._ahead()

    def stop(self) -> None:
        """End the thread, within a second. May be called twice."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(JOIN)
