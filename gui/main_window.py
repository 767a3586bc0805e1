"""The window: makes what works in it, connects it, and passes on Qt's events; everything else is done elsewhere."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QShowEvent
from PyQt6.QtWidgets import QMainWindow

from gui.actions import ACTIONS, ActionRunner, ActionTargets
from gui.alerts import Alerts
from gui.cameras import Cameras
from gui.controllers.alarms import AlarmController
from gui.controllers.display import DisplayController
from gui.controllers.finding import FindingController
from gui.controllers.help import HelpController
from gui.controllers.inspector import InspectorController
from gui.controllers.keyboard import KeyboardController
from gui.controllers.menus import MenuController
from gui.controllers.messages import MessageController
from gui.controllers.opening import OpeningController
from gui.controllers.playback import PlaybackController
from gui.controllers.playlist import PlaylistController
from gui.controllers.publishing import PublishingController
from gui.controllers.recording import RecordingController
from gui.controllers.refresh import Check, RefreshController
from gui.controllers.review import ReviewController
from gui.controllers.schedule import ScheduleController
from gui.controllers.second_screen import SecondScreenController
from gui.controllers.seek_hover import SeekHover
from gui.controllers.start_page import StartPageController
from gui.controllers.thumbnails import ThumbnailController
from gui.controllers.walls import WallController
from gui.error_reporter import ErrorReporter
from gui.recording_watch import RecordingWatch
from gui.services.background import Background
from gui.services.engine_loader import EngineLoader
from gui.services.settings import Settings
from gui.services.thumbnails import ThumbnailStore
from gui.services.walls import WallStore
from gui.services.webcams import Webcams
from gui.shutdown import Shutdown
from gui.slowness import SlownessWatch
from gui.warning_watch import WarningWatch
from gui.widgets.drop_button import local_paths
from gui.widgets.hover_card import HoverCard
from gui.widgets.window_widgets import WindowWidgets

WEBCAM_DELAY = 300
"""Milliseconds after the start at which cameras are looked for: the window is there by then."""


class MainWindow(QMainWindow):
    """Everything on one screen."""

    def __init__(self, settings: Settings, thumbnails: ThumbnailStore) -> None:
        super().__init__()
        self.settings = settings
        self._make_services()
        self._make_widgets()
        self._make_controllers(thumbnails)
        self._make_actions()
        self._connect_actions()
        self._connect_controllers()
        self._restore_geometry()
        self.start_page_controller.show()
        self.display.show_cameras()

    # start

    def _make_services(self) -> None:
        """What there is to show."""
        self.background = Background(self)
        self.engine_loader = EngineLoader(self.background, self.settings.engine())
        self.cameras = Cameras(self.engine_loader, self.background, self.settings.target())
        self.webcams = Webcams(lambda: self.engine_loader.loading, self)

    def _make_widgets(self) -> None:
        """Where it is shown."""
        self.setWindowTitle("dehazer")
        self.setMinimumSize(760, 440)
        self.setAcceptDrops(True)
        widgets = self.widgets = WindowWidgets(ACTIONS)
        self.top_bar, self.status_bar, self.inspector, self.frame = (
            widgets.top_bar, widgets.status_bar, widgets.inspector, widgets.frame)
        self.start_page, self.page, self.grid = widgets.start_page, widgets.page, widgets.grid
        self.stack, self.notice = widgets.stack, widgets.notice
        self.setCentralWidget(self.frame)

    def _make_controllers(self, thumbnails: ThumbnailStore) -> None:
        """What takes the one to the other, and what the user wants back."""
        cameras, settings, parent = self.cameras, self.settings, self.frame
        walls = WallStore(settings.data_folder / "walls")
        self.error_reporter = ErrorReporter(cameras, self.engine_loader, parent)
        self.opening = OpeningController(cameras, settings, self.background, self.webcams, parent)
        self.recording = RecordingController(cameras, settings, self.background)
        self.publishing = PublishingController(cameras, settings, self.background, parent)
        self.schedule = ScheduleController(cameras, self.recording, settings, parent)
        self.playback = PlaybackController(cameras)
        self.inspector_controller = InspectorController(self.inspector, cameras, self.engine_loader, settings, self.recording)
        self.start_page_controller = StartPageController(
            self.start_page, cameras, self.webcams, settings=settings, thumbnails=thumbnails, engine_loader=self.engine_loader,
            walls=walls)
        self.display = DisplayController(self.widgets, cameras, settings)
        self.second = SecondScreenController(cameras, settings, parent)
        self.walls = WallController(cameras, self.display, settings, store=walls, background=self.background, second=self.second,
                                    dialog_parent=parent)
        self.finding = FindingController(self.background, parent)
        self.playlist = PlaylistController(self.widgets.playlist, cameras, self.display, settings, background=self.background,
                                           dialog_parent=parent)
        self.messages = MessageController(self.notice, self.start_page, cameras, self.error_reporter)
        self.help = HelpController(ACTIONS, cameras, self.error_reporter, parent)
        self.review = ReviewController(settings, self.engine_loader, self.background, parent)
        self.thumbnails = ThumbnailController(self.page, self.grid, thumbnails)
        self.seek_hover = SeekHover(self.page, HoverCard(parent), settings.film_thumbnails)
        self.alerts, self.slowness, self.recordings = Alerts(self.thumbnails.small_picture), SlownessWatch(), RecordingWatch()
        self.warnings = WarningWatch(self._engine_warnings)
        self.alarms = AlarmController(self.alerts, self.notice, settings, parent)
        self.refresh = RefreshController(cameras, self.display, self._checks(),
                                         lambda: self.isVisible() and not self.isMinimized(), lambda: self.second.shown)
        self.shutdown = Shutdown(cameras, self.refresh, self.thumbnails, settings=settings, background=self.background,
                                 dialog_parent=parent)

    def _engine_warnings(self) -> tuple[str, ...]:
        engine = self.engine_loader.engine
        return engine.warnings if engine is not None else ()

    def _checks(self) -> tuple[Check, ...]:
        """What looks at the numbers of every camera."""
        return (self.slowness.check, self.recordings.check, self.warnings.check, self.recording.check, self.publishing.check,
                self.alerts.check, self.thumbnails.check)

    def _make_actions(self) -> None:
        targets = ActionTargets(self.cameras, self.opening, self.display, self.playback, self.recording,
                                self.inspector_controller, self.alarms, self.help, self.walls, self.publishing,
                                self.finding, self.playlist, self.second, self.schedule, self.page.view, self.close)
        self._action_runner = ActionRunner(targets)
        self.run_action = run = self._action_runner.run
        self._menus = MenuController(self.top_bar.camera_menu, self.top_bar.more_menu, ACTIONS, run=run,
                                     cameras=self.cameras, settings=self.settings, walls=self.walls)
        self.keyboard = KeyboardController(ACTIONS.values(), run, (self.page.view,),
                                           lambda: (self.page.view, *self.grid.tiles), self.frame)

    def _connect_actions(self) -> None:
        run = self.run_action
        self._action_runner.done.connect(self.display.show_top_bar)
        self.top_bar.action_requested.connect(run)
        self.page.action_requested.connect(run)
        self.page.view.double_clicked.connect(lambda: run("zoom_fit" if self.page.view.viewport.zoom > 1 else "fullscreen"))
        self.start_page.source_chosen.connect(self.opening.open)
        self.start_page.browse_requested.connect(self.playlist.browse_files)
        self.playlist.single.connect(self.opening.open_text)
        self.widgets.playlist.action_requested.connect(run)
        self.start_page.address_requested.connect(self.opening.show_dialog)
        for finding in (self.start_page, self.opening):
            finding.find_requested.connect(self.finding.show)
        self.finding.chosen.connect(self.opening.open)
        self.start_page.review_requested.connect(self.review.browse)
        self.start_page.review_dropped.connect(self.review.open)

    def _connect_controllers(self) -> None:
        for sender in (self.recording, self.schedule, self.publishing, self.help, self.walls):
            sender.message.connect(self.messages.show)
        for signal in (self.recording.changed, self.publishing.changed, self.playback.changed, self._menus.changed,
                       self.engine_loader.failed, self.second.changed):
            signal.connect(self.refresh.update)
        for refusing in (self.opening, self.review, self.walls, self.playlist):
            refusing.refused.connect(self.messages.show_refusal)
        self.review.closed.connect(self._close_if_hidden)
        for opening in (self.opening, self.walls, self.playlist):
            opening.opened.connect(self.messages.clear_refusal)
        for opening in (self.opening, self.playlist):
            opening.opened.connect(lambda _camera: self.page.view.setFocus())
        self.playlist.closing.connect(self.alerts.forget)
        for closing in (self.playback, self.walls):
            closing.closing.connect(self.thumbnails.save)
            closing.closing.connect(self.alerts.forget)
        self.walls.renamed.connect(lambda name: self.setWindowTitle(f"{name} – dehazer" if name else "dehazer"))
        self.start_page.wall_chosen.connect(self.walls.open)
        self.walls.changed.connect(self.start_page_controller.show)
        self.alerts.unexpected.connect(self.error_reporter.show)
        self.warnings.warned.connect(self.messages.show_warning)
        self.status_bar.warnings_requested.connect(self.messages.show_warnings)
        self.background.failed.connect(self.error_reporter.show)
        self.engine_loader.failed.connect(self.messages.show_engine_error)
        self.engine_loader.loaded.connect(self.display.show_cameras)
        for signal in (self.engine_loader.loaded, self.engine_loader.failed):
            signal.connect(self.webcams.resume)
        self.display.fullscreen_requested.connect(self._toggle_fullscreen)

    def _restore_geometry(self) -> None:
        geometry = self.settings.bytes("window/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1280, 720)

    def load(self) -> None:
        """Load the engine in the background, and look for cameras once the window is there."""
        self.engine_loader.load(self.engine_loader.options)
        QTimer.singleShot(WEBCAM_DELAY, self._look_for_webcams)

    def _look_for_webcams(self) -> None:
        if not self.cameras.all:
            self.webcams.start()

    # Qt's events

    def _toggle_fullscreen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self.refresh.update_visibility()

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self.refresh.update_visibility()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.WindowStateChange:
            self.refresh.update_visibility()
        elif event is not None and event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keyboard.release_all()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if not self.keyboard.release(event):
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        data = event.mimeData() if event is not None else None
        if event is not None and data is not None and (data.hasUrls() or data.hasText()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """A folder or several files become a list, beside other cameras each a tile; addresses and one file are opened."""
        data = event.mimeData() if event is not None else None
        paths = local_paths(data)
        if any(path.is_dir() for path in paths) or (len(paths) > 1 and not self.display.grid_on):
            self.playlist.open(paths)
        elif data is not None and self.opening.open_dropped(data) > 1:
            self.display.show_grid(True)

    def close_without_asking(self) -> None:
        """Nobody may be there to answer. Recordings are ended first, so their files are complete."""
        self.review.close_without_asking()
        self.walls.stop_asking()
        if not self.shutdown.stop_asking():
            self.close()

    def _close_if_hidden(self) -> None:
        if not self.isVisible():  # the program was started for the review alone
            self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask if recordings or exports run, then end them and everything else."""
        if event is not None and not (self.shutdown.may_close() and self.review.close()):
            event.ignore()
            return
        self.settings.put("window/geometry", self.saveGeometry())
        self.seek_hover.close()
        self.finding.stop()
        self.second.close()
        self.playlist.stop()
        self.shutdown.run()
        super().closeEvent(event)
