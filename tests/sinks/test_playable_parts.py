"""What was encoded plays at any moment, also where the process is killed; and the finished file is the same as if it did not."""

from __future__ import annotations

import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.conftest import ENVIRONMENT, partial_in
from tests.ffmpeg import ffmpeg, ffmpeg_output, make, needs_ffmpeg, probe
from tests.media import Film, Sound, write_film
from tests.sinks.passing import passed

FRAMES, KILLED_AT = 200, 190
SUBTITLES = """1
00:00:00,500 --> 00:00:01,000
Nebel

2
00:00:01,600 --> 00:00:02,300
klar

3
00:00:02,300 --> 00:00:03,000
gleich danach

4
00:00:05,000 --> 00:00:06,000
Sonne
"""
KILL = """
import os, pathlib, signal, sys
from dehazer.sinks import open_sink
from dehazer.sources import open_source
source, target = map(pathlib.Path, sys.argv[1:])
with open_source(source) as frames, open_sink(target, frames.info, copy_from=source) as sink:
    for frame in frames:
        sink.write(frame)
        if frame.index == %d:
            os.kill(os.getpid(), signal.SIGKILL)
"""

pytestmark = needs_ffmpeg


def film(folder: Path, ending: str, subtitles: bool, cover: bool) -> Path:
    (folder / "in.srt").write_text(SUBTITLES, "utf-8")
    make(folder / "cover.png", frames=1, pictures="testsrc2=size=32x32")
    plain = make(folder / f"plain.{ending}", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", frames=FRAMES, sound=True)
    inputs, maps, options = ["-i", plain], ["-map", "0"], ["-c", "copy"]
    if subtitles:
        inputs, maps, options = [*inputs, "-i", folder / "in.srt"], [*maps, "-map", "1"], [*options, "-c:s", "mov_text"]
    if cover:
        inputs, maps = [*inputs, "-i", folder / "cover.png"], [*maps, "-map", str(len(inputs) // 2)]
        options = [*options, "-disposition:v:1", "attached_pic"]
    ffmpeg(*inputs, *maps, *options, folder / f"in.{ending}")
    return folder / f"in.{ending}"


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize(("ending", "subtitles", "cover"), [("mp4", True, True), ("mov", True, False), ("mp4", False, True)])
def test_a_killed_process_leaves_a_file_that_plays(tmp_path: Path, ending: str, subtitles: bool, cover: bool) -> None:
    source = film(tmp_path, ending, subtitles, cover)
    (tmp_path / "out").mkdir()
    done = subprocess.run([sys.executable, "-c", KILL % KILLED_AT, source, tmp_path / "out" / f"out.{ending}"], check=False,
                          env=ENVIRONMENT)
    assert done.returncode == -signal.SIGKILL
    partial = partial_in(tmp_path / "out")
    raw = ffmpeg_output("-i", partial, "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "gray", "-")
    assert len(raw) // (64 * 48) >= KILLED_AT // 2  # the encoder looks ahead, and a piece is a second long
    sound = ffmpeg_output("-i", partial, "-map", "0:a:0", "-f", "s16le", "-ac", "1", "-ar", "8000", "-")
    assert len(sound) >= 2 * 8000 * 3


@pytest.mark.parametrize("ending", ["mp4", "mov"])
def test_pauses_between_subtitles_and_covers_are_those_of_the_input(tmp_path: Path, ending: str) -> None:
    source = film(tmp_path, ending, subtitles=True, cover=ending == "mp4")
    target = tmp_path / f"out.{ending}"
    assert passed(source, target).warnings == ()
    assert subtitles_of(target) == subtitles_of(source)
    names = [(s["codec_type"], s.get("codec_name"), s["disposition"]["attached_pic"]) for s in probe(target)["streams"]]
    assert names == [(s["codec_type"], s["codec_name"], s["disposition"]["attached_pic"]) for s in probe(source)["streams"]]
    assert "error" not in ffmpeg_output("-i", target, "-map", "0:v:0", "-f", "null", "-").decode()


@pytest.mark.parametrize("ticks", [1000, 12800, 1_000_000])
@pytest.mark.parametrize("codec", ["libx264", "libvpx-vp9"])
@pytest.mark.parametrize("sounds", [(), (Sound(seconds=4.0),)], ids=["silent", "sound"])
def test_subtitles_stay_where_they_are_in_every_time_base(tmp_path: Path, codec: str, ticks: int,
                                                          sounds: tuple[Sound, ...]) -> None:
    film = Film(codec=codec, frames=100, time_base=Fraction(1, ticks), captions=tuple("abcdefghijklmnopq"), sounds=sounds)
    source, target = write_film(tmp_path / "in.mp4", film), tmp_path / "out.mp4"
    passed(source, target)
    assert subtitles_of(target)[:33] == subtitles_of(source)[:33]  # 17 and the pauses between


def subtitles_of(path: Path) -> list[tuple[float, float, str]]:
    """Start, duration and size of every sample of the subtitle track, pauses as well."""
    packets = probe(path, "-show_packets", "-select_streams", "s")["packets"]
    return [(round(float(p["pts_time"]), 3), round(float(p["duration_time"]), 3), p["size"]) for p in packets]
