"""Recording and snapshots: where they go, and the messages about them; the core does the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QStandardPaths, pyqtSignal

from dehazer import ConfigError, DehazerError, OutputError, RecordOptions
from gui.camera import Camera
from gui.cameras import Cameras
from gui.services.background import Background
from gui.services.settings import Settings

if TYPE_CHECKING:
    from dehazer import LiveSession, RecordedPictures, SessionSnapshot


class RecordingController(QObject):
    """options: pre-roll and length of files.

    message: (text, whether it is an error, folder to show or None). changed: a recording began or ended."""

    message = pyqtSignal(str, bool, object)
    changed = pyqtSignal()

    def __init__(self, cameras: Cameras, settings: Settings, background: Background) -> None:
        super().__init__()
        self._cameras, self._settings, self._background = cameras, settings, background
        self._reported: set[str] = set()
        self._lacking: set[str] = set()
        self._damaged: set[str] = set()
        cameras.recording_ended.connect(self._ended)
        self.use(self._saved_options())

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

    def _saved_options(self) -> RecordOptions:
        """Pre-roll and length of files as they were saved; what is not allowed takes its default."""
        try:
            return RecordOptions(**{one.name: float(self._settings.text(f"record/{one.name}", str(one.default)))
                                    for one in fields(RecordOptions)})
        except (ConfigError, ValueError):
            return RecordOptions()

    def choose(self, pictures: str, suffix: str, folder: Path) -> None:
        """What is used from the next recording on."""
        self._settings.put("record/what", pictures)
        self._settings.put("record/suffix", suffix)
        self._settings.put("record/folder", str(folder))

    def choose_options(self, options: RecordOptions) -> None:
        """Pre-roll from now on, and length of files from the next recording on; remembered."""
        for one in fields(RecordOptions):
            self._settings.put(f"record/{one.name}", f"{getattr(options, one.name):g}")
        self.use(options)

    def use(self, options: RecordOptions) -> None:
        """The same, for this run alone."""
        self.options = options
        self._cameras.set_pre_roll(options.pre_roll)

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
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"The folder {folder} cannot be used; choose another one.", str(error)) from error
        session.start_recording(recording_path(folder, title, self.suffix), self.pictures, self.options.segment_minutes or None)

    def toggle_all(self) -> None:
        """Record every camera that is open; where all are recorded already, end that."""
        open_ones = self.recordable
        waiting = [camera for camera in open_ones if not camera.recording]
        if waiting:
            self.start(waiting)
        elif open_ones:
            self.stop(open_ones)

    @property
    def recordable(self) -> list[Camera]:
        """The cameras that have a session which goes on."""
        return [camera for camera in self._cameras.all if camera.session is not None and not camera.state.is_over]

    def start(self, cameras: Sequence[Camera], done: Callable[[], None] = lambda: None) -> None:
        """Begin a recording of each of these; one that cannot be recorded keeps no other one from it. done: is called when all
        have begun or failed.
        """
        pairs = [(camera.session, camera.title) for camera in cameras if camera.session is not None]

        def started(troubles: list[str]) -> None:
            self._all_started(troubles)
            done()

        self._background.run(lambda: [self._trouble(session, title) for session, title in pairs], started, self._failed, "record")

    def _trouble(self, session: LiveSession, title: str) -> str:
        """Begin a recording; why that is not possible, empty where it is."""
        try:
            if not session.recording:
                self._start(session, title)
        except (DehazerError, OSError) as error:
            return f"{title}: {error}"
        return ""

    def _all_started(self, troubles: list[str]) -> None:
        self.changed.emit()
        begun, failed = troubles.count(""), [text for text in troubles if text]
        if failed:
            self.message.emit(" ".join(failed), True, None)
        elif begun > 1:
            self.message.emit(self.tr("{} cameras are recorded").format(begun), False, self.folder)

    def stop(self, cameras: Sequence[Camera]) -> None:
        """End the recording of each of these."""
        sessions = [camera.session for camera in cameras if camera.session is not None]
        self._background.run(lambda: tuple(path for session in sessions for path in session.stop_recording()), self._all_ended,
                             self._failed, "record")

    def _all_ended(self, paths: tuple[Path, ...]) -> None:
        if len(paths) <= 2:
            self._ended(paths)
            return
        self.changed.emit()
        self.message.emit(self.tr("Recorded {} files").format(len(paths)), False, paths[0].parent)

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
        if status is not None and status.damaged and status.path not in self._damaged:
            self._damaged.add(status.path)
            text = self.tr("The camera or the network damages pictures; {} keeps them as they come.")
            self.message.emit(text.format(Path(status.path).name), True, Path(status.path).parent)
        if status is not None and status.trouble is not None and status.path not in self._reported:
            self._reported.add(status.path)
            self.changed.emit()
            self.message.emit(status.trouble, True, Path(status.path).parent)
