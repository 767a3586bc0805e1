"""The second window: shows a camera or all of them on another screen, follows the first window, remembers its place."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPoint, QRect, QTimer, pyqtSignal
from PyQt6.QtGui import QGuiApplication, QScreen
from PyQt6.QtWidgets import QMenu, QWidget

from gui.camera import Camera
from gui.cameras import Cameras
from gui.first_size import within
from gui.services.settings import Settings
from gui.widgets.menu import add_action
from gui.widgets.second_window import SecondWindow

GEOMETRY, SCREEN, FULL = "second/geometry", "second/screen", "second/fullscreen"
"""Settings: the place of the window, the name of its screen, and whether it fills it."""
INTERVAL = 250
"""Milliseconds between two looks at the states; some count seconds."""
SIZE = (960, 540)
ALL = -1


class SecondScreenController(QObject):
    """window: while it is open. pinned: the camera that was chosen for it, None for all. changed: what it shows is another."""

    changed = pyqtSignal()

    def __init__(self, cameras: Cameras, settings: Settings, first: QWidget) -> None:
        """first: anything in the first window."""
        super().__init__()
        self._cameras, self._settings, self._first = cameras, settings, first
        self.window: SecondWindow | None = None
        self.pinned: Camera | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._show_states)
        cameras.changed.connect(self._show)
        cameras.updated.connect(self._update)

    @property
    def shown(self) -> list[Camera]:
        """The cameras in the second window, in its order."""
        if self.window is None or not self.window.isVisible() or self.window.isMinimized():
            return []
        return self._wanted()

    def _wanted(self) -> list[Camera]:
        return list(self._cameras.all) if self.pinned is None else [self.pinned]

    @property
    def saved(self) -> int | None:
        """For a wall: the index of the camera that is shown, ALL, or None for a window that is closed."""
        if self.window is None:
            return None
        return ALL if self.pinned is None else self._cameras.all.index(self.pinned)

    def show_current(self) -> None:
        """Show the camera that is looked at; it stays when another one is looked at in the first window."""
        if self._cameras.current is not None:
            self.open(self._cameras.current)

    def show_all(self) -> None:
        """Show all cameras side by side."""
        if self._cameras.all:
            self.open(None)

    def open(self, camera: Camera | None) -> None:
        """Open the window, or show something else in it. camera: None for all."""
        self.pinned = camera
        if self.window is None:
            window = self.window = SecondWindow()
            window.camera_chosen.connect(self.open)
            window.menu_requested.connect(self._show_menu)
            window.closed.connect(self._closed)
            self._place(window)
            self._timer.start()
        self._show()
        self.window.raise_()
        self.changed.emit()

    def close(self) -> None:
        """Close it, with the first window or by itself."""
        if self.window is not None:
            self.window.close()

    def _closed(self) -> None:
        window, self.window, self.pinned = self.window, None, None
        self._timer.stop()
        if window is not None:
            self._remember(window)
            window.deleteLater()
        self.changed.emit()

    # its place

    def _remember(self, window: SecondWindow) -> None:
        screen = window.screen()
        self._settings.put(SCREEN, screen.name() if screen is not None else "")
        self._settings.put(FULL, window.isFullScreen())
        self._settings.put(GEOMETRY, window.saveGeometry())

    def _place(self, window: SecondWindow) -> None:
        """Where it was; else filling another screen than that of the first window; else as a window beside it."""
        first = self._first.window().screen() if self._first.window() is not None else None  # type: ignore[union-attr]
        screens = QGuiApplication.screens()
        known = next((screen for screen in screens if screen.name() == self._settings.text(SCREEN)), None)
        other = known or next((screen for screen in screens if screen is not first), None)
        geometry = self._settings.bytes(GEOMETRY)
        full = self._settings.flag(FULL, True) and other is not None and other is not first
        if not geometry.isEmpty() and known is not None and window.restoreGeometry(geometry):
            full = self._settings.flag(FULL, False)
        else:
            window.setGeometry(_middle(other or first))
        if known is not None and not known.geometry().intersects(window.frameGeometry()):
            window.setGeometry(_middle(known))  # its screen is elsewhere than it was
        window.showFullScreen() if full else window.showNormal()

    # what it shows

    def _show(self) -> None:
        if self.window is None:
            return
        if self.pinned is not None and self.pinned not in self._cameras.all:
            self.pinned = self._cameras.current  # it was closed: what the first window shows
        everything = self.pinned is None
        self.window.show_cameras(self._wanted(), everything)

    def _update(self, camera: Camera) -> None:
        if camera in self.shown and self.window is not None:
            self.window.grid.update_camera(camera)

    def _show_states(self) -> None:
        if self.window is not None:
            self.window.grid.show_states()

    def _show_menu(self, at: QPoint) -> None:
        assert self.window is not None
        window, menu = self.window, QMenu(self.window)
        menu.aboutToHide.connect(menu.deleteLater)
        for camera in self._cameras.all:
            add_action(menu, camera.title, lambda camera=camera: self.open(camera), camera is self.pinned)  # type: ignore[misc]
        add_action(menu, self.tr("All cameras"), lambda: self.open(None), self.pinned is None)
        menu.addSeparator()
        add_action(menu, f"{self.tr('Full screen')}\tF", window.toggle_fullscreen, window.isFullScreen())
        add_action(menu, f"{self.tr('Close this window')}\tW", window.close)
        menu.popup(at)


def _middle(screen: QScreen | None) -> QRect:
    """A window's place in the middle of a screen."""
    place = QRect(0, 0, *SIZE)
    if screen is not None:
        room = screen.availableGeometry()
        place.setSize(within(place.size(), screen))
        place.moveCenter(room.center())
    return place
