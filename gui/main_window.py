"""The window: start page, one camera or all of them, and the controls around; it displays and passes on, no more."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

from PyQt6.QtCore import QEvent, Qt, QTimer
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PyQt6.QtWidgets import QAbstractButton, QMainWindow, QStackedWidget

from gui import menus
from gui.acts import Acts
from gui.background import Background
from gui.changes import Changes
from gui.choice import Choice
from gui.commands import COMMANDS
from gui.fleet import Fleet
from gui.leaving import may_stop_recording
from gui.mishaps import Mishaps
from gui.opening import Opening
from gui.readout import Readout
from gui.recording import Recording, clock_of, show_folder, space_of
from gui.session import Camera, readout_from
from gui.settings import OVERLAY_ROWS, Settings
from gui.stills import Stills
from gui.webcams import Webcams
from gui.widgets.camera_page import CameraPage
from gui.widgets.grid_page import GridPage
from gui.widgets.inspector import Inspector
from gui.widgets.notice import Notice
from gui.widgets.shell import Shell
from gui.widgets.start_page import StartPage
from gui.widgets.state_mark import word_of
from gui.widgets.strip import Strip
from gui.widgets.top_bar import TopBar

REFRESH = 250
"""Milliseconds between two looks at the numbers."""
STILL_AFTER = 3.0
"""Seconds after opening at which a still is kept for the start page."""


class MainWindow(QMainWindow):
    """Everything on one screen. grid_on: all cameras side by side. immersed: full screen. way_out: see gui.leaving."""

    def __init__(self, settings: Settings, stills: Stills) -> None:
        super().__init__()
        self.settings, self.stills = settings, stills
        self.background = Background(self)
        self.fleet = Fleet(self.background)
        self.webcams = Webcams(lambda: self.fleet.loading, self)
        self.opening = Opening(self, self.fleet, settings, self.background, self.webcams)
        self.recording = Recording(settings, self.background, self)
        self.grid_on = self.immersed = False
        self._asks = True
        self.way_out: QAbstractButton | None = None
        self.inspector_on = True
        self.readout = Readout()
        self._stilled: set[Camera] = set()
        self._build()
        self.acts, self.changes, self.mishaps = Acts(self), Changes(self), Mishaps(self)
        self.do = self.acts.do
        self._wire()
        self._wire_models()
        self._bind_keys()
        self._restore()
        self.show_fleet()

    # building

    def _build(self) -> None:
        self.setWindowTitle("dehazer")
        self.setMinimumSize(760, 440)
        self.setAcceptDrops(True)
        self.bar, self.strip, self.inspector = TopBar(), Strip(), Inspector()
        self.start_page, self.page, self.grid = StartPage(), CameraPage(), GridPage()
        self.stack = QStackedWidget()
        for widget in (self.start_page, self.page, self.grid):
            self.stack.addWidget(widget)
        self.shell = Shell(self.bar, self.stack, self.inspector, self.strip)
        self.setCentralWidget(self.shell)
        self.notice = Notice(self.stack)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH)
        self._timer.timeout.connect(self.refresh)

    def _wire(self) -> None:
        cameras, more = self.bar.name.menu(), self.bar.more.menu()
        assert cameras is not None
        assert more is not None
        cameras.aboutToShow.connect(lambda: menus.fill_cameras(cameras, self.fleet, self.fleet.look_at, self.do))
        more.aboutToShow.connect(lambda: menus.fill_more(more, self.settings, self.do, self.refresh))
        self.bar.wanted.connect(self.do)
        self.bar.view_picked.connect(self.set_view)
        self.start_page.opened.connect(self.opening.open)
        self.start_page.forgotten.connect(self._forget)
        self.start_page.browse.connect(self.opening.browse)
        self.start_page.address.connect(self.opening.ask)
        self.page.acted.connect(self._act)
        self.page.view.chosen.connect(lambda: self.do("zoom_fit" if self.page.view.lens.zoom > 1 else "fullscreen"))
        self.grid.enlarged.connect(self._enlarge)
        self.grid.selected.connect(self._select)

    def _wire_models(self) -> None:
        self.fleet.listed.connect(self.show_fleet)
        self.fleet.woken.connect(self._woken)
        self.opening.refused.connect(self.refuse)
        self.opening.opened.connect(self._opened)
        self.recording.said.connect(self.say)
        self.recording.changed.connect(self.refresh)
        self.fleet.recorded.connect(self.recording.ended)
        self.background.failed.connect(self.mishaps.show)
        self.webcams.changed.connect(self._show_start)
        self.fleet.engine_changed.connect(self.webcams.go_on)
        self.fleet.failed.connect(self.webcams.go_on)

    def _bind_keys(self) -> None:
        for command in COMMANDS.values():
            for key in () if command.name == "peek" else command.keys:  # peek is held, not struck: see keyPressEvent
                local = command.local and not (len(key) == 1 and key.isalpha())
                shortcut = QShortcut(QKeySequence(key), self.page.view if local else self)
                if local:
                    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(lambda name=command.name: self.do(name))

    def _restore(self) -> None:
        geometry = self.settings.bytes("window/geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1280, 720)
        self.inspector_on = self.settings.flag("window/inspector", True)
        self.changes.restore()

    def begin(self) -> None:
        """Load what computes, in the background, and look for cameras once the window is there."""
        self.start_page.show_device(self.tr("Loading the model …"))
        self.fleet.load(self.fleet.options)
        QTimer.singleShot(300, self._look_for_cameras)

    def _look_for_cameras(self) -> None:
        if not self.fleet.cameras:
            self.webcams.start()

    # what is shown

    def show_fleet(self) -> None:
        """Cameras came or went, or another one is looked at."""
        fleet = self.fleet
        self.grid_on = self.grid_on and len(fleet.cameras) > 1
        if fleet.current is None:
            self._show_start()
        elif self.grid_on:
            self.page.bind(None)
            self.stack.setCurrentWidget(self.grid)
            self.grid.show_cameras(fleet.cameras, fleet.current)
        else:
            self.grid.show_cameras([], None)
            self.stack.setCurrentWidget(self.page)
            self.page.bind(fleet.current)
        if fleet.current is not None:
            self.inspector.show_look(fleet.current.look)
            self.inspector.presets.show_presets(self.settings.presets(fleet.current.choice), fleet.current.look)
        self._see()
        self._show_parts()
        self.refresh()

    def _pace(self) -> None:
        """Numbers are looked at while there are any and somebody sees them, or an alarm or a recording needs it."""
        needed = any(c.recording or c.look.alarm > 0 for c in self.fleet.cameras)
        wanted = bool(self.fleet.cameras) and (self._seen() or needed)
        if wanted != self._timer.isActive():
            self._timer.start() if wanted else self._timer.stop()

    def _show_start(self) -> None:
        if self.fleet.current is None:
            self.page.bind(None)
            self.grid.show_cameras([], None)
            recent = self.settings.recents()
            self.start_page.show_sources(self.webcams.cameras, recent, self.stills.found(recent))
            self.stack.setCurrentWidget(self.start_page)

    def _show_parts(self) -> None:
        there = self.fleet.current is not None
        self.shell.set_parts(there and self.inspector_on, there)
        self.bar.set_busy_with(there)
        self.show_bar()

    def show_bar(self) -> None:
        """State, name and buttons as they are."""
        camera, view = self.fleet.current, self.page.view
        if camera is None:
            self.bar.show_source("ended", "dehazer", "")
        else:
            size = f"{self.readout.size[0]}×{self.readout.size[1]} · " if self.readout.size else ""
            self.bar.show_source(camera.kind, camera.choice.title, size + word_of(camera.kind))
            self.bar.views.choose(camera.view)
            self.bar.show_pause(camera.paused or (camera.plays and camera.status.is_over))
        states = {"loupe": view.loupe, "grid": self.grid_on, "inspector": self.inspector_on, "fullscreen": self.immersed}
        for name, on in states.items():
            self.bar.buttons[name].setChecked(on)
        self.bar.buttons["grid"].setVisible(len(self.fleet.cameras) > 1)

    def set_view(self, view: str) -> None:
        """Look at the current camera in another way."""
        if self.fleet.current is not None:
            self.fleet.current.view = view
        self.page.view.set_view(view)
        self.grid.set_view(view)
        self.show_bar()

    def show_grid(self, on: bool) -> None:
        """All cameras side by side, or the current one alone."""
        self.grid_on = on and len(self.fleet.cameras) > 1
        self.show_fleet()

    def show_inspector(self, on: bool) -> None:
        """Fold the controls away, or bring them back."""
        self.inspector_on = on
        self.settings.put("window/inspector", on)
        self._show_parts()
        self.shell.appear()

    def immerse(self, on: bool) -> None:
        """Full screen, or back."""
        if on != self.immersed:
            self.immersed = on
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            self.shell.set_immersed(on)
            self._show_parts()

    def refresh(self) -> None:
        """Look at the numbers and put them where they belong."""
        for camera in self.fleet.cameras:
            numbers = camera.numbers()
            if numbers is not None:
                self.mishaps.watch(camera, numbers)
                if camera not in self._stilled and numbers["painted"] and monotonic() - camera.opened > STILL_AFTER:
                    self.keep_still(camera)
                if camera is self.fleet.current:
                    self._show_numbers(camera, numbers)
        if self.grid_on:
            self.grid.show_states()
        self.page.show_state()
        self.show_bar()

    def _show_numbers(self, camera: Camera, numbers: dict[str, Any]) -> None:
        now = self.readout = readout_from(numbers)
        shown = [r for r in OVERLAY_ROWS if self.settings.flag("overlay/on", False) and self.settings.flag(f"overlay/{r}", True)]
        if not self.grid_on:
            self.page.show_readout(now, shown, camera.look.alarm)
        self.strip.show_readout(now, camera.look.alarm, monotonic() - camera.opened)
        self.inspector.engine.show_machine(now.device, now.note)
        self.inspector.record.show_space(space_of(numbers["recording"]))
        self.bar.show_recording(clock_of(numbers["recording"]))

    def keep_still(self, camera: Camera) -> None:
        """Keep a small picture for the start page."""
        shown = [(self.page.camera, self.page.view), *((tile.camera, tile) for tile in self.grid.tiles)]
        pair = next((view.pair for whose, view in shown if whose is camera), None)
        if pair is not None:
            self._stilled.add(camera)
            self.stills.save(camera.choice, pair.image("dehazed"))

    def _woken(self, camera: Camera) -> None:
        if not self._seen():
            return
        if self.grid_on:
            self.grid.wake(camera)
        elif camera is self.page.camera:
            self.page.wake()

    # what is seen

    def _seen(self) -> bool:
        return self.isVisible() and not self.isMinimized()

    def _see(self) -> None:
        """Cameras nobody can see rest."""
        for camera in self.fleet.cameras:
            camera.set_unseen(not self._seen() or not (self.grid_on or camera is self.fleet.current))
        self._pace()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self._see()

    def hideEvent(self, event: QHideEvent | None) -> None:
        super().hideEvent(event)
        self._see()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.WindowStateChange:
            self._see()
        elif event is not None and event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._peek(False)  # the key is let go elsewhere

    def _peek(self, on: bool) -> None:
        for view in (self.page.view, *self.grid.tiles):
            view.set_peeking(on)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat():
            self._peek(True)
        elif event is not None and event.text() == "?":
            self.do("keys")  # on many keyboards this needs Shift, which a shortcut would have to know
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat():
            self._peek(False)
        else:
            super().keyReleaseEvent(event)

    def _opened(self, camera: Camera) -> None:
        self.start_page.show_trouble("")
        self.page.view.setFocus()

    def refuse(self, words: str) -> None:
        """Something could not be opened or loaded."""
        self.start_page.show_trouble(words)
        if self.fleet.current is not None:
            self.say(words, True, None)

    def _forget(self, choice: Choice) -> None:
        self.settings.forget(choice)
        self.stills.forget(choice)
        self._show_start()

    def _enlarge(self, camera: Camera) -> None:
        self.grid_on = False
        self.fleet.look_at(camera)
        self.page.view.setFocus()

    def _select(self, camera: Camera) -> None:
        if camera is not self.fleet.current:
            self.fleet.look_at(camera)

    def _act(self, action: str) -> None:
        camera = self.fleet.current
        if action == "retry":
            self.do("retry")
        elif action == "password" and camera is not None:
            self.opening.ask(camera.choice, camera.status.sentence, instead=camera)
        elif action == "change" and camera is not None:
            self.opening.ask(camera.choice, instead=camera)
        elif action == "cpu":
            self.changes.on_processor()
        elif action == "details" and camera is not None and camera.status.error is not None:
            self.mishaps.show(camera.status.error)

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
        data = event.mimeData() if event is not None else None
        if data is None:
            return
        urls = [u.toLocalFile() if u.isLocalFile() else u.toString() for u in data.urls()] if data.hasUrls() else [data.text()]
        for url in urls:
            self.opening.open_text(url)
        if len(urls) > 1:
            self.show_grid(True)

    def leave(self) -> None:
        """Close without asking: nobody may be there to answer. Recordings are ended first, so their files are complete."""
        self._asks = False
        if self.way_out is not None:
            self.way_out.click()  # the question is open: this answers it, and the window closes
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        recording = any(c.recording for c in self.fleet.cameras)
        if event is not None and recording and self._asks and not may_stop_recording(self):
            event.ignore()
            return
        self._timer.stop()
        for camera in self.fleet.cameras:
            self.keep_still(camera)
        self.settings.put("window/geometry", self.saveGeometry())
        self.settings.save()
        self.fleet.stop_all()
        self.background.close()
        super().closeEvent(event)
