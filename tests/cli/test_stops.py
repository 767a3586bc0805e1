"""Ctrl+C at bad moments, and standard streams that are closed, full or no longer read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dehazer.cli.progress import ProgressBar, ProgressRate
from dehazer.enhance import Enhancer, EstimatedFrame, Moment
from dehazer.errors import DeviceLost
from dehazer.frames.frame import PIXEL_FORMATS, VideoInfo
from tests.cli.conftest import HEED, ROOT, Run, frame_count, partial_in, spawn, write_clip

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
ONE = "os.kill(os.getpid(), signal.{name}); time.sleep(0.05)\n"
LOADING = """
import os, signal, time
import dehazer.engine.engine
class Engine(dehazer.engine.engine.Engine):
    def __init__(self, options):
        {signals}
        super().__init__(options)
        print("loaded", flush=True)
dehazer.engine.engine.Engine = Engine
"""


def interrupted_while_loading(weights: Path, signals: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """dehazer-video that gets `signals` in the middle of the loading of its network."""
    indented = signals.replace("\n", "\n        ")
    code = (f"{HEED}{LOADING.format(signals=indented)}\nimport pathlib, sys, dehazer.models.weights as w\n"
            "w.FOLDER = pathlib.Path(sys.argv[1])\nfrom dehazer.cli.video import main\nsys.argv = sys.argv[1:]\nsys.exit(main())")
    return subprocess.run([sys.executable, "-c", code, weights, "--device", "cpu", "--backend", "torch", *arguments], text=True,
                          capture_output=True, timeout=60, check=False, env=ENVIRONMENT)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_stop_while_the_network_loads(random_weights: Path, clip: Path, tmp_path: Path, name: str) -> None:
    """Nothing is raised inside the loading, where native code could not bear it; the end comes right behind it."""
    done = interrupted_while_loading(random_weights, ONE.format(name=name), clip, tmp_path / "new" / "out.mp4")
    assert (done.returncode, done.stdout) == (130, "loaded\n")
    assert "Traceback" not in done.stderr
    assert "nothing was written" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == [clip.name]


def test_two_stops_while_the_network_loads_end_at_once(random_weights: Path, clip: Path, tmp_path: Path) -> None:
    done = interrupted_while_loading(random_weights, 2 * ONE.format(name="SIGINT"), clip, tmp_path / "out.mp4")
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == [clip.name]


def test_a_stop_between_two_files_begins_no_other(random_weights: Path, tmp_path: Path) -> None:
    """The second file is not begun when the stop came after the last frame of the first."""
    first, second = write_clip(tmp_path / "a.mp4"), write_clip(tmp_path / "b.mp4")
    patch = ("import dehazer.sinks.video as v, os, signal\nfinish = v.VideoSink.finish\n"
             "def stopped(self):\n    os.kill(os.getpid(), signal.SIGINT)\n    return finish(self)\n"
             "v.VideoSink.finish = stopped\n")
    done = interrupted_while_loading(random_weights, patch, first, second, tmp_path / "out")
    assert done.returncode == 130
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["a.mp4"]
    assert frame_count(tmp_path / "out" / "a.mp4") == 8


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system closes terminals in another way")
def test_a_closed_terminal_keeps_what_was_done(random_weights: Path, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "long.mp4", frames=1500, height=240, width=320)
    process = spawn(random_weights, "--progress", "json", clip, tmp_path / "out.mp4")
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert 0 < frame_count(partial_in(tmp_path)) < 1500


def test_many_stops_end_the_process_without_a_word_of_python(random_weights: Path, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "long.mp4", frames=1500, height=240, width=320)
    process = spawn(random_weights, "--progress", "json", clip, tmp_path / "out.mp4")
    assert process.stderr is not None
    process.stderr.readline()
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    _, text = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in text
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.parametrize("kind", ["json", "bar"])
def test_a_reader_that_leaves_is_no_reason_to_stop(random_weights: Path, clip: Path, tmp_path: Path, kind: str) -> None:
    """dehazer-video … 2>&1 | head -1"""
    reading, writing = os.pipe()
    process = spawn(random_weights, "--progress", kind, clip, tmp_path / "out.mp4", stderr=writing)
    os.close(reading)
    os.close(writing)
    assert process.wait(timeout=60) == 0
    assert frame_count(tmp_path / "out.mp4") == 8


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_standard_error_is_no_reason_to_stop(random_weights: Path, clip: Path, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        process = spawn(random_weights, "--progress", "json", clip, tmp_path / "out.mp4", stderr=full)
        assert process.wait(timeout=60) == 0
    assert frame_count(tmp_path / "out.mp4") == 8


def test_what_was_done_before_a_failure_is_kept_and_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                          capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_clip(tmp_path / "long.mp4", frames=60)
    finished = Enhancer.finished

    def lost_at_the_end(self: Enhancer, estimated: EstimatedFrame) -> Moment:
        if estimated.original.index == 55:
            raise DeviceLost("The device has stopped working.")
        return finished(self, estimated)

    monkeypatch.setattr(Enhancer, "finished", lost_at_the_end)
    assert run(clip, tmp_path / "out.mp4") == 1
    assert str(partial_in(tmp_path)) in capsys.readouterr().err
    assert 40 <= frame_count(partial_in(tmp_path)) <= 55
    assert not (tmp_path / "out.mp4").exists()


def test_closed_streams_stay_closed(random_weights: Path, clip: Path, tmp_path: Path) -> None:
    """What belongs on standard error is not said on standard output instead, and no file gets a standard stream's number."""
    process = spawn(random_weights, clip, tmp_path / "out.mp4", stderr=subprocess.DEVNULL)
    process.wait(timeout=60)
    command = [*process.args[:-1], str(tmp_path / "second.mp4")]  # type: ignore[index]
    done = subprocess.run(["bash", "-c", 'exec 2>&- 0<&-; exec "$@"', "bash", *command], check=False, timeout=60,
                          capture_output=True, env=ENVIRONMENT)
    assert (done.returncode, done.stdout) == (0, b"")
    assert frame_count(tmp_path / "second.mp4") == 8


