"""Every badge of a camera follows its state of now: from each state to each other one nothing of the former is left over."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dehazer.live.status import RecordingStatus
from gui.camera import Camera
from gui.main_window import MainWindow
from gui.services.settings import Adjustments, Settings
from gui.view.camera_state import DISPLAYS, STALE_NOTE, CameraFacts, badge_of, state_of, state_text
from gui.view.readout import OVERLAY_ROWS, overlay_rows, tile_text
from gui.widgets.state_mark import MARKS
from tests.gui.conftest import PATIENCE, camera_of
from tests.gui.moments import snapshot
from tests.gui.states import FACTS, PICTURED, Shown, StateSession


def test_every_state_has_an_example_a_word_and_a_mark() -> None:
    assert set(FACTS) == set(DISPLAYS)
    assert {state_of(facts) for facts in FACTS.values()} == set(DISPLAYS)
    assert all(display.mark in MARKS and display.word for display in DISPLAYS.values())


@pytest.mark.parametrize(("facts", "state"), [
    (CameraFacts("opening"), "connecting"),
    (CameraFacts("live"), "connecting"),  # connected, but nothing to see yet
    (CameraFacts("paused", paused=True), "connecting"),
    (replace(PICTURED, started=False), "restarting"),
    (replace(PICTURED, silent_s=STALE_NOTE), "live"),
    (replace(PICTURED, silent_s=STALE_NOTE + 0.1), "silent"),
    (replace(PICTURED, silent_s=60.0, paused=True), "paused"),
    (replace(PICTURED, session="reconnecting", paused=True), "reconnecting"),  # the pause hides no lost connection
    (replace(PICTURED, session="paused"), "live"),  # it was suspended because nobody saw it, and is seen again
    (replace(PICTURED, still_s=60.0, file=True), "playing"),  # a title card is no camera that hangs
    (CameraFacts("ended", file=True), "over"),
])
def test_what_is_known_decides_the_state(facts: CameraFacts, state: str) -> None:
    assert state_of(facts) == state


def test_age_is_red_only_while_pictures_should_come(themed_app: QApplication) -> None:
    assert badge_of(FACTS["silent"]).alarm
    assert not badge_of(replace(PICTURED, silent_s=STALE_NOTE + 0.5)).alarm
    now = snapshot(age_s=60.0, flicker_before=3.0, flicker_after=1.0)
    for state, display in DISPLAYS.items():
        rows = {row.name: row for row in overlay_rows(now, OVERLAY_ROWS, display.numbers)}
        assert rows["age"].is_alarm == (state in ("silent", "live", "playing", "still"))
        assert badge_of(FACTS[state]).alarm == (state == "silent")
    assert {row.name: row.value for row in overlay_rows(now, OVERLAY_ROWS, DISPLAYS["paused"].numbers)}["age"] == "–"


def test_a_steady_light_has_no_flicker_to_tell(themed_app: QApplication) -> None:
    def flicker(**changes: float) -> str:
        return overlay_rows(snapshot(**changes), ["flicker"], DISPLAYS["live"].numbers)[0].value

    assert flicker(flicker_before=0.004, flicker_after=0.0) == "–"
    assert flicker(flicker_before=1.5, flicker_after=0.0) == "1.50 → 0.00"


def test_only_numbers_of_the_present_are_in_a_tile(themed_app: QApplication) -> None:
    now = snapshot(painted_fps=25.0, haze=0.4)
    texts = {state: tile_text(now, "", display.numbers) for state, display in DISPLAYS.items()}
    assert texts["live"] == texts["playing"] == "25 fps · haze 40 %"
    assert texts["paused"] == texts["ended"] == "haze 40 %"
    assert texts["failed"] == texts["connecting"] == texts["restarting"] == ""


@pytest.fixture(params=[False, True], ids=["window", "tiles"])
def shown(request: pytest.FixtureRequest, themed_app: QApplication, settings: Settings, tmp_path: Path) -> Iterator[Shown]:
    window = Shown(settings, tmp_path / "thumbnails", tmp_path / "film.mp4", request.param)
    yield window
    window.close_without_asking()


def test_nothing_of_a_state_is_left_in_the_next_one(shown: Shown) -> None:
    """From each state to each other one, in the window and in the tiles."""
    alone = {state: shown.become(facts) for state, facts in FACTS.items()}
    for before, after in itertools.permutations(FACTS, 2):
        shown.become(FACTS[before])
        assert shown.become(FACTS[after]) == alone[after], f"from {before} to {after}"
    words = {state: str(found["word"]) for state, found in alone.items()}
    assert words["connecting"] != words["live"]
    assert "no new picture" in words["silent"]


def test_rec_counts_only_what_is_written(shown: Shown) -> None:
    status = RecordingStatus("dehazed", "a.mkv", 0.5, 0, 0, 0, 1000.0, None, True, None)
    assert "REC" in str(shown.become(FACTS["live"], status)["REC"])
    shown.clock.advance(3.0)
    assert "waiting for the first picture" in str(shown.become(FACTS["live"], replace(status, seconds=3.5))["REC"])
    writing = replace(status, seconds=75.0, frames=1800)
    assert str(shown.become(FACTS["live"], writing)["REC"]).endswith("REC 01:15")
    shown.clock.advance(3.0)
    halted = str(shown.become(FACTS["silent"], replace(writing, seconds=78.0))["REC"])
    assert "01:15" in halted
    assert "nothing is written" in halted
    assert shown.become(FACTS["live"])["REC"] == ""


def test_a_film_does_not_show_the_time_line_of_the_former_one(shown: Shown) -> None:
    shown.page.seek_bar.show_position(30.0, 60.0, 25.0)
    other = Camera(replace(shown.shown.source, where="other.mp4", live=False), None, Adjustments())
    other.start(StateSession)  # type: ignore[arg-type]
    shown.page.show_camera(other)
    assert (shown.page.seek_bar.position, shown.page.seek_bar.duration) == (0.0, 0.0)


def test_the_top_bar_says_live_with_the_first_picture_and_not_at_the_next_reading(live: MainWindow, qtbot: QtBot) -> None:
    camera = camera_of(live)
    live.refresh.stop()
    camera.had_picture = False
    live.display.show_top_bar()
    assert state_text("connecting") in live.top_bar.details.text()
    qtbot.waitUntil(lambda: camera.had_picture, timeout=PATIENCE)
    live.display.update_camera(camera)
    assert state_text("live") in live.top_bar.details.text()
