"""What the time line shows, apart from the stretch in view: lanes, bookmarks, marks. Immutable; a change makes another one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from dehazer.review import Bookmark, HazeCurve, Recording
from gui.review.camera_order import camera_order
from gui.review.footage import Footage
from gui.review.time_scale import TimeLimits

HOUR = 3600.0


@dataclass(frozen=True)
class Lane:
    """One camera. curve: its haze, None before any was measured. is_shown: whether its pictures are on the screen."""

    camera: str
    footage: Footage
    curve: HazeCurve | None = None
    is_shown: bool = False


@dataclass(frozen=True)
class Marks:
    """begin, end: of the marked stretch, seconds since 1970; None where not set."""

    begin: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class TimeLineContent:
    """zone: of the wall clock. lanes: in the order of cameras. bookmarks: by time."""

    zone: tzinfo = UTC
    lanes: tuple[Lane, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    marks: Marks = Marks()

    @property
    def limits(self) -> TimeLimits:
        """From the first picture to the last; a day of 1970 where there is none."""
        if not self.lanes:
            return TimeLimits(0.0, 24 * HOUR)
        return TimeLimits(min(float(lane.footage.starts[0]) for lane in self.lanes),
                          max(float(lane.footage.reach[-1]) for lane in self.lanes))

    def with_recordings(self, recordings: Sequence[Recording], zone: tzinfo) -> TimeLineContent:
        """A lane per camera with these recordings; cameras that were there keep their haze."""
        by_camera: dict[str, list[Recording]] = {}
        for recording in recordings:
            by_camera.setdefault(recording.camera, []).append(recording)
        known = {lane.camera: lane for lane in self.lanes}
        lanes = tuple(_lane(camera, by_camera[camera], known.get(camera)) for camera in sorted(by_camera, key=camera_order))
        return replace(self, zone=zone, lanes=lanes)

    def with_curves(self, curves: Mapping[str, HazeCurve]) -> TimeLineContent:
        """With the haze of cameras by name; cameras that are not named have none."""
        return replace(self, lanes=tuple(replace(lane, curve=curves.get(lane.camera)) for lane in self.lanes))

    def with_shown(self, cameras: Collection[str]) -> TimeLineContent:
        """With these cameras as the ones on the screen."""
        return replace(self, lanes=tuple(replace(lane, is_shown=lane.camera in cameras) for lane in self.lanes))

    def with_bookmarks(self, bookmarks: Sequence[Bookmark]) -> TimeLineContent:
        """With these bookmarks, in any order."""
        return replace(self, bookmarks=tuple(sorted(bookmarks, key=lambda b: b.order)))


def _lane(camera: str, recordings: Sequence[Recording], known: Lane | None) -> Lane:
    if known is None:
        return Lane(camera, Footage.of(recordings))
    ordered = tuple(sorted(recordings, key=lambda r: r.start))
    return known if ordered == known.footage.recordings else replace(known, footage=Footage.of(ordered))
