"""What the window shows: which page and which parts are there, and the state and numbers of the cameras on them."""

from __future__ import annotations

from time import monotonic
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from gui.fleet import Fleet
from gui.offers import Offers
from gui.parts import Parts
from gui.readout import Readout
from gui.recording import clock_of, space_of
from gui.session import Camera, readout_from
from gui.settings import OVERLAY_ROWS, Settings
from gui.widgets.state_mark import word_of


class Display(QObject):
    """Puts the fleet on the parts of the window.

    grid_on: all cameras side by side. inspector_on: the controls are there. immersed: full screen. readout: the last numbers
    of the camera in view. changed: other cameras are on show, or the same ones in another way.
    """

    changed = pyqtSignal()

    def __init__(self, parts: Parts, fleet: Fleet, settings: Settings, offers: Offers) -> None:
        super().__init__(parts.shell)
        self._parts, self._fleet, self._settings, self._offers = parts, fleet, settings, offers
        self.grid_on = self.immersed = False
        self.inspector_on = settings.flag("window/inspector", True)
        self.readout = Readout()
        fleet.listed.connect(self.show_fleet)
        parts.grid.enlarged.connect(self._enlarge)
        parts.grid.selected.connect(self._select)
        parts.bar.view_picked.connect(self.set_view)

    # pages and parts

    def show_fleet(self) -> None:
        """Cameras came or went, or another one is looked at."""
        fleet = self._fleet
        self.grid_on = self.grid_on and len(fleet.cameras) > 1
        self._turn_page()
        if fleet.current is not None:
            inspector = self._parts.inspector
            inspector.show_look(fleet.current.look)
            inspector.presets.show_presets(self._settings.presets(fleet.current.choice), fleet.current.look)
        self._show_parts()
        self.changed.emit()

    def _turn_page(self) -> None:
        """To the one that is wanted; what the others had on show is let go."""
        fleet, page, grid, stack = self._fleet, self._parts.page, self._parts.grid, self._parts.stack
        if fleet.current is None:
            page.bind(None)
            grid.show_cameras([], None)
            self._offers.show()
            stack.setCurrentWidget(self._parts.start_page)
        elif self.grid_on:
            page.bind(None)
            stack.setCurrentWidget(grid)
            grid.show_cameras(fleet.cameras, fleet.current)
        else:
            grid.show_cameras([], None)
            stack.setCurrentWidget(page)
            page.bind(fleet.current)

    def _show_parts(self) -> None:
        there = self._fleet.current is not None
        self._parts.shell.set_parts(there and self.inspector_on, there)
        self._parts.bar.set_busy_with(there)
        self.show_bar()

    def show_grid(self, on: bool) -> None:
        """All cameras side by side, or the current one alone."""
        self.grid_on = on and len(self._fleet.cameras) > 1
        self.show_fleet()

    def _enlarge(self, camera: Camera) -> None:
        self.grid_on = False
        self._fleet.look_at(camera)
        self._parts.page.view.setFocus()

    def _select(self, camera: Camera) -> None:
        if camera is not self._fleet.current:
            self._fleet.look_at(camera)

    def show_inspector(self, on: bool) -> None:
        """Fold the controls away, or bring them back."""
        self.inspector_on = on
        self._settings.put("window/inspector", on)
        self._show_parts()
        self._parts.shell.appear()

    def immerse(self, on: bool) -> None:
        """Let everything but the picture float, or put it back in its place."""
        self.immersed = on
        self._parts.shell.set_immersed(on)
        self._show_parts()

    def set_view(self, view: str) -> None:
        """Look at the current camera in another way."""
        if self._fleet.current is not None:
            self._fleet.current.view = view
        self._parts.page.view.set_view(view)
        self._parts.grid.set_view(view)
        self.show_bar()

    # state and numbers

    def show_bar(self) -> None:
        """State, name and buttons as they are."""
        camera, bar, view = self._fleet.current, self._parts.bar, self._parts.page.view
        if camera is None:
            bar.show_source("ended", "dehazer", "")
        else:
            size = f"{self.readout.size[0]}×{self.readout.size[1]} · " if self.readout.size else ""
            bar.show_source(camera.kind, camera.choice.title, size + word_of(camera.kind))
            bar.views.choose(camera.view)
            bar.show_pause(camera.paused or (camera.plays and camera.status.is_over))
        states = {"loupe": view.loupe, "grid": self.grid_on, "inspector": self.inspector_on, "fullscreen": self.immersed}
        for name, on in states.items():
            bar.buttons[name].setChecked(on)
        bar.buttons["grid"].setVisible(len(self._fleet.cameras) > 1)

    def show_states(self) -> None:
        """What the cameras on show are doing."""
        if self.grid_on:
            self._parts.grid.show_states()
        self._parts.page.show_state()
        self.show_bar()

    def show_numbers(self, camera: Camera, numbers: dict[str, Any]) -> None:
        """The core's snapshot of the current camera."""
        now, parts = readout_from(numbers), self._parts
        self.readout = now
        if not self.grid_on:
            parts.page.show_readout(now, self._rows(), camera.look.alarm)
        parts.strip.show_readout(now, camera.look.alarm, monotonic() - camera.opened)
        parts.inspector.engine.show_machine(now.device, now.note)
        parts.inspector.record.show_space(space_of(numbers["recording"]))
        parts.bar.show_recording(clock_of(numbers["recording"]))

    def _rows(self) -> list[str]:
        """The rows over the picture that are switched on."""
        flag = self._settings.flag
        return [row for row in OVERLAY_ROWS if flag("overlay/on", False) and flag(f"overlay/{row}", True)]

    def wake(self, camera: Camera) -> None:
        """A camera has something new: take it where it is on show."""
        if self.grid_on:
            self._parts.grid.wake(camera)
        elif camera is self._parts.page.camera:
            self._parts.page.wake()
