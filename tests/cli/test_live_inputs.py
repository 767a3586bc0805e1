"""Streams and cameras as inputs of dehazer-video, and --duration."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from dehazer.config import DecodeOptions
from dehazer.errors import ConfigError
from dehazer.frames.frame import Frame
from dehazer.sinks.video import VideoSink
from tests.cli.conftest import Run, frame_count
from tests.media import parcels_of, times_of
from tests.servers import RATE, HttpCamera, RtspCamera, SoundCamera, reserved_port


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
    monkeypatch.setattr(VideoSink, "write", stopping_at(6))
    with HttpCamera() as camera:
        assert run(camera.url, tmp_path / "out.mkv") == 0
    assert frame_count(tmp_path / "out.mkv") >= 6
    assert [path.name for path in tmp_path.iterdir()] == ["out.mkv"]
    assert "partial" not in capsys.readouterr().err


class BriefCamera(SoundCamera):
    """Each connection ends after a second. once: and then nothing is there any more."""

    def __init__(self, once: bool = False) -> None:
        self.once = once
        super().__init__(seconds=1)

    def serve(self, connection: socket.socket) -> None:
        super().serve(connection)
        if self.once:
            self.down()


@pytest.mark.parametrize("ending", ["mkv", "mp4"])
def test_a_link_that_breaks_is_made_again_and_the_gap_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                              ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    out, report = tmp_path / f"out.{ending}", tmp_path / "r.json"
    monkeypatch.setattr(VideoSink, "write", stopping_at(3 * RATE // 2))
    with BriefCamera() as camera:
        assert run("--report", report, camera.url, out) == 0
        assert camera.connections >= 2
    text = capsys.readouterr().err
    assert "Trying again" in text
    assert "is there again" in text
    (entry,) = json.loads(report.read_text())["files"]
    assert any("was lost" in warning for warning in entry["warnings"])
    times = times_of(out)
    assert times == sorted(set(times))
    gap = max(after - before for before, after in itertools.pairwise(times))
    assert gap > 0.3  # the shortest wait, on the clock of the film
    sound = [parcel.pts for parcel in parcels_of(out, "audio")]
    assert sound == sorted(sound)
    pauses = [after - before for before, after in itertools.pairwise(sound)]
    assert abs(max(pauses) - gap) < 0.2  # pictures and sound pause together
    assert sorted(pauses)[-2] < 0.05


def test_a_source_that_does_not_come_back_ends_with_the_duration(run: Run, tmp_path: Path,
                                                                 capsys: pytest.CaptureFixture[str]) -> None:
    with BriefCamera(once=True) as camera:
        assert run(camera.url, tmp_path / "out.mkv", "--duration", "3") == 0
    assert frame_count(tmp_path / "out.mkv") >= 5
    assert "was lost once" in capsys.readouterr().err


def test_a_source_that_is_not_there_is_not_waited_for(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with reserved_port() as port:
        assert run(f"http://127.0.0.1:{port}/", tmp_path / "out.mkv", "--duration", "3") == 3
    assert "refuses the connection" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["mkv", "mp4", "ts"])
def test_sound_is_copied_in_step_with_the_pictures(run: Run, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    with SoundCamera() as camera:
        assert run(camera.url, out, "--duration", "2") == 0
    original, copied = camera.sound(), [parcel.data for parcel in parcels_of(out, "audio")]
    assert len(copied) > 60
    assert any(copied == original[at : at + len(copied)] for at in range(4))
    times, sound = times_of(out), [parcel.pts for parcel in parcels_of(out, "audio")]
    assert abs(float(sound[0] - times[0])) < 0.1
    assert abs(float(sound[-1] - times[-1])) < 0.2


def test_sound_is_left_out_where_that_is_asked(run: Run, tmp_path: Path) -> None:
    with SoundCamera() as camera:
        assert run("--no-audio", camera.url, tmp_path / "out.mkv", "--duration", "0.4") == 0
    with av.open(str(tmp_path / "out.mkv")) as film:
        assert not film.streams.audio
        assert len(list(film.decode(video=0))) == 10


def stopping_at(count: int) -> Callable[[VideoSink, Frame], None]:
    """`VideoSink.write` that asks to stop, as Ctrl+C does, with its picture number `count`."""
    write, written = VideoSink.write, itertools.count(1)

    def stopping(self: VideoSink, frame: Frame) -> None:
        if next(written) == count:
            os.kill(os.getpid(), signal.SIGINT)
        write(self, frame)

    return stopping


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
