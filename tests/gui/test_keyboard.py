"""Everything can be reached without a mouse, and says what it is."""

from __future__ import annotations

from collections import Counter

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui.commands import COMMANDS, groups
from gui.dialogs.keys import KeysDialog
from gui.main_window import MainWindow
from tests.gui.conftest import PATIENCE

KINDS = (QAbstractButton, QSlider, QComboBox, QLineEdit)


def test_no_key_means_two_things() -> None:
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS.values() for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_command_has_a_key_and_does_something(window: MainWindow) -> None:
    assert all(command.keys for command in COMMANDS.values())
    assert set(COMMANDS) - {"peek"} <= set(window.acts._table)
    bound = {s.key().toString() for s in window.findChildren(QShortcut)}
    wanted = {QKeySequence(k).toString() for c in COMMANDS.values() if c.name != "peek" for k in c.keys}
    assert wanted <= bound


def test_commands_without_a_picture_do_no_harm(window: MainWindow) -> None:
    for name in set(COMMANDS) - {"quit", "open", "keys", "peek"}:
        window.do(name)
    assert window.mishaps.dialog is None
    window.immerse(False)


def test_the_key_list_names_every_command(window: MainWindow, qtbot: QtBot) -> None:
    dialog = KeysDialog(window)
    qtbot.addWidget(dialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {c.text for c in COMMANDS.values()} <= words
    assert set(groups()) <= words
    assert dialog.sizeHint().height() <= 700  # fits a small screen


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
    for fold in (live.inspector.engine.model, live.inspector.engine.speed, live.inspector.bypass, live.inspector.alarm,
                 live.inspector.record):
        fold.set_open(True)
    widgets = interactive(live)
    assert len(widgets) > 20
    assert [repr(w) for w in widgets if not name_of(w)] == []


@pytest.mark.parametrize("kind", ["camera", "url", "file"])
def test_the_source_dialog_has_names_and_an_order(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    window.opening.ask(kind=kind)
    dialog = window.opening.dialog
    assert dialog is not None
    assert [repr(w) for w in interactive(dialog) if not name_of(w) and w is not dialog.name] == []
    dialog.close()


def test_icon_buttons_tell_their_key(live: MainWindow) -> None:
    for name, button in live.bar.buttons.items():
        assert COMMANDS[name].key in button.toolTip()


def test_tab_goes_through_the_controls_from_top_to_bottom(live: MainWindow, qtbot: QtBot) -> None:
    order: list[QWidget] = []
    live.inspector.strength.slider.setFocus()
    widget: QWidget | None = live.inspector.strength.slider
    while widget is not None and widget not in order:
        order.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [live.inspector.strength.slider, live.inspector.smoothing.slider, live.inspector.engine.model.heading,
              live.inspector.engine.speed.heading, live.inspector.bypass.heading, live.inspector.alarm.heading,
              live.inspector.record.heading, live.inspector.presets.box]
    places = [order.index(w) for w in wanted]
    assert places == sorted(places)


def test_space_presses_a_button_and_does_not_pause(live: MainWindow, qtbot: QtBot) -> None:
    switch = live.inspector.alarm.switch
    live.inspector.alarm.set_open(True)
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert live.fleet.current is not None
    assert not live.fleet.current.paused
    live.page.view.setFocus()
    qtbot.keyClick(live.page.view, Qt.Key.Key_Space)
    assert live.fleet.current.paused
