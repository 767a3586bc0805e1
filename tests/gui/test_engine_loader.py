"""The engine that all cameras share: the one chosen last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dehazer.config import EngineOptions
from gui.main_window import MainWindow
from gui.services.background import Background
from gui.services.engine_loader import EngineLoader, Forecast, PictureRate
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
    assert background.close(20.0)


PICTURE = PictureRate(1280, 720, 25.0)


@pytest.fixture
def timed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[EngineLoader]:
    """A loader whose engines take no time to load; "student" gives 0.1 fps, all others 60."""
    def load(loader: Any, options: EngineOptions) -> Any:
        engine = Loaded(options.model)
        loader._open.append(engine)
        return engine, (), ""

    monkeypatch.setattr(EngineLoader, "_load", load)
    monkeypatch.setattr(EngineLoader, "_timed", lambda _self, engine, _picture: 0.1 if engine.name == "student" else 60.0)
    background = Background()
    loader = EngineLoader(background, EngineOptions())
    loader.load(EngineOptions("field"))
    qtbot.waitUntil(lambda: loader.engine is not None, timeout=PATIENCE)
    yield loader
    assert background.close(20.0)


def offer_of(loader: EngineLoader, qtbot: QtBot) -> Forecast:
    """What is offered when the slow network is chosen."""
    with qtbot.waitSignal(loader.offered, timeout=PATIENCE) as offered:
        loader.load(EngineOptions("student"), PICTURE)
    assert offered.args is not None
    forecast = offered.args[0]
    assert isinstance(forecast, Forecast)
    return forecast


def test_a_slow_engine_is_offered_with_what_it_will_give_before_it_takes_over(timed: EngineLoader, qtbot: QtBot) -> None:
    forecast = offer_of(timed, qtbot)
    assert (forecast.options.model, forecast.fps, forecast.rate) == ("student", 0.1, 25.0)
    assert timed.options.model == "field"
    timed.accept()
    assert timed.options.model == "student"


def test_who_declines_stays_with_the_engine_in_use(timed: EngineLoader, qtbot: QtBot) -> None:
    offer_of(timed, qtbot)
    timed.cancel()
    qtbot.waitUntil(lambda: len(timed._open) == 1, timeout=PATIENCE)
    timed.accept()  # there is nothing to accept any more
    assert timed.options.model == "field"


def test_a_quick_engine_takes_over_and_a_cancelled_one_never_does(timed: EngineLoader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timed.loaded, timeout=PATIENCE):
        timed.load(EngineOptions("kddn"), PICTURE)
    assert timed.options.model == "kddn"
    with qtbot.waitSignal(timed.loaded, timeout=PATIENCE):
        timed.load(EngineOptions("field"), PICTURE)
        timed.cancel()
    assert timed.options.model == "kddn"
    qtbot.waitUntil(lambda: len(timed._open) == 1, timeout=PATIENCE)


def test_the_controls_say_what_is_loaded_and_what_it_will_give(live: MainWindow, qtbot: QtBot,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EngineLoader, "_timed", lambda *_: 0.1)
    qtbot.waitUntil(lambda: bool(live.display.snapshot and live.display.snapshot.scene.width), timeout=PATIENCE)
    offer = live.inspector.offer
    assert offer.isHidden()
    live.inspector.engine.changed.emit(EngineOptions("field", "its", "cpu", "fp32"))
    assert offer.isVisible()
    assert "Loading" in offer.label.text()
    qtbot.waitUntil(offer.accept.isVisible, timeout=PATIENCE)
    assert offer.label.text() == "field: about 0.1 fps on this machine; the camera sends 25."
    offer.cancel.click()
    assert offer.isHidden()
    assert live.engine_loader.options.weights != "its"


def test_cancelling_another_choice_while_the_first_network_loads_keeps_the_first(qtbot: QtBot,
                                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    may_go = threading.Event()

    def load(loader: Any, options: EngineOptions) -> Any:
        assert may_go.wait(60)
        engine = Loaded(options.model)
        loader._open.append(engine)
        return engine, (), ""

    monkeypatch.setattr(EngineLoader, "_load", load)
    background = Background()
    loader = EngineLoader(background, EngineOptions())
    loader.load(EngineOptions("field"))
    loader.load(EngineOptions("kddn"))
    loader.cancel()
    may_go.set()
    qtbot.waitUntil(lambda: not loader.loading and len(loader._open) == 1, timeout=PATIENCE)
    assert loader.options.model == "field"
    assert loader.engine is not None
    assert background.close(20.0)


@pytest.mark.parametrize("picture", [None, PICTURE])
def test_cancelling_the_second_choice_keeps_it_where_the_first_network_could_not_be_loaded(
        qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, picture: PictureRate | None) -> None:
    may_go = threading.Event()

    def load(loader: Any, options: EngineOptions) -> Any:
        if options.model == "broken":
            raise OSError("there is no such file")
        assert may_go.wait(60)
        engine = Loaded(options.model)
        loader._open.append(engine)
        return engine, (), ""

    monkeypatch.setattr(EngineLoader, "_load", load)
    monkeypatch.setattr(EngineLoader, "_timed", lambda *_: 0.1)
    background = Background()
    loader = EngineLoader(background, EngineOptions())
    with qtbot.waitSignal(loader.failed, timeout=PATIENCE):
        loader.load(EngineOptions("broken"))
        loader.load(EngineOptions("kddn"), picture)
    loader.cancel()
    may_go.set()
    qtbot.waitUntil(lambda: not loader.loading, timeout=PATIENCE)
    assert loader.options.model == "kddn"
    assert loader.engine is not None
    assert background.close(20.0)
