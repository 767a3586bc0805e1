"""Trouble with a source: a sentence in the picture's place, the way back, and no storm of dialogs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dehazer import AccessError, DeviceError, LinkError, LiveSession, SessionState
from gui.actions import ACTIONS
from gui.alerts import Alerts
from gui.main_window import MainWindow
from gui.saved_source import SavedSource, parse_source
from gui.services.settings import Adjustments
from gui.view.faults import fault_of
from tests.gui.conftest import PATIENCE, camera_of
from tests.gui.moments import snapshot
from tests.servers import HttpCamera, RtspCamera


def test_a_good_picture_needs_no_words() -> None:
    for shown in ("live", "playing", "silent", "still", "paused", "restarting", "ended"):
        assert fault_of(shown, SessionState("live", "x"), None) is None


def test_before_the_first_picture_it_is_said_what_is_waited_for() -> None:
    connecting = fault_of("connecting", SessionState("opening", "Connecting to gate…"), None)
    computing = fault_of("connecting", SessionState("live", "gate is live."), None)
    assert connecting is not None
    assert computing is not None
    assert connecting.sentence == "Connecting to gate…"
    assert "first picture" in computing.sentence


@pytest.mark.parametrize(("shown", "state", "error", "doing", "action"), [
    ("reconnecting", SessionState("reconnecting", "Gone.", 2, 3.6), None, "Reconnecting, attempt 3, next in 4 s", "retry"),
    ("reconnecting", SessionState("reconnecting", "Gone.", 3, None), None, "Reconnecting, attempt 3…", "retry"),
    ("trying", SessionState("reconnecting", "Nobody there.", 2, 3.6), None, "Connecting, attempt 3, next in 4 s", "retry"),
    ("trying", SessionState("reconnecting", "Nobody there.", 3, None), None, "Connecting, attempt 3…", "retry"),
    ("over", SessionState("ended", "Over."), None, "", "retry"),
    ("failed", SessionState("failed", "Wrong password."), AccessError("Wrong password."), "", "password"),
    ("failed", SessionState("failed", "No memory."), DeviceError("No memory."), "", "cpu"),
    ("failed", SessionState("failed", "Damaged."), LinkError("Damaged.", "details"), "", "retry"),
    ("failed", SessionState("failed", "Odd."), ZeroDivisionError("x"), "", "retry"),
])
def test_each_fault_has_a_sentence_and_one_thing_to_do(shown: str, state: SessionState, error: BaseException | None,
                                                       doing: str, action: str) -> None:
    fault = fault_of(shown, state, error)
    assert fault is not None
    assert (fault.sentence, fault.doing, fault.action) == (state.sentence, doing, action)
    assert fault.button
    assert fault.action in ACTIONS


def test_a_stream_that_dies_and_returns(window: MainWindow, qtbot: QtBot) -> None:
    with HttpCamera() as server:
        window.opening.open(parse_source(server.url)[0])
        qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
        qtbot.waitUntil(lambda: window.top_bar.mark.status == "live", timeout=PATIENCE)
        server.down()
        qtbot.waitUntil(lambda: window.page.card.isVisible() and window.page.view.faded, timeout=PATIENCE)
        assert camera_of(window).state.kind == "reconnecting"
        assert window.page.card.sentence.text()
        qtbot.waitUntil(lambda: window.page.card.doing.text().startswith("Reconnecting, attempt"), timeout=PATIENCE)
        qtbot.waitUntil(lambda: "Last picture" in window.page.card.age.text(), timeout=PATIENCE)
        assert window.error_reporter.dialog is None
        server.up()
        window.page.card.button.click()  # "Try again now": the next attempt by itself may be long in coming
        qtbot.waitUntil(lambda: camera_of(window).state.kind == "live", timeout=PATIENCE)
        qtbot.waitUntil(lambda: not window.page.view.faded and not window.page.card.isVisible(), timeout=PATIENCE)


def test_a_wrong_password_is_asked_for_again_and_never_shown(window: MainWindow, qtbot: QtBot) -> None:
    with RtspCamera(password="right") as server:
        source, password = parse_source(server.url.replace("://", "://admin:wrong-one@"))
        window.opening.open(source, password)
        qtbot.waitUntil(lambda: camera_of(window).state.kind == "failed", timeout=PATIENCE)
        qtbot.waitUntil(lambda: "does not accept" in window.page.card.sentence.text(), timeout=PATIENCE)
        window.page.card.button.click()
        dialog = window.opening.dialog
        assert dialog is not None
        assert dialog.address.user.text() == "admin"
        assert dialog.address.password.text() == ""
        dialog.address.password.setText("right")
        dialog.accept()
        qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    assert "wrong-one" not in window.error_reporter.circumstances()


def test_a_wrong_address_can_be_corrected_where_it_is_said(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    window.opening.open(parse_source("rtsp://127.0.0.1:9/live")[0])
    qtbot.waitUntil(window.page.card.isVisible, timeout=PATIENCE)
    wrong = camera_of(window)
    qtbot.waitUntil(window.page.card.change.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.page.card.doing.text().startswith("Connecting, attempt"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.top_bar.mark.status == "trying", timeout=PATIENCE)  # it never was connected
    window.page.card.change.click()
    dialog = window.opening.dialog
    assert dialog is not None
    assert dialog.address.url.text() == "rtsp://127.0.0.1:9/live"
    dialog.close()
    assert window.cameras.all == [wrong]  # nothing else was chosen
    with HttpCamera() as server:
        window.page.card.change.click()
        dialog = window.opening.dialog
        assert dialog is not None
        dialog.address.url.setText(server.url)
        dialog.accept()
        qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
        assert [c.source.where for c in window.cameras.all] == [server.url]


def test_a_camera_that_is_not_there(window: MainWindow, qtbot: QtBot) -> None:
    window.opening.open(SavedSource("/dev/video63"))
    qtbot.waitUntil(window.page.card.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "no camera" in window.page.card.sentence.text().lower(), timeout=PATIENCE)
    assert window.error_reporter.dialog is None


def test_the_unforeseen_gives_one_dialog_however_often_it_happens(window: MainWindow, qtbot: QtBot) -> None:
    for number in range(5):
        window.error_reporter.show(ZeroDivisionError(f"number {number} at rtsp://me:geheimnis@cam/live"))
    dialogs = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    assert dialogs == [window.error_reporter.dialog]
    assert window.error_reporter.dialog is not None
    report = window.error_reporter.dialog.details.toPlainText()
    assert all(f"number {n}" in report for n in range(5))
    assert "geheimnis" not in report
    window.error_reporter.dialog.copy()
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == report
    window.error_reporter.dialog.close()
    qtbot.waitUntil(lambda: window.error_reporter.dialog is None, timeout=PATIENCE)


def test_an_error_inside_a_session_is_shown_once(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault in the program")

    monkeypatch.setattr("dehazer.enhance.Enhancer.estimated", broken)
    qtbot.waitUntil(lambda: live.error_reporter.dialog is not None, timeout=PATIENCE)
    assert live.error_reporter.dialog is not None
    for _ in range(3):
        live.refresh.update()
    assert live.error_reporter.dialog.count == 1
    assert live.page.card.isVisible()
    live.error_reporter.dialog.close()


def test_a_device_without_memory_offers_the_processor(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise DeviceError("The device ran out of memory; use a smaller picture.")

    with monkeypatch.context() as patch:
        patch.setattr("dehazer.enhance.Enhancer.estimated", full)
        qtbot.waitUntil(lambda: camera_of(live).state.kind == "failed", timeout=PATIENCE)
        qtbot.waitUntil(live.page.card.isVisible, timeout=PATIENCE)
    assert "processor" in live.page.card.button.text()
    assert live.error_reporter.dialog is None
    live.page.card.button.click()
    qtbot.waitUntil(lambda: camera_of(live).state.kind == "live", timeout=PATIENCE)
    assert live.engine_loader.options.device == "cpu"


def test_weights_that_are_missing_are_said_and_found_later(
    make_window: Callable[[], MainWindow], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clip: Path,
    random_weights: Path,
) -> None:
    monkeypatch.setattr("dehazer.models.weights.FOLDER", tmp_path)
    window = make_window()
    qtbot.waitUntil(lambda: bool(window.start_page.error.text()), timeout=PATIENCE)
    assert "weights" in window.start_page.error.text()
    window.opening.open(SavedSource(str(clip), live=True))
    qtbot.waitUntil(lambda: "weights" in window.page.card.sentence.text(), timeout=PATIENCE)
    monkeypatch.setattr("dehazer.models.weights.FOLDER", random_weights)  # they were put there meanwhile
    window.page.card.button.click()
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)


def test_an_error_in_a_thread_of_nobody_reaches_the_hook(window: MainWindow, qtbot: QtBot) -> None:
    from gui.error_reporter import ExceptionHook

    hook = ExceptionHook(window.error_reporter, window.close_without_asking)
    try:
        with qtbot.captureExceptions():
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
            qtbot.waitUntil(lambda: window.error_reporter.dialog is not None, timeout=PATIENCE)
    finally:
        hook.remove()
    assert window.error_reporter.dialog is not None
    assert "ZeroDivisionError" in window.error_reporter.dialog.sentence.text()
    window.error_reporter.dialog.close()


def test_the_badge_tells_a_picture_that_stands_still(window: MainWindow, qtbot: QtBot) -> None:
    with HttpCamera() as server:
        window.opening.open(parse_source(server.url)[0])
        qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
        server.stalled.set()
        qtbot.waitUntil(lambda: "No new picture" in window.page.view.badge, timeout=PATIENCE)
        qtbot.waitUntil(lambda: window.page.view.badge_alarm, timeout=PATIENCE)
        shown = window.display.snapshot
        assert shown is not None
        assert shown.age_s is not None
        assert shown.age_s >= 2
        server.stalled.clear()
        qtbot.waitUntil(lambda: window.page.view.badge == "", timeout=PATIENCE)


class Failing:
    """A camera that fails, as far as the alerts look at it."""

    adjustments = Adjustments()
    title = "gate"
    error: BaseException | None = None

    def fail(self) -> int:
        """Fail anew; what it failed with before is gone. Returns the address of the error."""
        self.error = None
        self.error = ZeroDivisionError()
        return id(self.error)


def test_another_error_is_told_even_where_the_last_one_lay_in_memory() -> None:
    alerts, told = Alerts(), []
    alerts.unexpected.connect(lambda error: told.append(type(error).__name__))
    camera: Any = Failing()
    addresses = []
    for _ in range(50):
        addresses.append(camera.fail())
        for _ in range(2):
            alerts.check(camera, snapshot(haze=0.0))
    assert len(told) == 50, f"{len(set(addresses))} addresses"


def test_a_camera_starts_again_although_the_session_before_is_still_ending(live: MainWindow, qtbot: QtBot,
                                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine its last frame takes longer than `stop` waits."""
    stop = LiveSession.stop
    monkeypatch.setattr(LiveSession, "stop", lambda session: stop(session, timeout=0.0))
    camera = camera_of(live)
    for _ in range(3):
        former = camera.session
        live.cameras.restart(camera)
        qtbot.waitUntil(lambda former=former: camera.session is not former and camera.had_picture, timeout=PATIENCE)
