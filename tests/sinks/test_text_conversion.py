"""Subtitles of words in a file type that cannot hold their codec: the same words at the same times, judged by FFmpeg."""

from __future__ import annotations

from pathlib import Path

import pytest

from dehazer.config import DecodeOptions
from dehazer.verification import Promised, verify
from tests.ffmpeg import TEST_PICTURES, ffmpeg, ffmpeg_output, needs_ffmpeg, probe
from tests.media import Film, parcels_of, write_film
from tests.sinks.passing import passed

pytestmark = needs_ffmpeg

WORDS = """1
00:00:00,200 --> 00:00:00,900
Grüße <i>aus</i> dem Nebel

2
00:00:01,000 --> 00:00:01,400
Zweite Zeile
mit Umbruch

3
00:00:01,400 --> 00:00:01,900
Sicht < 50 m & fallend
"""


def film(path: Path, codec: str) -> Path:
    """Two seconds with the subtitles above, in German."""
    words = path.with_suffix(".srt")
    words.write_text(WORDS, "utf-8")
    ffmpeg("-f", "lavfi", "-i", TEST_PICTURES, "-i", words, "-map", "0", "-map", "1", "-t", 2, "-c:s", codec,
           "-metadata:s:s:0", "language=deu", path)
    return path


def read_back(path: Path) -> str:
    """The first subtitles as SubRip, as the program ffmpeg reads them."""
    return ffmpeg_output("-i", path, "-map", "0:s:0", "-f", "srt", "-").decode()


@pytest.mark.parametrize(("name", "codec", "target", "written"), [
    ("in.mkv", "subrip", "out.mp4", "mov_text"), ("in.mkv", "ass", "out.mov", "mov_text"),
    ("in.mkv", "ass", "out.mp4", "mov_text"), ("in.mp4", "mov_text", "out.mkv", "subrip"),
])
def test_words_and_times_stay_in_another_codec(tmp_path: Path, name: str, codec: str, target: str, written: str) -> None:
    source = film(tmp_path / name, codec)
    done = passed(source, tmp_path / target)
    (stream,) = [s for s in probe(tmp_path / target)["streams"] if s["codec_type"] == "subtitle"]
    assert (stream["codec_name"], stream["tags"]["language"]) == (written, "ger" if target.endswith("mov") else "deu")
    assert read_back(tmp_path / target) == read_back(source)
    assert [note for note in done.warnings if f"({codec}) is written as {written}" in note]


def test_the_self_check_reads_the_words(tmp_path: Path) -> None:
    source, result = film(tmp_path / "in.mkv", "subrip"), tmp_path / "out.mp4"
    done = passed(source, result)
    found = {c.property: c.verdict for c in verify(source, result, Promised(done.frames, notes=done.warnings))}
    text = {name: verdict for name, verdict in found.items() if "subtitle" in name}
    assert text == {"subtitle 1 (subrip)": "ANNOUNCED", "subtitle 1 (subrip) words": "PASS", "subtitle 1 (subrip) times": "PASS",
                    "subtitle 1 (subrip) language": "PASS"}
    other = film(tmp_path / "other.mkv", "subrip")
    other.with_suffix(".srt").write_text(WORDS.replace("50 m", "500 m"), "utf-8")
    ffmpeg("-i", source, "-i", other.with_suffix(".srt"), "-map", "0:v", "-map", "1", "-c:v", "copy", "-c:s", "mov_text",
           "-metadata:s:s:0", "language=deu", result)
    changed = verify(source, result, Promised(done.frames, notes=done.warnings))
    assert {c.property for c in changed if c.verdict == "FAIL"} == {"subtitle 1 (subrip) words"}


def test_web_subtitles_become_those_of_mp4(tmp_path: Path) -> None:
    source = film(tmp_path / "in.webm", "webvtt")
    passed(source, tmp_path / "out.mp4")
    assert read_back(tmp_path / "out.mp4") == read_back(source)


def test_a_span_takes_its_words_along(tmp_path: Path) -> None:
    source = film(tmp_path / "in.mkv", "subrip")
    passed(source, tmp_path / "out.mp4", DecodeOptions(start=0.8))
    first = read_back(tmp_path / "out.mp4").splitlines()[:4]
    assert first == ["1", "00:00:00,200 --> 00:00:00,600", "Zweite Zeile", "mit Umbruch"]


def test_what_fits_is_copied_as_it_is(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(captions=("Nebel", "klar")))
    assert passed(source, tmp_path / "out.mkv").warnings == ()
    assert parcels_of(tmp_path / "out.mkv", "subtitle") == parcels_of(source, "subtitle")
