"""Every command of the window in one list: name, text, keys, handler. Menus, tool tips, shortcuts and the list of keys use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, pyqtSignal

from gui.action import PICTURE, PLAYBACK, SOURCE, VIEW, WINDOW, Action
from gui.cameras import Cameras
from gui.controllers.alarms import AlarmController
from gui.controllers.display import DisplayController
from gui.controllers.finding import FindingController
from gui.controllers.help import HelpController
from gui.controllers.inspector import InspectorController
from gui.controllers.opening import OpeningController
from gui.controllers.playback import PlaybackController
from gui.controllers.playlist import PlaylistController
from gui.controllers.publishing import PublishingController
from gui.controllers.recording import RecordingController
from gui.controllers.schedule import ScheduleController
from gui.controllers.second_screen import SecondScreenController
from gui.controllers.walls import WallController
from gui.view.modes import VIEW_MODES, ViewMode
from gui.widgets.picture import DIVIDER_STEP, PictureView

ZOOM_STEP = 1.25
STRENGTH_STEP = 5.0
"""Percent."""
PAN_STEP = 0.1
"""Share of the view."""


@dataclass(frozen=True)
class ActionTargets:
    """What handlers act on. picture: the large one. quit: closes the window."""

    cameras: Cameras
    opening: OpeningController
    display: DisplayController
    playback: PlaybackController
    recording: RecordingController
    inspector: InspectorController
    alarms: AlarmController
    help: HelpController
    walls: WallController
    publishing: PublishingController
    finding: FindingController
    playlist: PlaylistController
    second: SecondScreenController
    schedule: ScheduleController
    picture: PictureView
    quit: Callable[[], object]


WindowAction = Action[ActionTargets]


def _set_view(mode: ViewMode, to: ActionTargets) -> None:
    to.display.set_view(mode.name)


def _view_actions() -> Iterator[WindowAction]:
    """One for each view mode."""
    for mode in VIEW_MODES.values():
        yield WindowAction(mode.name, mode.title, mode.keys, VIEW, partial(_set_view, mode))


def _move_tile(right: int, down: int, to: ActionTargets) -> None:
    to.display.move_tile(right, down)


_SWAPS = (("Left", QT_TRANSLATE_NOOP("actions", "Swap with the camera at the left"), -1, 0),
          ("Right", QT_TRANSLATE_NOOP("actions", "Swap with the camera at the right"), 1, 0),
          ("Up", QT_TRANSLATE_NOOP("actions", "Swap with the camera above"), 0, -1),
          ("Down", QT_TRANSLATE_NOOP("actions", "Swap with the camera below"), 0, 1))
"Key, title, tiles to the right, tiles down."


_ENTRIES: tuple[WindowAction, ...] = (
    WindowAction("open", QT_TRANSLATE_NOOP("actions", "Open a camera or video"), ("Ctrl+O", "O"), SOURCE,
                 lambda to: to.opening.show_dialog(), "plus"),
    WindowAction("open_folder", QT_TRANSLATE_NOOP("actions", "Open a folder of videos…"), ("Ctrl+Shift+O",), SOURCE,
                 lambda to: to.playlist.browse_folder(), "folder-outline"),
    WindowAction("find", QT_TRANSLATE_NOOP("actions", "Find cameras on the network…"), ("Ctrl+F",), SOURCE,
                 lambda to: to.finding.show(), "lan-connect"),
    WindowAction("close", QT_TRANSLATE_NOOP("actions", "Close this source"), ("Ctrl+W",), SOURCE,
                 lambda to: to.playback.close(), "close"),
    WindowAction("retry", QT_TRANSLATE_NOOP("actions", "Try again now"), ("Ctrl+R", "F5"), SOURCE,
                 lambda to: to.playback.restart(), "refresh"),
    WindowAction("next", QT_TRANSLATE_NOOP("actions", "Next camera"), ("Ctrl+Tab", "N"), SOURCE,
                 lambda to: to.cameras.look_at_next(), "chevron-right"),
    WindowAction("grid", QT_TRANSLATE_NOOP("actions", "All cameras side by side"), ("G",), SOURCE,
                 lambda to: to.display.toggle_grid(), "view-grid-outline", checkable=True),
    WindowAction("second_camera", QT_TRANSLATE_NOOP("actions", "Show this camera in a second window"), ("Shift+F11",), SOURCE,
                 lambda to: to.second.show_current()),
    WindowAction("second_wall", QT_TRANSLATE_NOOP("actions", "Show all cameras in a second window"), ("Ctrl+F11",), SOURCE,
                 lambda to: to.second.show_all()),
    WindowAction("save_wall", QT_TRANSLATE_NOOP("actions", "Save these cameras as a wall…"), ("Ctrl+S",), SOURCE,
                 lambda to: to.walls.save()),
    WindowAction("walls", QT_TRANSLATE_NOOP("actions", "Walls…"), ("Ctrl+L",), SOURCE, lambda to: to.walls.show_list(),
                 "view-grid-outline"),
    *(WindowAction(f"swap_{key.lower()}", title, (f"Ctrl+Shift+{key}",), SOURCE, partial(_move_tile, right, down))
      for key, title, right, down in _SWAPS),
    WindowAction("record", QT_TRANSLATE_NOOP("actions", "Record"), ("R",), SOURCE,
                 lambda to: to.recording.toggle(), "record-circle-outline", checkable=True),
    WindowAction("record_all", QT_TRANSLATE_NOOP("actions", "Record all cameras, or end that"), ("Shift+R",), SOURCE,
                 lambda to: to.recording.toggle_all()),
    WindowAction("schedule", QT_TRANSLATE_NOOP("actions", "Recording schedule…"), ("Ctrl+T",), SOURCE,
                 lambda to: to.schedule.show_dialog()),
    WindowAction("snapshot", QT_TRANSLATE_NOOP("actions", "Snapshot, original and dehazed"), ("S",), SOURCE,
                 lambda to: to.recording.save_snapshot(), "camera-outline"),
    *_view_actions(),
    WindowAction("peek", QT_TRANSLATE_NOOP("actions", "Show the original while held"), ("\\",), VIEW,
                 lambda to: None, local=True),  # held, not pressed: see KeyboardController
    WindowAction("wipe_left", QT_TRANSLATE_NOOP("actions", "Move the divider left"), ("Shift+Left",), VIEW,
                 lambda to: to.picture.move_divider(-DIVIDER_STEP), local=True),
    WindowAction("wipe_right", QT_TRANSLATE_NOOP("actions", "Move the divider right"), ("Shift+Right",), VIEW,
                 lambda to: to.picture.move_divider(DIVIDER_STEP), local=True),
    WindowAction("overlay", QT_TRANSLATE_NOOP("actions", "Numbers over the picture"), ("I",), PICTURE,
                 lambda to: to.display.toggle_overlay(), "information-outline", checkable=True),
    WindowAction("loupe", QT_TRANSLATE_NOOP("actions", "Loupe; the wheel makes it stronger"), ("M",), PICTURE,
                 lambda to: to.picture.toggle_loupe(), "magnify", checkable=True),
    WindowAction("zoom_in", QT_TRANSLATE_NOOP("actions", "Zoom in"), ("+", "="), PICTURE,
                 lambda to: to.picture.zoom(ZOOM_STEP), "magnify-plus-outline"),
    WindowAction("zoom_out", QT_TRANSLATE_NOOP("actions", "Zoom out"), ("-",), PICTURE,
                 lambda to: to.picture.zoom(1 / ZOOM_STEP), "magnify-minus-outline"),
    WindowAction("zoom_fit", QT_TRANSLATE_NOOP("actions", "Fit to the window"), ("0",), PICTURE,
                 lambda to: to.picture.zoom_fit(), "fit-to-screen-outline"),
    WindowAction("pan_left", QT_TRANSLATE_NOOP("actions", "Move the view left"), ("Ctrl+Left",), PICTURE,
                 lambda to: to.picture.pan(-PAN_STEP, 0.0), local=True),
    WindowAction("pan_right", QT_TRANSLATE_NOOP("actions", "Move the view right"), ("Ctrl+Right",), PICTURE,
                 lambda to: to.picture.pan(PAN_STEP, 0.0), local=True),
    WindowAction("pan_up", QT_TRANSLATE_NOOP("actions", "Move the view up"), ("Ctrl+Up",), PICTURE,
                 lambda to: to.picture.pan(0.0, -PAN_STEP), local=True),
    WindowAction("pan_down", QT_TRANSLATE_NOOP("actions", "Move the view down"), ("Ctrl+Down",), PICTURE,
                 lambda to: to.picture.pan(0.0, PAN_STEP), local=True),
    WindowAction("stronger", QT_TRANSLATE_NOOP("actions", "More strength"), ("Shift+Up",), PICTURE,
                 lambda to: to.inspector.change_strength(STRENGTH_STEP), local=True),
    WindowAction("weaker", QT_TRANSLATE_NOOP("actions", "Less strength"), ("Shift+Down",), PICTURE,
                 lambda to: to.inspector.change_strength(-STRENGTH_STEP), local=True),
    WindowAction("pause", QT_TRANSLATE_NOOP("actions", "Pause or resume"), ("Space", "P"), PLAYBACK,
                 lambda to: to.playback.toggle_pause(), "pause", local=True),
    WindowAction("step", QT_TRANSLATE_NOOP("actions", "Next picture"), (".",), PLAYBACK, lambda to: to.playback.step(1)),
    WindowAction("step_back", QT_TRANSLATE_NOOP("actions", "Previous picture"), (",",), PLAYBACK,
                 lambda to: to.playback.step(-1)),
    WindowAction("forward", QT_TRANSLATE_NOOP("actions", "5 seconds forward"), ("Right",), PLAYBACK,
                 lambda to: to.playback.seek_by(5.0), local=True),
    WindowAction("backward", QT_TRANSLATE_NOOP("actions", "5 seconds back"), ("Left",), PLAYBACK,
                 lambda to: to.playback.seek_by(-5.0), local=True),
    WindowAction("forward_far", QT_TRANSLATE_NOOP("actions", "1 minute forward"), ("Up",), PLAYBACK,
                 lambda to: to.playback.seek_by(60.0), local=True),
    WindowAction("backward_far", QT_TRANSLATE_NOOP("actions", "1 minute back"), ("Down",), PLAYBACK,
                 lambda to: to.playback.seek_by(-60.0), local=True),
    WindowAction("next_file", QT_TRANSLATE_NOOP("actions", "Next video of the list"), ("PgDown",), PLAYBACK,
                 lambda to: to.playlist.go(1), "step-forward", local=True),
    WindowAction("previous_file", QT_TRANSLATE_NOOP("actions", "Previous video of the list"), ("PgUp",), PLAYBACK,
                 lambda to: to.playlist.go(-1), "step-backward", local=True),
    WindowAction("list", QT_TRANSLATE_NOOP("actions", "Hide or show the list of videos"), ("L",), PLAYBACK,
                 lambda to: to.playlist.toggle(), "close"),
    WindowAction("inspector", QT_TRANSLATE_NOOP("actions", "Hide or show the controls (while the picture has the focus)"),
                 ("Tab",), WINDOW, lambda to: to.display.toggle_inspector(), "tune-variant", checkable=True, local=True),
    WindowAction("area", QT_TRANSLATE_NOOP("actions", "Go to the next area: picture, bar, controls"), ("F6",), WINDOW,
                 lambda to: to.display.focus_next_area()),
    WindowAction("fullscreen", QT_TRANSLATE_NOOP("actions", "Full screen"), ("F", "F11"), WINDOW,
                 lambda to: to.display.toggle_fullscreen(), "fullscreen", checkable=True),
    WindowAction("leave", QT_TRANSLATE_NOOP("actions", "Leave full screen"), ("Esc",), WINDOW,
                 lambda to: to.display.leave_fullscreen_or_camera()),
    WindowAction("alarms", QT_TRANSLATE_NOOP("actions", "Haze alarms so far"), ("A",), WINDOW,
                 lambda to: to.alarms.show_events(), "alert-outline"),
    WindowAction("keys", QT_TRANSLATE_NOOP("actions", "List of keys"), ("?", "F1"), WINDOW,
                 lambda to: to.help.show_keys(), "keyboard-outline"),
    WindowAction("quit", QT_TRANSLATE_NOOP("actions", "Quit"), ("Ctrl+Q",), WINDOW, lambda to: to.quit(), "power"),
    # without a key
    WindowAction("publish", QT_TRANSLATE_NOOP("actions", "Publish…"), (), SOURCE, lambda to: to.publishing.toggle(),
                 checkable=True),
    WindowAction("virtual_camera", QT_TRANSLATE_NOOP("actions", "Virtual camera"), (), SOURCE,
                 lambda to: to.publishing.toggle_virtual_camera(), checkable=True),
    WindowAction("alarm_sound", QT_TRANSLATE_NOOP("actions", "Sound of alarms"), (), WINDOW,
                 lambda to: to.alarms.toggle_sound(), checkable=True),
    WindowAction("report", QT_TRANSLATE_NOOP("actions", "Copy a report on this system"), (), WINDOW,
                 lambda to: to.help.copy_report()),
    WindowAction("password", QT_TRANSLATE_NOOP("actions", "Enter user and password…"), (), SOURCE,
                 lambda to: to.opening.ask_for_password()),
    WindowAction("change", QT_TRANSLATE_NOOP("actions", "Change…"), (), SOURCE, lambda to: to.opening.change_source()),
    WindowAction("details", QT_TRANSLATE_NOOP("actions", "Details"), (), SOURCE, lambda to: to.help.show_error_details()),
    WindowAction("cpu", QT_TRANSLATE_NOOP("actions", "Compute on the processor"), (), SOURCE,
                 lambda to: to.inspector.compute_on_processor()),
)

ACTIONS: dict[str, WindowAction] = {action.name: action for action in _ENTRIES}
assert len(ACTIONS) == len(_ENTRIES), "two actions have the same name"


class ActionRunner(QObject):
    """Runs actions by name. done: an action was run."""

    done = pyqtSignal()

    def __init__(self, targets: ActionTargets) -> None:
        super().__init__()
        self._targets = targets

    def run(self, name: str) -> None:
        """Do what the action of that name does."""
        ACTIONS[name].handler(self._targets)
        self.done.emit()
