"""Files that are played: steps, places, the end, and their shape."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.saved_source import SavedSource
from gui.widgets.seek_bar import SeekBar
from tests.gui.conftest import PATIENCE, camera_of, settle
from tests.media import Film, write_film


@pytest.fixture(scope="session")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two minutes, 25 pictures per second: it does not end while a test works."""
    return write_film(tmp_path_factory.mktemp("clips") / "long.mp4", Film(frames=3000))


def test_a_file_can_be_stepped_and_searched(window: MainWindow, qtbot: QtBot, long_clip: Path) -> None:
    window.opening.open(SavedSource(str(long_clip)))
    camera = camera_of(window)
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    assert window.page.seek_bar.isVisible()
    qtbot.waitUntil(lambda: camera.status == "playing", timeout=PATIENCE)
    window.run_action("pause")
    qtbot.waitUntil(lambda: camera.state.kind == "paused", timeout=PATIENCE)
    settle(qtbot, lambda: window.page.view.pair)
    moves = ((lambda: camera.seek(1.0), 1.0), (lambda: window.run_action("step"), 1.04),
             (lambda: window.run_action("step_back"), 1.0))
    for move, place in moves:
        move()
        qtbot.waitUntil(lambda place=place: abs(camera.position - place) < 0.01, timeout=PATIENCE)  # type: ignore[misc]
    assert camera.paused
    window.run_action("pause")
    qtbot.waitUntil(lambda: camera.position > 1.2, timeout=PATIENCE)


