"""Everything can be reached without a mouse, and says what it is."""

from __future__ import annotations

from collections import Counter

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui.actions import ACTIONS
from gui.dialogs.keys import KeysDialog
from gui.main_window import MainWindow
from gui.view.images import PICTURES
from gui.view.modes import DEFAULT_VIEW, VIEW_MODES
from tests.gui.conftest import PATIENCE

KINDS = (QAbstractButton, QSlider, QComboBox, QLineEdit)


WITH_KEY = [action for action in ACTIONS.values() if action.keys]


def test_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for action in WITH_KEY for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_key_of_every_action_is_a_shortcut(window: MainWindow) -> None:
    shortcuts = {s.key().toString() for s in window.findChildren(QShortcut)}
    assert {QKeySequence(key).toString() for action in WITH_KEY if action.name != "peek" for key in action.keys} <= shortcuts


def test_only_actions_behind_buttons_and_menus_have_no_key() -> None:
    assert set(ACTIONS) - {action.name for action in WITH_KEY} == {
        "report", "password", "change", "details", "cpu", "alarm_sound", "publish", "virtual_camera"}


def test_actions_without_a_picture_do_no_harm(window: MainWindow) -> None:
    for name in set(ACTIONS) - {"quit", "open", "open_folder", "keys", "cpu"}:  # these ask, or need more than a click
        window.run_action(name)
    assert window.error_reporter.dialog is None
    window.display.set_fullscreen(False)


def test_the_key_list_names_every_action_that_has_a_key(window: MainWindow, qtbot: QtBot) -> None:
    dialog = KeysDialog(ACTIONS.values(), window)
    qtbot.addWidget(dialog)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {action.text for action in WITH_KEY} | {action.group_text for action in WITH_KEY} <= texts
    assert dialog.sizeHint().height() <= 700  # fits a small screen


def test_every_view_mode_is_an_action_a_button_and_a_choice_of_the_command_line(window: MainWindow) -> None:
    assert [name for name in ACTIONS if name in VIEW_MODES] == list(VIEW_MODES) == list(window.top_bar.views.buttons)
    assert {picture for mode in VIEW_MODES.values() for picture in mode.pictures} <= set(PICTURES)
    assert DEFAULT_VIEW in VIEW_MODES


def test_question_mark_opens_the_list(live: MainWindow, qtbot: QtBot) -> None:
    live.page.view.setFocus()
    qtbot.keyClick(live.page.view, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in live.findChildren(KeysDialog)), timeout=PATIENCE)


def interactive(root: QWidget) -> list[QWidget]:
    found = [w for kind in KINDS for w in root.findChildren(kind) if w.isVisible() and w.isEnabled()]
    return [w for w in found if w.focusPolicy() != Qt.FocusPolicy.NoFocus]


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def test_whatever_takes_the_keyboard_has_a_name(live: MainWindow) -> None:
    rows = live.inspector
    for section in (rows.engine.model, rows.engine.speed, *rows.thresholds.values(), rows.alarm, rows.record):
        section.set_open(True)
    widgets = interactive(live)
    assert len(widgets) > 20
    assert [repr(w) for w in widgets if not name_of(w)] == []


@pytest.mark.parametrize("kind", ["camera", "url", "file"])
def test_the_source_dialog_has_names_and_an_order(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    window.opening.show_dialog(kind=kind)
    dialog = window.opening.dialog
    assert dialog is not None
    assert [repr(w) for w in interactive(dialog) if not name_of(w) and w is not dialog.name] == []
    dialog.close()


def test_icon_buttons_tell_their_key(live: MainWindow) -> None:
    for name, button in live.top_bar.buttons.items():
        assert ACTIONS[name].key in button.toolTip()


def test_tab_goes_through_the_controls_from_top_to_bottom(live: MainWindow, qtbot: QtBot) -> None:
    order: list[QWidget] = []
    live.inspector.sliders["strength"].slider.setFocus()
    widget: QWidget | None = live.inspector.sliders["strength"].slider
    while widget is not None and widget not in order:
        order.append(widget)
        widget = widget.nextInFocusChain()
    rows = live.inspector
    requested = [*(row.slider for row in rows.sliders.values()), rows.engine.model.heading, rows.engine.speed.heading,
                 *(section.heading for section in rows.thresholds.values()), rows.alarm.heading, rows.record.heading,
                 rows.presets.box]
    places = [order.index(w) for w in requested]
    assert places == sorted(places)


def test_space_presses_a_button_and_does_not_pause(live: MainWindow, qtbot: QtBot) -> None:
    switch = live.inspector.alarm.switch
    live.inspector.alarm.set_open(True)
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert live.cameras.current is not None
    assert not live.cameras.current.paused
    live.page.view.setFocus()
    qtbot.keyClick(live.page.view, Qt.Key.Key_Space)
    assert live.cameras.current.paused
