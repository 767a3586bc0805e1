"""Every action of the application in one list: menus, tool tips, shortcuts and the key list are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PyQt6.QtGui import QKeySequence


@dataclass(frozen=True)
class Command:
    """name: what the window connects to. keys: the first is shown. icon: in the Material Design set. group: in the key list.

    checkable: keeps a state of its own. local: only while the picture has the focus, because buttons and sliders need the key.
    """

    name: str
    title: str
    keys: tuple[str, ...]
    group: str
    icon: str = ""
    checkable: bool = False
    local: bool = False

    @property
    def text(self) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("commands", self.title)

    @property
    def group_text(self) -> str:
        """The group in the user's language."""
        return QCoreApplication.translate("commands", self.group)

    @property
    def key(self) -> str:
        """The first key as the system writes it; empty for none."""
        return key_text(self.keys[0]) if self.keys else ""

    @property
    def tip(self) -> str:
        """Title and key, for a tool tip."""
        return f"{self.text}  ({self.key})" if self.keys else self.text


def key_text(key: str) -> str:
    """A key as the system writes it, arrows as arrows."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    for name, arrow in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        text = text.removesuffix(name) + arrow if text.split("+")[-1] == name else text
    return text


_ = QT_TRANSLATE_NOOP
_SOURCE, _VIEW, _PICTURE, _PLAY, _WINDOW = "Source", "View", "Picture", "Playing a file", "Window"

COMMANDS: dict[str, Command] = {c.name: c for c in (
    Command("open", _("commands", "Open a camera or video"), ("Ctrl+O", "O"), _SOURCE, "plus"),
    Command("close", _("commands", "Close this source"), ("Ctrl+W",), _SOURCE, "close"),
    Command("retry", _("commands", "Try again now"), ("Ctrl+R", "F5"), _SOURCE, "refresh"),
    Command("next", _("commands", "Next camera"), ("Ctrl+Tab", "N"), _SOURCE, "chevron-right"),
    Command("grid", _("commands", "All cameras side by side"), ("G",), _SOURCE, "view-grid-outline", True),
    Command("record", _("commands", "Record"), ("R",), _SOURCE, "record-circle-outline", True),
    Command("snapshot", _("commands", "Snapshot, original and dehazed"), ("S",), _SOURCE, "camera-outline"),
    Command("original", _("commands", "Original"), ("1",), _VIEW),
    Command("dehazed", _("commands", "Dehazed"), ("2",), _VIEW),
    Command("wipe", _("commands", "Wipe"), ("3", "W"), _VIEW),
    Command("side", _("commands", "Side"), ("4",), _VIEW),
    Command("difference", _("commands", "Difference"), ("5", "D"), _VIEW),
    Command("peek", _("commands", "See the original while held"), ("\\",), _VIEW, local=True),
    Command("wipe_left", _("commands", "Move the divider left"), ("Shift+Left",), _VIEW, local=True),
    Command("wipe_right", _("commands", "Move the divider right"), ("Shift+Right",), _VIEW, local=True),
    Command("overlay", _("commands", "Numbers over the picture"), ("I",), _PICTURE, "information-outline", True),
    Command("loupe", _("commands", "Loupe, one pixel for one"), ("M",), _PICTURE, "magnify", True),
    Command("zoom_in", _("commands", "Zoom in"), ("+", "="), _PICTURE, "magnify-plus-outline"),
    Command("zoom_out", _("commands", "Zoom out"), ("-",), _PICTURE, "magnify-minus-outline"),
    Command("zoom_fit", _("commands", "Fit to the window"), ("0",), _PICTURE, "fit-to-screen-outline"),
    Command("pan_left", _("commands", "Look further left"), ("Ctrl+Left",), _PICTURE, local=True),
    Command("pan_right", _("commands", "Look further right"), ("Ctrl+Right",), _PICTURE, local=True),
    Command("pan_up", _("commands", "Look further up"), ("Ctrl+Up",), _PICTURE, local=True),
    Command("pan_down", _("commands", "Look further down"), ("Ctrl+Down",), _PICTURE, local=True),
    Command("stronger", _("commands", "More strength"), ("Shift+Up",), _PICTURE, local=True),
    Command("weaker", _("commands", "Less strength"), ("Shift+Down",), _PICTURE, local=True),
    Command("pause", _("commands", "Pause or go on"), ("Space", "P"), _PLAY, "pause", local=True),
    Command("step", _("commands", "One picture on"), (".",), _PLAY),
    Command("step_back", _("commands", "One picture back"), (",",), _PLAY),
    Command("forward", _("commands", "5 seconds on"), ("Right",), _PLAY, local=True),
    Command("backward", _("commands", "5 seconds back"), ("Left",), _PLAY, local=True),
    Command("forward_far", _("commands", "1 minute on"), ("Up",), _PLAY, local=True),
    Command("backward_far", _("commands", "1 minute back"), ("Down",), _PLAY, local=True),
    Command("inspector", _("commands", "Fold the controls away (while the picture has the focus)"), ("Tab",), _WINDOW,
            "tune-variant", True, local=True),
    Command("area", _("commands", "Go to the next area: picture, bar, controls"), ("F6",), _WINDOW),
    Command("fullscreen", _("commands", "Full screen"), ("F", "F11"), _WINDOW, "fullscreen", True),
    Command("leave", _("commands", "Leave full screen"), ("Esc",), _WINDOW),
    Command("keys", _("commands", "List of keys"), ("?", "F1"), _WINDOW, "keyboard-outline"),
    Command("quit", _("commands", "Quit"), ("Ctrl+Q",), _WINDOW, "power"),
)}

VIEWS = ("original", "dehazed", "wipe", "side", "difference")


def groups() -> dict[str, list[Command]]:
    """Commands by group, in order of the list."""
    sorted_out: dict[str, list[Command]] = {}
    for command in COMMANDS.values():
        sorted_out.setdefault(command.group, []).append(command)
    return sorted_out
