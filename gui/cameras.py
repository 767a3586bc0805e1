"""All cameras that are open, and the one that is looked at."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import MAX_CAMERAS, DehazerError, EnhanceOptions, QualityTarget, RecordOptions, SourceRequest, UsageError
from gui.camera import Camera
from gui.saved_source import SavedSource
from gui.services.background import Background
from gui.services.engine_loader import EngineLoader
from gui.services.settings import Adjustments

if TYPE_CHECKING:
    from dehazer import LiveSession

TIMEOUT, RECORDING_TIMEOUT = 1.0, 6.0
"""Seconds that sessions get to end, and that recordings get to be completed."""


class Cameras(QObject):
    """all: in the order in which they are shown. current: the one that is looked at. target: what the governor is to hold.
    pre_roll: how long before they are asked for recordings begin, seconds.

    changed: a camera was opened, closed or moved, or another one is looked at. updated: a camera has a new picture or state.
    recording_ended: the files of a recording that ended because its camera was closed or started anew.
    """

    changed = pyqtSignal()
    updated = pyqtSignal(object)
    recording_ended = pyqtSignal(object)

    def __init__(self, engine_loader: EngineLoader, background: Background, target: QualityTarget) -> None:
        super().__init__()
        self.all: list[Camera] = []
        self.current: Camera | None = None
        self.target, self.pre_roll = target, RecordOptions().pre_roll
        self._engine_loader, self._background = engine_loader, background
        engine_loader.started.connect(lambda: self._set_engine_error(None))
        engine_loader.failed.connect(self._set_engine_error)
        engine_loader.changed.connect(self._use_new_engine)

    def _set_engine_error(self, error: BaseException | None) -> None:
        for camera in self.all:
            camera.engine_error = error

    def _use_new_engine(self) -> None:
        for camera in self.all:
            if camera.session is None:
                camera.start(self._make_session)
            else:
                self.restart(camera)

    def set_target(self, target: QualityTarget) -> None:
        """What the governor is to hold, for every camera."""
        self.target = target
        for camera in self.all:
            if camera.session is not None:
                camera.session.target = target

    def set_pre_roll(self, seconds: float) -> None:
        """How long before they are asked for recordings begin, for every camera."""
        self.pre_roll = seconds
        for camera in self.all:
            if camera.session is not None:
                camera.session.pre_roll = seconds

    def _make_session(self, request: SourceRequest, options: EnhanceOptions, on_change: Callable[[], None]) -> LiveSession:
        from dehazer import LiveSession

        assert self._engine_loader.engine is not None
        return LiveSession(request, self._engine_loader.engine, options, on_change=on_change, target=self.target,
                           pre_roll=self.pre_roll)

    def open(self, source: SavedSource, password: str | None, adjustments: Adjustments) -> Camera:
        """Open a source beside the others, or look at it if it is open already. Raises UsageError for a tenth."""
        known = next((c for c in self.all if (c.source.user, c.source.where) == (source.user, source.where)), None)
        if known is not None and not known.state.is_over:
            self.look_at(known)
            return known
        if known is not None:
            self.close(known)
        if len(self.all) >= MAX_CAMERAS:
            raise UsageError(f"{MAX_CAMERAS} cameras are open, which is the most; close one of them first.")
        camera = self._add(Camera(source, password, adjustments, self._unused_title(source.title)))
        if self._engine_loader.engine is not None:
            camera.start(self._make_session)
        elif not self._engine_loader.loading:
            self._load_again()
        self.look_at(camera)
        return camera

    def _unused_title(self, title: str) -> str:
        """The title, numbered where another camera has it: tiles, messages and recordings must tell them apart."""
        used = {camera.title for camera in self.all}
        numbered = (f"{title} ({number})" for number in itertools.count(2))
        return title if title not in used else next(name for name in numbered if name not in used)

    def _add(self, camera: Camera) -> Camera:
        camera.updated.connect(lambda: self.updated.emit(camera))
        camera.restart_requested.connect(lambda: self.restart(camera))
        self.all.append(camera)
        return camera

    def _load_again(self) -> None:
        """Loading failed before; what was missing may be there now."""
        self._engine_loader.load(self._engine_loader.options)

    def look_at(self, camera: Camera | None) -> None:
        """Make a camera the current one."""
        self.current = camera
        self.changed.emit()

    def look_at_next(self) -> None:
        """Make the next camera the current one."""
        if self.current is not None and len(self.all) > 1:
            self.look_at(self.all[(self.all.index(self.current) + 1) % len(self.all)])

    def swap(self, one: Camera, other: Camera) -> None:
        """Two cameras change places."""
        first, second = self.all.index(one), self.all.index(other)
        self.all[first], self.all[second] = other, one
        self.changed.emit()

    def replace(self, camera: Camera, source: SavedSource) -> Camera:
        """Another source in the place of a camera, shown in the same way; looked at if that one was."""
        place, looked_at = self.all.index(camera), self.current
        self._remove(camera)  # told with the new one, so that nothing that shows it takes another camera meanwhile
        try:
            opened = self.open(source, None, camera.adjustments)
        except DehazerError:
            self.changed.emit()
            raise
        opened.set_view(camera.view)
        opened.set_divider(camera.divider)
        self.all.remove(opened)
        self.all.insert(min(place, len(self.all)), opened)
        self.look_at(opened if looked_at in (camera, None) else looked_at)
        return opened

    def arrange(self, order: Sequence[Camera]) -> None:
        """Show these cameras first, in this order, then the others."""
        self.all = [*order, *(camera for camera in self.all if camera not in order)]
        self.changed.emit()

    def close(self, camera: Camera) -> None:
        """Close a source; its threads end in the background."""
        self._remove(camera)
        self.changed.emit()

    def _remove(self, camera: Camera) -> None:
        self.all.remove(camera)
        self._background.run(camera.stop, self._report_recording, name="stop")
        if self.current is camera:
            self.current = self.all[-1] if self.all else None

    def restart(self, camera: Camera) -> None:
        """Stop a camera and start it again at once; without an engine, try to load it again."""
        camera.set_paused(False)  # nothing would be shown
        if self._engine_loader.engine is None:
            self._load_again()
            return
        camera.restarting, former = True, camera.session
        self._background.run(camera.stop, lambda files: self._start_again(camera, former, files), name="restart")

    def _report_recording(self, files: tuple[Path, ...]) -> None:
        if files:
            self.recording_ended.emit(files)

    def _start_again(self, camera: Camera, former: LiveSession | None, files: tuple[Path, ...]) -> None:
        """Start where no other call did. former: the session before, which may still be at its last frame."""
        self._report_recording(files)
        camera.restarting = False
        if camera in self.all and camera.session is former:
            camera.start(self._make_session)
            self.changed.emit()

    def stop_all(self) -> None:
        """End every session and the engine, all at once, within a second or so; recordings are completed."""
        limit = time.monotonic() + (RECORDING_TIMEOUT if any(c.recording or c.publishing for c in self.all) else TIMEOUT)
        tasks = [*(c.stop for c in self.all), *self._engine_loader.shut_down()]
        threads = [threading.Thread(target=task, name="gui-stop", daemon=True) for task in tasks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, limit - time.monotonic()))
        self.all, self.current = [], None
