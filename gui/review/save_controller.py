"""Pictures that are saved at once: the frame that is seen as a pair, and a sheet of what is marked."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal

from gui.review.camera_panes import CameraPanes
from gui.review.export_controller import ExportController, file_stem
from gui.review.mark_controller import MarkController
from gui.review.playback_controller import PlaybackController
from gui.review.review_settings import ReviewSettings
from gui.review.room import ReviewRoom
from gui.services.background import Background

if TYPE_CHECKING:
    from dehazer.review import ReviewedFrame


class SaveController(QObject):
    """message: (text, whether it is an error, folder to show or None). saved: (what was done, names of the files)."""

    message = pyqtSignal(str, bool, object)
    saved = pyqtSignal(str, list)

    def __init__(self, room: ReviewRoom, playback: PlaybackController, marks: MarkController, panes: CameraPanes, *,
                 exports: ExportController, settings: ReviewSettings, background: Background) -> None:
        super().__init__()
        self._room, self._playback, self._marks, self._panes = room, playback, marks, panes
        self._exports, self._settings, self._background = exports, settings, background

    def save_snapshot(self) -> None:
        """Save the frame of the current camera that is seen, as a pair."""
        from dehazer.review import save_reviewed_pair

        frame, folder, zone = self._playback.frame, self._exports.folder, self._playback.zone
        if frame is not None:
            about = self._circumstances(frame)
            self._background.run(lambda: save_reviewed_pair(frame, folder, zone, about), self._snapshot_saved, self._failed,
                                 "snapshot")

    def _circumstances(self, frame: ReviewedFrame) -> dict[str, Any]:
        """What computed the picture, and how."""
        options = self._settings.adjustments(frame.recording.camera).enhance_options()
        engine = self._room.engine
        return {"options": asdict(options), **({"engine": engine.describe()} if engine is not None else {})}

    def _snapshot_saved(self, paths: tuple[Path, ...]) -> None:
        self.saved.emit("snapshot", [path.name for path in paths])
        self.message.emit(self.tr("Saved {} as a pair, original and dehazed").format(paths[2].stem), False, paths[0].parent)

    def save_contact_sheet(self) -> None:
        """Save pictures of what is marked, evenly spaced, on one sheet."""
        from dehazer.review import SheetRequest, save_contact_sheet

        span, context = self._marks.span, self._room.export_context
        if span is None or context is None:
            self.message.emit(self.tr("Mark a beginning (Shift+I) and an end (Shift+O) first."), True, None)
            return
        cameras = tuple(pane.camera for pane in self._panes.shown)
        options = self._settings.adjustments(self._panes.current).enhance_options()
        target = self._exports.make_folder() / f"{file_stem(self._panes.current, span.start, self._playback.zone)}_sheet.png"
        request = SheetRequest(cameras, span, target, options=options, overwrite=True)
        self.message.emit(self.tr("Making the contact sheet…"), False, None)
        self._background.run(lambda: save_contact_sheet(request, context), self._sheet_saved, self._failed, "sheet")

    def _sheet_saved(self, path: Path) -> None:
        self.saved.emit("contact sheet", [path.name])
        self.message.emit(self.tr("Saved {}").format(path.name), False, path.parent)

    def _failed(self, error: BaseException) -> None:
        self.message.emit(str(error), True, None)
