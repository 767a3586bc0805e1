"""The window as a person uses it: opening, views, keys, controls, presets, hiding, closing."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dehazer import MAX_CAMERAS, EngineOptions, measured_speed
from dehazer.live.governor import QualityTarget
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from gui.theme import theme
from gui.view.images import ImagePair
from gui.widgets.buttons import IconButton
from tests.gui.conftest import PATIENCE, assert_ended, camera_of, painted, settle


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_a_clip_is_played_live_and_painted(live: MainWindow, qtbot: QtBot) -> None:
    before = painted(live)
    qtbot.waitUntil(lambda: painted(live) > before + 5, timeout=PATIENCE)
    assert live.stack.currentWidget() is live.page
    assert live.top_bar.name.text() == "clip.mp4"
    qtbot.waitUntil(lambda: "192×128" in live.top_bar.details.text(), timeout=PATIENCE)
    assert live.top_bar.mark.status == "live"


def test_views_by_key_and_button(live: MainWindow, qtbot: QtBot) -> None:
    live.page.view.setFocus()
    keys = {Qt.Key.Key_1: "original", Qt.Key.Key_3: "wipe", Qt.Key.Key_D: "difference", Qt.Key.Key_2: "dehazed"}
    for key, view in keys.items():
        press(qtbot, live, key)
        assert live.page.view.view == view
        assert live.top_bar.views.buttons[view].isChecked()
    live.top_bar.views.buttons["side"].click()
    assert camera_of(live).view == live.page.view.view == "side"


def test_the_original_while_backslash_is_held(live: MainWindow, qtbot: QtBot) -> None:
    live.page.view.setFocus()
    qtbot.keyPress(live.page.view, Qt.Key.Key_Backslash)
    assert live.page.view.shown_view == "original"
    qtbot.keyRelease(live.page.view, Qt.Key.Key_Backslash)
    assert live.page.view.shown_view == "dehazed"


def test_a_slider_counts_from_the_next_picture_on(live: MainWindow, qtbot: QtBot) -> None:
    slider = live.inspector.sliders["strength"].slider
    slider.setFocus()
    seen: list[object] = []
    live.page.view.painted.connect(seen.append)
    press(qtbot, live, Qt.Key.Key_Home)
    assert camera_of(live).adjustments.strength == 0

    def untouched() -> bool:
        pair = live.page.view.pair
        return pair is not None and pair.moment.unchanged

    qtbot.waitUntil(untouched, timeout=PATIENCE)
    assert len(seen) <= 5  # those that were under way; the time it takes is measured by scripts/bench_gui.py
    press(qtbot, live, Qt.Key.Key_Right)
    press(qtbot, live, Qt.Key.Key_PageUp)
    assert camera_of(live).adjustments.strength == 11
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton)
    assert camera_of(live).adjustments.strength == 100


def test_a_frozen_picture_follows_the_slider_too(live: MainWindow, qtbot: QtBot) -> None:
    live.run_action("pause")
    qtbot.waitUntil(lambda: camera_of(live).state.kind == "paused", timeout=PATIENCE)
    settle(qtbot, lambda: live.page.view.pair)
    index = live.page.view.pair.moment.original.index  # type: ignore[union-attr]
    live.inspector.sliders["strength"].slider.setValue(0)
    qtbot.waitUntil(lambda: live.page.view.pair.moment.unchanged,  # type: ignore[union-attr]
                    timeout=PATIENCE)
    assert live.page.view.pair.moment.original.index == index  # type: ignore[union-attr]


def test_the_wheel_moves_a_slider_only_while_it_has_the_focus(live: MainWindow, qtbot: QtBot) -> None:
    from tests.gui.test_picture import wheel

    slider = live.inspector.sliders["strength"].slider
    live.page.view.setFocus()
    wheel(slider, QPointF(10, 10), -120)  # type: ignore[arg-type]
    assert slider.value() == 100
    slider.setFocus()
    wheel(slider, QPointF(10, 10), -120)  # type: ignore[arg-type]
    assert slider.value() < 100


def dropped(window: MainWindow) -> int:
    snapshot = camera_of(window).snapshot()
    assert snapshot is not None
    return snapshot.drops.paint


def computed(window: MainWindow) -> int:
    snapshot = camera_of(window).snapshot()
    assert snapshot is not None
    return snapshot.flow.computed


def test_nothing_queues_up_while_the_window_is_busy(live: MainWindow, qtbot: QtBot) -> None:
    shown: list[int] = []
    live.page.view.painted.connect(lambda pair: shown.append(pair.moment.original.index))
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
    before, last = painted(live), shown[-1]
    shown.clear()
    until = time.monotonic() + PATIENCE / 1000
    while dropped(live) < 5 and time.monotonic() < until:
        time.sleep(0.1)  # the main thread is busy with something else
    assert dropped(live) >= 5  # newest wins, the others are counted
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
    assert shown[0] >= last + 5  # none of those in between
    assert painted(live) - before == len(shown)
    qtbot.waitUntil(lambda: len(shown) > 5, timeout=PATIENCE)
    assert shown == sorted(shown)


def test_old_pictures_are_let_go(live: MainWindow, qtbot: QtBot) -> None:
    for view in ("wipe", "difference", "side"):
        live.display.set_view(view)
        before = painted(live)
        qtbot.waitUntil(lambda before=before: painted(live) > before + 10, timeout=PATIENCE)  # type: ignore[misc]
    gc.unfreeze()
    gc.collect()
    assert sum(type(o) is ImagePair for o in gc.get_objects()) <= 2


def test_presets_are_kept_per_camera(live: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> None:
    live.inspector.sliders["strength"].slider.setValue(40)
    row = live.inspector.presets
    row._ask()
    assert row.name.isVisible()
    qtbot.keyClicks(row.name, "Fog")
    press(qtbot, live, Qt.Key.Key_Return)
    assert not row.name.isVisible()
    live.inspector.sliders["strength"].slider.setValue(90)
    box = live.inspector.presets.box
    box.setCurrentIndex(box.findData("Fog"))
    box.activated.emit(box.currentIndex())
    assert camera_of(live).adjustments.strength == 40
    other = tmp_path / "other.mp4"
    other.symlink_to(clip)
    live.opening.open(SavedSource(str(other), live=True, loop=True))
    assert camera_of(live).adjustments == Adjustments()
    assert "Fog" not in live.inspector.presets.all_presets()
    live.run_action("next")
    assert camera_of(live).adjustments.strength == 40
    assert live.inspector.sliders["strength"].slider.value() == 40
    live.inspector.presets.remove("Fog")
    assert live.settings.presets(camera_of(live).source) == {}


def test_what_was_set_is_there_next_time(make_window: Callable[[], MainWindow], qtbot: QtBot, clip: Path) -> None:
    first = make_window()
    qtbot.waitUntil(lambda: first.engine_loader.engine is not None, timeout=PATIENCE)
    first.opening.open(SavedSource(str(clip), "Gate", live=True, loop=True))
    qtbot.waitUntil(lambda: first.page.view.pair is not None, timeout=PATIENCE)
    first.inspector.sliders["strength"].slider.setValue(33)
    first.run_action("inspector")
    first.resize(780, 600)
    first.close()
    second = make_window()
    assert (second.width(), second.height()) == (780, 600)
    assert not second.display.inspector_on
    assert [c.text() for c in second.start_page.cards] == ["Gate"]
    assert second.start_page.cards[0].picture is not None  # a still was kept
    qtbot.waitUntil(lambda: second.engine_loader.engine is not None, timeout=PATIENCE)
    second.start_page.cards[0].click()
    assert camera_of(second).adjustments.strength == 33


def test_whoever_has_nothing_at_hand_can_try_the_sample(window: MainWindow, qtbot: QtBot) -> None:
    assert window.start_page.sample.isVisible()
    window.start_page.sample.click()
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    assert camera_of(window).source.title == "Sample clip"
    window.run_action("close")
    assert window.stack.currentWidget() is window.start_page
    assert not window.start_page.sample.isVisible()  # it stands among the recent sources now


def test_a_file_that_is_not_there_is_said_where_it_was_asked_for(window: MainWindow) -> None:
    window.opening.open_text("/nowhere/film.mp4")
    assert "does not exist" in window.start_page.error.text()
    assert window.cameras.all == []


def test_pause_has_a_button_that_tells_what_it_would_do(live: MainWindow, qtbot: QtBot) -> None:
    button = live.top_bar.buttons["pause"]
    assert button.isVisible()
    button.click()
    assert camera_of(live).paused
    assert button._icon == "play"
    live.run_action("retry")  # a picture is wanted, so it is no longer paused
    qtbot.waitUntil(lambda: camera_of(live).state.kind == "live", timeout=PATIENCE)
    qtbot.waitUntil(lambda: button._icon == "pause", timeout=PATIENCE)


def test_a_small_window_has_room_for_the_name(live: MainWindow, qtbot: QtBot) -> None:
    live.resize(live.minimumSize())
    where = camera_of(live).source.where
    camera_of(live).source = SavedSource(where, "Front door, north-eastern entrance of building 7", live=True)
    live.run_action("record")
    qtbot.waitUntil(live.top_bar.clock.isVisible, timeout=PATIENCE)
    clock = live.top_bar.clock
    qtbot.waitUntil(lambda: "00:0" in clock.text() and clock.width() >= clock.sizeHint().width(), timeout=PATIENCE)
    ends = [b.mapTo(live, b.rect().topRight()).x() for b in live.top_bar.findChildren(IconButton) if b.isVisible()]
    assert max(ends) < live.width()
    assert all(s.width() >= s.sizeHint().width() for s in live.top_bar.views.buttons.values())
    assert live.top_bar.name.mapTo(live, live.top_bar.name.rect().topRight()).x() < live.top_bar.views.x()


def test_bad_news_has_its_colour(window: MainWindow) -> None:
    for bad, role in ((False, "text"), (True, "fault"), (False, "text")):
        window.notice.show_message("what happened", is_error=bad)
        assert window.notice.label.palette().color(QPalette.ColorRole.WindowText) == theme.color(role)


def test_a_message_keeps_its_place_in_a_window_that_grows(window: MainWindow) -> None:
    window.notice.show_message("what happened")
    window.resize(1500, 900)
    assert window.stack.height() - window.notice.geometry().bottom() < 24
    assert abs(window.notice.geometry().center().x() - window.stack.rect().center().x()) <= 1
    window.display.set_fullscreen(True)
    window.notice.place()
    assert window.notice.geometry().bottom() < window.widgets.bottom_bar.y()
    window.display.set_fullscreen(False)


def test_tab_folds_the_controls_and_f6_goes_round(live: MainWindow, qtbot: QtBot) -> None:
    live.activateWindow()
    live.page.view.setFocus()
    press(qtbot, live, Qt.Key.Key_Tab)
    assert not live.inspector.isVisible()
    press(qtbot, live, Qt.Key.Key_Tab)
    assert live.inspector.isVisible()
    visited = []
    for _ in range(3):
        press(qtbot, live, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        visited.append(next(a for a in (live.stack, live.top_bar, live.inspector) if focus is not None and a.isAncestorOf(focus)))
    assert visited == [live.top_bar, live.inspector, live.stack]


def test_the_overlay_and_each_of_its_rows(live: MainWindow, qtbot: QtBot) -> None:
    live.run_action("overlay")
    names = [r.name for r in live.page.view.rows]
    assert names == ["rates", "latency", "queue", "device", "haze", "flicker", "age"]
    live.settings.put("overlay/queue", False)
    live.refresh.update()
    assert "queue" not in [r.name for r in live.page.view.rows]
    live.run_action("overlay")
    assert live.page.view.rows == []


def test_hiding_the_window_stops_the_work(live: MainWindow, qtbot: QtBot) -> None:
    live.hide()
    qtbot.waitUntil(lambda: camera_of(live).state.kind == "paused", timeout=PATIENCE)
    settle(qtbot, lambda: computed(live))
    before = computed(live)
    live.show()
    qtbot.waitUntil(lambda: computed(live) > before, timeout=PATIENCE)


def test_another_model_or_device_is_changed_over_to(live: MainWindow, qtbot: QtBot) -> None:
    live.engine_loader.offered.connect(lambda _forecast: live.engine_loader.accept())  # a busy machine may be slow
    live.inspector.engine.changed.emit(EngineOptions("field", "its", "cpu", "fp32"))

    def uses_the_other() -> bool:
        snapshot = live.display.snapshot
        return snapshot is not None and (snapshot.engine["weights"], snapshot.engine["precision"]) == ("its", "fp32")

    qtbot.waitUntil(uses_the_other, timeout=PATIENCE)
    qtbot.waitUntil(lambda: camera_of(live).state.kind == "live", timeout=PATIENCE)
    assert live.settings.engine().weights == "its"


def test_an_engine_that_cannot_be_loaded_leaves_the_present_one_at_work(live: MainWindow, qtbot: QtBot) -> None:
    live.inspector.engine.changed.emit(EngineOptions("field", "nowhere.safetensors"))
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert "nowhere" in live.notice.label.text()
    before = painted(live)
    qtbot.waitUntil(lambda: painted(live) > before, timeout=PATIENCE)
    assert live.inspector.engine.options == live.engine_loader.options == EngineOptions()


def test_the_section_speed_tells_what_was_measured_on_this_machine(live: MainWindow) -> None:
    label = live.inspector.engine.measured
    assert live.engine_loader.measured == measured_speed("field")
    assert label.isHidden() == (not live.engine_loader.measured)
    live.inspector.engine.show_measured("bf16, 2 threads: 7.0 ms a frame")
    assert label.text().endswith("bf16, 2 threads: 7.0 ms a frame")
    assert not label.isHidden()


def test_the_governors_target_reaches_every_camera(live: MainWindow) -> None:
    live.inspector.engine.target_changed.emit(QualityTarget(fps=15.0))
    session = camera_of(live).session
    assert session is not None
    assert session.target == live.settings.target() == QualityTarget(fps=15.0)


def test_haze_above_the_alarm_is_told_once(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.haze_alarm.SHORTEST", 0.3)
    messages: list[str] = []
    live.alerts.alarm.connect(lambda text, _number: messages.append(text))
    live.inspector_controller.set_adjustments(Adjustments(alarm=1))

    def haze() -> float | None:
        return live.display.snapshot.scene.haze if live.display.snapshot is not None else None

    qtbot.waitUntil(lambda: bool(messages) or haze() is not None, timeout=PATIENCE)
    if (haze() or 0.0) < 0.01:  # random weights may see no haze at all: then none may be told
        assert messages == []
        return
    qtbot.waitUntil(lambda: bool(messages), timeout=PATIENCE)
    for _ in range(3):
        live.refresh.update()
    assert len(messages) == 1
    assert "haze above 1 %" in messages[0]
    assert live.notice.label.text() == messages[0]
    assert live.status_bar.alarm.property("alarm") is True


def test_closing_leaves_nothing_behind(live: MainWindow) -> None:
    running = {t for t in threading.enumerate() if t.name.startswith("dehazer")}
    assert running
    assert live.close()
    assert_ended(set(threading.enumerate()) - running)


def test_a_camera_that_hangs_does_not_keep_the_window_open(live: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    session, go_on = camera_of(live).session, threading.Event()
    assert session is not None
    stop = session.stop
    monkeypatch.setattr(session, "stop", lambda: (go_on.wait(60), stop()))
    monkeypatch.setattr("gui.cameras.TIMEOUT", 0.1)
    assert live.close()
    assert not live.isVisible()
    assert "gui-stop" in [t.name for t in threading.enumerate()]  # closed while the camera still hangs
    go_on.set()


def test_one_camera_too_many_is_refused_in_one_sentence(window: MainWindow, clip: Path, tmp_path: Path) -> None:
    for number in range(MAX_CAMERAS + 1):
        link = tmp_path / f"{number}.mp4"
        link.symlink_to(clip)
        window.opening.open(SavedSource(str(link), live=True))
    assert len(window.cameras.all) == MAX_CAMERAS
    assert "close one" in window.notice.label.text()


def test_what_never_gave_a_picture_is_not_offered_again(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    window.opening.open(SavedSource("rtsp://127.0.0.1:9/live"))
    window.opening.open(SavedSource(str(clip)))
    qtbot.waitUntil(lambda: bool(window.settings.recent_sources()), timeout=PATIENCE)
    assert [one.where for one in window.settings.recent_sources()] == [str(clip)]


def test_a_closed_camera_is_forgotten(live: MainWindow, qtbot: QtBot) -> None:
    """It holds pictures, and the engine it ran on."""
    live.inspector_controller.set_adjustments(Adjustments(alarm=1))
    qtbot.waitUntil(lambda: live.alerts.alarmed(camera_of(live)), timeout=PATIENCE)
    gone = weakref.ref(camera_of(live))
    live.run_action("close")  # saves its thumbnail
    assert any(live.thumbnails._store.folder.iterdir())

    def forgotten() -> bool:
        gc.unfreeze()
        gc.collect()
        return gone() is None

    qtbot.waitUntil(forgotten, timeout=20_000)
