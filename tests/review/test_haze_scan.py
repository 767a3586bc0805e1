"""The haze scan finds the foggiest hour by the meter alone, goes on where it was, and survives damage, growth and lost drives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine, Estimate
from dehazer.errors import DeviceError, UsageError
from dehazer.frames.frame import Frame
from dehazer.live.shared_engine import SharedEngine
from dehazer.review import HazeScan, Index, Library, LibraryOptions
from dehazer.sources.key_frames import KeyFrames
from tests.media import Film, write_film
from tests.review.conftest import Opened, Record, times
from tests.waiting import threads_of_the_program, until

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(EngineOptions(device="cpu"))


class CountingEngine:
    """An engine that counts what it is asked, and may fail."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self.frames, self.gives_field = engine, 0, True
        self.error: Exception | None = None
        self.times: list[float] = []

    def estimate(self, frame: Frame) -> Estimate:
        if self.error is not None:
            raise self.error
        self.frames += 1
        self.times.append(float((frame.pts or 0) * frame.time_base))
        return self._engine.estimate(frame)

    def describe(self) -> dict[str, str]:
        return self._engine.describe()


@pytest.fixture
def counting(engine: Engine) -> CountingEngine:
    return CountingEngine(engine)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "haze" / "index.sqlite3") as one:
        yield one


@pytest.fixture
def scans() -> Iterator[ExitStack]:
    """Stops what is started in a test."""
    with ExitStack() as stack:
        yield stack


def finished(scans: ExitStack, library: Library, index: Index, engine: CountingEngine, **more: float) -> HazeScan:
    scan = HazeScan(library, index, engine, **more)
    scans.callback(scan.stop)
    scan.start()
    until(lambda: not scan.progress.running)
    return scan


def test_the_meter_alone_finds_the_foggiest_hour(small_week: Path, opened: Opened, index: Index, engine: Engine) -> None:
    truth = json.loads((small_week / "truth.json").read_text("utf-8"))
    library = opened(small_week, options=LibraryOptions(ZoneInfo(truth["zone"]), follow=0))
    with SharedEngine(engine) as shared:
        scan = HazeScan(library, index, shared)
        scan.start()
        until(lambda: not scan.progress.running, 120)
        scan.stop()
    assert scan.progress.trouble == ""
    for camera, known in truth["cameras"].items():
        haze = {datetime.fromisoformat(when): haze for when, haze in known["haze"]}
        curve = scan.curve(camera)
        found = curve.foggiest(timedelta(hours=1))
        assert found is not None
        inside = [value for when, value in haze.items() if when in found]
        assert np.mean(inside) > 0.97 * known["foggiest_haze"]
        clear = curve.clearest(timedelta(hours=1))
        assert clear is not None
        assert np.mean([value for when, value in haze.items() if when in clear]) < 1.05 * min(haze.values())
        measured = np.array([curve.at(when) for when in haze])
        assert np.corrcoef(measured, list(haze.values()))[0, 1] > 0.8


def test_pictures_are_key_frames_at_the_interval(tmp_path: Path) -> None:
    path = write_film(tmp_path / "a.mp4", Film(frames=250))  # a key frame every 0.4 s
    with KeyFrames(path, 10.0) as frames:
        seconds = [found.seconds for found in frames.pictures(0.0, 1.0) if found]
    assert seconds == pytest.approx([0.0, 0.8, 2.0, 2.8, 4.0, 4.8, 6.0, 6.8, 8.0, 8.8])
    with KeyFrames(path, 10.0) as frames:
        assert [found.seconds for found in frames.pictures(8.5, 0.1) if found] == pytest.approx([8.4, 8.8, 9.2, 9.6])


def test_no_index_and_a_jumping_clock_are_read_through(tmp_path: Path) -> None:
    pieces = [write_film(tmp_path / f"{k}.ts", Film(frames=100, start=start)).read_bytes() for k, start in enumerate((5000, 0))]
    (tmp_path / "jump.ts").write_bytes(b"".join(pieces))
    with KeyFrames(tmp_path / "jump.ts", 8.0) as frames:
        assert [found.seconds for found in frames.pictures(0.0, 2.0) if found] == pytest.approx([0.0, 2.0, 4.0, 6.0], abs=0.1)


