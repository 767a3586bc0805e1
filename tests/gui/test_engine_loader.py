"""The engine that all cameras share: the one chosen last."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dehazer.config import EngineOptions
from gui.services.background import Background
from gui.services.engine_loader import EngineLoader
from tests.gui.conftest import PATIENCE


class Loaded:
    """A loaded engine, as far as the loader uses it."""

    def __init__(self, name: str) -> None:
        self.name, self.closed = name, False

    def close(self) -> None:
        self.closed = True


def test_the_last_choice_counts_however_long_an_earlier_one_takes_to_load(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go, engines = {name: threading.Event() for name in ("slow", "quick")}, {n: Loaded(n) for n in ("slow", "quick")}

    def load(loader: Any, options: EngineOptions) -> Any:
        loader._open.append(engines[options.model])
        assert may_go[options.model].wait(60)
        return engines[options.model], (), ""

    monkeypatch.setattr(EngineLoader, "_load", load)
    background = Background()
    loader = EngineLoader(background, EngineOptions())
    changed: list[str] = []
    loaded: list[str] = []
    loader.changed.connect(lambda: changed.append(loader.options.model))
    loader.loaded.connect(lambda: loaded.append(loader.options.model))
    for name in ("slow", "quick"):
        loader.load(EngineOptions(name))
    may_go["quick"].set()
    qtbot.waitUntil(lambda: loaded == ["quick"], timeout=PATIENCE)
    assert loader.loading
    may_go["slow"].set()
    qtbot.waitUntil(lambda: not loader.loading, timeout=PATIENCE)
    qtbot.waitUntil(lambda: engines["slow"].closed, timeout=PATIENCE)
    assert loader.engine is engines["quick"]
    assert not engines["quick"].closed
    assert changed == ["quick"]
    assert loaded == ["quick", "quick"]  # those who wait for the end of loading are told, too
    assert background.close()
