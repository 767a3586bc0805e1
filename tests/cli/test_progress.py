"""What is said while a file is worked on, with a clock that is moved by hand."""

from __future__ import annotations

import json

import pytest

from dehazer.cli.progress import EVERY, EVERY_IN_LOGS, JsonProgress, Progress, ProgressBar, ProgressRate
from dehazer.frames.frame import PIXEL_FORMATS, VideoInfo
from tests.waiting import FakeClock

INFO = VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], name="a folder/foggy.mp4")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def work(progress: Progress, clock: FakeClock, frames: int, apart: float) -> None:
    """So many frames of 25 per second, each `apart` seconds of work after the one before."""
    for index in range(frames):
        clock.advance(apart)
        progress.step(3600 + index / 25)


def test_the_bar_fits_the_terminal(clock: FakeClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("dehazer.cli.progress.columns", lambda: 60)
    bar = ProgressBar(VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], name="a" * 100 + "/foggy.mp4"), 10, clock)
    work(bar, clock, 5, EVERY)
    bar.close()
    lines = [line for line in capsys.readouterr().err.split("\r") if line]
    assert len(lines) == 6
    assert all(len(line) == 59 for line in lines)
    assert " 50 % [##########----------] 5/10 frames, 5.0 f" in lines[4]
    assert lines[-1].strip() == ""


def test_the_bar_is_drawn_a_few_times_a_second_only(clock: FakeClock, monkeypatch: pytest.MonkeyPatch,
                                                    capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("dehazer.cli.progress.columns", lambda: 200)
    work(ProgressBar(INFO, 1000, clock), clock, 100, EVERY / 10)
    assert 9 <= capsys.readouterr().err.count("\r") <= 10


def test_the_bar_is_lines_in_a_log(clock: FakeClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("dehazer.cli.progress.columns", lambda: 0)
    bar = ProgressBar(INFO, None, clock)
    work(bar, clock, 20, EVERY_IN_LOGS / 10 + 0.001)
    bar.close()
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(",")[0] for line in lines] == ["foggy.mp4: 10 frames", "foggy.mp4: 20 frames"]
    assert not any("\r" in line for line in lines)


def test_json_says_every_number(clock: FakeClock, capsys: pytest.CaptureFixture[str]) -> None:
    progress = JsonProgress(INFO, 20, clock)
    work(progress, clock, 5, 0.5)
    progress.close()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(lines) == 6
    assert lines[-1] == {"event": "progress", "file": "a folder/foggy.mp4", "frame": 5, "frames": 20, "fps": 2.0, "percent": 25.0,
                         "speed": 0.064, "eta": 7.5}


def test_speed_is_measured_from_the_first_frame(clock: FakeClock) -> None:
    """A film may begin at any time of day, and so may a span."""
    pace = ProgressRate(10, clock)
    pace.count(36_000.0)
    pace.count(36_000.04)
    clock.advance(0.08)
    assert pace.speed == pytest.approx(0.5)
    assert pace.fps == pytest.approx(25)
    assert pace.eta == pytest.approx(8 / 25)


def test_what_is_not_known_is_not_said(clock: FakeClock) -> None:
    pace = ProgressRate(None, clock)
    pace.count(None)
    assert (pace.percent, pace.speed, pace.eta) == (None, None, None)


def test_more_frames_than_were_estimated_are_no_more_than_all(clock: FakeClock) -> None:
    pace = ProgressRate(2, clock)
    for _ in range(3):
        clock.advance(1.0)
        pace.count(None)
    assert (pace.percent, pace.eta) == (100.0, 0)
