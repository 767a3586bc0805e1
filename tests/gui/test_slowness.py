"""A camera that is painted more slowly than it sends: said after five seconds, with the reason, and never of a paused one."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication

from dehazer.live.status import DropCounts, GovernorStatus, RecordingStatus
from gui.camera import Camera
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from gui.slowness import AFTER, SlownessWatch, slow_text
from gui.view.camera_state import FLOW, SCENE
from gui.view.readout import tile_text
from tests.gui.moments import snapshot

STUDENT, FIELD = {"model": "student"}, {"model": "field"}


@pytest.fixture
def camera(themed_app: QApplication) -> Camera:
    return Camera(SavedSource("rtsp://127.0.0.1:9/live", "gate"), None, Adjustments())


def numbers(painted: float, **changes: Any) -> Any:
    return snapshot(captured_fps=25.0, painted_fps=painted, **{"engine": FIELD, **changes})


def test_it_is_said_after_a_while_and_taken_back_at_once(camera: Camera) -> None:
    now = [100.0]
    watch = SlownessWatch(lambda: now[0])
    for seconds, painted, is_slow in ((0, 8, False), (AFTER - 0.1, 8, False), (AFTER, 8, True), (AFTER + 1, 24, False),
                                      (AFTER + 2, 8, False), (2 * AFTER + 2, 8, True)):
        now[0] = 100.0 + seconds
        watch.check(camera, numbers(painted))
        assert bool(camera.slow) == is_slow
    assert camera.numbers is not None


@pytest.mark.parametrize("state", ["reconnecting", "ended", "opening", "paused"])
def test_only_a_live_camera_is_slow(camera: Camera, state: str) -> None:
    now = [0.0]
    watch = SlownessWatch(lambda: now[0])
    for now[0] in (0.0, 2 * AFTER):
        watch.check(camera, numbers(1, state=state))
    assert camera.slow == ""


def test_a_paused_camera_is_not_slow(camera: Camera) -> None:
    now = [0.0]
    watch = SlownessWatch(lambda: now[0])
    camera.set_paused(True)
    for now[0] in (0.0, 2 * AFTER):
        watch.check(camera, numbers(0))
    assert camera.slow == ""


RECORDING = RecordingStatus("both", "a.mkv", 3.0, 20, 5, 1, 1.0, None, True, None)


@pytest.mark.parametrize(("changes", "text"), [
    ({"engine": STUDENT}, "8 of 25 fps: model student"),
    ({}, "8 of 25 fps: this machine is busy"),
    ({"recording": RECORDING}, "8 of 25 fps: recording"),
    ({"governor": GovernorStatus(given_up=("grid of 320 lines", "every 2nd frame")), "drops": DropCounts(governor=9)},
     "8 of 25 fps: governor: every 2nd frame"),
])
def test_the_reason_is_named(themed_app: QApplication, changes: dict[str, Any], text: str) -> None:
    assert slow_text(numbers(8.2, **changes)) == text


def test_a_tile_tells_rate_and_haze_or_what_is_missing(themed_app: QApplication) -> None:
    both, slow = (FLOW, SCENE), "8 of 25 fps: model student"
    assert tile_text(numbers(24.6, haze=0.4), "", both) == "25 fps · haze 40 %"
    assert tile_text(numbers(8, haze=0.4), slow, both) == "8 of 25 fps: model student · haze 40 %"
