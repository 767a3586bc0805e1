"""Timecodes of SMPTE ST 12, by counting every frame of a day."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from dehazer.config import DecodeOptions
from dehazer.sinks._timecode import later
from tests.ffmpeg import film_stream, make, needs_ffmpeg
from tests.sinks.passing import passed

NTSC = Fraction(30000, 1001)


@pytest.mark.parametrize(("first", "frames", "rate", "wanted"), [
    ("01:00:00:00", 0, Fraction(25), "01:00:00:00"), ("01:00:00:24", 1, Fraction(25), "01:00:01:00"),
    ("23:59:59:24", 1, Fraction(25), "00:00:00:00"), ("00:00:59:29", 1, NTSC, "00:01:00:00"),
    ("00:00:59;29", 1, NTSC, "00:01:00;02"), ("00:09:59;29", 1, NTSC, "00:10:00;00"), ("00:10:59;29", 1, NTSC, "00:11:00;02"),
    ("00:00:59;59", 1, 2 * NTSC, "00:01:00;04"), ("00:00:00;00", 107_892, NTSC, "01:00:00;00")])
def test_known_steps(first: str, frames: int, rate: Fraction, wanted: str) -> None:
    assert later(first, frames / rate, rate) == wanted


def test_no_number_comes_twice_and_none_is_left_out_but_the_dropped_ones() -> None:
    seen = [later("00:00:00;00", number / NTSC, NTSC) for number in range(0, 36_000)]
    wanted = [f"00:{m:02d}:{s:02d};{f:02d}" for m in range(21) for s in range(60) for f in range(30)
              if m % 10 == 0 or s > 0 or f > 1]
    assert seen == wanted[:36_000]


def test_what_is_no_timecode_stays() -> None:
    assert later("noon", Fraction(1), NTSC) == "noon"
    assert later("01:00:00:00", Fraction(1), None) == "01:00:00:00"


@needs_ffmpeg
def test_a_span_begins_at_its_own_time_of_day(tmp_path: Path) -> None:
    source = make(tmp_path / "in.mov", "-timecode", "01:00:00:00", "-c:v", "libx264", frames=50)
    passed(source, tmp_path / "out.mov", DecodeOptions(start=1.2))
    assert film_stream(tmp_path / "out.mov")["tags"]["timecode"] == "01:00:01:05"
