"""Recording and snapshots: where they go, and the messages about them; the core does the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QStandardPaths, pyqtSignal

from gui.camera import Camera
from gui.cameras import Cameras
from gui.services.background import Background
from gui.services.settings import Settings

if TYPE_CHECKING:
    from dehazer import LiveSession, RecordedPictures, SessionSnapshot


class RecordingController(QObject):
    """message: (text, whether it is an error, folder to show or None). changed: a recording began or ended."""

    message = pyqtSignal(str, bool, object)
    changed = pyqtSignal()

    def __init__(self, cameras: Cameras, settings: Settings, background: Background) -> None:
        super().__init__()
        self._cameras, self._settings, self._background = cameras, settings, background
        self._reported: set[str] = set()
        self._lacking: set[str] = set()
        cameras.recording_ended.connect(self._ended)

    @property
    def folder(self) -> Path:
        """Where recordings and snapshots go."""
        videos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation) or str(Path.home())
        return Path(self._settings.text("record/folder", str(Path(videos) / "dehazer")))

    @property
    def pictures(self) -> RecordedPictures:
        """"dehazed", "original" or "both"."""
        saved = self._settings.text("record/what", "dehazed")
        return "original" if saved == "original" else "both" if saved == "both" else "dehazed"

    @property
    def suffix(self) -> str:
        """".mkv" or ".mp4"."""
        return self._settings.text("record/suffix", ".mkv")

    def choose(self, pictures: str, suffix: str, folder: Path) -> None:
        """What is used from the next recording on."""
        self._settings.put("record/what", pictures)
        self._settings.put("record/suffix", suffix)
        self._settings.put("record/folder", str(folder))

    def toggle(self) -> None:
        """Begin or end a recording of the camera that is looked at."""
        camera = self._cameras.current
        if camera is None or camera.session is None:
            return
        session, title = camera.session, camera.title
        if session.recording:
            self._background.run(session.stop_recording, self._ended, self._failed, "record")
        else:
            self._background.run(lambda: self._start(session, title), self._started, self._failed, "record")

    def _start(self, session: LiveSession, title: str) -> None:
        from dehazer import recording_path

        folder = self.folder
        folder.mkdir(parents=True, exist_ok=True)
        session.start_recording(recording_path(folder, title, self.suffix), self.pictures)

    def _started(self, _: None) -> None:
        self.changed.emit()

    def _ended(self, paths: tuple[Path, ...]) -> None:
        self.changed.emit()
        if paths:
            names = ", ".join(p.name for p in paths)
            self.message.emit(self.tr("Recorded: {}").format(names), False, paths[0].parent)

    def _failed(self, error: BaseException) -> None:
        self.changed.emit()
        self.message.emit(str(error), True, None)

    def save_snapshot(self) -> None:
        """Save what is seen of the camera that is looked at, as a pair."""
        camera, folder = self._cameras.current, self.folder
        if camera is not None and (session := camera.session) is not None:
            self._background.run(lambda: session.save_snapshot(folder), self._saved, self._failed, "snapshot")

    def _saved(self, paths: tuple[Path, ...]) -> None:
        stem = paths[2].stem
        self.message.emit(self.tr("Saved {} as a pair, original and dehazed").format(stem), False, paths[0].parent)

    def check(self, _camera: Camera, snapshot: SessionSnapshot) -> None:
        """Report, once, when a recording ended by itself, or when originals are missing from it."""
        status = snapshot.recording
        if status is not None and status.missing and status.path not in self._lacking:
            self._lacking.add(status.path)
            text = self.tr("The disk or processor is too slow: original pictures are missing from {}.")
            self.message.emit(text.format(Path(status.path).name), True, Path(status.path).parent)
        if status is not None and status.trouble is not None and status.path not in self._reported:
            self._reported.add(status.path)
            self.changed.emit()
            self.message.emit(status.trouble, True, Path(status.path).parent)
