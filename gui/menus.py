"""The two menus of the bar: cameras under the name, everything else under the dots."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import QMenu

from gui.commands import COMMANDS
from gui.fleet import Fleet
from gui.readout import Readout, rows
from gui.session import Camera
from gui.settings import Settings
from gui.theme import theme
from gui.widgets.state_mark import word_of

Do = Callable[[str], None]


def _tr(words: str) -> str:
    return QCoreApplication.translate("menus", words)


def _add(menu: QMenu, words: str, act: Callable[[], object], checked: bool | None = None) -> QAction:
    action = menu.addAction(words)
    assert action is not None
    action.triggered.connect(lambda _checked: act())
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    return action


def _command(menu: QMenu, name: str, do: Do) -> None:
    command = COMMANDS[name]
    action = _add(menu, f"{command.text}\t{command.key}", lambda: do(name))
    if command.icon:
        action.setIcon(theme.icon(command.icon))


def fill_cameras(menu: QMenu, fleet: Fleet, look_at: Callable[[Camera], None], do: Do) -> None:
    """Cameras that are open with their state, then what can be done with the one in view."""
    menu.clear()
    for camera in fleet.cameras:
        words = f"{camera.choice.title}  ·  {word_of(camera.kind)}"
        _add(menu, words, lambda camera=camera: look_at(camera), camera is fleet.current)  # type: ignore[misc]
    if fleet.cameras:
        menu.addSeparator()
    _command(menu, "open", do)
    if fleet.current is not None:
        _command(menu, "retry", do)
        _command(menu, "close", do)


def fill_more(menu: QMenu, settings: Settings, do: Do, changed: Callable[[], None]) -> None:
    """Everything that has no button of its own. changed: called when a setting was changed here."""
    menu.clear()
    for name in ("open", "grid", "overlay"):
        _command(menu, name, do)
    _fill_rows(_submenu(menu, _tr("Rows of the overlay")), settings, changed)
    menu.addSeparator()
    for name in ("loupe", "zoom_in", "zoom_out", "zoom_fit"):
        _command(menu, name, do)
    menu.addSeparator()
    _fill_themes(_submenu(menu, _tr("Colours")), settings)
    _command(menu, "fullscreen", do)
    _command(menu, "keys", do)
    _add(menu, _tr("Copy a report on this system"), lambda: do("report"))
    menu.addSeparator()
    _command(menu, "quit", do)


def _submenu(menu: QMenu, words: str) -> QMenu:
    made = menu.addMenu(words)
    assert made is not None
    return made


def _fill_rows(menu: QMenu, settings: Settings, changed: Callable[[], None]) -> None:
    for row in rows(Readout()):
        key = f"overlay/{row.name}"

        def turn(key: str = key) -> None:
            settings.put(key, not settings.flag(key, True))
            changed()

        _add(menu, row.label, turn, settings.flag(key, True))


def _fill_themes(menu: QMenu, settings: Settings) -> None:
    group = QActionGroup(menu)
    for name, words in (("system", _tr("As the system")), ("light", _tr("Light")), ("dark", _tr("Dark"))):

        def wear(name: str = name) -> None:
            settings.put("theme", name)
            theme.wear(name)

        group.addAction(_add(menu, words, wear, theme.wanted == name))
