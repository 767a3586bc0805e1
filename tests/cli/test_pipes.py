"""Standard input and output: other programs of a pipe on both sides, and never a message among the pictures."""

from __future__ import annotations

import os
import signal
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

from dehazer.config import EncodeOptions, options_of
from dehazer.files.containers import PIPE_FORMATS
from tests.cli.conftest import Run, frame_count, spawn
from tests.ffmpeg import decoded, film_stream, make, needs_ffmpeg
from tests.media import parcels_of, times_of

pytestmark = needs_ffmpeg


def through(weights: Path, source: Path, feed: str, target: Path, *options: str) -> tuple[int, str]:
    """ffmpeg | dehazer-video - - | ffmpeg; (exit code, messages) of dehazer-video."""
    coder = "wrapped_avframe" if feed == "yuv4mpegpipe" else "copy"
    command = ["ffmpeg", "-v", "error", "-i", str(source), "-f", feed, "-strict", "-1", "-c:v", coder, "-"]
    with (subprocess.Popen(command, stdout=subprocess.PIPE) as fed,
          spawn(weights, *options, "-", "-", stdin=fed.stdout, stdout=subprocess.PIPE) as middle):
        last = subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", "-", "-c:v", "ffv1", str(target)], stdin=middle.stdout,
                              capture_output=True, check=False)
        assert middle.stderr is not None
        text = middle.stderr.read()
    assert (last.returncode, fed.returncode) == (0, 0), (last.stderr, text)
    return middle.returncode, text


@pytest.mark.parametrize(("feed", "form"), [
    ("yuv4mpegpipe", "y4m"), ("nut", "nut"), ("mpegts", "mpegts"), ("matroska", "matroska"), ("matroska", "")])
def test_a_film_goes_through_a_pipe(random_weights: Path, tmp_path: Path, feed: str, form: str) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", "libx264", "-pix_fmt", "yuv420p", frames=12)
    options = ("--format", form) if form else ()
    code, text = through(random_weights, source, feed, tmp_path / "out.mkv", "--strength", "0", *options)
    assert code == 0, text
    assert "12 frames" in text
    assert frame_count(tmp_path / "out.mkv") == 12
    if form == "y4m":  # no encoder: strength 0 is the identity
        assert decoded(tmp_path / "out.mkv", "yuv420p") == decoded(source, "yuv420p")


@pytest.mark.parametrize("pix_fmt", ["yuv422p10le", "yuv444p", "gray"])
def test_y4m_keeps_depth_and_chroma(random_weights: Path, tmp_path: Path, pix_fmt: str) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", "ffv1", "-pix_fmt", pix_fmt, frames=3)
    code, text = through(random_weights, source, "yuv4mpegpipe", tmp_path / "out.mkv", "--strength", "0", "--format", "y4m")
    assert code == 0, text
    assert film_stream(tmp_path / "out.mkv")["pix_fmt"] == pix_fmt
    assert decoded(tmp_path / "out.mkv", pix_fmt) == decoded(source, pix_fmt)


def test_y4m_of_rgb_pictures_is_4_4_4_and_it_is_said(random_weights: Path, tmp_path: Path) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", "libx264rgb", "-pix_fmt", "gbrp", frames=3)
    code, text = through(random_weights, source, "nut", tmp_path / "out.mkv", "--format", "y4m")
    assert (code, film_stream(tmp_path / "out.mkv")["pix_fmt"]) == (0, "yuv444p")
    assert "stored as yuv444p" in text
    assert "wrapped_avframe" not in text


def test_a_pipe_into_a_file_and_a_file_into_a_pipe(random_weights: Path, tmp_path: Path) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", "libx264", "-c:a", "aac", frames=12, sound=True)
    with source.open("rb") as file:
        process = spawn(random_weights, "-", tmp_path / "out.mp4", stdin=file)
        _, text = process.communicate(timeout=60)
    assert process.returncode == 0, text
    assert frame_count(tmp_path / "out.mp4") == 12
    assert sounds(tmp_path / "out.mp4") == sounds(source)
    with (tmp_path / "out.nut").open("wb") as file:
        process = spawn(random_weights, source, "-", stdout=file)
        _, text = process.communicate(timeout=60)
    assert process.returncode == 0, text
    assert frame_count(tmp_path / "out.nut") == 12
    assert sounds(tmp_path / "out.nut") == sounds(source)


def sounds(path: Path) -> list[bytes]:
    return [parcel.data for parcel in parcels_of(path, "audio")]


