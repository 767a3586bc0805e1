"""An example of every state of a camera, and a window whose camera is in the state that a test wants."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dehazer import SessionState
from dehazer.live.status import RecordingStatus
from gui.camera import Camera
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments, Settings
from gui.services.thumbnails import ThumbnailStore
from gui.view.camera_state import STALE_ALARM, STILL_NOTE, CameraFacts
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


class StateSession:
    """A session that is in the state the test wants."""

    def __init__(self, *_: Any) -> None:
        self.kind = "opening"
        self.error = None
        self.recording, self.info = False, None
        self.publisher = SimpleNamespace(active=False, status=None)
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
            "mark": bar.mark.status, "word": bar.details.text(), "REC": bar.clock.accessibleDescription(),
            "REC on": bar.clock.isHidden(), "haze": status.haze.text(), "clarity": status.alarm.text(),
            "slow": status.slow.text()}
        if self.display.grid_on:
            tile = self.grid.tiles[0]
            return {**found, "badge": (tile.badge, tile.badge_alarm), "faded": tile.faded, "numbers": tile.readout,
                    "sentence": tile.sentence.partition(" Last picture")[0], "REC of the tile": tile.recorded.text}
        view, card = page.view, page.card
        return {**found, "badge": (view.badge, view.badge_alarm), "faded": view.faded, "card": card.isHidden(),
                "sentence": card.sentence.text() if not card.isHidden() else "",
                "rows": [(row.value, row.is_alarm) for row in view.rows], "again": seek.again.isHidden()}