def ended(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    window.opening.open(SavedSource(str(clip)))
    qtbot.waitUntil(lambda: camera_of(window).state.kind == "ended", timeout=PATIENCE)
    qtbot.waitUntil(window.page.seek_bar.again.isVisible, timeout=PATIENCE)


def test_a_file_that_has_ended_keeps_its_last_picture_and_plays_again(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    ended(window, qtbot, clip)
    assert not window.page.card.isVisible()  # nothing covers the picture
    assert not window.page.view.faded  # the end of a film is no fault
    assert window.page.view.pair is not None
    qtbot.mouseClick(window.page.seek_bar.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: camera_of(window).state.kind == "live", timeout=PATIENCE)
    qtbot.waitUntil(window.page.seek_bar.again.isHidden, timeout=PATIENCE)


def test_the_seek_bar_tells_time_and_frame_under_the_pointer(themed_app: QApplication) -> None:
    bar = SeekBar()
    bar.show_position(0.0, 100.0)
    assert bar.time_text(61.5) == "01:01.500"
    bar.show_position(0.0, 100.0, 25.0)
    assert bar.time_text(61.52) == "01:01.520 · frame 1538"


def test_the_pause_key_plays_an_ended_file_again(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    ended(window, qtbot, clip)
    assert window.page.seek_bar.position == window.page.seek_bar.duration > 0  # its end, not its last picture
    window.run_action("pause")
    qtbot.waitUntil(lambda: camera_of(window).state.kind == "live", timeout=PATIENCE)
    assert not camera_of(window).paused


def test_going_back_in_an_ended_file_plays_it_from_there(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    ended(window, qtbot, clip)
    seen: list[float] = []
    window.page.view.painted.connect(lambda pair: seen.append(pair.moment.original.seconds))
    window.page.seek_bar.seek_requested.emit(1.2)
    qtbot.waitUntil(lambda: any(s >= 1.2 for s in seen), timeout=PATIENCE)
    assert sum(s < 1.2 for s in seen) < 15  # not everything before it: at most until it was open


def test_a_step_back_from_the_end_shows_the_picture_before_the_last(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    ended(window, qtbot, clip)
    camera = camera_of(window)
    last, rate = camera.position, camera.rate or 0.0
    for number in (1, 2):
        window.run_action("step_back")
        qtbot.waitUntil(lambda n=number: camera.position == pytest.approx(last - n / rate, abs=0.01),  # type: ignore[misc]
                        timeout=PATIENCE)
    assert camera.paused
    assert camera.state.kind == "paused"
    window.run_action("step")
    qtbot.waitUntil(lambda: camera.position == pytest.approx(last - 1 / rate, abs=0.01), timeout=PATIENCE)


def test_keys_struck_while_a_file_is_being_opened_do_no_harm(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    window.opening.open(SavedSource(str(clip)))
    for command in ("forward", "step", "step_back", "backward_far", "pause", "pause"):
        window.run_action(command)
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    assert window.error_reporter.dialog is None


def test_a_turned_film_with_wide_pixels_has_its_shape(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    film = write_film(tmp_path / "turned.mp4", Film(width=192, height=128, frames=20, rotation=90, aspect=Fraction(4, 3)))
    window.opening.open(SavedSource(str(film), live=True, loop=True))
    qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
    target = window.page.view.panes()[0].target
    assert target.width() / target.height() == pytest.approx(128 / (192 * 4 / 3), abs=0.01)
    image = window.page.view.pair.image("dehazed")  # type: ignore[union-attr]
    assert image.width() < image.height()


def at(bar: SeekBar, seconds: float) -> QPoint:
    """The place of a time on the bar."""
    track = bar._track()
    return QPoint(round(track.x() + track.width() * seconds / bar.duration), bar.height() // 2)


def test_pictures_are_shown_while_the_time_line_is_dragged(window: MainWindow, qtbot: QtBot, long_clip: Path) -> None:
    window.opening.open(SavedSource(str(long_clip)))
    camera, bar = camera_of(window), window.page.seek_bar
    qtbot.waitUntil(lambda: camera.status == "playing" and bar.duration > 100, timeout=PATIENCE)
    seen: list[float] = []
    window.page.view.painted.connect(lambda pair: seen.append(pair.moment.original.seconds))
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=at(bar, 40.0))
    for seconds in (60.0, 80.0):
        qtbot.mouseMove(bar, at(bar, seconds))
        qtbot.waitUntil(lambda seconds=seconds: any(seconds - 15 < s <= seconds + 1 for s in seen), timeout=PATIENCE)  # type: ignore[misc]
    assert camera.status == "playing"  # held, not paused and not without pictures
    wanted = bar._dragged
    assert wanted is not None
    qtbot.waitUntil(lambda: abs(camera.position - wanted) < 0.05, timeout=PATIENCE)  # exact, once the mouse rests
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=at(bar, 80.0))
    qtbot.waitUntil(lambda: camera.position > wanted + 0.5, timeout=PATIENCE)  # and plays on from there


def test_a_small_picture_of_the_place_under_the_pointer(window: MainWindow, qtbot: QtBot, long_clip: Path) -> None:
    window.opening.open(SavedSource(str(long_clip)))
    bar, card = window.page.seek_bar, window.seek_hover.card
    qtbot.waitUntil(lambda: bar.duration > 100, timeout=PATIENCE)
    qtbot.mouseMove(bar, at(bar, 30.0))
    qtbot.mouseMove(bar, at(bar, 31.0))
    qtbot.waitUntil(lambda: card.isVisible() and card.content.picture is not None, timeout=PATIENCE)
    assert "00:3" in card.content.time
    assert "frame 7" in card.content.time
    assert card.geometry().bottom() < bar.mapTo(window.frame, QPoint(0, 0)).y()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert not card.isVisible()


def test_the_time_line_is_moved_by_keys(window: MainWindow, qtbot: QtBot, long_clip: Path) -> None:
    window.opening.open(SavedSource(str(long_clip)))
    camera, bar = camera_of(window), window.page.seek_bar
    qtbot.waitUntil(lambda: camera.status == "playing" and bar.duration > 100, timeout=PATIENCE)
    asked: list[float] = []
    bar.seek_requested.connect(asked.append)
    qtbot.keyClick(bar, Qt.Key.Key_PageUp)
    assert len(asked) == 1  # and not the video of a list
    assert asked[0] >= 60
    qtbot.waitUntil(lambda: camera.position >= 60, timeout=PATIENCE)
