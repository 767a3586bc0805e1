"""MXF of cameras and editors: the sound comes along, and what MXF itself says of a file is no description that can be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from dehazer.verification import Promised, verify
from tests.ffmpeg import make, needs_ffmpeg
from tests.media import Film, Sound, write_film
from tests.sinks.passing import passed

pytestmark = needs_ffmpeg


def verdicts(source: Path, target: Path, notes: tuple[str, ...] = ()) -> dict[str, str]:
    """What the self-check says, property by property."""
    return {check.property: check.verdict for check in verify(source, target, Promised(notes=notes))}


@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_s24le"])
@pytest.mark.parametrize("video", [("mpeg2video",), ("dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt", "yuv422p")])
def test_every_sound_track_is_kept(tmp_path: Path, codec: str, video: tuple[str, ...]) -> None:
    source = make(tmp_path / "in.mxf", "-map", "0", "-map", "1", "-map", "1", "-c:v", *video, "-c:a", codec, "-ar", "48000",
                  pictures="testsrc2=size=256x128:rate=25", frames=25, sound=True)
    result = passed(source, tmp_path / "out.mxf")
    found = verdicts(source, tmp_path / "out.mxf")
    assert sum(name.startswith("audio") and not name.endswith("times") for name in found) == 2
    assert set(found.values()) == {"PASS"}
    assert result.warnings == ()


def test_sound_that_ends_between_two_frames_is_said_to_be_cut_or_filled(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mov", Film(codec="mpeg2video", frames=20, sounds=(Sound("pcm_s16le", seconds=0.77),)))
    result = passed(source, tmp_path / "out.mxf")
    assert sum("to the last frame" in said for said in result.warnings) == 1
    assert "FAIL" not in verdicts(source, tmp_path / "out.mxf", result.warnings).values()


def test_sound_that_mxf_cannot_hold_is_left_out_aloud(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mov", Film(codec="mpeg2video", sounds=(Sound("aac"),)))
    assert any("(aac) is left out: MXF cannot hold it." in said for said in passed(source, tmp_path / "out.mxf").warnings)
