"""The review room's window: makes what works in it, connects it, and passes on Qt's events; everything else is done elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PyQt6.QtWidgets import QMainWindow

from gui.controllers.keyboard import KeyboardController
from gui.review.actions import COLUMNS, REVIEW_ACTIONS, ReviewActionRunner, ReviewTargets
from gui.review.activity_log import ActivityLog
from gui.review.adjustment_controller import AdjustmentController
from gui.review.bookmark_controller import BookmarkController
from gui.review.display_controller import DisplayController
from gui.review.export_controller import ExportController
from gui.review.help_controller import HelpController
from gui.review.library_controller import LibraryController
from gui.review.mark_controller import MarkController
from gui.review.menu_controller import ReviewMenu
from gui.review.message_controller import ReviewMessages
from gui.review.overlay_controller import OverlayController
from gui.review.playback_controller import PlaybackController
from gui.review.review_settings import ReviewSettings
from gui.review.review_widgets import ReviewWidgets
from gui.review.room import ReviewRoom
from gui.review.save_controller import SaveController
from gui.review.scan_throttle import ScanThrottle
from gui.review.sound_output import SoundOutput
from gui.review.time_line_controller import TimeLineController
from gui.review.time_line_hover import TimeLineHover
from gui.review.verify_controller import VerifyController
from gui.services.background import Background
from gui.services.engine_loader import EngineLoader
from gui.services.settings import Settings
from gui.widgets.drop_button import local_paths
from gui.widgets.hover_card import HoverCard

MINIMUM = 960, 540
"""Pixels across and down in which every control of the window is whole."""


class ReviewWindow(QMainWindow):
    """One library on one screen. closed: the window was closed, and everything behind it has ended."""

    closed = pyqtSignal()

    def __init__(self, settings: Settings, engine_loader: EngineLoader, background: Background) -> None:
        """Raises members of DehazerError where what was saved of earlier reviews cannot be used."""
        super().__init__()
        self.settings, self._engine_loader, self._background = settings, engine_loader, background
        self.review_settings = ReviewSettings(settings)
        self.room = ReviewRoom(settings.data_folder / "review")
        self._make_widgets()
        self._make_controllers()
        self._make_actions()
        self._connect_widgets()
        self._connect_controllers()
        self._restore_geometry()
        self._use_engine()

    # start

    def _make_widgets(self) -> None:
        self.setWindowTitle(self.tr("dehazer – recordings"))
        self.setMinimumSize(*MINIMUM)
        self.setAcceptDrops(True)
        widgets = self.widgets = ReviewWidgets(REVIEW_ACTIONS)
        self.bar, self.transport, self.panes, self.time_line, self.tabs = (
            widgets.bar, widgets.transport, widgets.panes, widgets.time_line, widgets.tabs)
        self.frame = widgets.frame
        self.setCentralWidget(self.frame)

    def _make_controllers(self) -> None:
        widgets, panes, settings, parent = self.widgets, self.panes, self.review_settings, self.frame
        self.messages = ReviewMessages(widgets.notice)
        self.display = DisplayController(self.frame, self.bar, panes, self.transport, settings=self.settings)
        self.playback = PlaybackController(panes, self.transport, self._background)
        self.marks = MarkController(self.playback, self.transport)
        self.bookmarks = BookmarkController(widgets.bookmarks, self.room.bookmarks, self.playback, self.marks, panes=panes,
                                            dialog_parent=parent)
        self.time_line_controller = TimeLineController(self.time_line, self.playback, self.marks, self.bookmarks, panes)
        self.library = LibraryController(self.room, widgets.library, self.bar, panes, playback=self.playback,
                                         time_line=self.time_line_controller, settings=settings, dialog_parent=parent)
        self.adjustments = AdjustmentController(widgets.picture, panes, self.playback, settings)
        self.exports = ExportController(widgets.exports, self.playback, self.marks, panes, settings=settings,
                                        dialog_parent=parent)
        self.saving = SaveController(self.room, self.playback, self.marks, panes, exports=self.exports,
                                     settings=settings, background=self._background)
        self.verifying = VerifyController(settings, self._background, parent)
        self.sound = SoundOutput(self.room, self.playback, panes, self.transport)
        self.hover = TimeLineHover(self.time_line, HoverCard(self.frame), self.settings.film_thumbnails)
        self.throttle = ScanThrottle(self.room)
        self.overlay = OverlayController(panes, self.playback, self.display, self._engine_loader)
        self.activity = ActivityLog(self.room, panes, self.marks, widgets.picture)
        self.help = HelpController(REVIEW_ACTIONS, COLUMNS, parent)

    def _make_actions(self) -> None:
        targets = ReviewTargets(self.playback, self.widgets.library.jumps, self.marks, self.bookmarks, self.exports,
                                self.saving, self.verifying, self.sound, self.display, self.help, self.library, self.close)
        self._action_runner = ReviewActionRunner(targets)
        self.run_action = run = self._action_runner.run
        self._menu = ReviewMenu(self.bar.more_menu, REVIEW_ACTIONS, run=run, library=self.library, settings=self.review_settings)
        self.keyboard = KeyboardController(REVIEW_ACTIONS.values(), run, (self.panes, self.time_line),
                                           lambda: self.panes.shown, self.frame)

    def _connect_widgets(self) -> None:
        run, widgets = self.run_action, self.widgets
        self._action_runner.done.connect(self.display.show_bar)
        for sender in (self.bar, self.transport, widgets.bookmarks, widgets.exports):
            sender.action_requested.connect(run)
        self.display.fullscreen_requested.connect(self._toggle_fullscreen)
        widgets.library.folder_requested.connect(lambda: run("open"))
        widgets.library.patterns_requested.connect(lambda: run("names"))
        widgets.library.message.connect(lambda text: self.messages.show(text, False))
        self.display.show_bar()

    def _connect_controllers(self) -> None:
        room = self.room
        for sender in (self.bookmarks, self.exports, self.saving, self.verifying, self.sound):
            sender.message.connect(self.messages.show)
        for signal in (self.playback.refused, room.trouble, self.activity.trouble):
            signal.connect(self.messages.show_refusal)
        self.bookmarks.added.connect(self.activity.bookmarked)
        self.library.opened.connect(self.activity.opened)
        self.saving.saved.connect(self.activity.saved)
        self.bookmarks.added.connect(lambda _mark: self._show_tab("bookmarks"))
        self.exports.added.connect(lambda: self._show_tab("exports"))
        self.exports.verify_requested.connect(self.verifying.verify)
        room.rebuilt.connect(self._rebuilt)
        room.playback_changed.changed.connect(self.playback.update)
        room.exports_changed.changed.connect(self.exports.show)
        self.panes.arranged.connect(self.adjustments.apply)
        self.library.zone_changed.connect(self.bookmarks.show)
        self._engine_loader.changed.connect(self._use_engine)
        self._engine_loader.failed.connect(self._engine_failed)

    def _restore_geometry(self) -> None:
        geometry = self.settings.bytes("review/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1280, 800)

    def _show_tab(self, name: str) -> None:
        self.display.show_inspector()
        self.tabs.turn_to(name)

    # what is open

    def open(self, paths: Sequence[Path]) -> None:
        """Review these folders and files."""
        self.library.open(paths)
        self.bookmarks.refresh()

    def _use_engine(self) -> None:
        self.room.use_engine(self._engine_loader.engine)

    def _engine_failed(self, error: BaseException) -> None:
        self.playback.waiting = str(error)
        self.playback.show_cameras()
        self.messages.show_refusal(str(error))

    def _rebuilt(self) -> None:
        """Library, playback or exports are other objects."""
        self.playback.set_playback(self.room.playback)
        self.exports.set_queue(self.room.exports)
        self.adjustments.apply()
        self.library.show()

    # Qt's events

    def _toggle_fullscreen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keyboard.release_all()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if not self.keyboard.release(event):
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Review the folders and files that were dropped."""
        paths = local_paths(event.mimeData()) if event is not None else []
        if paths:
            self.open(paths)

    def close_without_asking(self) -> None:
        """Nobody may be there to answer."""
        if not self.exports.stop_asking():
            self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask if exports run, then end everything; they go on when the room is opened again."""
        if event is not None and not self.exports.may_close():
            event.ignore()
            return
        self.settings.put("review/geometry", self.saveGeometry())
        self.display.save()
        self.settings.save()
        self.overlay.stop()
        self.throttle.stop()
        self.sound.stop()
        self.hover.close()
        self.room.stop()
        super().closeEvent(event)
        self.closed.emit()
