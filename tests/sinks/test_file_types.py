"""What file types cannot hold is left out aloud, and what they can hold stays: findings of scripts/fidelity.py."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from PIL import Image

from dehazer.errors import OutputError
from dehazer.sinks import SinkResult
from dehazer.verification import Promised, verify
from tests.ffmpeg import ffmpeg, make, needs_ffmpeg
from tests.media import Film, Sound, write_film
from tests.sinks.passing import passed

SOUND = ("-c:v", "mpeg4", "-ac", 2, "-ar", 48000)


def silent(source: Path, target: Path, done: SinkResult, codec: str | None = None) -> set[str]:
    """Properties that changed without a word. codec: the one asked for."""
    checks = verify(source, target, Promised(done.frames, codec=codec, notes=done.warnings))
    return {check.property for check in checks if check.verdict == "FAIL"}


def codec_of(path: Path) -> str:
    with av.open(str(path)) as file:
        return file.streams.video[0].codec_context.name


@needs_ffmpeg
def test_ac3_keeps_its_times_in_avi(tmp_path: Path) -> None:
    source = make(tmp_path / "in.avi", *SOUND, "-c:a", "ac3", sound=True, frames=25)
    done = passed(source, tmp_path / "out.avi")
    assert done.warnings == ()
    assert silent(source, tmp_path / "out.avi", done) == set()


@needs_ffmpeg
def test_sound_whose_times_avi_would_lose_is_left_out_aloud(tmp_path: Path) -> None:
    source = make(tmp_path / "in.avi", *SOUND, "-c:a", "adpcm_ms", sound=True, frames=25)
    assert any("adpcm_ms" in note and "left out" in note for note in passed(source, tmp_path / "out.avi").warnings)


@needs_ffmpeg
@pytest.mark.parametrize("name", ["cover.jpg", "cover.png"])
def test_a_cover_adds_no_empty_track(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (16, 16), (200, 100, 50)).save(tmp_path / name)
    plain = write_film(tmp_path / "plain.mp4", Film(frames=5, sounds=(Sound(),)))
    ffmpeg("-i", plain, "-i", tmp_path / name, "-map", 0, "-map", 1, "-c", "copy", "-disposition:v:1", "attached_pic",
           tmp_path / "in.mp4")
    done = passed(tmp_path / "in.mp4", tmp_path / "out.mp4")
    with av.open(str(tmp_path / "out.mp4")) as file:
        assert [stream.type for stream in file.streams] == ["video", "audio", "video"]
    assert silent(tmp_path / "in.mp4", tmp_path / "out.mp4", done) == set()


@pytest.mark.parametrize(("given", "written"), [("deu", "ger"), ("fra", "fra"), ("fre", "fra"), ("nld", "dut"), ("eng", "eng")])
def test_quicktime_gets_languages_under_its_own_names(tmp_path: Path, given: str, written: str) -> None:
    source = write_film(tmp_path / "in.mkv", Film(frames=5, sounds=(Sound(language=given),)))
    done = passed(source, tmp_path / "out.mov")
    with av.open(str(tmp_path / "out.mov")) as file:
        assert file.streams.audio[0].metadata["language"] == written
    assert silent(source, tmp_path / "out.mov", done) == set()


def test_a_language_quicktime_has_no_number_for_is_left_out_aloud(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(frames=5, sounds=(Sound(language="haw"),)))
    assert any("cannot name languages (haw)" in note for note in passed(source, tmp_path / "out.mov").warnings)


def test_transport_streams_hold_no_text_subtitles(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(frames=5, captions=("Nebel",)))
    done = passed(source, tmp_path / "out.ts")
    assert any("subrip" in note and "left out" in note for note in done.warnings)
    assert silent(source, tmp_path / "out.ts", done) == set()


@pytest.mark.parametrize("codec", ["ffv1", "vp9", "mjpeg"])
def test_transport_streams_take_codecs_that_they_can_name(tmp_path: Path, codec: str) -> None:
    made = {"ffv1": "ffv1", "vp9": "libvpx-vp9", "mjpeg": "mjpeg"}[codec]
    source = write_film(tmp_path / "in.mkv", Film(codec=made, pix_fmt="yuvj420p" if codec == "mjpeg" else "yuv420p", frames=5))
    done = passed(source, tmp_path / "out.ts")
    assert codec_of(tmp_path / "out.ts") == "h264"
    assert silent(source, tmp_path / "out.ts", done) == set()


@needs_ffmpeg
@pytest.mark.parametrize("codec", ["huffyuv", "utvideo", "png"])
def test_what_was_lossless_stays_lossless_where_its_codec_does_not_fit(tmp_path: Path, codec: str) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", codec, frames=3)
    done = passed(source, tmp_path / "out.mkv")
    assert codec_of(tmp_path / "out.mkv") == "ffv1"
    assert any("ffv1 is used" in note for note in done.warnings)
    assert silent(source, tmp_path / "out.mkv", done) == set()


@needs_ffmpeg
def test_prores_4444_stays_prores(tmp_path: Path) -> None:
    source = make(tmp_path / "in.mov", "-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuv444p10le", frames=3)
    done = passed(source, tmp_path / "out.mov")
    assert codec_of(tmp_path / "out.mov") == "prores"
    assert any("yuv444p10le" in note for note in done.warnings)
    assert silent(source, tmp_path / "out.mov", done) == set()


@needs_ffmpeg
def test_mjpeg_says_that_it_moves_chroma_samples(tmp_path: Path) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", "libx264", "-pix_fmt", "yuv420p", frames=3)
    done = passed(source, tmp_path / "out.mkv", codec="mjpeg")
    assert any("chroma" in note for note in done.warnings)
    assert silent(source, tmp_path / "out.mkv", done, "mjpeg") == set()


def test_webp_says_that_it_holds_no_resolution(tmp_path: Path) -> None:
    Image.new("RGB", (16, 16)).save(tmp_path / "in.png", dpi=(300, 300))
    done = passed(tmp_path / "in.png", tmp_path / "out.webp")
    assert any("resolution" in note for note in done.warnings)
    assert silent(tmp_path / "in.png", tmp_path / "out.webp", done) == set()


def test_mpeg2_in_a_transport_stream_begins_when_the_film_begins(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(codec="mpeg2video", frames=5))
    done = passed(source, tmp_path / "out.ts")
    assert done.warnings == ()
    assert silent(source, tmp_path / "out.ts", done) == set()


@needs_ffmpeg
@pytest.mark.parametrize("encoder", ["libvpx-vp9", "libvpx"])
def test_what_quicktime_refuses_gets_another_codec_aloud(tmp_path: Path, encoder: str) -> None:
    source = make(tmp_path / "in.mkv", "-c:v", encoder, frames=3)
    done = passed(source, tmp_path / "out.mov")
    assert any("QuickTime cannot hold vp" in note for note in done.warnings)
    assert codec_of(tmp_path / "out.mov") == "h264"
    assert silent(source, tmp_path / "out.mov", done) == set()


def test_a_codec_that_quicktime_refuses_is_refused_before_the_first_frame(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(frames=3))
    with pytest.raises(OutputError, match="cannot hold av1 video"):
        passed(source, tmp_path / "out.mov", codec="av1")
