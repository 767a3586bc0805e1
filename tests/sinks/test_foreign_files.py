"""Films made by the program FFmpeg come back whole: what cameras and editors write, and PyAV alone does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ffmpeg import make, needs_ffmpeg, probe
from tests.media import parcels_of, times_of
from tests.sinks.passing import passed

pytestmark = needs_ffmpeg


@pytest.mark.parametrize("ending", ["mov", "mp4", "mkv"])
@pytest.mark.parametrize(("timecode", "rate"), [("01:00:00:00", "25"), ("01:00:00;02", "30000/1001")])
def test_the_timecode_track_is_kept(tmp_path: Path, ending: str, timecode: str, rate: str) -> None:
    source = make(tmp_path / "in.mov", "-timecode", timecode, "-c:v", "libx264", pictures=f"testsrc2=size=64x48:rate={rate}")
    result = passed(source, tmp_path / f"out.{ending}")
    assert result.warnings == () or ending == "mkv"
    assert not any("left out" in w for w in result.warnings)
    assert len(times_of(tmp_path / f"out.{ending}")) == 10
    before, after = probe(source)["streams"], probe(tmp_path / f"out.{ending}")["streams"]
    assert {k.lower(): v for k, v in after[0]["tags"].items()}["timecode"] == timecode
    if ending != "mkv":
        assert [s.get("codec_tag_string") for s in after] == [s.get("codec_tag_string") for s in before]
        assert [p.data for p in parcels_of(tmp_path / f"out.{ending}", "data")] == [p.data for p in parcels_of(source, "data")]
