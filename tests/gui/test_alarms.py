"""Haze alarms: hysteresis, shortest duration, events with acknowledgement, a message that goes with the haze."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.alerts import Alerts
from gui.camera import Camera
from gui.dialogs.alarm_events import AlarmEventsDialog
from gui.haze_alarm import HYSTERESIS, KEPT, SHORTEST, AlarmLog, HazeAlarm
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from tests.gui.conftest import PATIENCE, camera_of
from tests.gui.moments import snapshot


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def passed(alarm: HazeAlarm, clock: Clock, haze: float, seconds: float, limit: float = 40.0) -> list[str]:
    """What changed while the haze stayed the same for so long, read four times a second."""
    found = []
    for _ in range(round(seconds * 4) + 1):
        found.append(alarm.update(haze, limit))
        clock.now += 0.25
    return [change for change in found if change]


def test_one_hazy_picture_is_no_alarm() -> None:
    clock = Clock()
    alarm = HazeAlarm(clock)
    assert passed(alarm, clock, 60, SHORTEST - 0.5) == []
    assert passed(alarm, clock, 10, 1) == []
    assert passed(alarm, clock, 60, SHORTEST - 0.5) == []
    assert passed(alarm, clock, 60, SHORTEST) == ["began"]
    assert passed(alarm, clock, 60, 60) == []


def test_an_alarm_ends_well_below_its_limit_and_not_at_once() -> None:
    clock = Clock()
    alarm = HazeAlarm(clock)
    passed(alarm, clock, 60, SHORTEST + 1)
    assert passed(alarm, clock, 40 * HYSTERESIS + 1, 60) == []
    assert passed(alarm, clock, 10, SHORTEST - 0.5) == []
    assert passed(alarm, clock, 10, 1) == ["ended"]


def test_no_picture_changes_nothing_and_limit_zero_ends_it() -> None:
    clock = Clock()
    alarm = HazeAlarm(clock)
    passed(alarm, clock, 60, SHORTEST + 1)
    for _ in range(100):
        clock.now += 1
        assert alarm.update(None, 40) is None
    assert alarm.active
    assert alarm.update(60, 0) == "ended"
    assert alarm.update(60, 0) is None


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.05, 5.0)), max_size=60))
def test_changes_alternate_and_are_never_closer_than_the_shortest(readings: list[tuple[float, float]]) -> None:
    clock = Clock()
    alarm, changes = HazeAlarm(clock), []
    for haze, seconds in readings:
        if (change := alarm.update(haze, 40.0)) is not None:
            changes.append((change, clock.now))
        clock.now += seconds
    assert [c for c, _ in changes] == ["began" if i % 2 == 0 else "ended" for i in range(len(changes))]
    assert all(later - earlier >= SHORTEST for (_, earlier), (_, later) in pairwise(changes))


def test_the_log_keeps_peak_end_and_acknowledgement() -> None:
    log, seen = AlarmLog(), []
    log.changed.connect(lambda: seen.append(log.events))
    first, second = log.begin("gate", 50, 40), log.begin("yard", 45, 40)
    log.see(first, 70)
    log.see(first, 60)
    log.end(first)
    log.end(first)
    log.acknowledge(second)
    gate, yard = log.events
    assert (gate.peak, gate.ended is None, gate.acknowledged) == (70, False, False)
    assert (yard.peak, yard.ended, yard.acknowledged) == (45, None, True)
    assert [e.camera for e in log.waiting] == ["gate"]
    assert len(seen) == 5  # two began, one peak, one end, one acknowledgement
    log.acknowledge()
    assert log.waiting == ()


def test_the_log_is_limited() -> None:
    log = AlarmLog()
    for _ in range(KEPT + 5):
        log.begin("gate", 50, 40)
    assert [log.events[0].number, log.events[-1].number, len(log.events)] == [6, KEPT + 5, KEPT]


def test_a_closed_camera_has_no_alarm_any_more(themed_app: QApplication) -> None:
    clock, quiet = Clock(), []
    alerts = Alerts(clock=clock)
    alerts.quiet.connect(quiet.append)
    camera = Camera(SavedSource("rtsp://127.0.0.1:9/live", "gate"), None, Adjustments(alarm=40))
    for clock.now in (0.0, SHORTEST):
        alerts.check(camera, snapshot(haze=0.7))
    assert alerts.alarmed(camera)
    alerts.forget(camera)
    assert not alerts.alarmed(camera)
    assert quiet == [1]
    assert alerts.log.events[0].ended is not None


@pytest.fixture
def hazy(live: MainWindow, qtbot: QtBot) -> Callable[[float], None]:
    """Lets the alerts of a window see some haze for long enough, whatever its camera shows."""
    live.refresh.stop()
    clock = live.alerts._clock = Clock()
    live.alerts._watched.clear()
    camera_of(live).set_adjustments(Adjustments(alarm=40))
    qtbot.waitUntil(lambda: live.page.view.pair is not None, timeout=PATIENCE)

    def see(haze: float) -> None:
        for _ in range(2):
            clock.now += SHORTEST
            live.alerts.check(camera_of(live), snapshot(haze=haze))

    return see


def test_the_message_stays_until_the_haze_goes(live: MainWindow, qtbot: QtBot, hazy: Callable[[float], None]) -> None:
    hazy(0.7)
    assert live.notice.isVisible()
    assert "haze above 40 %" in live.notice.label.text()
    assert not live.notice._timer.isActive()
    hazy(0.1)
    assert live.notice.isHidden()
    event = live.alerts.log.events[0]
    assert event.picture is not None
    assert event.peak == pytest.approx(70)


def test_the_message_is_acknowledged_by_its_button(live: MainWindow, qtbot: QtBot, hazy: Callable[[float], None]) -> None:
    hazy(0.7)
    qtbot.mouseClick(live.notice.button, Qt.MouseButton.LeftButton)
    assert live.notice.isHidden()
    assert live.alerts.log.waiting == ()
    hazy(0.8)
    assert live.notice.isHidden()  # it is the same haze
    hazy(0.1)
    hazy(0.8)
    assert live.notice.isVisible()


def test_another_message_is_not_hidden_by_the_end_of_an_alarm(live: MainWindow, hazy: Callable[[float], None]) -> None:
    hazy(0.7)
    live.messages.show("Recorded: gate.mkv", False)
    hazy(0.1)
    assert live.notice.isVisible()
    assert live.notice.label.text() == "Recorded: gate.mkv"


def test_the_list_of_events_follows_and_acknowledges(live: MainWindow, qtbot: QtBot, hazy: Callable[[float], None]) -> None:
    live.run_action("alarms")
    dialog = live.alarms._dialog
    assert isinstance(dialog, AlarmEventsDialog)
    assert dialog.empty.isVisible()
    for haze in (0.7, 0.1, 0.6):
        hazy(haze)
    assert dialog.list.count() == 2
    assert dialog.empty.isHidden()
    newest, oldest = dialog.list.item(0), dialog.list.item(1)
    assert newest is not None
    assert oldest is not None
    assert "lasts" in newest.text()
    assert "haze up to 70 %, limit 40 %" in oldest.text()
    assert not dialog.one.isEnabled()
    assert "Choose an alarm" in dialog.one.toolTip()
    dialog.list.setCurrentRow(1)
    qtbot.mouseClick(dialog.one, Qt.MouseButton.LeftButton)
    assert [e.acknowledged for e in live.alerts.log.events] == [True, False]
    qtbot.mouseClick(dialog.every, Qt.MouseButton.LeftButton)
    assert not dialog.every.isVisible()


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_the_empty_list_of_events_can_only_be_closed(themed_app: QApplication, qtbot: QtBot, how: str) -> None:
    dialog = AlarmEventsDialog(AlarmLog())
    qtbot.addWidget(dialog)
    dialog.show()
    assert [button.text() for button in dialog.findChildren(QPushButton) if button.isVisible()] == ["Close"]
    if how == "button":
        dialog.close_button.click()
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_long_name_in_the_list_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    log = AlarmLog()
    log.begin("Harbour crane 4, looking over the basin to the west, second camera from the left", 62.0, 40.0)
    dialog = AlarmEventsDialog(log)
    qtbot.addWidget(dialog)
    dialog.show()
    item, view = dialog.list.item(0), dialog.list.viewport()
    assert item is not None
    assert view is not None
    assert dialog.list.visualItemRect(item).width() <= view.width()


def test_the_sound_is_off_until_it_is_switched_on(live: MainWindow, hazy: Callable[[float], None],
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    hazy(0.7)
    hazy(0.1)
    live.run_action("alarm_sound")
    hazy(0.7)
    assert len(beeps) == 1
    assert live.settings.flag("alarm/sound", False)


def test_no_message_covers_the_seek_bar(window: MainWindow, clip: object, qtbot: QtBot) -> None:
    window.opening.open(SavedSource(str(clip)))
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    window.notice.show_message("Saved", is_error=False)
    bar = window.page.seek_bar
    assert bar.isVisible()
    assert window.notice.geometry().bottom() < bar.mapTo(window.stack, bar.rect().topLeft()).y()
