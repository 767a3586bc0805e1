"""Recording and snapshots: where they go, what is said about them; the core does the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, QStandardPaths, QUrl, pyqtSignal
from PyQt6.QtGui import QDesktopServices

from gui import text
from gui.background import Background
from gui.session import Camera, Session
from gui.settings import Settings

if TYPE_CHECKING:
    from dehazer import RecordedPictures


class Recording(QObject):
    """said: (words, whether bad news, folder to show or None). changed: a recording began or ended."""

    said = pyqtSignal(str, bool, object)
    changed = pyqtSignal()

    def __init__(self, settings: Settings, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings, self._background = settings, background
        self._told: set[str] = set()

    @property
    def folder(self) -> Path:
        """Where recordings and snapshots go."""
        films = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation) or str(Path.home())
        return Path(self._settings.text("record/folder", str(Path(films) / "dehazer")))

    @property
    def what(self) -> RecordedPictures:
        """"dehazed", "original" or "both"."""
        kept = self._settings.text("record/what", "dehazed")
        return "original" if kept == "original" else "both" if kept == "both" else "dehazed"

    @property
    def suffix(self) -> str:
        """".mkv" or ".mp4"."""
        return self._settings.text("record/suffix", ".mkv")

    def choose(self, what: str, suffix: str, folder: Path) -> None:
        """What is used from the next recording on."""
        self._settings.put("record/what", what)
        self._settings.put("record/suffix", suffix)
        self._settings.put("record/folder", str(folder))

    def toggle(self, camera: Camera) -> None:
        """Begin or end a recording."""
        session = camera.session
        if session is None:
            return
        if session.recording:
            self._background.run(session.stop_recording, self.ended, self._refused, "record")
        else:
            title = camera.choice.title
            self._background.run(lambda: self._begin(session, title), self._begun, self._refused, "record")

    def _begin(self, session: Session, title: str) -> None:
        from dehazer import recording_name

        folder = self.folder
        folder.mkdir(parents=True, exist_ok=True)
        path = (folder / recording_name(title)).with_suffix(self.suffix)
        session.start_recording(path, self.what)

    def _begun(self, _: None) -> None:
        self.changed.emit()

    def ended(self, paths: tuple[Path, ...]) -> None:
        """A recording is complete: say where it is."""
        self.changed.emit()
        if paths:
            names = ", ".join(p.name for p in paths)
            self.said.emit(self.tr("Recorded: {}").format(names), False, paths[0].parent)

    def _refused(self, error: BaseException) -> None:
        self.changed.emit()
        self.said.emit(str(error), True, None)

    def snapshot(self, camera: Camera) -> None:
        """Save what is seen, as a pair."""
        session, folder = camera.session, self.folder
        if session is not None:
            self._background.run(lambda: session.save_snapshot(folder), self._saved, self._refused, "snapshot")

    def _saved(self, paths: tuple[Path, ...]) -> None:
        stem = paths[2].stem
        self.said.emit(self.tr("Saved {} as a pair, original and dehazed").format(stem), False, paths[0].parent)

    def watch(self, status: dict[str, Any] | None) -> None:
        """Tell, once, when a recording ended by itself."""
        if status and status["trouble"] and status["path"] not in self._told:
            self._told.add(status["path"])
            self.changed.emit()
            self.said.emit(status["trouble"], True, Path(status["path"]).parent)


def clock_of(status: dict[str, Any] | None) -> str:
    """The time recorded so far; empty while nothing is recorded."""
    return text.clock(status["seconds"]) if status and status["active"] else ""


def space_of(status: dict[str, Any] | None) -> str:
    """The room left on the disk, in words."""
    if not status or not status["active"]:
        return ""
    left = status["minutes_left"]
    free = text.size(status["free_mb"] * 2**20)
    return f"{text.size(status['bytes'])} recorded, {free} free" + (f", {text.age(left * 60)} left" if left is not None else "")


def show_folder(folder: Path) -> None:
    """Open a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
