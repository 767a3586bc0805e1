"""No text is clipped: in every state, at small, usual and large sizes, in every language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dehazer.live.status import RecordingStatus
from gui.services.settings import Settings
from tests.gui.fitting import clipped
from tests.gui.states import FACTS, Shown

SIZES = ((800, 500), (1280, 720), (1920, 1080))
RECORDING = RecordingStatus("both", "gate.mkv", 3725.0, 90, 0, 1, 1000.0, 9.0, True, None)
SLOW = "8 of 25 fps: governor: every 4th frame"


@pytest.mark.parametrize("grid", [False, True], ids=["window", "tiles"])
def test_no_text_is_clipped_in_any_state(language: str, settings: Settings, tmp_path: Path, qtbot: QtBot, grid: bool) -> None:
    window = Shown(settings, tmp_path / "thumbnails", tmp_path / "film of the gate in the north.mp4", grid)
    qtbot.addWidget(window, before_close_func=Shown.close_without_asking)
    window.show()
    for width, height in SIZES:
        window.resize(width, height)
        for state, facts in FACTS.items():
            window.shown.slow = SLOW if state in ("live", "playing", "silent") else ""
            window.become(facts, replace(RECORDING, missing=12) if state == "live" else RECORDING)
            QApplication.processEvents()
            assert clipped(window) == [], f"{state}, {width}×{height}, {language}"
