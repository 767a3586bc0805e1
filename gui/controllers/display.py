"""What the window shows: which page and which parts of the window, and the state and numbers of the cameras on them."""

from __future__ import annotations

from time import monotonic

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from dehazer import SessionSnapshot
from gui.camera import Camera
from gui.cameras import Cameras
from gui.services.settings import Settings
from gui.view.camera_state import DISPLAYS, SCENE, state_text
from gui.view.readout import OVERLAY_ROWS, disk_space_text
from gui.view.recording_badge import pre_roll_text
from gui.widgets.window_widgets import WindowWidgets


class DisplayController(QObject):
    """Shows the cameras in the widgets of the window.

    grid_on: all cameras side by side. inspector_on: the controls are shown. fullscreen: full screen.
    changed: other cameras are shown, or the same ones in another way. fullscreen_requested: the window
    should fill the screen, or not any more.
    """

    changed = pyqtSignal()
    fullscreen_requested = pyqtSignal(bool)

    def __init__(self, widgets: WindowWidgets, cameras: Cameras, settings: Settings) -> None:
        super().__init__()
        self._widgets, self._cameras, self._settings = widgets, cameras, settings
        self.grid_on = self.fullscreen = False
        self._status = ""  # that the top bar shows
        self.inspector_on = settings.flag("window/inspector", True)
        cameras.changed.connect(self.show_cameras)
        widgets.grid.enlarged.connect(self._enlarge)
        widgets.grid.selected.connect(self._select)
        widgets.grid.swapped.connect(cameras.swap)
        widgets.top_bar.view_requested.connect(self.set_view)

    # pages and parts

    def show_cameras(self) -> None:
        """Cameras were opened or closed, or another one is looked at."""
        current = self._cameras.current
        self.grid_on = self.grid_on and len(self._cameras.all) > 1
        self._turn_page()
        if current is not None and current.numbers is None:
            self._widgets.status_bar.clear()
        if current is not None:
            inspector = self._widgets.inspector
            inspector.show_adjustments(current.adjustments)
            inspector.presets.show_presets(self._settings.presets(current.source), current.adjustments)
        self._show_parts()
        self.changed.emit()

    def _turn_page(self) -> None:
        """To the page that is needed; the pictures of the others are released."""
        current, page, grid, stack = self._cameras.current, self._widgets.page, self._widgets.grid, self._widgets.stack
        if current is None:
            page.show_camera(None)
            grid.show_cameras([], None)
            stack.setCurrentWidget(self._widgets.start_page)
        elif self.grid_on:
            page.show_camera(None)
            stack.setCurrentWidget(grid)
            grid.show_cameras(self._cameras.all, current)
        else:
            grid.show_cameras([], None)
            stack.setCurrentWidget(page)
            page.show_camera(current)

    def _show_parts(self) -> None:
        has_source = self._cameras.current is not None
        self._widgets.frame.set_visible_parts(has_source and self.inspector_on, has_source)
        self._widgets.top_bar.set_has_source(has_source)
        self.show_top_bar()

    def show_grid(self, on: bool) -> None:
        """All cameras side by side, or the current one alone."""
        self.grid_on = on and len(self._cameras.all) > 1
        self.show_cameras()

    def toggle_grid(self) -> None:
        """The other of the two."""
        self.show_grid(not self.grid_on)

    def _enlarge(self, camera: Camera) -> None:
        self.grid_on = False
        self._cameras.look_at(camera)
        self._widgets.page.view.setFocus()

    def _select(self, camera: Camera) -> None:
        if camera is not self._cameras.current:
            self._cameras.look_at(camera)

    def move_tile(self, right: int, down: int) -> None:
        """Side by side: the chosen camera changes places with its neighbour, one to the right (or -1) or one down (or -1)."""
        current = self._cameras.current
        if self.grid_on and current is not None:
            neighbour = self._widgets.grid.neighbour(current, right, down)
            if neighbour is not None:
                self._cameras.swap(current, neighbour)

    def toggle_inspector(self) -> None:
        """Hide the controls, or show them again."""
        self.inspector_on = not self.inspector_on
        self._settings.put("window/inspector", self.inspector_on)
        self._show_parts()
        self._widgets.frame.show_controls(self._widgets.inspector if self.inspector_on else None)

    def toggle_overlay(self) -> None:
        """Show the numbers over the picture, or hide them."""
        self._settings.put("overlay/on", not self._settings.flag("overlay/on", False))
        self.changed.emit()

    def set_fullscreen(self, on: bool) -> None:
        """In full screen everything but the picture floats over it."""
        if on != self.fullscreen:
            self.fullscreen_requested.emit(on)
            self.fullscreen = on
            self._widgets.frame.set_fullscreen(on)
            self._show_parts()
            self.changed.emit()

    def toggle_fullscreen(self) -> None:
        """Full screen, or back."""
        self.set_fullscreen(not self.fullscreen)

    def leave_fullscreen_or_camera(self) -> None:
        """From full screen to the window, from one camera to all of them."""
        if self.fullscreen:
            self.set_fullscreen(False)
        elif not self.grid_on and len(self._cameras.all) > 1:
            self.show_grid(True)

    def set_view(self, view: str) -> None:
        """Look at the current camera in another view mode; side by side, at all of them."""
        for camera in self._cameras.all:
            if self.grid_on or camera is self._cameras.current:
                camera.set_view(view)
        self._widgets.page.view.set_view(view)
        self.show_top_bar()

    def focus_next_area(self) -> None:
        """Give the keyboard to the next of picture, bar and controls."""
        areas: list[QWidget] = [self._widgets.stack, self._widgets.playlist, self._widgets.top_bar, self._widgets.inspector,
                                self._widgets.bottom_bar]
        focus = QApplication.focusWidget()
        at = next((i for i, area in enumerate(areas) if focus is not None and area.isAncestorOf(focus)), -1)
        for offset in range(1, len(areas) + 1):
            area = areas[(at + offset) % len(areas)]
            self._widgets.frame.show_controls(area)
            if area.isVisible() and _focus_first(area):
                return

    # state and numbers

    def show_top_bar(self) -> None:
        """State, name and buttons as they are."""
        camera, top_bar = self._cameras.current, self._widgets.top_bar
        self._status = camera.status if camera is not None else "ended"
        if camera is None:
            top_bar.show_source(self._status, "dehazer", "")
        else:
            top_bar.show_source(self._status, camera.title, self._size_text() + state_text(self._status))
            top_bar.show_recording(camera.recorded)
            top_bar.views.choose(camera.view)
            top_bar.show_pause(camera.paused or (camera.is_seekable and camera.state.is_over))
        states = {"loupe": self._widgets.page.view.loupe, "grid": self.grid_on, "inspector": self.inspector_on,
                  "fullscreen": self.fullscreen}
        for name, on in states.items():
            top_bar.buttons[name].setChecked(on)
        top_bar.buttons["grid"].setVisible(len(self._cameras.all) > 1)

    @property
    def snapshot(self) -> SessionSnapshot | None:
        """The numbers of the camera in view as last read; None before its first."""
        return self._cameras.current.numbers if self._cameras.current is not None else None

    def _size_text(self) -> str:
        scene = self.snapshot.scene if self.snapshot is not None else None
        return f"{scene.width}×{scene.height} · " if scene is not None and scene.width else ""

    def show_states(self) -> None:
        """What the cameras that are shown are doing."""
        if self.grid_on:
            self._widgets.grid.show_states()
        self._widgets.page.show_state()
        self.show_top_bar()

    def show_snapshot(self, camera: Camera, snapshot: SessionSnapshot) -> None:
        """The numbers of the current camera."""
        widgets, alarm = self._widgets, camera.adjustments.alarm
        if not self.grid_on:
            widgets.page.show_snapshot(snapshot, self._overlay_rows(), alarm)
        widgets.status_bar.show_snapshot(snapshot, alarm, monotonic() - camera.opened_at, slow=camera.slow,
                                         current=SCENE in DISPLAYS[camera.status].numbers)
        widgets.inspector.engine.show_device(snapshot.engine["device"])
        widgets.inspector.record.show_space(disk_space_text(snapshot.recording))
        widgets.inspector.record.show_kept(pre_roll_text(snapshot.pre_roll))

    def _overlay_rows(self) -> list[str]:
        """The rows over the picture that are switched on."""
        flag = self._settings.flag
        return [row for row in OVERLAY_ROWS if flag("overlay/on", False) and flag(f"overlay/{row}", True)]

    def update_camera(self, camera: Camera) -> None:
        """A camera has a new picture or state: show it where the camera is shown."""
        if self.grid_on:
            self._widgets.grid.update_camera(camera)
        elif camera is self._widgets.page.camera:
            self._widgets.page.update_camera()
        if camera is self._cameras.current and camera.status != self._status:
            self.show_top_bar()  # the tile says it already


def _focus_first(area: QWidget) -> bool:
    """Give the keyboard to the first widget of an area that takes it; returns whether there was one."""
    widget = area.nextInFocusChain()
    first = widget
    while widget is not None:
        if area.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and widget.focusPolicy().value & 1:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        widget = widget.nextInFocusChain()
        if widget is first:
            return False
    return False
