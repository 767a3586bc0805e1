"""Panel, time line and thumbnails over a real library of real files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dehazer.review import Index, Library, LibraryOptions, NamePattern
from gui.review.library_panel import LibraryPanel
from gui.review.pattern_dialog import PatternDialog
from gui.review.time_line import TimeLine
from tests.media import Film, write_film
from tests.waiting import until

ZONE = ZoneInfo("Europe/Berlin")


class Changes(QObject):
    """Brings a library's announcements into the main thread, as the room does."""

    arrived = pyqtSignal()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two cameras named in a way of their own, a film in each of three hours, and one file that is no film."""
    found = tmp_path / "recordings"
    for camera in ("north", "south"):
        for hour in (6, 7, 9):
            path = found / camera / f"{camera}~2026~03~23~{hour:02d}h00.mp4"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_film(path, Film(frames=25))
    (found / "south" / "south~2026~03~24~10h00.mp4").write_text("no film")
    return found


@pytest.fixture
def changes(qapp: QApplication) -> Changes:
    return Changes()


@pytest.fixture
def library(folder: Path, tmp_path: Path, changes: Changes) -> Iterator[Library]:
    options = LibraryOptions(ZONE, (NamePattern("{camera}~{year}~{month}~{day}~{hour}h{minute}"),), follow=0)
    made = Library([folder], Index(tmp_path / "index.sqlite"), options, changes.arrived.emit)
    made.start()
    until(lambda: made.progress.read == made.progress.found == 7 and not made.progress.running)
    yield made
    made.stop()


def test_lanes_and_panel_show_what_the_library_found(library: Library, qtbot: QtBot, themed_app: QApplication) -> None:
    line, panel = TimeLine(), LibraryPanel()
    for widget in (line, panel):
        qtbot.addWidget(widget)
        widget.show()
    line.set_library(library)
    panel.set_library(library)
    assert [lane.camera for lane in line.content.lanes] == ["north", "south"]
    assert line.content.zone is ZONE
    south = line.content.lanes[1].footage
    assert len(south.recordings) == 4
    broken = south.at(datetime(2026, 3, 24, 10, tzinfo=ZONE).timestamp())
    assert broken is not None
    assert broken.fault is not None
    assert [(s.camera, s.files) for s in panel.cameras.cameras.summaries] == [("north", 3), ("south", 3)]
    assert panel.calendar.days == {date(2026, 3, 23)}
    assert panel.faults.heading.note == "1"
    assert panel.status.text.text() == "7 files, 1 unreadable"


def test_a_file_that_comes_later_appears_in_its_lane(library: Library, folder: Path, changes: Changes, qtbot: QtBot,
                                                     themed_app: QApplication) -> None:
    line = TimeLine()
    qtbot.addWidget(line)
    line.set_library(library)
    changes.arrived.connect(lambda: line.set_library(library))
    write_film(folder / "north" / "north~2026~03~23~12h00.mp4", Film(frames=25))
    library.refresh()
    qtbot.waitUntil(lambda: len(line.content.lanes[0].footage.recordings) == 4, timeout=20_000)
    assert line.limits.end >= datetime(2026, 3, 23, 12, tzinfo=ZONE).timestamp()


def test_a_pattern_from_the_dialog_moves_recordings_to_their_time(library: Library, changes: Changes, qtbot: QtBot,
                                                                  themed_app: QApplication) -> None:
    paths = [recording.path for recording in library.recordings]
    dialog = PatternDialog(paths, library.options.patterns, library.options.zone)
    dialog.chosen.connect(lambda patterns, zone: library.configure(LibraryOptions(zone, patterns, follow=0)))
    dialog.zones.setCurrentText("UTC")
    line = TimeLine()
    qtbot.addWidget(line)
    changes.arrived.connect(lambda: line.set_library(library))
    dialog.accept()
    six = datetime(2026, 3, 23, 6, tzinfo=ZoneInfo("UTC")).timestamp()
    qtbot.waitUntil(lambda: bool(line.content.lanes) and line.limits.start == six, timeout=20_000)