def test_known_footage_is_not_measured_again(record: Record, opened: Opened, index: Index, counting: CountingEngine,
                                             scans: ExitStack) -> None:
    for stamp in times(NOON, 3):
        record(f"gate_{stamp}.mp4")
    library = opened()
    first = finished(scans, library, index, counting, interval=1.0)
    assert counting.frames == 6
    assert (first.progress.measured, first.progress.total) == (pytest.approx(6.0), pytest.approx(6.0))
    second = finished(scans, library, index, counting, interval=1.0)
    assert counting.frames == 6
    assert np.array_equal(first.curve("gate").haze, second.curve("gate").haze)
    assert len(second.curve("gate")) == 6
    finished(scans, library, index, counting, interval=2.0)
    assert counting.frames == 8  # another method, but for the one picture of the first pass


def test_a_coarse_pass_shows_everything_before_the_fine_one(store: Path, opened: Opened, index: Index, counting: CountingEngine,
                                                            scans: ExitStack) -> None:
    film = Film(frames=70, rate=Fraction(1, 10), options={"g": "1"})
    for hour in (12, 13):
        write_film(store / f"gate_20240310_{hour}0000.mp4", film)
    scan = finished(scans, opened(), index, counting)
    assert counting.times[:6] == pytest.approx([0, 300, 600] * 2)
    assert sorted(counting.times) == pytest.approx(sorted([10 * k for k in range(70)] * 2))  # nothing twice
    assert len(scan.curve("gate")) == 140


def test_what_was_measured_coarsely_is_shown_until_there_is_more(store: Path, opened: Opened, index: Index,
                                                                 counting: CountingEngine, scans: ExitStack) -> None:
    write_film(store / "gate_20240310_120000.mp4", Film(frames=70, rate=Fraction(1, 10), options={"g": "1"}))
    scan = HazeScan(opened(), index, counting)
    scans.callback(scan.stop)
    counted = counting.estimate

    def failing(frame: Frame) -> Estimate:
        if counting.frames == 5:
            raise DeviceError("The device is lost.")
        return counted(frame)

    counting.estimate = failing  # type: ignore[method-assign]
    scan.start()
    until(lambda: not scan.progress.running)
    curve = scan.curve("gate")
    assert (curve.times - curve.times[0]).tolist() == pytest.approx([0, 10, 20, 300, 600])
    assert 0 < scan.progress.measured < scan.progress.total / 5


def test_a_scan_that_is_stopped_goes_on_where_it_was(store: Path, opened: Opened, index: Index, counting: CountingEngine,
                                                     scans: ExitStack) -> None:
    write_film(store / "gate_20240310_120000.mp4", Film(frames=1000))
    library = opened()
    scan = HazeScan(library, index, counting, interval=1.0)
    scans.callback(scan.stop)
    scan.start()
    until(lambda: counting.frames >= 5)
    scan.stop()
    done = counting.frames
    assert 5 <= done < 40
    again = finished(scans, library, index, counting, interval=1.0)
    assert len(again.curve("gate")) == counting.frames
    assert 35 <= counting.frames <= 41
    assert np.all(np.diff(again.curve("gate").times) > 0.3)


