"""What every command does: from the name in gui.commands to the parts of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtWidgets import QApplication, QWidget

from gui.commands import VIEWS
from gui.dialogs.keys import KeysDialog
from gui.report import system_report
from gui.widgets.picture import DIVIDER_STEP

if TYPE_CHECKING:
    from gui.main_window import MainWindow

ZOOM_STEP = 1.25
STRENGTH_STEP = 5.0
PANS = {"pan_left": (-0.1, 0.0), "pan_right": (0.1, 0.0), "pan_up": (0.0, -0.1), "pan_down": (0.0, 0.1)}
"""Shares of the view."""
SEEKS = {"forward": 5.0, "backward": -5.0, "forward_far": 60.0, "backward_far": -60.0}


class Acts(QObject):
    """Carries out commands on a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        view = window.page.view
        self._table: dict[str, Callable[[], object]] = {
            "open": window.opening.ask, "close": self._close, "retry": self._retry, "next": window.fleet.next,
            "grid": lambda: window.display.show_grid(not window.display.grid_on),
            "record": self._record, "snapshot": self._snapshot,
            **{name: partial(window.display.set_view, name) for name in VIEWS},
            "wipe_left": lambda: view.set_divider(view.divider - DIVIDER_STEP),
            "wipe_right": lambda: view.set_divider(view.divider + DIVIDER_STEP),
            "overlay": self._overlay, "loupe": lambda: view.set_loupe(not view.loupe),
            "zoom_in": lambda: view.zoom(ZOOM_STEP), "zoom_out": lambda: view.zoom(1 / ZOOM_STEP), "zoom_fit": view.zoom_fit,
            **{name: partial(view.pan, x, y) for name, (x, y) in PANS.items()},
            "stronger": lambda: self._nudge(STRENGTH_STEP), "weaker": lambda: self._nudge(-STRENGTH_STEP),
            "pause": self._pause, "step": lambda: self._step(1), "step_back": lambda: self._step(-1),
            **{name: partial(self._seek, seconds) for name, seconds in SEEKS.items()},
            "inspector": lambda: window.display.show_inspector(not window.display.inspector_on), "area": self._area,
            "fullscreen": lambda: window.immerse(not window.display.immersed), "leave": self._leave,
            "keys": lambda: KeysDialog(window).show(), "quit": window.close, "report": self._report,
            "password": self._password, "change": self._change, "details": self._details, "cpu": window.changes.on_processor,
        }

    def do(self, name: str) -> None:
        """Carry out a command by name."""
        self._table[name]()
        self._window.display.show_bar()

    def _close(self) -> None:
        if (camera := self._window.fleet.current) is not None:
            self._window.album.keep(camera)
            self._window.fleet.close(camera)

    def _retry(self) -> None:
        if (camera := self._window.fleet.current) is not None:
            self._window.fleet.retry(camera)

    def _password(self) -> None:
        if (camera := self._window.fleet.current) is not None:
            self._window.opening.ask(camera.choice, camera.status.sentence, instead=camera)

    def _change(self) -> None:
        if (camera := self._window.fleet.current) is not None:
            self._window.opening.ask(camera.choice, instead=camera)

    def _details(self) -> None:
        if (camera := self._window.fleet.current) is not None and camera.status.error is not None:
            self._window.mishaps.show(camera.status.error)

    def _record(self) -> None:
        if (camera := self._window.fleet.current) is not None:
            self._window.recording.toggle(camera)

    def _snapshot(self) -> None:
        if (camera := self._window.fleet.current) is not None:
            self._window.recording.snapshot(camera)

    def _overlay(self) -> None:
        settings = self._window.settings
        settings.put("overlay/on", not settings.flag("overlay/on", False))
        self._window.watch.refresh()

    def _nudge(self, by: float) -> None:
        if (camera := self._window.fleet.current) is not None:
            look = replace(camera.look, strength=min(100.0, max(0.0, camera.look.strength + by)))
            self._window.changes.look(look)
            self._window.inspector.show_look(look)

    def _pause(self) -> None:
        if (camera := self._window.fleet.current) is None:
            return
        if camera.plays and camera.status.is_over:
            self._window.fleet.retry(camera)
        elif camera.begun or camera.paused:  # before the first picture there is nothing to freeze
            camera.set_paused(not camera.paused)
        self._window.watch.refresh()

    def _step(self, count: int) -> None:
        if (camera := self._window.fleet.current) is not None:
            camera.step(count)
            self._window.watch.refresh()

    def _seek(self, by: float) -> None:
        if (camera := self._window.fleet.current) is not None:
            camera.seek(camera.position + by)

    def _area(self) -> None:
        """Give the keyboard to the next of picture, bar and controls."""
        self._window.shell.appear()
        areas: list[QWidget] = [self._window.stack, self._window.bar, self._window.inspector]
        focus = QApplication.focusWidget()
        at = next((i for i, area in enumerate(areas) if focus is not None and area.isAncestorOf(focus)), -1)
        for offset in range(1, len(areas) + 1):
            area = areas[(at + offset) % len(areas)]
            if area.isVisible() and focus_first(area):
                return

    def _leave(self) -> None:
        if self._window.display.immersed:
            self._window.immerse(False)
        elif not self._window.display.grid_on and len(self._window.fleet.cameras) > 1:
            self._window.display.show_grid(True)

    def _report(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(system_report(self._window.mishaps.circumstances()))
            words = QCoreApplication.translate("Acts", "A report on this system is in the clipboard; it holds no passwords.")
            self._window.notice.say(words)


def focus_first(area: QWidget) -> bool:
    """Give the keyboard to the first widget of an area that takes it; returns whether there was one."""
    widget = area.nextInFocusChain()
    first = widget
    while widget is not None:
        if area.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled() and widget.focusPolicy().value & 1:
            widget.setFocus()
            return True
        widget = widget.nextInFocusChain()
        if widget is first:
            return False
    return False
