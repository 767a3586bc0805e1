"""Folders and several files as a list: natural order, next and previous, playing on, unreadable ones with their reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.__main__ import parser
from gui.app import open_sources
from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from tests.gui.conftest import PATIENCE, camera_of
from tests.media import Film, write_film


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fifth of a second."""
    return write_film(tmp_path_factory.mktemp("short") / "short.mp4", Film(width=128, height=96, frames=5))


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four minutes, which do not end while a test looks at them."""
    return write_film(tmp_path_factory.mktemp("long") / "long.mp4", Film(width=128, height=96, frames=6000))


@pytest.fixture
def folder(tmp_path: Path, long: Path) -> Path:
    """clip2, clip10 and, between them, a file that is no video; with notes."""
    made = tmp_path / "videos"
    made.mkdir()
    for name in ("clip10.mp4", "clip2.mp4"):
        (made / name).symlink_to(long)
    (made / "clip3.mp4").write_bytes(b"no video" * 50)
    (made / "notes.txt").touch()
    return made


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))


def names(window: MainWindow) -> list[str]:
    return [entry.path.name for entry in window.playlist.playlist.entries]


def opened(window: MainWindow, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(window.playlist.playlist.entries) == count, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)


def test_a_dropped_folder_opens_as_a_list_in_natural_order(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    drop(window, folder)
    opened(window, qtbot, 3)
    panel = window.widgets.playlist
    assert names(window) == ["clip2.mp4", "clip3.mp4", "clip10.mp4"]
    assert len(window.cameras.all) == 1
    assert panel.isVisible()
    assert panel.count.text() == "1 of 3"
    qtbot.waitUntil(lambda: bool(window.playlist.playlist.entries[1].problem), timeout=PATIENCE)  # known before its turn
    item = panel.list.item(1)
    assert item is not None
    assert "clip3.mp4" in item.text()
    assert "\n" in item.text()
    assert window.notice.isHidden() or "clip3" not in window.notice.label.text()


def test_next_and_previous_pass_over_the_unreadable_and_keep_the_view(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.playlist.open([folder])
    opened(window, qtbot, 3)
    qtbot.waitUntil(lambda: bool(window.playlist.playlist.entries[1].problem), timeout=PATIENCE)
    camera = camera_of(window)
    camera.set_adjustments(Adjustments(strength=40.0))
    window.display.set_view("wipe")
    window.run_action("previous_file")
    assert camera_of(window) is camera  # the first one already
    qtbot.keyClick(window.page.view, Qt.Key.Key_PageDown)
    assert camera_of(window).title == "clip10.mp4"
    assert (camera_of(window).view, camera_of(window).adjustments.strength) == ("wipe", 40.0)
    assert window.page.view.view == "wipe"
    assert not window.widgets.playlist.buttons["next_file"].isEnabled()
    window.widgets.playlist.buttons["previous_file"].click()
    assert camera_of(window).title == "clip2.mp4"
    assert window.widgets.playlist.count.text() == "1 of 3"


def test_it_plays_on_by_itself_to_the_end(window: MainWindow, qtbot: QtBot, tmp_path: Path, short: Path) -> None:
    for name in ("1.mp4", "3.mp4"):
        (tmp_path / name).symlink_to(short)
    (tmp_path / "2.mp4").write_bytes(b"no video" * 50)
    drop(window, *(tmp_path / f"{number}.mp4" for number in (1, 2, 3)))
    qtbot.waitUntil(lambda: window.playlist.playlist.index == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: camera_of(window).title == "3.mp4" and camera_of(window).state.kind == "ended", timeout=PATIENCE)
    assert window.playlist.playlist.entries[1].problem
    assert len(window.cameras.all) == 1
    assert window.cameras.all == [window.playlist.camera]


def test_a_list_of_nothing_readable_says_so(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("1.mp4", "2.mp4"):
        (tmp_path / name).write_bytes(b"no video" * 50)
    drop(window, tmp_path / "1.mp4", tmp_path / "2.mp4")
    qtbot.waitUntil(lambda: [bool(entry.problem) for entry in window.playlist.playlist.entries] == [True, True], timeout=PATIENCE)
    qtbot.waitUntil(window.page.card.isVisible, timeout=PATIENCE)
    assert window.error_reporter.dialog is None


def test_a_chosen_entry_plays(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.playlist.open([folder])
    opened(window, qtbot, 3)
    panel = window.widgets.playlist
    panel.list.setCurrentRow(2)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: camera_of(window).title == "clip10.mp4", timeout=PATIENCE)


def test_an_empty_folder_is_one_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    drop(window, tmp_path / "empty")
    qtbot.waitUntil(lambda: "There is no video in" in window.start_page.error.text(), timeout=PATIENCE)
    assert window.cameras.all == []


def test_the_command_line_and_the_dialogs_open_lists_too(window: MainWindow, qtbot: QtBot, folder: Path, clip: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    open_sources(window, parser().parse_args([str(folder)]))
    opened(window, qtbot, 3)
    window.run_action("close")
    assert not window.widgets.playlist.isVisible()
    assert window.playlist.camera is None
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.run_action("open_folder")
    qtbot.waitUntil(lambda: window.playlist.camera is not None, timeout=PATIENCE)
    window.run_action("close")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(folder / "clip2.mp4"), str(clip)], ""))
    window.start_page.file_button.click()
    qtbot.waitUntil(lambda: window.playlist.camera is not None, timeout=PATIENCE)
    assert names(window) == ["clip2.mp4", "clip.mp4"]
    window.run_action("close")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(clip)], ""))
    window.start_page.file_button.click()
    assert [c.title for c in window.cameras.all] == ["clip.mp4"]
    assert window.playlist.camera is None  # one file is no list


def test_the_list_is_hidden_by_key_in_full_screen_and_beside_others(window: MainWindow, qtbot: QtBot, folder: Path,
                                                                     clip: Path) -> None:
    window.playlist.open([folder])
    opened(window, qtbot, 3)
    panel = window.widgets.playlist
    window.run_action("list")
    assert not panel.isVisible()
    window.run_action("list")
    assert panel.isVisible()
    window.display.set_fullscreen(True)
    assert not panel.isVisible()
    window.display.set_fullscreen(False)
    assert panel.isVisible()
    window.opening.open(SavedSource(str(clip), "gate", live=True, loop=True))
    assert not panel.isVisible()  # another camera is looked at
    window.display.show_grid(True)
    assert not panel.isVisible()
    window.playlist.go(1)
    assert [c.title for c in window.cameras.all][1] == "gate"
    assert len(window.cameras.all) == 2


def test_files_dropped_beside_other_cameras_become_tiles(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.mp4").symlink_to(clip)
    for name in "ab":
        window.opening.open(SavedSource(str(tmp_path / f"{name}.mp4"), live=True, loop=True))
    window.display.show_grid(True)
    drop(window, tmp_path / "c.mp4", tmp_path / "d.mp4")
    assert [c.title for c in window.cameras.all] == ["a.mp4", "b.mp4", "c.mp4", "d.mp4"]
    assert window.display.grid_on


def test_starting_again_stays_with_the_video(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.playlist.open([folder])
    opened(window, qtbot, 3)
    camera = camera_of(window)
    for again in (lambda: window.cameras.restart(camera), window.cameras._use_new_engine):
        session = camera.session
        again()
        qtbot.waitUntil(lambda session=session: camera.session is not session and camera.had_picture, timeout=PATIENCE)
        assert window.cameras.all == [camera]
        assert window.playlist.playlist.index == 0


def test_the_second_window_stays_with_the_list(window: MainWindow, qtbot: QtBot, folder: Path, clip: Path) -> None:
    window.opening.open(SavedSource(str(clip), "gate", live=True, loop=True))
    window.playlist.open([folder])
    opened(window, qtbot, 3)
    window.run_action("second_camera")
    window.cameras.look_at(window.cameras.all[0])
    assert window.second.window is not None
    window.playlist.play(2)
    assert [tile.camera.title for tile in window.second.window.grid.tiles] == ["clip10.mp4"]
    assert camera_of(window).title == "gate"
