"""Sound: asked for, fed from the core in play, and a sentence where this computer has no device."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.review.audio_device import AudioDevice
from gui.review.window import ReviewWindow
from tests.gui.conftest import PATIENCE


def test_without_a_device_there_is_a_sentence_and_the_pictures_go_on(room: ReviewWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AudioDevice, "open", lambda *_: False)
    room.run_action("sound")
    assert "no device for sound" in room.widgets.notice.label.text()
    assert not room.sound.on


class Speakers:
    """Takes what a device would."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []


def test_what_is_played_is_heard(room: ReviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    speakers = Speakers()
    monkeypatch.setattr(AudioDevice, "open", lambda *_: True)
    monkeypatch.setattr(AudioDevice, "room", property(lambda _self: 4 * 960))
    monkeypatch.setattr(AudioDevice, "write", lambda _self, samples: speakers.heard.append(samples) or len(samples))
    room.run_action("sound")
    assert room.sound.on
    room.run_action("loop")
    room.run_action("pause")
    qtbot.waitUntil(lambda: any(np.frombuffer(block, np.int16).any() for block in speakers.heard), timeout=PATIENCE)
    room.run_action("sound")
    assert not room.sound.on
    heard = len(speakers.heard)
    qtbot.wait(100)
    assert len(speakers.heard) == heard
