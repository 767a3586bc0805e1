"""All cameras that are open, the one that is looked at, and the engine they share."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import EngineOptions, EnhanceOptions, QualityTarget, SourceRequest, UsageError
from gui.background import Background
from gui.choice import Choice
from gui.session import Camera, Session
from gui.settings import Look

if TYPE_CHECKING:
    from dehazer import SharedEngine

MOST = 9
PATIENCE, RECORDING_PATIENCE = 1.0, 6.0
"""Seconds that sessions get to end, and that recordings get to be completed."""


class Fleet(QObject):
    """listed: cameras came or went, or another one is looked at. woken: a camera has something new.

    engine_changed: an engine was loaded. failed: one could not be; the present one stays in use. recorded: the files of a
    recording that ended because its camera was closed or started anew.
    """

    listed = pyqtSignal()
    woken = pyqtSignal(object)
    engine_changed = pyqtSignal()
    failed = pyqtSignal(object)
    recorded = pyqtSignal(object)

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.cameras: list[Camera] = []
        self.current: Camera | None = None
        self.options = EngineOptions()
        self.target = QualityTarget()
        self.engine: SharedEngine | None = None
        self.devices: tuple[tuple[str, str], ...] = ()
        self._background = background
        self._loading, self._closed = 0, False
        self._asked = self._newest = 0  # numbers of the last choice of an engine, and of the one in use
        self._loaded: list[SharedEngine] = []

    @property
    def loading(self) -> bool:
        """Whether an engine is being loaded."""
        return self._loading > 0

    def load(self, options: EngineOptions) -> None:
        """Load an engine in the background and change over to it; the present one goes on until then."""
        def adopt(found: tuple[SharedEngine, tuple[tuple[str, str], ...]]) -> None:
            engine, self.devices = found
            self._loading -= 1
            if number < self._newest:  # a later choice was loaded sooner
                self._background.run(lambda: self._drop(engine), name="engine")
            else:
                self._newest = number
                self._adopt(options, engine)
            self.engine_changed.emit()

        self._loading += 1
        self._asked += 1
        number = self._asked
        for camera in self.cameras:
            camera.trouble = None

        self._background.run(lambda: self._load(options), adopt, self._not_loaded, "engine")

    def _load(self, options: EngineOptions) -> tuple[SharedEngine, tuple[tuple[str, str], ...]]:
        """Imports torch, which takes a second or two, and loads the network; with it the accelerators there are."""
        from dehazer import SharedEngine, list_devices

        engine = SharedEngine(options)
        self._loaded.append(engine)
        try:
            engine.ready()
        except BaseException:
            self._drop(engine)
            raise
        if self._closed:
            self._drop(engine)  # the window was closed meanwhile
        return engine, tuple(_named(line) for line in list_devices() if not line.startswith("cpu"))

    def _drop(self, engine: SharedEngine) -> None:
        self._loaded.remove(engine)
        engine.close()

    def _not_loaded(self, error: BaseException) -> None:
        self._loading -= 1
        for camera in self.cameras:
            camera.trouble = error
        self.failed.emit(error)

    def _adopt(self, options: EngineOptions, engine: SharedEngine) -> None:
        old, self.engine, self.options = self.engine, engine, options
        for camera in self.cameras:
            if camera.session is None:
                camera.start(self._make)
            else:
                self.retry(camera)
        if old is not None:
            self._background.run(lambda: self._drop(old), name="engine")

    def set_target(self, target: QualityTarget) -> None:
        """What the governor is to hold, for every camera."""
        self.target = target
        for camera in self.cameras:
            if camera.session is not None:
                camera.session.target = target

    def _make(self, request: SourceRequest, options: EnhanceOptions, on_change: Callable[[], None]) -> Session:
        from dehazer import LiveSession

        assert self.engine is not None
        return LiveSession(request, self.engine, options, on_change=on_change, target=self.target)

    def open(self, choice: Choice, password: str | None, look: Look) -> Camera:
        """Open a source beside the others, or look at it if it is open already. Raises UsageError for a tenth."""
        known = next((c for c in self.cameras if c.choice.key == choice.key), None)
        if known is not None and not known.status.is_over:
            self.look_at(known)
            return known
        if known is not None:
            self.close(known)
        if len(self.cameras) >= MOST:
            raise UsageError(f"{MOST} cameras are open, which is the most; close one of them first.")
        camera = Camera(choice, password, look)
        camera.woken.connect(lambda: self.woken.emit(camera))
        camera.again.connect(lambda: self.retry(camera))
        self.cameras.append(camera)
        if self.engine is not None:
            camera.start(self._make)
        elif not self._loading:
            self.load(self.options)  # it failed before; what was missing may be there now
        self.look_at(camera)
        return camera

    def look_at(self, camera: Camera | None) -> None:
        """Make a camera the current one."""
        self.current = camera
        self.listed.emit()

    def next(self) -> None:
        """Look at the next camera."""
        if self.current is not None and len(self.cameras) > 1:
            self.look_at(self.cameras[(self.cameras.index(self.current) + 1) % len(self.cameras)])

    def close(self, camera: Camera) -> None:
        """Close a source; its threads end in the background."""
        self.cameras.remove(camera)
        self._background.run(camera.stop, self._tell, name="stop")
        if self.current is camera:
            self.current = self.cameras[-1] if self.cameras else None
        self.listed.emit()

    def retry(self, camera: Camera) -> None:
        """Stop and start anew, at once; without an engine, try to load it again."""
        camera.set_paused(False)  # nothing would be shown
        if self.engine is None:
            self.load(self.options)
            return
        self._background.run(camera.stop, lambda files: self._again(camera, files), name="retry")

    def _tell(self, files: tuple[Path, ...]) -> None:
        if files:
            self.recorded.emit(files)

    def _again(self, camera: Camera, files: tuple[Path, ...] = ()) -> None:
        self._tell(files)
        if camera in self.cameras and not (camera.session and camera.session.running):
            camera.start(self._make)
            self.listed.emit()

    def stop_all(self) -> None:
        """End every session and the engine, all at once, within a second or so; recordings are completed."""
        self._closed = True
        limit = time.monotonic() + (RECORDING_PATIENCE if any(c.recording for c in self.cameras) else PATIENCE)
        works = [*(c.stop for c in self.cameras), *(e.close for e in self._loaded)]
        threads = [threading.Thread(target=work, name="gui-stop", daemon=True) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, limit - time.monotonic()))
        self.cameras, self.current, self.engine = [], None, None


def _named(line: str) -> tuple[str, str]:
    name, _, title = line.partition(" ")
    return name, title.strip(" ()") or name
