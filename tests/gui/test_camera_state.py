"""Every badge of a camera follows its state of now: from each state to each other one nothing of the former is left over."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication

from dehazer import SessionState
from dehazer.live.status import RecordingStatus
from gui.camera import Camera
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments, Settings
from gui.services.thumbnails import ThumbnailStore
from gui.view.camera_state import DISPLAYS, STALE_ALARM, STALE_NOTE, STILL_NOTE, CameraFacts, badge_of, state_of
from gui.view.readout import OVERLAY_ROWS, overlay_rows, tile_text
from gui.widgets.state_mark import MARKS
from tests.gui.moments import rgb_moment, snapshot
from tests.waiting import FakeClock

PICTURED = CameraFacts("live", started=True, has_picture=True)
FACTS = {
    "connecting": CameraFacts("live"),
    "restarting": CameraFacts("opening", has_picture=True),
    "trying": CameraFacts("reconnecting"),
    "reconnecting": replace(PICTURED, session="reconnecting"),
    "live": PICTURED,
    "playing": replace(PICTURED, file=True),
    "silent": replace(PICTURED, silent_s=STALE_ALARM + 1),
    "still": replace(PICTURED, still_s=STILL_NOTE + 1),
    "paused": replace(PICTURED, session="paused", paused=True, silent_s=60.0),
    "ended": replace(PICTURED, session="ended", file=True, silent_s=60.0),
    "over": replace(PICTURED, session="ended"),
    "failed": replace(PICTURED, session="failed", silent_s=60.0),
}
"""One example of each state."""


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


class StateSession:
    """A session that is in the state the test wants."""

    def __init__(self, *_: Any) -> None:
        self.kind = "opening"
        self.error = None
        self.recording, self.info = False, None
        self.numbers = snapshot()

    @property
    def state(self) -> SessionState:
        return SessionState(self.kind, f"It is {self.kind}.", 2 if self.kind == "reconnecting" else 0, None)  # type: ignore[arg-type]

    def snapshot(self) -> Any:
        return self.numbers

    def take(self) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None


class Shown(MainWindow):
    """A window with one camera whose facts the test sets, and another one beside it for the grid."""

    def __init__(self, settings: Settings, folder: Path, film: Path, grid: bool) -> None:
        super().__init__(settings, ThumbnailStore(folder))
        settings.put("overlay/on", True)
        self.clock = FakeClock()
        self.recordings._clock = self.clock
        self.shown = self._camera(str(film))
        if grid:
            self._camera("rtsp://127.0.0.1:9/other")
        self.cameras.look_at(self.shown)
        self.display.show_grid(grid)

    def _camera(self, where: str) -> Camera:
        camera = self.cameras._add(Camera(SavedSource(where), None, Adjustments(), Path(where).name))
        camera.start(StateSession)  # type: ignore[arg-type]
        return camera

    def become(self, facts: CameraFacts, recording: RecordingStatus | None = None) -> dict[str, object]:
        """Bring the camera there; returns everything that is shown of its state."""
        camera, session = self.shown, self.shown.session
        assert isinstance(session, StateSession)
        camera.source = replace(camera.source, live=not facts.file)
        session.kind, camera._user_paused = facts.session, facts.paused
        camera.had_picture, camera.latest = facts.started, rgb_moment() if facts.has_picture else None
        camera._began_waiting = -1e9
        session.numbers = snapshot(state=facts.session, age_s=facts.silent_s, still_s=facts.still_s, haze=0.4, captured_fps=25.0,
                                   painted_fps=25.0, flicker_before=2.0, flicker_after=1.0, recording=recording)
        self.display.show_cameras()
        self.refresh.update()
        return self._everything()

    def _everything(self) -> dict[str, object]:
        bar, status, page, seek = self.top_bar, self.status_bar, self.page, self.page.seek_bar
        found: dict[str, object] = {
            "mark": bar.mark.status, "word": bar.details.text(), "REC": bar.clock.text(), "REC on": bar.clock.isHidden(),
            "haze": status.haze.text(), "clarity": status.alarm.text(), "slow": status.slow.text()}
        if self.display.grid_on:
            tile = self.grid.tiles[0]
            return {**found, "badge": (tile.badge, tile.badge_alarm), "faded": tile.faded, "numbers": tile.readout,
                    "sentence": tile.sentence.partition(" Last picture")[0], "REC of the tile": tile.recorded.text}
        view, card = page.view, page.card
        return {**found, "badge": (view.badge, view.badge_alarm), "faded": view.faded, "card": card.isHidden(),
                "sentence": card.sentence.text() if not card.isHidden() else "",
                "rows": [(row.value, row.is_alarm) for row in view.rows], "again": seek.again.isHidden()}


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
