"""A live source as a film with a beginning: for files made of cameras and streams, where every picture counts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from dehazer.errors import NoVideoError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sources.base import Source
from dehazer.sources.live_sound import LiveSound

if TYPE_CHECKING:
    from dehazer.files.packet_tap import PacketTap


class TappedSource(Protocol):
    """What a film is made of: a LiveSource, or one that opens another whenever it is lost."""

    info: VideoInfo
    tap: PacketTap | None

    def __iter__(self) -> Iterator[Frame]: ...
    def close(self) -> None: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


_JUMP = Fraction(2)
"""Seconds by which a source's clock may run ahead of the arrival of its pictures; beyond, the clock was set."""
_LATE = 1.0


class LiveFilm(Source):
    """The pictures of a live source from now on, none dropped here; times are those of capture, from zero.

    They are the source's own; where its clock is missing, stands, runs back or was set, those of arrival take over for that step.
    end: seconds after the first picture, None without an end: then a stop from outside completes what is made of it. The
    first picture is waited for on construction, so `info` is that of a picture. passing: the sound, on the same clock.

    Raises NoVideoError where none comes, and what the source raises.
    """

    def __init__(self, live: TappedSource, end: float | None = None) -> None:
        self._sound = LiveSound()
        live.tap = self._sound.take
        self._live, self._frames = live, iter(live)
        self.endless = end is None
        self._end = None if end is None else Fraction(round(end * 1_000_000), 1_000_000)
        self._before: tuple[Fraction | None, float] | None = None  # the source's clock and the arrival of the picture before
        self._elapsed, self._late, self._count = Fraction(0), 0.0, 0
        try:
            first = next(self._frames, None)
            if first is None:
                raise NoVideoError(f"{live.info.name} gave no picture.")
        except BaseException:
            live.close()
            raise
        self._first, self._began = first, _arrival(first)
        self._sound.begin()
        self.passing = self._sound.passing
        self.info = replace(live.info, width=first.width, height=first.height, format=first.format, color=first.color,
                            time_base=first.time_base, duration=end, live=False)  # whoever computes waits for nobody's sake

    def __iter__(self) -> Iterator[Frame]:
        for frame in self._from_first():
            timed = self._timed(frame)
            self._sound.pass_on(None if frame.pts is None else self._elapsed - frame.pts * frame.time_base)
            if self._end is not None and self._elapsed >= self._end:
                return
            yield timed

    def _from_first(self) -> Iterator[Frame]:
        if self._before is None:
            yield self._first
        yield from self._frames

    def _timed(self, frame: Frame) -> Frame:
        """The frame with its time from zero on."""
        clock = None if frame.pts is None else frame.pts * frame.time_base
        if self._before is not None:
            self._elapsed += self._step(clock, frame)
        self._before = clock, _arrival(frame)
        self._late = _arrival(frame) - self._began - float(self._elapsed)
        self._count += 1
        return replace(frame, pts=round(self._elapsed / frame.time_base), index=self._count - 1)

    def lose_clock(self) -> None:
        """Another connection follows, whose clock has nothing to do with that of the one before."""
        if self._before is not None:
            self._before = None, self._before[1]

    @property
    def elapsed(self) -> float:
        """Seconds from the first picture to the newest."""
        return float(self._elapsed)

    def _step(self, clock: Fraction | None, frame: Frame) -> Fraction:
        """Seconds since the picture before, at least one unit of the clock."""
        assert self._before is not None
        clock_before, arrival_before = self._before
        arrived = max(frame.time_base, Fraction(round((_arrival(frame) - arrival_before) * 1_000_000), 1_000_000))
        if clock is None or clock_before is None:
            return arrived
        step = clock - clock_before
        return step if 0 < step < arrived + _JUMP else arrived

    @property
    def warnings(self) -> tuple[str, ...]:
        """Those of the source, sound that was left out, and whether the pictures were read too slowly."""
        late = (f"The last picture of {self.info.name} was read {self._late:.1f} s late, because the work is slower than the "
                "pictures come; such a source leaves pictures out.")
        lost = f"{self._sound.dropped} packets of sound did not fit to those before and are left out."
        return (*self._live.warnings, *((lost,) if self._sound.dropped else ()), *((late,) if self._late > _LATE else ()))

    def close(self) -> None:
        """Close the source."""
        self._live.close()


def _arrival(frame: Frame) -> float:
    return time.monotonic() if frame.captured is None else frame.captured
