"""Every command of the review room in one list: name, text, keys (as mpv has them), handler."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, pyqtSignal

from gui.action import EXPORT, MARKS, PICTURE, REVIEW, TIME, VIEW, WINDOW, Action
from gui.review.jump_controls import JumpControls
from gui.review.jumps import JUMPS
from gui.view.modes import VIEW_MODES, ViewMode
from gui.widgets.picture import DIVIDER_STEP

if TYPE_CHECKING:
    from gui.review.bookmark_controller import BookmarkController
    from gui.review.display_controller import DisplayController
    from gui.review.export_controller import ExportController
    from gui.review.help_controller import HelpController
    from gui.review.library_controller import LibraryController
    from gui.review.mark_controller import MarkController
    from gui.review.playback_controller import PlaybackController
    from gui.review.save_controller import SaveController
    from gui.review.sound_output import SoundOutput
    from gui.review.verify_controller import VerifyController

ZOOM_STEP = 1.25
PAN_STEP = 0.1
"""Share of the view."""
COLUMNS = ((REVIEW, TIME), (MARKS, EXPORT, WINDOW), (VIEW, PICTURE))
"""The groups of the keys window."""


@dataclass(frozen=True)
class ReviewTargets:
    """What handlers act on. quit: closes the window."""

    playback: PlaybackController
    jumps: JumpControls
    marks: MarkController
    bookmarks: BookmarkController
    exports: ExportController
    saving: SaveController
    verifying: VerifyController
    sound: SoundOutput
    display: DisplayController
    help: HelpController
    library: LibraryController
    quit: Callable[[], object]


ReviewAction = Action[ReviewTargets]


def _set_view(mode: ViewMode, to: ReviewTargets) -> None:
    to.display.set_view(mode.name)


def _jump(name: str) -> Callable[[ReviewTargets], None]:
    """Goes where haze leads to."""
    jump = next(one for one in JUMPS if one.name == name)
    return lambda to: to.jumps.go(jump)


def _view_actions() -> Iterator[ReviewAction]:
    """One for each view mode."""
    for mode in VIEW_MODES.values():
        yield ReviewAction(mode.name, mode.title, mode.keys, VIEW, partial(_set_view, mode))


_ENTRIES: tuple[ReviewAction, ...] = (
    ReviewAction("pause", QT_TRANSLATE_NOOP("actions", "Play or pause"), ("Space", "P"), REVIEW,
                 lambda to: to.playback.toggle(), "play", local=True),
    ReviewAction("step", QT_TRANSLATE_NOOP("actions", "Next picture"), (".",), REVIEW,
                 lambda to: to.playback.step(1), "step-forward"),
    ReviewAction("step_back", QT_TRANSLATE_NOOP("actions", "Previous picture"), (",",), REVIEW,
                 lambda to: to.playback.step(-1), "step-backward"),
    ReviewAction("faster", QT_TRANSLATE_NOOP("actions", "Faster"), ("]",), REVIEW, lambda to: to.playback.change_speed(1)),
    ReviewAction("slower", QT_TRANSLATE_NOOP("actions", "Slower"), ("[",), REVIEW, lambda to: to.playback.change_speed(-1)),
    ReviewAction("normal_speed", QT_TRANSLATE_NOOP("actions", "Speed 1×"), ("Backspace",), REVIEW,
                 lambda to: to.playback.set_speed(1.0), local=True),
    ReviewAction("reverse", QT_TRANSLATE_NOOP("actions", "Play backwards"), ("R",), REVIEW,
                 lambda to: to.playback.toggle_reverse(), "rewind", checkable=True),
    ReviewAction("sound", QT_TRANSLATE_NOOP("actions", "Sound on or off"), ("Shift+M",), REVIEW,
                 lambda to: to.sound.toggle(), "volume-off"),
    ReviewAction("forward", QT_TRANSLATE_NOOP("actions", "5 seconds forward"), ("Right",), TIME,
                 lambda to: to.playback.seek_by(5.0), local=True),
    ReviewAction("backward", QT_TRANSLATE_NOOP("actions", "5 seconds back"), ("Left",), TIME,
                 lambda to: to.playback.seek_by(-5.0), local=True),
    ReviewAction("forward_far", QT_TRANSLATE_NOOP("actions", "1 minute forward"), ("Up",), TIME,
                 lambda to: to.playback.seek_by(60.0), local=True),
    ReviewAction("backward_far", QT_TRANSLATE_NOOP("actions", "1 minute back"), ("Down",), TIME,
                 lambda to: to.playback.seek_by(-60.0), local=True),
    ReviewAction("go_to_time", QT_TRANSLATE_NOOP("actions", "Type a time to go to"), ("G",), TIME,
                 lambda to: to.display.type_time()),
    ReviewAction("go_to_frame", QT_TRANSLATE_NOOP("actions", "Type a frame number to go to"), ("Shift+G",), TIME,
                 lambda to: to.display.type_frame()),
    ReviewAction("foggiest", QT_TRANSLATE_NOOP("actions", "Go to the foggiest stretch"), ("H",), TIME,
                 _jump("foggiest")),
    ReviewAction("clearest", QT_TRANSLATE_NOOP("actions", "Go to the clearest stretch"), ("C",), TIME,
                 _jump("clearest")),
    ReviewAction("next_foggy", QT_TRANSLATE_NOOP("actions", "Next foggy stretch"), ("J",), TIME,
                 _jump("next_foggy")),
    ReviewAction("next_change", QT_TRANSLATE_NOOP("actions", "Next change of the fog"), ("Shift+J",), TIME,
                 _jump("next_change")),
    ReviewAction("mark_in", QT_TRANSLATE_NOOP("actions", "Mark the beginning"), ("Shift+I",), MARKS,
                 lambda to: to.marks.mark_in(), "ray-start"),
    ReviewAction("mark_out", QT_TRANSLATE_NOOP("actions", "Mark the end"), ("Shift+O",), MARKS,
                 lambda to: to.marks.mark_out(), "ray-end"),
    ReviewAction("loop", QT_TRANSLATE_NOOP("actions", "Repeat from A to B: mark A, mark B, stop"), ("L",), MARKS,
                 lambda to: to.marks.toggle_loop(), "repeat", checkable=True),
    ReviewAction("clear_marks", QT_TRANSLATE_NOOP("actions", "Remove the marks"), ("Shift+X",), MARKS,
                 lambda to: to.marks.clear()),
    ReviewAction("bookmark", QT_TRANSLATE_NOOP("actions", "Bookmark this moment, or what is marked"), ("B",), MARKS,
                 lambda to: to.bookmarks.add(), "bookmark-plus-outline"),
    ReviewAction("next_bookmark", QT_TRANSLATE_NOOP("actions", "Next bookmark"), ("PgDown",), MARKS,
                 lambda to: to.bookmarks.go(1), local=True),
    ReviewAction("previous_bookmark", QT_TRANSLATE_NOOP("actions", "Previous bookmark"), ("PgUp",), MARKS,
                 lambda to: to.bookmarks.go(-1), local=True),
    ReviewAction("undo", QT_TRANSLATE_NOOP("actions", "Undo a change of bookmarks"), ("Ctrl+Z",), MARKS,
                 lambda to: to.bookmarks.undo(), "undo"),
    ReviewAction("redo", QT_TRANSLATE_NOOP("actions", "Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), MARKS,
                 lambda to: to.bookmarks.redo(), "redo"),
    ReviewAction("snapshot", QT_TRANSLATE_NOOP("actions", "Snapshot, original and dehazed"), ("S",), EXPORT,
                 lambda to: to.saving.save_snapshot(), "camera-outline"),
    ReviewAction("contact_sheet", QT_TRANSLATE_NOOP("actions", "Contact sheet of what is marked"), ("Shift+S",), EXPORT,
                 lambda to: to.saving.save_contact_sheet(), "image-multiple-outline"),
    ReviewAction("export", QT_TRANSLATE_NOOP("actions", "Export what is marked…"), ("Ctrl+E", "E"), EXPORT,
                 lambda to: to.exports.show_dialog(), "export-variant"),
    ReviewAction("evidence", QT_TRANSLATE_NOOP("actions", "Evidence pack of what is marked…"), ("Ctrl+Shift+E",), EXPORT,
                 lambda to: to.exports.show_evidence(), "shield-check-outline"),
    ReviewAction("verify", QT_TRANSLATE_NOOP("actions", "Verify an evidence pack…"), ("Ctrl+Shift+V",), EXPORT,
                 lambda to: to.verifying.browse(), "shield-check-outline"),
    *_view_actions(),
    ReviewAction("peek", QT_TRANSLATE_NOOP("actions", "Show the original while held"), ("\\",), VIEW,
                 lambda to: None, local=True),  # held, not pressed: see KeyboardController
    ReviewAction("wipe_left", QT_TRANSLATE_NOOP("actions", "Move the divider left"), ("Shift+Left",), VIEW,
                 lambda to: to.display.move_divider(-DIVIDER_STEP), local=True),
    ReviewAction("wipe_right", QT_TRANSLATE_NOOP("actions", "Move the divider right"), ("Shift+Right",), VIEW,
                 lambda to: to.display.move_divider(DIVIDER_STEP), local=True),
    ReviewAction("alone", QT_TRANSLATE_NOOP("actions", "This camera alone, or all"), ("Return", "Enter"), VIEW,
                 lambda to: to.display.toggle_alone(), local=True),
    ReviewAction("next_camera", QT_TRANSLATE_NOOP("actions", "Next camera"), ("Ctrl+Tab", "N"), VIEW,
                 lambda to: to.display.select_next()),
    ReviewAction("overlay", QT_TRANSLATE_NOOP("actions", "Numbers over the picture"), ("I",), PICTURE,
                 lambda to: to.display.toggle_overlay(), "information-outline", checkable=True),
    ReviewAction("loupe", QT_TRANSLATE_NOOP("actions", "Loupe, pixels one to one"), ("M",), PICTURE,
                 lambda to: to.display.toggle_loupe(), "magnify", checkable=True),
    ReviewAction("zoom_in", QT_TRANSLATE_NOOP("actions", "Zoom in"), ("+", "="), PICTURE,
                 lambda to: to.display.zoom(ZOOM_STEP), "magnify-plus-outline"),
    ReviewAction("zoom_out", QT_TRANSLATE_NOOP("actions", "Zoom out"), ("-",), PICTURE,
                 lambda to: to.display.zoom(1 / ZOOM_STEP), "magnify-minus-outline"),
    ReviewAction("zoom_fit", QT_TRANSLATE_NOOP("actions", "Fit to the window"), ("0",), PICTURE,
                 lambda to: to.display.zoom_fit(), "fit-to-screen-outline"),
    ReviewAction("pan_left", QT_TRANSLATE_NOOP("actions", "Move the view left"), ("Ctrl+Left",), PICTURE,
                 lambda to: to.display.pan(-PAN_STEP, 0.0), local=True),
    ReviewAction("pan_right", QT_TRANSLATE_NOOP("actions", "Move the view right"), ("Ctrl+Right",), PICTURE,
                 lambda to: to.display.pan(PAN_STEP, 0.0), local=True),
    ReviewAction("pan_up", QT_TRANSLATE_NOOP("actions", "Move the view up"), ("Ctrl+Up",), PICTURE,
                 lambda to: to.display.pan(0.0, -PAN_STEP), local=True),
    ReviewAction("pan_down", QT_TRANSLATE_NOOP("actions", "Move the view down"), ("Ctrl+Down",), PICTURE,
                 lambda to: to.display.pan(0.0, PAN_STEP), local=True),
    ReviewAction("open", QT_TRANSLATE_NOOP("actions", "Open a folder of recordings"), ("Ctrl+O", "O"), WINDOW,
                 lambda to: to.library.browse(), "folder-outline"),
    ReviewAction("names", QT_TRANSLATE_NOOP("actions", "Names and times of recordings…"), ("Ctrl+N",), WINDOW,
                 lambda to: to.library.show_names(), "tune-variant"),
    ReviewAction("library", QT_TRANSLATE_NOOP("actions", "Hide or show the recordings"), ("Shift+Tab",), WINDOW,
                 lambda to: to.display.toggle_library(), "dock-left", checkable=True, local=True),
    ReviewAction("inspector", QT_TRANSLATE_NOOP("actions", "Hide or show the controls (while the picture has the focus)"),
                 ("Tab",), WINDOW, lambda to: to.display.toggle_inspector(), "tune-variant", checkable=True, local=True),
    ReviewAction("fullscreen", QT_TRANSLATE_NOOP("actions", "Full screen"), ("F", "F11"), WINDOW,
                 lambda to: to.display.toggle_fullscreen(), "fullscreen", checkable=True),
    ReviewAction("leave", QT_TRANSLATE_NOOP("actions", "Leave full screen"), ("Esc",), WINDOW, lambda to: to.display.leave()),
    ReviewAction("keys", QT_TRANSLATE_NOOP("actions", "List of keys"), ("?", "F1"), WINDOW,
                 lambda to: to.help.show_keys(), "keyboard-outline"),
    ReviewAction("close", QT_TRANSLATE_NOOP("actions", "Close this window"), ("Ctrl+W", "Ctrl+Q"), WINDOW,
                 lambda to: to.quit(), "close"),
)

REVIEW_ACTIONS: dict[str, ReviewAction] = {action.name: action for action in _ENTRIES}
assert len(REVIEW_ACTIONS) == len(_ENTRIES), "two actions have the same name"


class ReviewActionRunner(QObject):
    """Runs actions by name. done: an action was run."""

    done = pyqtSignal()

    def __init__(self, targets: ReviewTargets) -> None:
        super().__init__()
        self._targets = targets

    def run(self, name: str) -> None:
        """Do what the action of that name does."""
        REVIEW_ACTIONS[name].handler(self._targets)
        self.done.emit()
