"""Numbered pictures in and out, the frame rate of pictures, and which streams are kept."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.cli.conftest import Run, frame_count, write_picture
from tests.media import Film, Sound, write_film


def numbered(folder: Path, *numbers: int) -> Path:
    for number in numbers:
        write_picture(folder / f"img_{number:04d}.png")
    return folder / "img_%04d.png"


def test_numbered_pictures_become_a_film_at_the_rate_asked_for(run: Run, tmp_path: Path) -> None:
    pattern = numbered(tmp_path / "in", 9, 10, 11, 100)
    write_picture(tmp_path / "in" / "img_12.png")
    write_picture(tmp_path / "in" / "other.png")
    assert run("--verify", "--fps", 23.976, pattern, tmp_path / "out.mp4") == 0
    assert frame_count(tmp_path / "out.mp4") == 4
    with av.open(str(tmp_path / "out.mp4")) as file:
        assert file.streams.video[0].average_rate == Fraction(24000, 1001)


def test_a_film_becomes_numbered_pictures(run: Run, clip: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("stays")
    assert run("--verify", clip, tmp_path / "out" / "frame%03d.jpg") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [*(f"frame{k:03d}.jpg" for k in range(1, 9)), "mine.txt"]
    with Image.open(tmp_path / "out" / "frame008.jpg") as picture:
        assert picture.size == (96, 64)
    assert run(clip, tmp_path / "out" / "frame%03d.jpg") == 4
    assert run("-y", clip, tmp_path / "out" / "frame%03d.jpg") == 0


def test_numbered_pictures_become_numbered_pictures(run: Run, tmp_path: Path) -> None:
    assert run("--verify", numbered(tmp_path / "in", 1, 2, 3), tmp_path / "out" / "%d.png") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["1.png", "2.png", "3.png"]


def test_a_folder_is_shown_at_the_rate_asked_for(run: Run, tmp_path: Path) -> None:
    numbered(tmp_path / "in", 1, 2, 3, 4)
    assert run("--fps", 2, "--start", 1, tmp_path / "in", tmp_path / "out.mp4") == 0
    assert frame_count(tmp_path / "out.mp4") == 2


def test_wrong_names_and_rates_are_sentences(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none_%03d.png", tmp_path / "out.mp4") == 3
    assert "no picture named like" in capsys.readouterr().err
    assert run("--fps", 30, clip, tmp_path / "out.mp4") == 2
    assert "is a film" in capsys.readouterr().err


@pytest.mark.parametrize(("flags", "kept"), [
    (["--no-audio"], ["video", "subtitle"]), (["--streams", "audio"], ["video", "audio"]), (["--streams", "none"], ["video"]),
    (["--streams", "audio,subtitle", "--no-audio"], ["video", "subtitle"]), ([], ["video", "audio", "subtitle"])])
def test_streams_are_kept_as_asked(run: Run, tmp_path: Path, flags: list[str], kept: list[str]) -> None:
    source = write_film(tmp_path / "in.mkv", Film(frames=10, sounds=(Sound(),), captions=("Nebel",)))
    assert run("--verify", *flags, source, tmp_path / "out.mkv") == 0
    with av.open(str(tmp_path / "out.mkv")) as file:
        assert [stream.type for stream in file.streams] == kept


def test_a_kind_of_stream_that_there_is_not_is_refused(run: Run, clip: Path, tmp_path: Path,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--streams", "sound", clip, tmp_path / "out.mp4") == 2
    assert "choose from: audio" in capsys.readouterr().err


@pytest.mark.parametrize(("ending", "codec"), [("mxf", "mpeg2video"), ("ogv", "vp8"), ("avif", "av1")])
def test_further_file_types(run: Run, tmp_path: Path, ending: str, codec: str) -> None:
    source = write_film(tmp_path / "in.mp4", Film(frames=6, width=96, height=64))
    assert run("--verify", source, tmp_path / f"out.{ending}") == 0
    with av.open(str(tmp_path / f"out.{ending}")) as file:
        film = file.streams.best("video")  # the first one of AVIF is a still picture
        assert film is not None
        assert film.codec_context.codec.canonical_name in (codec, "h264")
        assert sum(1 for _ in file.decode(film)) == 6
