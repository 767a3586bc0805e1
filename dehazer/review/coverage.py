"""Which times a set of recordings covers: days, gaps, overlaps, and the recording of an instant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType

from dehazer.review.recording import Recording
from dehazer.review.span import Span, gaps_between, overlaps_of

SEAM = timedelta(seconds=2)
"""Recorders that cut every few minutes lose or repeat so much between two files; neither is a gap or an overlap."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """An immutable set of recordings that can be read, sorted by start, and of those that cannot. From any thread."""

    recordings: tuple[Recording, ...] = ()
    unreadable: tuple[Recording, ...] = ()

    @classmethod
    def of_files(cls, files: Iterable[Recording]) -> Coverage:
        """Readable and unreadable ones, each sorted."""
        ordered = sorted(files, key=lambda recording: (recording.start, str(recording.path)))
        return cls(tuple(r for r in ordered if r.fault is None), tuple(r for r in ordered if r.fault is not None))

    @cached_property
    def by_camera(self) -> Mapping[str, tuple[Recording, ...]]:
        """Camera, in alphabetical order → its recordings by start."""
        groups: dict[str, list[Recording]] = {}
        for recording in self.recordings:
            groups.setdefault(recording.camera, []).append(recording)
        return MappingProxyType({camera: tuple(groups[camera]) for camera in sorted(groups)})

    @cached_property
    def _lanes(self) -> dict[str, tuple[list[datetime], list[datetime]]]:
        """Camera → starts, and the latest end up to each."""
        return {camera: ([r.start for r in own], list(accumulate((r.end for r in own), max)))
                for camera, own in self.by_camera.items()}

    def at(self, camera: str, when: datetime) -> Recording | None:
        """The recording that shows `when`; where several do, the one that started last. None in a gap."""
        own, (starts, reach) = self.by_camera.get(camera, ()), self._lanes.get(camera, ([], []))
        place = bisect_right(starts, when) - 1
        while place >= 0 and reach[place] > when:
            if own[place].end > when:
                return own[place]
            place -= 1
        return None

    def gaps(self, camera: str) -> tuple[Span, ...]:
        """Between the first and the last recording of a camera, where none is."""
        return self._gaps.get(camera, ())

    def overlaps(self, camera: str) -> tuple[Span, ...]:
        """Where a camera has more than one recording: its clock was put back, or files are there twice."""
        return self._overlaps.get(camera, ())

    @cached_property
    def _gaps(self) -> dict[str, tuple[Span, ...]]:
        return {camera: gaps_between((r.span for r in own), SEAM) for camera, own in self.by_camera.items()}

    @cached_property
    def _overlaps(self) -> dict[str, tuple[Span, ...]]:
        return {camera: overlaps_of((r.span for r in own), SEAM) for camera, own in self.by_camera.items()}

    @cached_property
    def span(self) -> Span | None:
        """From the first picture of all to the last; None where there is none."""
        if not self.recordings:
            return None
        return Span(self.recordings[0].start, max(r.end for r in self.recordings))

    def days(self, zone: tzinfo = UTC) -> frozenset[date]:
        """The days, in `zone`, with at least one picture."""
        if zone not in self._days:
            self._days[zone] = frozenset(day for recording in self.recordings for day in _days_of(recording, zone))
        return self._days[zone]

    @cached_property
    def _days(self) -> dict[tzinfo, frozenset[date]]:
        return {}


def _days_of(recording: Recording, zone: tzinfo) -> Iterator[date]:
    last = max(recording.start, recording.end - timedelta(microseconds=1)).astimezone(zone).date()
    day = recording.start.astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
