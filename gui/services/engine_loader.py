"""The engine that all cameras share: loaded in the background, replaced when the user chooses another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import EngineOptions
from gui.services.background import Background

if TYPE_CHECKING:
    from dehazer import SharedEngine

Devices = tuple[tuple[str, str], ...]
"""Accelerators as (name for the core, name for people)."""


ENOUGH = 0.8
"""Share of the rate of a camera below which an engine is called slow."""


@dataclass(frozen=True)
class PictureRate:
    """What an engine is to compute. rate: frames per second."""

    width: int
    height: int
    rate: float


@dataclass(frozen=True)
class Forecast:
    """What was timed. options: of the engine. fps: frames per second it will give, about. rate: how many come."""

    options: EngineOptions
    fps: float
    rate: float

    @property
    def is_slow(self) -> bool:
        """Whether pictures would be left out."""
        return self.fps < ENOUGH * self.rate


@dataclass(frozen=True)
class _Loaded:
    """An engine that is ready. number: of the request."""

    number: int
    options: EngineOptions
    engine: SharedEngine
    devices: Devices
    measured: str
    forecast: Forecast | None


class EngineLoader(QObject):
    """Loads engines one after the other; the one in use stays until another one is ready.

    started: loading begins. changed: another engine is in use. loaded: loading has ended well, also when a later choice was
    ready sooner and this engine is not used. failed: an engine could not be loaded; the one in use stays. offered: a Forecast: an
    engine is ready but will be slow; `accept` changes over to it, `cancel` does not. cancelled: the one in use stays.
    options, devices, measured: of the engine in use; measured tells what is quickest on this processor, or is empty.
    """

    offered = pyqtSignal(object)
    cancelled = pyqtSignal()
    started = pyqtSignal()
    changed = pyqtSignal()
    loaded = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, background: Background, options: EngineOptions) -> None:
        super().__init__()
        self.options = options
        self.engine: SharedEngine | None = None
        self.devices: Devices = ()
        self.measured = ""
        self._background = background
        self._closed = False
        self._requested = self._newest = 0  # numbers of the last request, and of the one whose engine is in use
        self._cancelled = 0  # number up to which requests do not count any more
        self._waiting: list[int] = []  # numbers of the requests that run, the oldest first
        self._kept = 0  # the one that counts though later ones were cancelled
        self._open: list[SharedEngine] = []
        self._offer: _Loaded | None = None

    @property
    def loading(self) -> bool:
        """Whether an engine is being loaded."""
        return bool(self._waiting)

    def load(self, options: EngineOptions, picture: PictureRate | None = None) -> None:
        """Load an engine in the background and change over to it.

        picture: what it will have to compute; an engine that is too slow for it is not used but offered first.
        """
        self._requested += 1
        number = self._requested
        self._waiting.append(number)
        self._withdraw()
        self.started.emit()
        self._background.run(lambda: self._load_and_time(number, options, picture), self._loaded,
                             lambda error: self._failed(number, error), "engine")

    def _load_and_time(self, number: int, options: EngineOptions, picture: PictureRate | None) -> _Loaded:
        engine, devices, measured = self._load(options)
        forecast = None
        if picture is not None and number > self._cancelled:
            try:
                forecast = Forecast(options, self._timed(engine, picture), picture.rate)
            except BaseException:
                self._close(engine)
                raise
        return _Loaded(number, options, engine, devices, measured, forecast)

    def _timed(self, engine: SharedEngine, picture: PictureRate) -> float:
        from dehazer import forecast_fps

        return forecast_fps(engine, picture.width, picture.height)

    def _load(self, options: EngineOptions) -> tuple[SharedEngine, Devices, str]:
        """Loads the network, which may take a second or two; with it the accelerators there are, and what was measured."""
        from dehazer import SharedEngine, list_devices, measured_speed

        engine = SharedEngine(options)
        self._open.append(engine)
        try:
            engine.ready()
        except BaseException:
            self._close(engine)
            raise
        if self._closed:
            self._close(engine)  # the window was closed meanwhile
        accelerators = tuple(_names(line) for line in list_devices() if not line.startswith("cpu"))
        return engine, accelerators, measured_speed(options.model, options.weights)

    def _loaded(self, found: _Loaded) -> None:
        self._waiting.remove(found.number)
        self.devices = found.devices
        forecast = found.forecast
        if found.number <= self._cancelled and found.number != self._kept:
            self._release(found.engine)
        elif forecast is None or not forecast.is_slow or found.number != self._requested or found.number == self._kept:
            self._use(found)
            return
        else:
            self._offer = found
        self.loaded.emit()
        if self._offer is found and forecast is not None:
            self.offered.emit(forecast)

    def _use(self, found: _Loaded) -> None:
        unused: SharedEngine | None = found.engine
        if found.number > self._newest:  # else a later choice was ready sooner
            unused, self._newest = self.engine, found.number
            self.engine, self.options, self.measured = found.engine, found.options, found.measured
            self.changed.emit()
        if unused is not None:
            self._release(unused)
        self.loaded.emit()

    def _release(self, engine: SharedEngine) -> None:
        self._background.run(lambda: self._close(engine), name="engine")

    def accept(self) -> None:
        """Change over to the engine that was offered, slow as it is."""
        offer, self._offer = self._offer, None
        if offer is not None:
            self._use(offer)

    def cancel(self) -> None:
        """Stay with the engine in use: what is being loaded, or was offered, is let go; with none yet, the oldest is kept."""
        self._kept = self._waiting[0] if self.engine is None and self._waiting else 0
        self._cancelled = self._requested
        self._withdraw()
        self.cancelled.emit()

    def _withdraw(self) -> None:
        offer, self._offer = self._offer, None
        if offer is not None:
            self._release(offer.engine)

    def _failed(self, number: int, error: BaseException) -> None:
        self._waiting.remove(number)
        self.failed.emit(error)

    def _close(self, engine: SharedEngine) -> None:
        self._open.remove(engine)
        engine.close()

    def shut_down(self) -> list[Callable[[], None]]:
        """The program ends: no engine is used any more. Returns what closes each of them; every call may take a moment."""
        self._closed, self.engine = True, None
        return [engine.close for engine in self._open]


def _names(line: str) -> tuple[str, str]:
    name, _, title = line.partition(" ")
    return name, title.strip(" ()") or name
