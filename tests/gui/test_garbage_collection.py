"""Python's garbage collection happens in the main thread alone, between two events."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.services import garbage_collection
from gui.services.garbage_collection import GarbageCollection
from tests.gui.conftest import PATIENCE


class Circle:
    """Refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collecting(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollection]:
    monkeypatch.setattr(garbage_collection, "INTERVAL", 20)
    made = GarbageCollection()
    yield made
    made.stop()


def test_circles_are_freed_in_the_main_thread(collecting: GarbageCollection, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    circle = Circle()
    weakref.finalize(circle, lambda: threads.append(threading.current_thread()))
    del circle
    assert not threads
    qtbot.waitUntil(lambda: bool(threads), timeout=PATIENCE)
    assert threads == [threading.main_thread()]


def test_other_threads_collect_nothing_however_much_they_make(collecting: GarbageCollection) -> None:
    ended = weakref.ref(Circle())
    thread = threading.Thread(target=lambda: [Circle() for _ in range(50_000)])
    thread.start()
    thread.join()
    assert ended() is not None


def test_what_was_there_at_the_beginning_is_freed_as_well(qapp: QApplication, qtbot: QtBot,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage_collection, "INTERVAL", 20)
    monkeypatch.setattr(garbage_collection, "WHOLE", 0.2)
    ended = weakref.ref(circle := Circle())
    made = GarbageCollection()
    del circle
    qtbot.waitUntil(lambda: ended() is None, timeout=PATIENCE)
    made.stop()
    assert gc.isenabled()


def test_a_window_works_with_it(window: MainWindow) -> None:
    assert not gc.isenabled()
