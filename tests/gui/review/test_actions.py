"""The commands of the review room: one list, no key twice, mpv's keys as promised."""

from __future__ import annotations

from collections import Counter

import pytest
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.dialogs.keys import KeysDialog
from gui.review.actions import COLUMNS, REVIEW_ACTIONS
from gui.svg_icon import ICONS
from gui.view.modes import VIEW_MODES

MPV = {"Space": "pause", ".": "step", ",": "step_back", "Right": "forward", "Left": "backward", "Up": "forward_far",
       "Down": "backward_far", "]": "faster", "[": "slower", "Backspace": "normal_speed", "L": "loop", "S": "snapshot",
       "F": "fullscreen", "I": "overlay", "?": "keys", "B": "bookmark", "\\": "peek"}


@pytest.mark.parametrize(("key", "name"), list(MPV.items()))
def test_keys_are_those_of_mpv(key: str, name: str) -> None:
    assert key in REVIEW_ACTIONS[name].keys


def test_no_key_means_two_things_and_every_action_has_one() -> None:
    keys = Counter(QKeySequence(key).toString() for action in REVIEW_ACTIONS.values() for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert [action.name for action in REVIEW_ACTIONS.values() if not action.keys] == []


def test_every_view_mode_is_an_action_and_every_icon_is_there() -> None:
    assert [name for name in REVIEW_ACTIONS if name in VIEW_MODES] == list(VIEW_MODES)
    assert {action.icon for action in REVIEW_ACTIONS.values() if action.icon} <= {path.stem for path in ICONS.glob("*.svg")}


def test_the_key_list_names_every_action_and_fits_a_small_screen(qtbot: QtBot, themed_app: QApplication) -> None:
    dialog = KeysDialog(REVIEW_ACTIONS.values(), groups=COLUMNS)
    qtbot.addWidget(dialog)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {action.text for action in REVIEW_ACTIONS.values()} <= texts
    assert dialog.sizeHint().height() <= 720
    assert dialog.sizeHint().width() <= 1280
