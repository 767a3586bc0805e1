"""Ways into the review room: the button on the start page, folders that are dropped, the command line; and the way out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent, QImage
from PyQt6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QFileDialog, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from dehazer import DeviceError
from dehazer.review import Span
from gui.main_window import MainWindow
from gui.review.window import ReviewWindow
from tests.gui.conftest import PATIENCE
from tests.gui.review.conftest import NAMES, MakeRoom

ROOT = Path(__file__).parents[3]
START = datetime(2026, 3, 23, 8, tzinfo=UTC)


def drop(target: QWidget, *paths: Path) -> None:
    """Files and folders dropped on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    target.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))


def found(window: MainWindow, count: int) -> Callable[[], bool]:
    """Whether the room of a window knows so many recordings."""
    return lambda: (window.review.window is not None and window.review.window.room.library is not None
                    and len(window.review.window.room.library.recordings) == count)


def test_the_button_on_the_start_page_asks_for_a_folder(window: MainWindow, recordings: Path, qtbot: QtBot,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(recordings))
    window.start_page.review_button.click()
    qtbot.waitUntil(found(window, len(NAMES)), timeout=PATIENCE)
    assert window.isVisible()


def test_a_folder_dropped_on_the_button_is_reviewed(window: MainWindow, recordings: Path, qtbot: QtBot) -> None:
    drop(window.start_page.review_button, recordings)
    qtbot.waitUntil(found(window, len(NAMES)), timeout=PATIENCE)
    assert window.cameras.all == []


def test_files_dropped_on_the_button_are_reviewed(window: MainWindow, recordings: Path, qtbot: QtBot) -> None:
    drop(window.start_page.review_button, *(recordings / name for name in NAMES[:2]))
    qtbot.waitUntil(found(window, 2), timeout=PATIENCE)


def test_what_is_dropped_on_the_room_takes_the_place_of_what_was_there(make_room: MakeRoom, recordings: Path,
                                                                       qtbot: QtBot) -> None:
    room = make_room(recordings)
    drop(room, recordings / NAMES[2])
    qtbot.waitUntil(lambda: room.room.library is not None and room.room.library.cameras == ("Ramp",), timeout=PATIENCE)
    qtbot.waitUntil(lambda: list(room.panes.panes) == ["Ramp"] and room.playback.frame is not None, timeout=PATIENCE)
    assert room.review_settings.recent[:2] == [(recordings / NAMES[2],), (recordings,)]


def test_closing_the_live_window_closes_the_room(window: MainWindow, recordings: Path, qtbot: QtBot) -> None:
    window.review.open([recordings])
    qtbot.waitUntil(found(window, len(NAMES)), timeout=PATIENCE)
    room = window.review.window
    assert room is not None
    window.close()
    assert window.review.window is None
    assert not window.isVisible()


def test_a_list_that_a_newer_version_wrote_is_a_sentence_and_stays(window: MainWindow, recordings: Path) -> None:
    saved = window.settings.data_folder / "review" / "bookmarks.json"
    saved.parent.mkdir(parents=True)
    content = json.dumps({"format": "dehazer bookmarks", "version": 999, "bookmarks": []})
    saved.write_text(content)
    window.review.open([recordings])
    assert window.review.window is None
    assert "bookmarks.json" in window.start_page.error.text()
    assert saved.read_text() == content


def test_the_command_line_opens_the_room_alone(tmp_path: Path, recordings: Path) -> None:
    picture = tmp_path / "room.png"
    done = subprocess.run([sys.executable, "-m", "gui", "--review", str(recordings), "--size", "1280x720", "--quit-after", "12",
                           "--screenshot", str(picture), "--settings", str(tmp_path / "s.ini")], cwd=ROOT, timeout=120,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (QImage(str(picture)).width(), QImage(str(picture)).height()) == (1280, 720)
    assert (tmp_path / "review" / "index.sqlite3").exists()


@pytest.mark.parametrize(("names", "said"), [
    ((), "There are no recordings here."), (("a.mp4",), "a.mp4 is not a video"),
    (("a.mp4", "b.mp4"), "None of the 2 files here")])
def test_a_folder_in_which_nothing_can_be_read_says_so(make_room: MakeRoom, tmp_path: Path, qtbot: QtBot, names: Sequence[str],
                                                       said: str) -> None:
    folder = tmp_path / "found"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"no video" * 100)
        os.utime(folder / name, (START.timestamp(), START.timestamp()))  # what has just been written counts as growing still
    room = make_room(folder)
    qtbot.waitUntil(lambda: said in room.panes.hint.text().replace("\u200b", ""), timeout=PATIENCE)
    assert "pen another folder, or drop one." in room.panes.hint.text()
    assert room.panes.hint.isVisible()


def test_while_the_model_is_loaded_and_when_that_fails_there_is_a_sentence(make_room: MakeRoom, recordings: Path,
                                                                           monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    room = make_room(recordings)
    qtbot.waitUntil(lambda: room.room.playback is not None and room.panes.pane is not None, timeout=PATIENCE)
    room.room.use_engine(None)
    assert room.panes.panes["Gate"].sentence == "Loading the model…"
    room._engine_loader.failed.emit(DeviceError("There is no such device here."))
    assert room.panes.panes["Gate"].sentence == "There is no such device here."
    assert "no such device" in room.widgets.notice.label.text()


def test_whatever_takes_the_keyboard_has_a_name(room: ReviewWindow) -> None:
    room.marks.set_span(Span(START, START + timedelta(seconds=1)))
    room.run_action("bookmark")
    kinds = (QAbstractButton, QSlider, QComboBox, QLineEdit, QAbstractItemView)
    nameless = [type(widget).__name__ for part in (room.bar, room.transport, room.tabs) for kind in kinds
                for widget in part.findChildren(kind) if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
                and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
                and not isinstance(widget.parent(), QComboBox | QLineEdit) and not widget.objectName().startswith("qt_")
                and widget.isVisible()]
    assert nameless == []
    assert room.panes.panes["Gate"].accessibleName() == "Gate"
    assert "08:00:00" in room.panes.panes["Gate"].accessibleDescription()


def test_the_time_line_shows_everything_that_is_found_until_somebody_looks_closer(room: ReviewWindow, recordings: Path,
                                                                                 qtbot: QtBot) -> None:
    line, library = room.time_line, room.room.library
    assert library is not None
    assert line.scale.start <= line.limits.start < line.limits.end <= line.scale.end
    seconds = line.scale.seconds
    line.zoom_by(4.0)
    room.library.show()
    assert line.scale.seconds < seconds
    room.open([recordings / NAMES[2]])
    qtbot.waitUntil(lambda: room.room.library is not None and bool(room.room.library.recordings), timeout=PATIENCE)
    qtbot.waitUntil(lambda: line.scale.start <= line.limits.start < line.limits.end <= line.scale.end, timeout=PATIENCE)
