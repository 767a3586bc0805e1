"""The range of code values is kept or its loss is said; what goes without saying is not said."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from dehazer.config import EncodeOptions
from dehazer.files.containers import CONTAINERS
from dehazer.frames.frame import PIXEL_FORMATS, VideoInfo
from dehazer.sinks._input_properties import InputProperties
from dehazer.sinks._output_format import EncodingAttempts
from dehazer.verification import Promised, verify
from tests.media import Film, write_film
from tests.sinks.passing import passed

LIMITED, FULL = 1, 2


@pytest.mark.parametrize(("ending", "lost"), [("mkv", False), ("mp4", True), ("avi", True), ("nut", True)])
@pytest.mark.parametrize("code_range", [LIMITED, FULL])
def test_full_range_alone_is_kept_or_its_loss_is_said(tmp_path: Path, ending: str, lost: bool, code_range: int) -> None:
    source = write_film(tmp_path / "in.mkv", Film(codec="ffv1", frames=3, color=(2, code_range, 2, 2)))
    result = passed(source, tmp_path / f"out.{ending}", codec="ffv1")
    assert any("cannot record the colour tags" in said for said in result.warnings) == (lost and code_range == FULL)
    checks = {check.property: check.verdict for check in verify(source, result.path or "", Promised(notes=result.warnings))}
    assert checks["colour tags"] == ("ANNOUNCED" if lost and code_range == FULL else "PASS")


def test_colours_with_a_name_are_kept_in_an_mp4_file(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", Film(codec="ffv1", frames=3, color=(1, FULL, 1, 1)))
    result = passed(source, tmp_path / "out.mp4")
    checks = {check.property: check.verdict for check in verify(source, result.path or "", Promised(notes=result.warnings))}
    assert checks["colour tags"] == "PASS"


def test_an_encoder_that_serves_in_another_way_is_not_said_to_be_unusable() -> None:
    """FFV1 has no slices for so narrow a picture, and x264 no half chroma samples."""
    info = VideoInfo(1, 9, PIXEL_FORMATS["yuv420p"], rate=Fraction(25), time_base=Fraction(1, 25))
    said = EncodingAttempts(CONTAINERS[".mkv"], info, EncodeOptions(), InputProperties(codec="ffv1")).next().notes
    assert [one for one in said if "libx264 cannot be used" in one or "and libx264" in one] == []
