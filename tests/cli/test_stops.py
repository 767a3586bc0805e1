"""Ctrl+C and its relatives at bad moments. Signals come from the program itself, at places chosen exactly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dehazer.engine.engine
from dehazer.cli.interrupts import InterruptHandler
from dehazer.config import EngineOptions
from dehazer.enhance import Enhancer, EstimatedFrame
from dehazer.errors import DeviceLost
from dehazer.frames.frame import Frame
from dehazer.moment import Moment
from dehazer.sinks.base import SinkResult
from dehazer.sinks.video import VideoSink
from tests.cli.conftest import ENVIRONMENT, HEED, Run, frame_count, partial_in, spawn, write_clip
from tests.waiting import PATIENCE

STOPS = [number for number in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, number)]
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
                          capture_output=True, timeout=200, check=False, env=ENVIRONMENT)


@pytest.fixture
def default_signals() -> Iterator[None]:
    """Under nohup hang-ups are ignored, and the program keeps it so."""
    ignored = [number for name in STOPS if signal.getsignal(number := getattr(signal, name)) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def stop(monkeypatch: pytest.MonkeyPatch, default_signals: None) -> Callable[[str], None]:
    """Send this process a signal and wait until the program's own handler has heard it."""
    heard, hear = threading.Event(), InterruptHandler.__call__

    def hearing(self: InterruptHandler, number: int, frame: object) -> None:
        hear(self, number, frame)
        heard.set()

    def send(name: str) -> None:
        heard.clear()
        os.kill(os.getpid(), getattr(signal, name))
        assert heard.wait(PATIENCE)

    monkeypatch.setattr(InterruptHandler, "__call__", hearing)
    return send


@pytest.fixture
def stopped_run(run: Run, stop: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """dehazer-video on 60 frames, stopped by signals while the fourth is written; returns the exit code."""
    clip, write = write_clip(tmp_path / "in" / "long.mp4", frames=60), VideoSink.write

    def stopped_run(*names: str) -> int:
        def stopping(self: VideoSink, frame: Frame) -> None:
            for name in names if frame.index == 3 else ():
                stop(name)
            write(self, frame)

        monkeypatch.setattr(VideoSink, "write", stopping)
        (tmp_path / "out").mkdir()
        return run(clip, tmp_path / "out" / "out.mp4")

    return stopped_run


@pytest.mark.parametrize("name", STOPS)
def test_a_stop_keeps_a_playable_partial_file_and_names_it(stopped_run: Callable[..., int], tmp_path: Path, name: str,
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped_run(name) == 130
    assert [p.name for p in (tmp_path / "out").iterdir()] == [partial_in(tmp_path / "out").name]
    assert str(partial_in(tmp_path / "out")) in capsys.readouterr().err
    assert 4 <= frame_count(partial_in(tmp_path / "out")) < 20  # what had been read is finished


def test_two_stops_throw_away_what_was_done(stopped_run: Callable[..., int], tmp_path: Path,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    assert stopped_run("SIGINT", "SIGINT") == 130
    assert list((tmp_path / "out").iterdir()) == []
    assert "nothing was kept" in capsys.readouterr().err


def test_a_stop_from_outside_keeps_a_playable_partial_file(random_weights: Path, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "long.mp4", frames=600)
    process = spawn(random_weights, "--progress", "json", clip, tmp_path / "out.mp4")
    assert process.stderr is not None
    process.stderr.readline()  # the first frame is written
    process.send_signal(signal.SIGINT)
    _, text = process.communicate(timeout=200)
    assert process.returncode == 130
    assert "Traceback" not in text
    assert 0 < frame_count(partial_in(tmp_path)) < 600
    assert not (tmp_path / "out.mp4").exists()


def test_many_stops_end_the_process_without_a_word_of_python(random_weights: Path, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "long.mp4", frames=60)
    patch = ("import dehazer.sinks.video as v, os, signal, threading, time\nwrite = v.VideoSink.write\n"
             "def stopped(self, frame):\n"
             "    for _ in range(5 if frame.index == 3 else 0):\n"
             "        os.kill(os.getpid(), signal.SIGINT)\n        time.sleep(0.05)\n"
             "    write(self, frame)\n"
             "v.VideoSink.write = stopped\n")
    done = interrupted_while_loading(random_weights, patch, clip, tmp_path / "out.mp4")
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.parametrize("name", STOPS)
def test_a_stop_while_the_network_loads(run: Run, stop: Callable[[str], None], clip: Path, tmp_path: Path, name: str,
                                        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is raised inside the loading, where native code could not bear it; the end comes right behind it."""
    loaded: list[bool] = []

    class Loading(dehazer.engine.engine.Engine):
        def __init__(self, options: EngineOptions) -> None:
            stop(name)
            super().__init__(options)
            loaded.append(True)

    monkeypatch.setattr(dehazer.engine.engine, "Engine", Loading)
    assert run(clip, tmp_path / "new" / "out.mp4") == 130
    assert loaded == [True]
    assert "nothing was written" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == [clip.name]


def test_two_stops_while_the_network_loads_end_at_once(random_weights: Path, clip: Path, tmp_path: Path) -> None:
    done = interrupted_while_loading(random_weights, 2 * ONE.format(name="SIGINT"), clip, tmp_path / "out.mp4")
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == [clip.name]


def test_a_stop_between_two_files_begins_no_other(run: Run, stop: Callable[[str], None], tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    """The second file is not begun when the stop came after the last frame of the first."""
    first, second = write_clip(tmp_path / "a.mp4"), write_clip(tmp_path / "b.mp4")
    finish = VideoSink.finish

    def stopping(self: VideoSink) -> SinkResult:
        os.kill(os.getpid(), signal.SIGINT)  # `finish` runs in the main thread, where handlers run too
        return finish(self)

    monkeypatch.setattr(VideoSink, "finish", stopping)
    assert run(first, second, tmp_path / "out") == 130
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["a.mp4"]
    assert frame_count(tmp_path / "out" / "a.mp4") == 8


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
