"""What a file says of itself, in every container, whole, cut off, still growing and with a clock that jumps."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from dehazer.review.probe import probe
from tests.ffmpeg import ffmpeg, needs_ffmpeg
from tests.media import Film, Sound, write_film

CREATED = {"creation_time": "2024-03-10T12:34:56Z"}
NOISY = Film(frames=200, smooth=False)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov", ".avi", ".ts", ".flv"])
def test_facts_of_a_whole_file(tmp_path: Path, suffix: str) -> None:
    facts = probe(write_film(tmp_path / f"a{suffix}", Film(frames=50, sounds=(Sound("libmp3lame"),))))
    assert facts.duration == pytest.approx(2.0, abs=0.001)
    assert (facts.width, facts.height, facts.rate, facts.codec) == (64, 48, Fraction(25), "h264")
    assert facts.has_sound
    assert facts.fault is None


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov"])
def test_the_metadata_tell_when_it_was_made(tmp_path: Path, suffix: str) -> None:
    facts = probe(write_film(tmp_path / f"a{suffix}", Film(tags=CREATED)))
    assert facts.created == datetime(2024, 3, 10, 12, 34, 56, tzinfo=UTC)


@pytest.mark.parametrize("text", ["1904-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "yesterday", "2024"])
def test_a_clock_that_was_never_set_is_not_believed(tmp_path: Path, text: str) -> None:
    assert probe(write_film(tmp_path / "a.mkv", Film(tags={"creation_time": text}))).created is None


def test_times_that_vary_and_start_late(tmp_path: Path) -> None:
    film = Film(frames=4, time_base=Fraction(1, 1000), times=(500, 540, 3000, 3040))
    assert probe(write_film(tmp_path / "a.mkv", film)).duration == pytest.approx(2.58, abs=0.05)


@needs_ffmpeg
@pytest.mark.parametrize(("name", "options"), [
    ("raw.h264", ("-f", "h264")),
    ("live.mkv", ("-f", "matroska", "-live", "1")),
    ("fragments.mp4", ("-movflags", "frag_keyframe+empty_moov")),
])
def test_files_without_an_index_or_a_length(tmp_path: Path, name: str, options: tuple[str, ...]) -> None:
    whole = write_film(tmp_path / "a.mp4", Film(frames=50))
    ffmpeg("-i", whole, "-c", "copy", *options, tmp_path / name)
    facts = probe(tmp_path / name)
    assert facts.duration == pytest.approx(2.0, abs=0.001)
    assert facts.fault is None


@pytest.mark.parametrize(("name", "muxer"), [("a.mp4", {"movflags": "faststart"}), ("a.mkv", {}), ("a.ts", {})])
def test_a_file_that_was_cut_off_is_as_long_as_what_is_there(tmp_path: Path, name: str, muxer: dict[str, str]) -> None:
    whole = write_film(tmp_path / name, NOISY, **muxer)
    assert probe(whole).duration == pytest.approx(8.0, abs=0.01)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    facts = probe(whole)
    assert 3.0 < facts.duration < 5.0
    assert facts.fault is None


@pytest.mark.parametrize("starts", [(0, 5000), (5000, 0), (100, 50)])
def test_what_a_clock_leaves_out_does_not_count(tmp_path: Path, starts: tuple[int, int]) -> None:
    pieces = [write_film(tmp_path / f"{k}.ts", Film(frames=50, start=start)).read_bytes() for k, start in enumerate(starts)]
    (tmp_path / "jump.ts").write_bytes(b"".join(pieces))
    assert probe(tmp_path / "jump.ts").duration == pytest.approx(4.0, abs=0.1)


@pytest.mark.parametrize(("content", "words"), [
    (b"", "is empty"), (b"no video at all" * 100, "is not a video, or it is damaged"), (None, "does not exist"),
])
def test_a_file_that_is_no_video_has_a_sentence(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "a.mp4").write_bytes(content)
    assert words in (probe(tmp_path / "a.mp4").fault or "")


@needs_ffmpeg
def test_sound_alone_is_no_recording(tmp_path: Path) -> None:
    film = tmp_path / "a.mkv"
    write_film(film, Film(sounds=(Sound("libmp3lame"),)))
    ffmpeg("-i", film, "-vn", "-c", "copy", tmp_path / "b.mkv")
    assert "holds no video" in (probe(tmp_path / "b.mkv").fault or "")