def test_the_handlers_of_the_caller_come_back(run: Run, clip: Path, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    assert run(clip, tmp_path / "out.mp4") == 0
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_a_hang_up_that_is_ignored_stays_ignored(run: Run, clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As under nohup."""
    heard: list[object] = []
    monkeypatch.setattr("dehazer.cli.interrupts.InterruptHandler.check",
                        lambda self: heard.append(signal.getsignal(signal.SIGHUP)))
    old = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert run(clip, tmp_path / "out.mp4") == 0
    finally:
        signal.signal(signal.SIGHUP, old)
    assert set(heard) == {signal.SIG_IGN}


def test_the_bar_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("dehazer.cli.progress.columns", lambda: 60)
    monkeypatch.setattr("dehazer.cli.progress.EVERY", 0.0)
    bar = ProgressBar(VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], name="a" * 100 + "/foggy.mp4"), 10)
    for index in range(5):
        bar.step(index / 25)
    bar.close()
    lines = [line for line in capsys.readouterr().err.split("\r") if line]
    assert all(len(line) == 59 for line in lines)
    assert " 50 % [##########----------]" in lines[4]
    assert lines[-1].strip() == ""


def test_the_bar_is_lines_in_a_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("dehazer.cli.progress.EVERY_IN_LOGS", 0.0)
    bar = ProgressBar(VideoInfo(64, 48, PIXEL_FORMATS["yuv420p"], name="foggy.mp4"), None)
    bar.step(None)
    bar.close()
    text = capsys.readouterr().err
    assert text.startswith("foggy.mp4: 1 frames, ")
    assert text.count("\n") == 1
    assert "\r" not in text


def test_speed_is_measured_from_the_first_frame() -> None:
    """A film may begin at any time of day, and so may a span."""
    pace = ProgressRate(10)
    pace.count(36_000.0)
    pace.count(36_000.04)
    time.sleep(0.05)
    assert pace.speed is not None
    assert pace.speed < 1
    assert pace.eta is not None

