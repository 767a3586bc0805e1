"""Numbers and times in words."""

from __future__ import annotations

import math

import pytest
from PyQt6.QtCore import QRectF

from gui.error_report import report, sentence_of
from gui.view import formatting
from gui.view.camera_state import DISPLAYS
from gui.view.readout import OVERLAY_ROWS, device_text, overlay_rows
from gui.widgets.overlay import runs
from tests.gui.moments import snapshot


@pytest.mark.parametrize(("seconds", "text"), [(0, "00:00"), (59.9, "00:59"), (61, "01:01"), (3661, "1:01:01"), (-1, "00:00")])
def test_clock(seconds: float, text: str) -> None:
    assert formatting.clock(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(0.04, "0.0 s"), (9.96, "10.0 s"), (12.7, "12 s"), (130, "2 min"), (7300, "2 h")])
def test_age(seconds: float, text: str) -> None:
    assert formatting.age(seconds) == text


def test_what_is_not_known_is_a_dash() -> None:
    assert formatting.number(None) == formatting.number(math.nan) == formatting.percent(None) == "–"
    assert all(row.value for row in overlay_rows(snapshot(), OVERLAY_ROWS, DISPLAYS["live"].numbers))
    assert device_text({"device": "", "precision": ""}) == "–"


def test_drops_are_told_by_cause() -> None:
    assert formatting.drops({"late": 9, "paint": 3, "decode": 0}) == "12 (late 9, paint 3)"
    assert formatting.drops({"late": 0}) == "0"


def test_sizes() -> None:
    assert [formatting.size(n) for n in (999, 12_000, 3.21e6, 4e9, 5e12)] == ["999 B", "12 kB", "3.2 MB", "4.0 GB", "5.0 TB"]


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
    text = report(caught.value, "camera rtsp://me:hunter2@cam/live")
    assert "ValueError" in sentence_of(caught.value)
    assert "Traceback" in text
    assert "hunter2" not in text
    assert "Qt 6" in text