@pytest.mark.parametrize(("feed", "form"), [("nut", "nut"), ("mpegts", "mpegts"), ("matroska", "matroska"), ("matroska", "nut")])
def test_sound_goes_through_in_step(random_weights: Path, tmp_path: Path, feed: str, form: str) -> None:
    """ffmpeg | dehazer-video - - | ffmpeg: every packet of sound arrives, at its time beside the pictures."""
    source = make(tmp_path / "in.mkv", "-c:v", "libx264", "-g", "10", "-c:a", "mp2", frames=50, sound=True)
    process = piped(random_weights, source, feed, form, tmp_path / "out.mkv")
    assert process[0] == 0, process[1]
    assert frame_count(tmp_path / "out.mkv") == 50
    assert sounds(tmp_path / "out.mkv") == sounds(source)
    given, made = ([(p.pts or 0) for p in parcels_of(path, "audio")] for path in (source, tmp_path / "out.mkv"))
    shift = times_of(tmp_path / "out.mkv")[0] - times_of(source)[0]
    assert max(abs(b - a - shift) for a, b in zip(given, made, strict=True)) <= Fraction(2, 1000)


def piped(weights: Path, source: Path, feed: str, form: str, target: Path) -> tuple[int, str]:
    """ffmpeg | dehazer-video - - | ffmpeg, all packets copied on both sides."""
    command = ["ffmpeg", "-v", "error", "-i", str(source), "-map", "0", "-c", "copy", "-f", feed, "-"]
    with (subprocess.Popen(command, stdout=subprocess.PIPE) as fed,
          spawn(weights, "--format", form, "-", "-", stdin=fed.stdout, stdout=subprocess.PIPE) as middle):
        copy = ["ffmpeg", "-v", "error", "-y", "-copyts", "-i", "-", "-map", "0", "-c", "copy", str(target)]
        last = subprocess.run(copy, stdin=middle.stdout, capture_output=True, check=False)
        assert middle.stderr is not None
        text = middle.stderr.read()
    assert (last.returncode, fed.returncode) == (0, 0), (last.stderr, text)
    return middle.returncode, text


@pytest.mark.parametrize("begun", [False, True])
def test_a_stop_ends_the_waiting_for_an_input_that_says_nothing(random_weights: Path, tmp_path: Path, begun: bool) -> None:
    """The program before stalls, before the first picture or in the middle; its pipe stays open."""
    film = make(tmp_path / "in.nut", "-c:v", "ffv1", frames=300).read_bytes()
    process = spawn(random_weights, *(() if begun else ("-v",)), "--progress", "json", "-", tmp_path / "out.mkv",
                    stdin=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.buffer.write(film[: len(film) * 3 // 4 if begun else 10])
    process.stdin.flush()
    if begun:
        process.stderr.readline()  # a frame was written
    else:
        while "Using model" not in process.stderr.readline():
            pass  # what comes next is the opening of the input
    process.send_signal(signal.SIGINT)
    text = process.stderr.read()  # to the end: the process has ended, though the pipe is open
    assert (process.wait(timeout=60), "Traceback" in text) == (130, False), text
    process.stdin.close()
    process.stderr.close()


def test_a_reader_that_ends_early_is_one_sentence(random_weights: Path, tmp_path: Path) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", "ffv1", frames=200)
    with spawn(random_weights, "--codec", "rawvideo", "--progress", "none", source, "-", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert os.read(process.stdout.fileno(), 1)
        process.stdout.close()
        text = process.stderr.read()
    assert process.returncode == 1
    assert "Traceback" not in text
    assert "has ended" in text


@pytest.mark.parametrize(("arguments", "words"), [
    (("a.mp4", "b.mp4", "-"), "one film"), (("-", "."), "folder"), ((".", "-"), "folder"), (("--format", "mp3", "-", "-"), "")])
def test_what_a_pipe_cannot_do_is_said(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...],
                                       words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if words:
        assert run(*arguments) == 2
        assert words in capsys.readouterr().err
    else:
        with pytest.raises(SystemExit):
            run(*arguments)


def test_what_is_no_film_on_standard_input_is_one_sentence(random_weights: Path, tmp_path: Path) -> None:
    process = spawn(random_weights, "-", tmp_path / "out.mp4", stdin=subprocess.PIPE)
    _, text = process.communicate("no film\n" * 20, timeout=60)
    assert process.returncode == 3
    assert "Traceback" not in text
    assert "not a video" in text


def test_the_flag_offers_what_can_be_written() -> None:
    assert options_of(EncodeOptions)["format"].allowed() == tuple(PIPE_FORMATS)