def test_a_growing_file_is_measured_on(store: Path, tmp_path: Path, opened: Opened, index: Index, counting: CountingEngine,
                                       scans: ExitStack) -> None:
    whole = write_film(tmp_path / "whole.ts", Film(frames=200, smooth=False)).read_bytes()
    path = store / "gate_20240310_120000.ts"
    path.write_bytes(whole[: len(whole) // 2])
    library = opened()
    scan = finished(scans, library, index, counting, interval=1.0)
    half = counting.frames
    path.write_bytes(whole)
    library.refresh()
    until(lambda: scan.progress.measured > 7.9)
    assert half < counting.frames <= 2 * half + 1
    assert len(scan.curve("gate")) == counting.frames


def test_a_file_that_was_replaced_is_measured_anew(store: Path, opened: Opened, index: Index, counting: CountingEngine,
                                                   scans: ExitStack) -> None:
    path = write_film(store / "gate_20240310_120000.mp4", Film(frames=100, smooth=False))
    library = opened()
    scan = finished(scans, library, index, counting, interval=1.0)
    before = counting.frames
    write_film(path, Film(frames=50))
    library.refresh()
    until(lambda: library.recordings[0].duration == pytest.approx(2.0))
    until(lambda: counting.frames == before + 2 and not scan.progress.running)
    assert len(scan.curve("gate")) == 2


def test_damage_costs_pictures_and_no_more(store: Path, opened: Opened, index: Index, counting: CountingEngine,
                                           scans: ExitStack) -> None:
    path = write_film(store / "gate_20240310_120000.ts", Film(frames=250, smooth=False))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle:middle + 40_000] = bytes(40_000)
    path.write_bytes(content)
    scan = finished(scans, opened(), index, counting, interval=0.5)
    assert 12 <= len(scan.curve("gate")) <= 20
    assert scan.progress.measured == scan.progress.total


def test_a_drive_that_is_away_is_measured_when_it_is_back(record: Record, store: Path, opened: Opened, index: Index,
                                                          counting: CountingEngine, scans: ExitStack) -> None:
    for stamp in times(NOON, 3):
        record(f"gate_{stamp}.mp4")
    library = opened()
    store.rename(store.with_name("away"))
    assert finished(scans, library, index, counting, interval=1.0).progress.measured == 0
    store.with_name("away").rename(store)
    assert finished(scans, library, index, counting, interval=1.0).progress.measured == pytest.approx(6.0)


def test_it_rests_while_somebody_watches(record: Record, opened: Opened, index: Index, counting: CountingEngine,
                                         scans: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    record("gate_20240310_120000.mp4")
    scan = HazeScan(opened(), index, counting, interval=0.5)
    scan.throttled = True
    rests: list[float] = []

    def rest(seconds: float) -> bool:
        rests.append(seconds)
        if len(rests) == 4:
            scan._stopping.set()
        return len(rests) >= 4

    monkeypatch.setattr(scan._stopping, "wait", rest)
    scan.start()
    until(lambda: not scan.progress.running)
    assert all(0 < seconds <= 2.0 for seconds in rests[:4])
    assert counting.frames == 3  # one of the first pass serves the second


def test_an_engine_that_fails_ends_the_scan_with_a_sentence(record: Record, opened: Opened, index: Index,
                                                            counting: CountingEngine, scans: ExitStack) -> None:
    record("gate_20240310_120000.mp4")
    counting.error = DeviceError("The engine of these cameras was closed.")
    scan = finished(scans, opened(), index, counting)
    assert scan.progress.trouble == ("The haze of recordings is not measured any more: The engine of these cameras was closed.")


def test_a_model_without_a_haze_field_is_refused(record: Record, opened: Opened, index: Index, counting: CountingEngine,
                                                 scans: ExitStack) -> None:
    counting.gives_field = False
    assert "choose a field model" in finished(scans, opened(), index, counting).progress.trouble


def test_an_interval_of_nothing_is_refused(opened: Opened, index: Index, counting: CountingEngine) -> None:
    with pytest.raises(UsageError, match="above 0 s"):
        HazeScan(opened(), index, counting, interval=0.0)


def test_no_thread_is_left(clip: Path, store: Path, tmp_path: Path, counting: CountingEngine) -> None:
    shutil.copyfile(clip, store / "gate_20240310_120000.mp4")
    with Index(tmp_path / "index.sqlite3") as index:
        library = Library([store], index)
        scan = HazeScan(library, index, counting)
        library.start()
        scan.start()
        until(lambda: len(scan.curve("gate")) == 1)
        scan.stop()
        library.stop()
    assert threads_of_the_program() == []
