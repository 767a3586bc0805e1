"""The window: makes what works in it, connects it, and passes on what the system tells it; the rest is done elsewhere."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QShowEvent
from PyQt6.QtWidgets import QAbstractButton, QMainWindow

from gui import menus
from gui.acts import Acts
from gui.album import Album
from gui.background import Background
from gui.changes import Changes
from gui.display import Display
from gui.fleet import Fleet
from gui.keyboard import Keyboard
from gui.leaving import may_stop_recording
from gui.mishaps import Mishaps
from gui.offers import Offers
from gui.opening import Opening
from gui.parts import Parts
from gui.recording import Recording, show_folder
from gui.session import Camera
from gui.settings import Settings
from gui.stills import Stills
from gui.watch import Watch
from gui.webcams import Webcams


class MainWindow(QMainWindow):
    """Everything on one screen. way_out: see gui.leaving."""

    def __init__(self, settings: Settings, stills: Stills) -> None:
        super().__init__()
        self.settings = settings
        self._asks = True
        self.way_out: QAbstractButton | None = None
        self._make_models()
        self._make_parts()
        self._make_controllers(stills)
        self._wire()
        self._wire_models()
        self._restore()
        self.display.show_fleet()

    # building

    def _make_models(self) -> None:
        """What there is to show."""
        self.background = Background(self)
        self.fleet = Fleet(self.background)
        self.webcams = Webcams(lambda: self.fleet.loading, self)
        self.opening = Opening(self, self.fleet, self.settings, self.background, self.webcams)
        self.recording = Recording(self.settings, self.background, self)

    def _make_parts(self) -> None:
        """Where it is shown."""
        self.setWindowTitle("dehazer")
        self.setMinimumSize(760, 440)
        self.setAcceptDrops(True)
        parts = self.parts = Parts()
        self.bar, self.strip, self.inspector, self.shell = parts.bar, parts.strip, parts.inspector, parts.shell
        self.start_page, self.page, self.grid = parts.start_page, parts.page, parts.grid
        self.stack, self.notice = parts.stack, parts.notice
        self.setCentralWidget(self.shell)

    def _make_controllers(self, stills: Stills) -> None:
        """What takes the one to the other, and what the user wants back."""
        offers = Offers(self.start_page, self.fleet, self.webcams, self.settings, stills)
        self.display = Display(self.parts, self.fleet, self.settings, offers)
        self.album, self.mishaps = Album(self.parts, stills), Mishaps(self)
        self.watch = Watch(self, self.fleet, self.display, self.album, self.mishaps)
        self.changes = Changes(self)
        self.acts = Acts(self)
        self.do = self.acts.do
        self.keyboard = Keyboard(self, self.parts, self.do)

    def _wire(self) -> None:
        cameras, more = self.bar.name.menu(), self.bar.more.menu()
        assert cameras is not None
        assert more is not None
        cameras.aboutToShow.connect(lambda: menus.fill_cameras(cameras, self.fleet, self.fleet.look_at, self.do))
        more.aboutToShow.connect(lambda: menus.fill_more(more, self.settings, self.do, self.watch.refresh))
        self.bar.wanted.connect(self.do)
        self.start_page.opened.connect(self.opening.open)
        self.start_page.browse.connect(self.opening.browse)
        self.start_page.address.connect(self.opening.ask)
        self.page.acted.connect(self.do)
        self.page.view.chosen.connect(lambda: self.do("zoom_fit" if self.page.view.lens.zoom > 1 else "fullscreen"))

    def _wire_models(self) -> None:
        self.opening.refused.connect(self.refuse)
        self.opening.opened.connect(self._opened)
        self.recording.said.connect(self.say)
        self.recording.changed.connect(self.watch.refresh)
        self.fleet.recorded.connect(self.recording.ended)
        self.background.failed.connect(self.mishaps.show)
        self.fleet.engine_changed.connect(self.webcams.go_on)
        self.fleet.failed.connect(self.webcams.go_on)

    def _restore(self) -> None:
        geometry = self.settings.bytes("window/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1280, 720)
        self.changes.restore()

    def begin(self) -> None:
        """Load what computes, in the background, and look for cameras once the window is there."""
        self.start_page.show_device(self.tr("Loading the model …"))
        self.fleet.load(self.fleet.options)
        QTimer.singleShot(300, self._look_for_cameras)

    def _look_for_cameras(self) -> None:
        if not self.fleet.cameras:
            self.webcams.start()

    # full screen, sight and keys

    def immerse(self, on: bool) -> None:
        """Full screen, or back."""
        if on != self.display.immersed:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            self.display.immerse(on)

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self.watch.see()

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self.watch.see()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.WindowStateChange:
            self.watch.see()
        elif event is not None and event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keyboard.forget()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if not self.keyboard.release(event):
            super().keyReleaseEvent(event)

    # what is said

    def _opened(self, camera: Camera) -> None:
        self.start_page.show_trouble("")
        self.page.view.setFocus()

    def refuse(self, words: str) -> None:
        """Something could not be opened or loaded."""
        self.start_page.show_trouble(words)
        if self.fleet.current is not None:
            self.say(words, True, None)

    def say(self, words: str, bad: bool, folder: Path | None) -> None:
        """A short message at the lower edge, with a way to the folder it speaks of."""
        if folder is None:
            self.notice.say(words, bad=bad)
        else:
            self.notice.say(words, bad=bad, button=self.tr("Show in folder"), action=lambda: show_folder(folder))

    # coming and going

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        data = event.mimeData() if event is not None else None
        if event is not None and data is not None and (data.hasUrls() or data.hasText()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Open every file or address that was dropped, in the grid when there are several."""
        data = event.mimeData() if event is not None else None
        if data is None:
            return
        urls = [u.toLocalFile() if u.isLocalFile() else u.toString() for u in data.urls()] if data.hasUrls() else [data.text()]
        for url in urls:
            self.opening.open_text(url)
        if len(urls) > 1:
            self.display.show_grid(True)

    def leave(self) -> None:
        """Close without asking: nobody may be there to answer. Recordings are ended first, so their files are complete."""
        self._asks = False
        if self.way_out is not None:
            self.way_out.click()  # the question is open: this answers it, and the window closes
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask if recordings run, then end them and everything else."""
        recording = any(c.recording for c in self.fleet.cameras)
        if event is not None and recording and self._asks and not may_stop_recording(self):
            event.ignore()
            return
        self.watch.stop()
        for camera in self.fleet.cameras:
            self.album.keep(camera)
        self.settings.put("window/geometry", self.saveGeometry())
        self.settings.save()
        self.fleet.stop_all()
        self.background.close()
        super().closeEvent(event)
