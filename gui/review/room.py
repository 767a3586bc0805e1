"""The parts of the core behind one review window: library, haze scan, playback, bookmarks, exports, log; made and ended here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import DehazerError
from gui.review.notifier import Notifier

if TYPE_CHECKING:
    from dehazer import SharedEngine
    from dehazer.review import ExportContext, ExportQueue, HazeScan, Library, LibraryOptions, OperatorLog, Playback


class ReviewRoom(QObject):
    """What is reviewed. index, bookmarks and log are there at once, library once something is open; with an engine there are
    playback and scan as well, and exports when the library is read.

    rebuilt: library, playback, scan or exports are other objects. library_changed, haze_changed, playback_changed,
    exports_changed: tell of changes inside them, in the main thread. trouble: a sentence on something saved that cannot be used.
    """

    rebuilt = pyqtSignal()
    trouble = pyqtSignal(str)

    def __init__(self, folder: Path) -> None:
        """folder: where index, bookmarks, queue and log are kept. Raises members of DehazerError where these cannot be used."""
        from dehazer.review import Bookmarks, Index

        super().__init__()
        self._folder = folder
        self.library_changed, self.haze_changed = Notifier(self), Notifier(self)
        self.playback_changed, self.exports_changed = Notifier(self), Notifier(self)
        self.index = Index(folder / "index.sqlite3")
        self.bookmarks = Bookmarks(folder / "bookmarks.json")
        self.log = _operator_log(folder)
        self.engine: SharedEngine | None = None
        self.library: Library | None = None
        self.scan: HazeScan | None = None
        self.playback: Playback | None = None
        self.exports: ExportQueue | None = None
        self.export_context: ExportContext | None = None
        self._refused_exports = False
        self.library_changed.changed.connect(self._begin_exports)

    def open(self, paths: Sequence[Path], options: LibraryOptions) -> None:
        """Look for recordings in these folders and files, in place of those before."""
        from dehazer.review import Library

        self._stop_computing()
        if self.library is not None:
            self.library.stop()
        self.library = Library(paths, self.index, options, self.library_changed.notify)
        self.library.start()
        self._compute()

    def use_engine(self, engine: SharedEngine | None) -> None:
        """Play, measure and export with an engine, in place of the one before."""
        if engine is not self.engine:
            self._stop_computing()
            self.engine = engine
            self._compute()

    def _compute(self) -> None:
        from dehazer.review import HazeScan, Playback

        if self.library is not None and self.engine is not None:
            self.playback = Playback(self.library, self.engine, self.playback_changed.notify)
            self.scan = HazeScan(self.library, self.index, self.engine, on_change=self.haze_changed.notify)
            self.scan.start()
        self.rebuilt.emit()
        self._begin_exports()

    def _begin_exports(self) -> None:
        """Once the library is read: an export that waits would find no recordings before."""
        from dehazer.review import ExportContext, ExportQueue

        library, engine = self.library, self.engine
        if self.exports is not None or self._refused_exports or library is None or engine is None or library.progress.running:
            return
        self.export_context = ExportContext(library, engine, library.options.zone, self.bookmarks, self.log)
        try:
            self.exports = ExportQueue(self._folder / "exports.json", self.export_context, self.exports_changed.notify)
        except DehazerError as error:
            self._refused_exports = True
            self.trouble.emit(str(error))
            return
        self.exports.start()
        self.rebuilt.emit()

    def _stop_computing(self) -> None:
        if self.scan is not None:
            self.scan.stop()
        if self.playback is not None:
            self.playback.stop()
        if self.exports is not None:
            self.exports.close()
        self.scan = self.playback = self.exports = None

    def stop(self) -> None:
        """End all threads; exports that are not over go on when the room is opened again."""
        for notifier in (self.library_changed, self.haze_changed, self.playback_changed, self.exports_changed):
            notifier.close()
        self._stop_computing()
        if self.library is not None:
            self.library.stop()
        self.index.close()


def _operator_log(folder: Path) -> OperatorLog:
    """The log of what is done here; a new one beside it where the old one is damaged, which stays as it is."""
    from dehazer.review import OperatorLog

    try:
        return OperatorLog(folder / "operator.log")
    except ValueError:
        return OperatorLog(folder / f"operator-{datetime.now():%Y-%m-%d-%H-%M-%S}.log")
