"""Pictures of dialogs, of what is said about recordings and of a large wall; a part of `screenshots.py`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, time as time_of_day
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from PyQt6.QtWidgets import QApplication, QWidget
from studio import CLIP, Studio, pass_time, wait

from dehazer import RecordingSchedule
from gui.dialogs.alarm_events import AlarmEventsDialog
from gui.dialogs.keys import KeysDialog
from gui.dialogs.schedule import ScheduleDialog
from gui.main_window import MainWindow

SUNDAY = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
WORKDAYS = frozenset(range(5))
LONG = "Harbour crane 4, looking over the basin to the west"
NINE = ("Gate north", "Gate south", "Bridge", "Quay", LONG, "Yard", "Roof", "Lock", "Car park")


def publish(studio: Studio) -> None:
    """Where the pictures are sent: empty, filled in, and refused."""
    window = studio.live(seconds=1.0)
    window.publishing.toggle()
    dialog = window.publishing.dialog
    assert dialog is not None
    studio.take("publish-empty", window, dialog)
    dialog.address.setText("rtsp://operator:secret@127.0.0.1/gate")
    studio.take("publish", window, dialog)
    dialog.show_error("127.0.0.1 refuses the connection; check the port, and that the server is switched on.")
    studio.take("publish-refused", window, dialog)
    dialog.close()
    window.close()


def schedule(studio: Studio) -> None:
    """The schedule of recordings, on and off."""
    window = studio.live(seconds=1.0)
    for name, on in (("schedule", True), ("schedule-off", False)):
        dialog = schedule_dialog(window, on)
        studio.take(name, window, dialog)
        dialog.close()
    window.close()


def schedule_dialog(parent: QWidget, on: bool = True) -> ScheduleDialog:
    """On work days from seven to seven, seen on a Sunday."""
    dialog = ScheduleDialog(RecordingSchedule(on, WORKDAYS, time_of_day(7), time_of_day(19)), lambda: SUNDAY, parent)
    dialog.show()
    return dialog


def alarms(studio: Studio) -> None:
    """The list of haze alarms: none yet, then one of each kind."""
    window = studio.live(seconds=1.0)
    dialog = AlarmEventsDialog(window.alerts.log, window)
    dialog.show()
    studio.take("alarms-empty", window, dialog)
    log, picture = window.alerts.log, window.page.view.grab().toImage()
    for camera, haze in (("Gate north", 62.0), (LONG, 48.0), ("Bridge", 91.0)):
        log.begin(camera, haze, 40.0, picture)
    log.acknowledge(1)
    log.end(1)
    log.end(2)
    studio.take("alarms", window, dialog)
    dialog.close()
    window.close()


def lacking(studio: Studio) -> None:
    """A recording of originals whose disk is too slow: that pictures are missing is said in red, alone and in a wall."""
    with TemporaryDirectory() as folder:
        window = studio.open("--live", *_clips(Path(folder), NINE[:2]))
        wait(lambda: len(window.cameras.all) == 2 and all(camera.session is not None for camera in window.cameras.all))
        wait(lambda: window.page.view.pair is not None)
        window.recording.choose("original", ".mkv", Path(folder) / "recorded")
        window.run_action("record")
        wait(lambda: bool(window.cameras.current and window.cameras.current.recording))
        _slow_disk(window.cameras.current.session)  # type: ignore[union-attr]
        wait(lambda: bool(_note(window)))
        pass_time(0.6)
        studio.take("recording-lacking", window)
        window.display.show_grid(True)
        pass_time(0.6)
        studio.take("recording-lacking-wall", window)
        window.close_without_asking()


def _clips(folder: Path, names: Sequence[str]) -> list[str]:
    """The clip under several names."""
    for name in names:
        (folder / f"{name}.mp4").symlink_to(CLIP)
    return [str(folder / f"{name}.mp4") for name in names]


def _note(window: MainWindow) -> str:
    camera = window.cameras.current
    return camera.recorded.note if camera is not None else ""


def _slow_disk(session: Any) -> None:
    """From now on each picture takes a quarter of a second to be written."""
    sink = session._recorder._kinds["original"].sink
    write = sink.write

    def slowly(frame: object) -> None:
        time.sleep(0.25)
        write(frame)

    sink.write = slowly


def nine(studio: Studio) -> None:
    """A wall of nine cameras, one with a long name."""
    with TemporaryDirectory() as folder:
        window = studio.open("--live", *_clips(Path(folder), NINE), "--grid")
        wait(lambda: len(window.grid.tiles) == len(NINE) and all(tile.pair is not None for tile in window.grid.tiles))
        studio.take("nine", window)
        window.close()


def keys(studio: Studio) -> None:
    """The list of keys alone, as tall as it needs to be."""
    from gui.actions import ACTIONS

    window = studio.open()
    dialog = KeysDialog(ACTIONS.values(), window)
    dialog.show()
    QApplication.processEvents()
    studio.take("keys", dialog)
    dialog.close()
    window.close()


def schedule_alone(studio: Studio) -> None:
    """The dialog of the schedule without the window."""
    window = studio.open()
    studio.take("schedule-alone", schedule_dialog(window))
    window.close()
