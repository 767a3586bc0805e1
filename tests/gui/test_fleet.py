"""The engine the cameras share: the one chosen last."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dehazer.config import EngineOptions
from gui.background import Background
from gui.fleet import Fleet
from tests.gui.conftest import PATIENCE


class Loaded:
    """An engine that is there, as far as the fleet looks at it."""

    def __init__(self, name: str) -> None:
        self.name, self.closed = name, False

    def close(self) -> None:
        self.closed = True


def test_the_last_choice_counts_however_long_an_earlier_one_takes_to_load(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go, engines = {name: threading.Event() for name in ("slow", "quick")}, {n: Loaded(n) for n in ("slow", "quick")}

    def load(fleet: Any, options: EngineOptions) -> Any:
        fleet._loaded.append(engines[options.model])
        assert may_go[options.model].wait(60)
        return engines[options.model], ()

    monkeypatch.setattr(Fleet, "_load", load)
    background = Background()
    fleet = Fleet(background)
    told: list[str] = []
    fleet.engine_changed.connect(lambda: told.append(fleet.options.model))
    for name in ("slow", "quick"):
        fleet.load(EngineOptions(name))
    may_go["quick"].set()
    qtbot.waitUntil(lambda: told == ["quick"], timeout=PATIENCE)
    assert fleet.loading
    may_go["slow"].set()
    qtbot.waitUntil(lambda: not fleet.loading, timeout=PATIENCE)
    qtbot.waitUntil(lambda: engines["slow"].closed, timeout=20_000)
    assert fleet.engine is engines["quick"]
    assert not engines["quick"].closed
    assert told == ["quick", "quick"]  # those who wait for the end of loading hear of it
    assert background.close()
