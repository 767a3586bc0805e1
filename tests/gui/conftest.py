"""A window of the real program without a screen, with random weights, and everything it wrote in a folder of its own."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PyQt6.QtCore import QLocale
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.camera import Camera
from gui.languages import LANGUAGES
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.garbage_collection import GarbageCollection
from gui.services.settings import Settings
from gui.services.thumbnails import ThumbnailStore
from gui.theme import theme
from gui.translation import install
from tests.media import Film, write_film

PATIENCE = 120_000
"""Milliseconds; generous, because other tests may share the machine. Nothing waits for as long when all is well."""


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of a moving gradient, 192×128, 25 per second."""
    return write_film(tmp_path_factory.mktemp("clips") / "clip.mp4", Film(width=192, height=128, frames=50))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "settings.ini")
    made.put("record/folder", str(tmp_path / "records"))
    return made


@pytest.fixture
def themed_app(qapp: QApplication) -> QApplication:
    """The application with its theme on."""
    theme.start("dark")
    return qapp


@pytest.fixture(params=[*LANGUAGES])
def language(request: pytest.FixtureRequest, themed_app: QApplication) -> Iterator[str]:
    """Every language of the windows in turn."""
    QLocale.setDefault(QLocale(request.param))
    translators = install(themed_app, request.param)
    yield request.param
    for translator in translators:
        themed_app.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


@pytest.fixture
def collection(qapp: QApplication) -> Iterator[None]:
    """Circles of Python objects are collected as in the program. First those of the test before, windows among them."""
    gc.collect()
    made = GarbageCollection()
    yield
    made.stop()


@pytest.fixture
def make_window(qtbot: QtBot, themed_app: QApplication, settings: Settings, tmp_path: Path,
                random_weights: Path, collection: None) -> Iterator[Callable[[], MainWindow]]:
    """Makes shown windows with their engine loading; afterwards no thread of theirs may be left."""
    before = set(threading.enumerate())
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(settings, ThumbnailStore(tmp_path / "thumbnails"))
        qtbot.addWidget(window, before_close_func=MainWindow.close_without_asking)  # a failed test must not end in a question
        windows.append(window)
        window.load()
        window.show()
        return window

    yield make
    for window in windows:
        window.close_without_asking()
    assert_ended(before)


@pytest.fixture
def window(make_window: Callable[[], MainWindow], qtbot: QtBot) -> MainWindow:
    """A window whose engine is there."""
    made = make_window()
    qtbot.waitUntil(lambda: made.engine_loader.engine is not None, timeout=PATIENCE)
    return made


@pytest.fixture
def live(window: MainWindow, clip: Path, qtbot: QtBot) -> MainWindow:
    """A window with the clip played live in it, painting."""
    window.opening.open(SavedSource(str(clip), live=True, loop=True))
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    return window


def camera_of(window: MainWindow) -> Camera:
    """The camera in view."""
    assert window.cameras.current is not None
    return window.cameras.current


def painted(window: MainWindow) -> int:
    """Pictures of the camera in view that were painted so far."""
    snapshot = camera_of(window).snapshot()
    return snapshot.flow.painted if snapshot is not None else 0


def settle(qtbot: QtBot, value: Callable[[], object], seconds: float = 0.4) -> None:
    """Wait until a value has not changed for a while."""
    seen: list[Any] = [value(), time.monotonic()]

    def still() -> bool:
        if value() != seen[0]:
            seen[:] = value(), time.monotonic()
        return bool(time.monotonic() - seen[1] >= seconds)

    qtbot.waitUntil(still, timeout=PATIENCE)


def ours(thread: threading.Thread) -> bool:
    """Whether a thread belongs to the program (and not to a library's pool)."""
    return thread.name.startswith(("dehazer", "gui"))


def assert_ended(before: set[threading.Thread], within: float = 20.0) -> None:
    """No thread of the program may be left but those of before."""
    limit = time.monotonic() + within
    left = [t for t in threading.enumerate() if t not in before and ours(t)]
    for thread in left:
        thread.join(max(0.0, limit - time.monotonic()))
    names = [t.name for t in left if t.is_alive() and t.name != "dehazer-lookup"]
    assert not names, f"threads left behind: {names}"
