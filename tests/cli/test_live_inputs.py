"""Streams and cameras as inputs of dehazer-video, and --duration."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from dehazer.config import DecodeOptions
from dehazer.errors import ConfigError
from dehazer.frames.frame import Frame
from dehazer.sinks.video import VideoSink
from tests.cli.conftest import Run, frame_count, partial_in
from tests.media import times_of
from tests.servers import RATE, HttpCamera, RtspCamera


@pytest.mark.parametrize("kind", [HttpCamera, RtspCamera])
@pytest.mark.parametrize("ending", ["mkv", "mp4"])
def test_a_stream_becomes_a_film_of_the_duration(run: Run, tmp_path: Path, kind: type[HttpCamera] | type[RtspCamera],
                                                 ending: str) -> None:
    with kind() as camera:
        assert run(camera.url, tmp_path / f"out.{ending}", "--duration", "1") == 0
    times = [float(time) for time in times_of(tmp_path / f"out.{ending}")]
    assert times == pytest.approx([n / RATE for n in range(RATE)], abs=0.0011)  # every picture, at its own time
    assert [path.name for path in tmp_path.iterdir()] == [f"out.{ending}"]


def test_without_a_duration_a_stop_completes_the_film(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    write = VideoSink.write

    def stopping(self: VideoSink, frame: Frame) -> None:
        if frame.index == 5:
            os.kill(os.getpid(), signal.SIGINT)
        write(self, frame)

    monkeypatch.setattr(VideoSink, "write", stopping)
    with HttpCamera() as camera:
        assert run(camera.url, tmp_path / "out.mkv") == 0
    assert frame_count(tmp_path / "out.mkv") >= 6
    assert [path.name for path in tmp_path.iterdir()] == ["out.mkv"]
    assert "partial" not in capsys.readouterr().err


def test_a_link_that_breaks_is_said_and_the_film_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    write = VideoSink.write

    def cutting(self: VideoSink, frame: Frame) -> None:
        if frame.index == 5:
            camera.cut()
        write(self, frame)

    monkeypatch.setattr(VideoSink, "write", cutting)
    with HttpCamera() as camera:
        assert run(camera.url, tmp_path / "out.mkv", "--duration", "30") == 3
    text = capsys.readouterr().err
    assert "127.0.0.1" in text
    assert str(partial_in(tmp_path)) in text
    assert frame_count(partial_in(tmp_path)) >= 5


def test_no_password_is_said_or_reported(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with RtspCamera("hushhush") as camera:
        address = camera.url.replace("://", "://admin:hushhush@")
        assert run("-v", "--report", tmp_path / "r.json", address, tmp_path / "out.mkv", "--duration", "0.4") == 0
    report = (tmp_path / "r.json").read_text()
    assert json.loads(report)["files"][0]["frames"] == 10
    assert "hushhush" not in capsys.readouterr().err + report


@pytest.mark.parametrize(("more", "words"), [
    (("--start", "1"), "no beginning"), (("--resume",), "--resume"), (("--verify",), "--verify"),
    (("--ray", "auto"), "--ray"), (("second.mp4",), "alone"), (("--duration", "2", "--end", "2"), "contradict"),
    (("--duration", "0"), "--duration 0"), (("folder/",), "alone"),
])
def test_what_a_stream_cannot_do_is_said_before_it_is_opened(run: Run, tmp_path: Path, more: tuple[str, ...], words: str,
                                                             capsys: pytest.CaptureFixture[str]) -> None:
    with HttpCamera() as camera:
        assert run(*more, camera.url, tmp_path / "out.mkv") == 2
        assert camera.connections == 0
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_stream_does_not_go_into_a_folder(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rtsp://127.0.0.1:1/a", tmp_path) == 2
    assert "name the file" in capsys.readouterr().err


@pytest.mark.parametrize(("options", "wanted"), [(("--duration", "0.2"), 5), (("--start", "0.12", "--duration", "0:00.08"), 2)])
def test_a_duration_counts_from_the_start_of_a_file(run: Run, clip: Path, options: tuple[str, ...], wanted: int) -> None:
    assert run(clip, clip.parent / "out.mkv", *options) == 0
    assert frame_count(clip.parent / "out.mkv") == wanted


def test_a_duration_is_an_end() -> None:
    assert DecodeOptions(start=2.0, duration=3.0) == DecodeOptions(start=2.0, end=5.0)
    with pytest.raises(ConfigError, match="contradict"):
        DecodeOptions(end=1.0, duration=1.0)
