"""The rendered week: the library finds in it what its truth says."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dehazer.review import LibraryOptions
from dehazer.review.local_time import resolved
from dehazer.review.recording_names import camera_by_folder, read_name
from dehazer.review.span import Span, gaps_between
from tests.review.conftest import ROOT, Opened

sys.path.insert(0, str(ROOT / "scripts"))

from _recordings_week import CAMERAS, HOUR, MONDAY, ZONE, WeekCamera

sys.path.pop(0)


@pytest.mark.parametrize("camera", CAMERAS, ids=[camera.name for camera in CAMERAS])
def test_every_name_of_the_week_says_camera_and_start(camera: WeekCamera) -> None:
    starts = list(camera.starts(7))
    assert len(starts) > 90
    for number, start in enumerate(starts):
        path = "/week" / Path(camera.path(start, start + HOUR, number))
        reading = read_name(path)
        assert (reading.camera or camera_by_folder(path, Path("/week"))) == camera.name
        assert reading.when is not None
        assert resolved(reading.when, ZONE, 3600, start + HOUR).start == start


def test_the_library_finds_what_is_there(small_week: Path, opened: Opened) -> None:
    truth = json.loads((small_week / "truth.json").read_text("utf-8"))
    library = opened(small_week, options=LibraryOptions(ZoneInfo(truth["zone"]), follow=0))
    assert library.cameras == tuple(sorted(truth["cameras"]))
    for camera, known in truth["cameras"].items():
        spans = {small_week / one["path"]: Span(*(datetime.fromisoformat(one[end]) for end in ("start", "end")))
                 for one in known["files"]}
        found = {r.path: r for r in library.of(camera)}
        assert found.keys() == {*spans, small_week / known["clip"]}
        for path, span in spans.items():
            assert (found[path].start, found[path].time_source) == (span.start, "name")
            assert abs(found[path].end - span.end) < timedelta(seconds=1)
        assert library.gaps(camera)[:-1] == gaps_between(spans.values())
        assert found[small_week / known["clip"]].rate == 25
    assert {str(r.path.relative_to(small_week)) for r in library.unreadable} == set(truth["unreadable"])


def test_a_clock_that_is_put_back_makes_an_overlap_and_a_lost_hour_a_gap() -> None:
    camera = next(camera for camera in CAMERAS if camera.set_back is not None)
    starts = list(camera.starts(7))
    overlaps = [second for first, second in pairwise(starts) if second - first < HOUR]
    assert [(when - MONDAY) / HOUR for when in overlaps] == [pytest.approx(110 - 1 / 6)]
    assert any(second - first > HOUR for first, second in pairwise(starts))
    assert starts[0] == MONDAY.astimezone(UTC)
