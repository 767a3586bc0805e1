"""The engine that all cameras share: loaded in the background, replaced when the user chooses another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import EngineOptions
from gui.services.background import Background

if TYPE_CHECKING:
    from dehazer import SharedEngine

Devices = tuple[tuple[str, str], ...]
"""Accelerators as (name for the core, name for people)."""


class EngineLoader(QObject):
    """Loads engines one after the other; the one in use stays until another one is ready.

    started: loading begins. changed: another engine is in use. loaded: loading has ended well, also when a later choice was
    ready sooner and this engine is not used. failed: an engine could not be loaded; the one in use stays.
    options, devices, measured: of the engine in use; measured tells what is quickest on this processor, or is empty.
    """

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
        self._running, self._closed = 0, False
        self._requested = self._newest = 0  # numbers of the last request, and of the one whose engine is in use
        self._open: list[SharedEngine] = []

    @property
    def loading(self) -> bool:
        """Whether an engine is being loaded."""
        return self._running > 0

    def load(self, options: EngineOptions) -> None:
        """Load an engine in the background and change over to it."""
        self._running += 1
        self._requested += 1
        number = self._requested
        self.started.emit()
        self._background.run(lambda: self._load(options), lambda found: self._loaded(number, options, *found), self._failed,
                             "engine")

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

    def _loaded(self, number: int, options: EngineOptions, engine: SharedEngine, devices: Devices, measured: str) -> None:
        self._running -= 1
        self.devices, self.measured = devices, measured
        unused: SharedEngine | None = engine
        if number > self._newest:  # else a later choice was ready sooner
            unused, self._newest = self.engine, number
            self.engine, self.options = engine, options
            self.changed.emit()
        if unused is not None:
            self._background.run(lambda: self._close(unused), name="engine")
        self.loaded.emit()

    def _failed(self, error: BaseException) -> None:
        self._running -= 1
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
