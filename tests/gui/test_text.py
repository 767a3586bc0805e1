"""Numbers and times in words."""

from __future__ import annotations

import math

import pytest
from PyQt6.QtCore import QRectF

from gui import text
from gui.readout import Readout, machine, rows
from gui.report import report, sentence_of
from gui.widgets.overlay import runs


@pytest.mark.parametrize(("seconds", "words"), [(0, "00:00"), (59.9, "00:59"), (61, "01:01"), (3661, "1:01:01"), (-1, "00:00")])
def test_clock(seconds: float, words: str) -> None:
    assert text.clock(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(0.04, "0.0 s"), (9.96, "10.0 s"), (12.7, "12 s"), (130, "2 min"), (7300, "2 h")])
def test_age(seconds: float, words: str) -> None:
    assert text.age(seconds) == words


def test_what_is_not_known_is_a_dash() -> None:
    assert text.number(None) == text.number(math.nan) == text.percent(None) == "–"
    assert all(row.value for row in rows(Readout()))
    assert machine(Readout()) == "–"


def test_drops_are_told_by_cause() -> None:
    assert text.drops({"late": 9, "paint": 3, "decode": 0}) == "12 (late 9, paint 3)"
    assert text.drops({"late": 0}) == "0"


def test_sizes() -> None:
    assert [text.size(n) for n in (999, 12_000, 3.21e6, 4e9, 5e12)] == ["999 B", "12 kB", "3.2 MB", "4.0 GB", "5.0 TB"]


def test_a_gap_in_the_haze_stays_a_gap() -> None:
    area = QRectF(0, 0, 119, 100)
    found = runs([0.5, 0.5, None, 0.25], 120, area)
    assert len(found) == 2
    assert found[-1][-1].x() == 119
    assert found[-1][-1].y() == 75
    assert runs([None, None], 120, area) == []


def test_a_report_holds_the_trace_but_no_password() -> None:
    with pytest.raises(ValueError, match="cannot read") as caught:
        raise ValueError("cannot read rtsp://me:hunter2@cam/live?pwd=hunter2")
    words = report(caught.value, "camera rtsp://me:hunter2@cam/live")
    assert "ValueError" in sentence_of(caught.value)
    assert "Traceback" in words
    assert "hunter2" not in words
    assert "Qt 6" in words
