"""--deinterlace: as many pictures at the same times, of one moment each, and marked so."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from dehazer.config import DecodeOptions
from dehazer.errors import ConfigError
from dehazer.sources import open_source
from dehazer.verification import Promised, verify
from tests.ffmpeg import make, needs_ffmpeg
from tests.media import times_of
from tests.sinks.passing import passed

pytestmark = needs_ffmpeg
FIELDS = ("-vf", "tinterlace=interleave_top,setfield=tff", "-c:v", "libx264", "-qp", "5", "-flags", "+ildct+ilme")
MOVING = "testsrc2=size=128x96:rate=50"


@pytest.fixture
def interlaced(tmp_path: Path) -> Path:
    return make(tmp_path / "in.mkv", *FIELDS, pictures=MOVING)


def combing(path: Path, deinterlace: str | None) -> float:
    """Mean difference of neighbouring lines that lines two apart do not have."""
    with open_source(path, DecodeOptions(deinterlace=deinterlace)) as frames:
        luma = [frame.planes[0].astype(int) for frame in frames]
    return float(np.mean([np.abs(np.diff(y, axis=0)).mean() - np.abs(y[2:] - y[:-2]).mean() for y in luma]))


@pytest.mark.parametrize("method", ["bwdif", "yadif"])
def test_pictures_are_of_one_moment_and_keep_count_and_times(interlaced: Path, tmp_path: Path, method: str) -> None:
    assert combing(interlaced, method) < 0.5 * combing(interlaced, None)
    done = passed(interlaced, tmp_path / "out.mkv", DecodeOptions(deinterlace=method))
    assert times_of(tmp_path / "out.mkv") == times_of(interlaced)
    with av.open(str(tmp_path / "out.mkv")) as file:
        assert not next(file.decode(video=0)).interlaced_frame
    with open_source(interlaced, DecodeOptions(deinterlace=method)) as source:
        notes = source.warnings
    assert any("deinterlaced" in note for note in notes)
    checks = verify(interlaced, tmp_path / "out.mkv", Promised(done.frames, notes=(*notes, *done.warnings)))
    assert [check for check in checks if check.verdict == "FAIL"] == []


def test_a_span_and_a_seek_give_the_same_pictures(interlaced: Path) -> None:
    options = DecodeOptions(deinterlace="bwdif")
    with open_source(interlaced, options) as source:
        every = [(frame.pts, frame.planes[0].copy()) for frame in source]
        source.seek(0.0)
        again = [(frame.pts, frame.planes[0].copy()) for frame in source]
    assert [pts for pts, _ in again] == [pts for pts, _ in every]
    assert all(np.array_equal(one, two) for (_, one), (_, two) in zip(every, again, strict=True))
    with open_source(interlaced, DecodeOptions(deinterlace="bwdif", end=0.1)) as source:
        assert len(list(source)) == len([pts for pts, _ in every if pts * source.info.time_base < 0.1])


def test_it_works_in_main_memory_only() -> None:
    with pytest.raises(ConfigError, match="--hwaccel"):
        DecodeOptions(deinterlace="bwdif", hwaccel="cuda")
