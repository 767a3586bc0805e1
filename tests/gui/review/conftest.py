"""The whole review room over real recordings of two cameras, with random weights, everything it writes in a folder of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dehazer import EngineOptions
from gui.review.window import ReviewWindow
from gui.services.background import Background
from gui.services.engine_loader import EngineLoader
from gui.services.settings import Settings
from tests.gui.conftest import PATIENCE, assert_ended
from tests.media import Film, Sound, write_film

FRAMES = 50
"""Of every recording, at 25 a second."""
NAMES = ("Gate_20260323080000.mp4", "Gate_20260323080004.mp4", "Ramp_20260323080000.mp4")
"""Gate has a gap from 08:00:02 to 08:00:04; times are UTC."""


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of recordings, to be read only."""
    folder = tmp_path_factory.mktemp("recordings")
    for name in NAMES:
        write_film(folder / name, Film(width=192, height=128, frames=FRAMES, sounds=(Sound(seconds=2.0),),
                                       options={"g": "10", "bf": "2"}))
    return folder


MakeRoom = Callable[..., ReviewWindow]


@pytest.fixture
def make_room(qtbot: QtBot, themed_app: QApplication, settings: Settings, tmp_path: Path,
              random_weights: Path, collection: None) -> Iterator[MakeRoom]:
    """Opens the room on folders; afterwards no thread of it may be left."""
    before = set(threading.enumerate())
    background = Background()
    loader = EngineLoader(background, EngineOptions())
    settings.put("review/zone", "UTC")
    settings.put("review/folder", str(tmp_path / "exports"))
    (tmp_path / "exports").mkdir()
    windows: list[ReviewWindow] = []

    def make(*paths: Path) -> ReviewWindow:
        window = ReviewWindow(settings, loader, background)
        qtbot.addWidget(window, before_close_func=ReviewWindow.close_without_asking)
        windows.append(window)
        window.open(paths)
        window.resize(1280, 800)
        window.show()
        return window

    loader.load(loader.options)
    yield make
    for window in windows:
        window.close_without_asking()
    for close in loader.shut_down():
        close()
    background.close()
    assert_ended(before)


@pytest.fixture
def room(make_room: MakeRoom, recordings: Path, qtbot: QtBot) -> ReviewWindow:
    """The room with the first picture of the first camera in it."""
    made = make_room(recordings)
    qtbot.waitUntil(lambda: made.playback.frame is not None and made.exports.queue is not None, timeout=PATIENCE)
    return made


def number(room: ReviewWindow) -> int | None:
    """Number of the frame of the current camera that is seen."""
    frame = room.playback.frame
    return frame.number if frame is not None and frame.exact else None


def at_rest(room: ReviewWindow, text: str) -> Callable[[], bool]:
    """Whether the exact picture of a time, as it is shown, is seen."""
    return lambda: room.panes.pane is not None and room.panes.pane.clock == text and room.transport.clock.text().endswith(text)
