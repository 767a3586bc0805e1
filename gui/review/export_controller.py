"""Exports and evidence packs: asked for in dialogs, queued in the core, shown in their tab; asks before it ends running ones."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QStandardPaths, pyqtSignal
from PyQt6.QtWidgets import QDialog, QWidget

from dehazer import DehazerError
from gui.dialogs.closing_question import ClosingQuestion
from gui.review import export_texts, typed_time
from gui.review.camera_panes import CameraPanes
from gui.review.evidence_dialog import EvidenceDialog
from gui.review.export_dialog import ExportDialog, ExportOffer
from gui.review.export_row import ExportRow
from gui.review.exports_tab import ExportsTab
from gui.review.mark_controller import MarkController
from gui.review.playback_controller import PlaybackController
from gui.review.review_settings import ReviewSettings
from gui.services.folders import open_folder

if TYPE_CHECKING:
    from dehazer.review import ExportQueue, ExportRequest

    Dialog = ExportDialog | EvidenceDialog


class ExportController(QObject):
    """message: (text, whether it is an error, folder to show or None). added: an export was put into the queue.

    verify_requested: path of an evidence pack. dialog: the one that is open, if any. queue: None until there is an engine.
    """

    message = pyqtSignal(str, bool, object)
    added = pyqtSignal()
    verify_requested = pyqtSignal(object)

    def __init__(self, tab: ExportsTab, playback: PlaybackController, marks: MarkController, panes: CameraPanes, *,
                 settings: ReviewSettings, dialog_parent: QWidget) -> None:
        super().__init__()
        self._tab, self._playback, self._marks, self._panes = tab, playback, marks, panes
        self._settings, self._dialog_parent = settings, dialog_parent
        self.queue: ExportQueue | None = None
        self.dialog: Dialog | None = None
        self._question = ClosingQuestion(dialog_parent)
        self._reported: set[str] = set()
        tab.row_made.connect(self._connect_row)

    def set_queue(self, queue: ExportQueue | None) -> None:
        """Another queue."""
        self.queue = queue
        if queue is not None:
            self._reported = {status.id for status in queue.jobs if status.over}
        self.show()

    def show(self) -> None:
        """How the queue stands; what has ended since is said once."""
        if self.queue is None:
            return
        exports = self.queue.jobs
        self._tab.show_exports(exports)
        for status in exports:
            if status.state in ("done", "failed") and status.id not in self._reported:
                self._reported.add(status.id)
                kind = export_texts.text(export_texts.KINDS, status.request.kind)
                self.message.emit(f"{kind}: {status.sentence}", not status.passed,
                                  status.products[0].parent if status.products else None)

    @property
    def running(self) -> bool:
        """Whether exports are at work."""
        return self.queue is not None and any(status.state == "running" for status in self.queue.jobs)

    # asking

    def show_dialog(self) -> None:
        """Ask what of the marked span is to be exported."""
        offer = self._offer()
        if offer is not None:
            self._open(ExportDialog(offer, self._dialog_parent))

    def show_evidence(self) -> None:
        """Ask for what an evidence pack of the marked span should say."""
        offer = self._offer()
        if offer is not None:
            self._open(EvidenceDialog(offer, self._settings.text("operator"), self._settings.text("key"), self._dialog_parent))

    def _offer(self) -> ExportOffer | None:
        span, zone = self._marks.span, self._playback.zone
        if span is None:
            self.message.emit(self.tr("Mark a beginning (Shift+I) and an end (Shift+O) first."), True, None)
            return None
        if self.queue is None:
            self.message.emit(self.tr("The model is still being loaded; try again in a moment."), True, None)
            return None
        text = self.tr("{} to {}, {}").format(typed_time.clock_text(span.start, zone), typed_time.short_text(span.end, zone),
                                              typed_time.duration_text(span.duration))
        shown = tuple(pane.camera for pane in self._panes.shown)
        return ExportOffer(tuple(self._panes.panes), shown, text, self.make_folder(),
                           file_stem(self._panes.current, span.start, zone))

    @property
    def folder(self) -> Path:
        """Where exports go unless another place is chosen."""
        videos = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation) or str(Path.home())
        return Path(self._settings.text("folder", str(Path(videos) / "dehazer")))

    def make_folder(self) -> Path:
        """The folder of `folder`, made if it was not there; where that fails, writing into it says why."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def _open(self, dialog: Dialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.wanted.connect(lambda: self._take(dialog))
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _take(self, dialog: Dialog) -> None:
        """Queue what the dialog says; an error is shown in it, and it stays open."""
        assert self.queue is not None
        try:
            request = self._request(dialog)
            self.queue.add(request)
        except DehazerError as error:
            dialog.show_error(str(error))
            return
        self._remember(request)
        dialog.done(QDialog.DialogCode.Accepted.value)
        self.show()
        self.added.emit()

    def _request(self, dialog: Dialog) -> ExportRequest:
        from dehazer.review import ExportRequest

        span = self._marks.span
        assert span is not None
        options = {camera: self._settings.adjustments(camera).enhance_options() for camera in dialog.cameras}
        if isinstance(dialog, EvidenceDialog):
            return ExportRequest("evidence", dialog.cameras, span, dialog.target, options, case=dialog.case)
        return ExportRequest(dialog.kind, dialog.cameras, span, dialog.target, options, dialog.burn_in,
                             chapters=dialog.bookmarks.isChecked())

    def _remember(self, request: ExportRequest) -> None:
        self._settings.put("folder", str(request.target.parent))
        if request.kind == "evidence":
            self._settings.put("operator", request.case.operator)
            self._settings.put("key", str(request.case.sign_with or ""))

    # the queue

    def _connect_row(self, row: ExportRow) -> None:
        for signal, name in ((row.pause_requested, "pause"), (row.resume_requested, "resume"), (row.cancel_requested, "cancel"),
                             (row.remove_requested, "remove"), (row.again_requested, "again")):
            signal.connect(lambda id, name=name: self._command(name, id))
        row.verify_requested.connect(lambda _id: self.verify_requested.emit(row.status.products[0]))
        row.folder_requested.connect(lambda _id: open_folder(row.status.products[0].parent))

    def _command(self, name: str, id: str) -> None:
        assert self.queue is not None
        commands: dict[str, Callable[[str], object]] = {
            "pause": self.queue.pause, "resume": self.queue.resume, "cancel": self.queue.cancel, "remove": self.queue.remove,
            "again": self.queue.again}
        try:
            commands[name](id)
        except DehazerError as error:
            self.message.emit(str(error), True, None)
        self.show()

    # the end

    def may_close(self) -> bool:
        """Whether nothing speaks against closing; asks while exports run."""
        return not self.running or self._question.agreed(
            self.tr("Exports"), self.tr(
                "Exports are running. They stop when this window is closed, and go on from there when it is opened again."),
            self.tr("Close"), self.tr("Keep open"))

    def stop_asking(self) -> bool:
        """See `ClosingQuestion.stop_asking`."""
        return self._question.stop_asking()


def file_stem(camera: str, when: datetime, zone: tzinfo) -> str:
    """How names of results begin: camera and time of the footage."""
    name = "".join(char if char.isalnum() or char in "-_ " else "_" for char in camera).strip().replace(" ", "-") or "camera"
    return f"{name}_{when.astimezone(zone):%Y-%m-%d_%H-%M-%S}"
