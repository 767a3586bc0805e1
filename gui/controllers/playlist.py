"""Folders and several files: opened as a list that plays on by itself, in the place of one camera."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from dehazer import DehazerError, InputError
from gui.camera import Camera
from gui.cameras import Cameras
from gui.controllers.display import DisplayController
from gui.playlist import Playlist
from gui.saved_source import SavedSource, video_filter
from gui.services.background import Background
from gui.services.settings import Settings
from gui.view.core_texts import core_text
from gui.widgets.playlist_panel import PlaylistPanel

SHOWN, FOLDER = "window/list", "window/folder"
"""Settings: whether the list is shown, and the folder that was opened last."""


class PlaylistController(QObject):
    """playlist: the videos. camera: the one that plays them, None while there is no list.

    opened: a list was. refused: why there is none. closing: a camera is about to give way to the next video. single: one file
    alone was chosen, which is no list.
    """

    opened, closing = pyqtSignal(object), pyqtSignal(object)
    refused, single = pyqtSignal(str), pyqtSignal(str)
    _checked = pyqtSignal(object, int, str)

    def __init__(self, panel: PlaylistPanel, cameras: Cameras, display: DisplayController, settings: Settings, *,
                 background: Background, dialog_parent: QWidget) -> None:
        super().__init__()
        self._panel, self._cameras, self._display, self._settings = panel, cameras, display, settings
        self._background, self._parent = background, dialog_parent
        self.playlist = Playlist()
        self.camera: Camera | None = None
        self._stop = threading.Event()
        self.playlist.changed.connect(self._show)
        panel.chosen.connect(self.play)
        cameras.updated.connect(self._follow)
        cameras.changed.connect(self._show)
        display.changed.connect(self._show)
        self._checked.connect(self._report)

    # choosing

    def browse_folder(self) -> None:
        """Choose a folder of videos."""
        found = QFileDialog.getExistingDirectory(self._parent, self.tr("Open a folder of videos"),
                                                 self._settings.text(FOLDER, str(Path.home())))
        if found:
            self._settings.put(FOLDER, found)
            self.open([Path(found)])

    def browse_files(self) -> None:
        """Choose a video, or several."""
        folder = self._settings.text(FOLDER, str(Path.home()))
        found, _ = QFileDialog.getOpenFileNames(self._parent, self.tr("Open videos"), folder, video_filter())
        if found:
            self._settings.put(FOLDER, str(Path(found[0]).parent))
            self.open([Path(path) for path in found])

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders as a list; a single file by itself. Folders may be slow to read, so that is done aside."""
        from dehazer import list_videos

        if len(paths) == 1 and not paths[0].is_dir():
            self.single.emit(str(paths[0]))
        else:
            self._background.run(lambda: list_videos(paths), self.start, self._refuse, name="list")

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, DehazerError):
            self.refused.emit(str(error))
        else:
            self._background.failed.emit(error)

    def start(self, paths: Sequence[Path]) -> None:
        """Play these from the first one that can be read, in place of an earlier list."""
        self._stop.set()
        stop = self._stop = threading.Event()
        self.playlist.fill([path.absolute() for path in paths])
        self._background.run(lambda: self._check(stop, [entry.path for entry in self.playlist.entries]), name="list")
        self.play(0)
        self.opened.emit(self.camera)

    def _check(self, stop: threading.Event, paths: Sequence[Path]) -> None:
        """Open every file once, so that those that cannot be read are known before their turn comes."""
        from dehazer import video_problem

        for index, path in enumerate(paths):
            if stop.is_set():
                return
            if problem := video_problem(path):
                self._checked.emit(stop, index, problem)

    def _report(self, check: threading.Event, index: int, problem: str) -> None:
        if check is self._stop:
            self.playlist.report(index, problem)

    # playing

    def play(self, index: int) -> None:
        """Play one of the list, with the view and the adjustments of the one before."""
        source, before = SavedSource(str(self.playlist.entries[index].path)), self.camera
        self.playlist.index = index
        try:
            if before is not None and before in self._cameras.all:
                self.closing.emit(before)
                self.camera = self._cameras.replace(before, source)
            else:
                self.camera = self._cameras.open(source, None, self._settings.adjustments(source))
        except DehazerError as error:
            self.refused.emit(str(error))
            return
        self.playlist.changed.emit()

    def go(self, step: int) -> None:
        """The next (1) or previous (-1) video that can be read."""
        index = self.playlist.beside(step) if self.camera is not None else None
        if index is not None:
            self.play(index)

    def _follow(self, camera: Camera) -> None:
        """A video has ended: the next one. One cannot be read: its reason into the list, then the next one."""
        if camera is not self.camera or self.playlist.index < 0 or camera.restarting:
            return
        if camera.state.kind == "failed" and isinstance(camera.error, InputError):  # not for what the device cannot do
            self.playlist.report(self.playlist.index, core_text(camera.state.sentence))
            self.go(1)
        elif camera.state.kind == "ended" and not camera.paused:
            self.go(1)

    # what is shown

    def toggle(self) -> None:
        """Hide the list, or show it again."""
        self._settings.put(SHOWN, not self._settings.flag(SHOWN, True))
        self._show()

    def _show(self) -> None:
        if self.camera is not None and self.camera not in self._cameras.all:
            self.stop()
            return
        in_view = self.camera is not None and self.camera is self._cameras.current
        self._panel.setVisible(in_view and not self._display.grid_on and not self._display.fullscreen
                               and self._settings.flag(SHOWN, True))
        if in_view:
            self._panel.show_playlist(self.playlist)

    def stop(self) -> None:
        """Its camera was closed: there is no list any more."""
        self._stop.set()
        self.camera = None
        self._panel.setVisible(False)
