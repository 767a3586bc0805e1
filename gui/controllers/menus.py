"""The two menus of the bar: cameras under the name, everything else under the dots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QActionGroup
from PyQt6.QtWidgets import QMenu

from gui.action import Action
from gui.cameras import Cameras
from gui.controllers.walls import WallController
from gui.services.settings import Settings
from gui.theme import theme
from gui.view.camera_state import state_text
from gui.view.readout import OVERLAY_ROWS, row_label
from gui.widgets.menu import add_action, add_submenu


class MenuController(QObject):
    """Fills both menus whenever they are opened. changed: a setting was changed in one."""

    changed = pyqtSignal()

    def __init__(self, camera_menu: QMenu, more_menu: QMenu, actions: Mapping[str, Action[Any]], *,
                 run: Callable[[str], None], cameras: Cameras, settings: Settings, walls: WallController) -> None:
        super().__init__()
        self._walls = walls
        self._actions, self._run, self._cameras, self._settings = actions, run, cameras, settings
        camera_menu.aboutToShow.connect(lambda: self._fill_camera_menu(camera_menu))
        more_menu.aboutToShow.connect(lambda: self._fill_more_menu(more_menu))

    def _fill_camera_menu(self, menu: QMenu) -> None:
        """Cameras that are open with their state, then what can be done with the one in view."""
        menu.clear()
        current = self._cameras.current
        for camera in self._cameras.all:
            text = f"{camera.title}  ·  {state_text(camera.status)}"
            add_action(menu, text, lambda camera=camera: self._cameras.look_at(camera), camera is current)  # type: ignore[misc]
        if self._cameras.all:
            menu.addSeparator()
        self._add_actions(menu, "open", "find")
        if current is not None:
            self._add_actions(menu, "retry", "close")
            menu.addSeparator()
            shown = current.publishing_as_camera
            self._add_flag(menu, "publish", current.publishing and not shown)
            self._add_flag(menu, "virtual_camera", shown)

    def _fill_more_menu(self, menu: QMenu) -> None:
        """Everything that has no button of its own."""
        menu.clear()
        self._add_actions(menu, "open", "open_folder", "find", "grid", "overlay", "record_all", "schedule")
        self._fill_walls(add_submenu(menu, self.tr("Walls")))
        if self._cameras.all:
            self._add_actions(menu, "second_camera", "second_wall")
        self._fill_rows(add_submenu(menu, self.tr("Rows of the overlay")))
        menu.addSeparator()
        self._add_actions(menu, "loupe", "zoom_in", "zoom_out", "zoom_fit")
        menu.addSeparator()
        self._fill_themes(add_submenu(menu, self.tr("Colours")))
        self._add_actions(menu, "alarms")
        self._add_flag(menu, "alarm_sound", self._settings.flag("alarm/sound", False))
        menu.addSeparator()
        self._add_actions(menu, "fullscreen", "keys", "report")
        menu.addSeparator()
        self._add_actions(menu, "quit")

    def _fill_walls(self, menu: QMenu) -> None:
        for name in self._walls.names():
            add_action(menu, name.replace("&", "&&"), lambda name=name: self._walls.open(name), name == self._walls.current)  # type: ignore[misc]
        if menu.actions():
            menu.addSeparator()
        if self._cameras.all:
            self._add_actions(menu, "save_wall")
        self._add_actions(menu, "walls")
        add_action(menu, self.tr("Open the last wall at start"), self._walls.toggle_reopening, self._walls.reopens)

    def _add_actions(self, menu: QMenu, *names: str) -> None:
        for name in names:
            action = self._actions[name]
            text = f"{action.text}\t{action.key}" if action.keys else action.text
            added = add_action(menu, text, lambda name=name: self._run(name))  # type: ignore[misc]
            if action.icon:
                added.setIcon(theme.icon(action.icon))

    def _add_flag(self, menu: QMenu, name: str, on: bool) -> None:
        add_action(menu, self._actions[name].text, lambda: self._run(name), on)

    def _fill_rows(self, menu: QMenu) -> None:
        for row in OVERLAY_ROWS:
            key = f"overlay/{row}"
            add_action(menu, row_label(row), lambda key=key: self._toggle(key), self._settings.flag(key, True))  # type: ignore[misc]

    def _toggle(self, key: str) -> None:
        self._settings.put(key, not self._settings.flag(key, True))
        self.changed.emit()

    def _fill_themes(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for name, text in (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))):
            group.addAction(add_action(menu, text, lambda name=name: self._set_theme(name), theme.requested == name))  # type: ignore[misc]

    def _set_theme(self, name: str) -> None:
        self._settings.put("theme", name)
        theme.apply(name)
