"""Transparency that lies beside the pictures of VP8 and VP9, where FFmpeg's own decoders do not see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.ffmpeg import TEST_PICTURES, film_stream, make, needs_ffmpeg

pytestmark = needs_ffmpeg


@pytest.mark.parametrize("encoder", ["libvpx-vp9", "libvpx"])
@pytest.mark.parametrize("ending", ["webm", "mkv", "mp4"])
def test_transparency_beside_the_pictures_is_announced_as_lost(run: Run, tmp_path: Path, encoder: str, ending: str,
                                                               capsys: pytest.CaptureFixture[str]) -> None:
    pictures = f"{TEST_PICTURES},format=yuva420p,colorchannelmixer=aa=0.5"
    options = ("-c:v", encoder, "-pix_fmt", "yuva420p", "-auto-alt-ref", "0")
    source = make(tmp_path / "in.webm", *options, frames=3, pictures=pictures)
    assert run("--verify", source, tmp_path / f"out.{ending}") == 0
    text = capsys.readouterr().err
    assert text.count("Note: The transparency") == 1
    assert "ANNOUNCED transparency: there -> none" in text
    marks = {name.lower() for name in film_stream(tmp_path / f"out.{ending}").get("tags", {})}
    assert "alpha_mode" not in marks  # nobody looks for what is not there
