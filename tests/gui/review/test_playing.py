"""Playing, stepping, going to times and frames, several cameras: by keys, buttons and fields of the real room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gui.review.window import ReviewWindow
from tests.gui.conftest import PATIENCE
from tests.gui.review.conftest import at_rest, number

START = datetime(2026, 3, 23, 8, tzinfo=UTC)


def press(room: ReviewWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, while the pictures have the focus."""
    assert room.panes.pane is not None
    room.panes.pane.setFocus()
    qtbot.keyClick(room.panes.pane, key, modifier)


def type_time(room: ReviewWindow, qtbot: QtBot, text: str) -> None:
    """Into the field of the time: the click that enters it selects what is there."""
    qtbot.mouseClick(room.transport.clock, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(room.transport.clock, text)
    qtbot.keyClick(room.transport.clock, Qt.Key.Key_Return)


def test_the_room_opens_at_the_first_picture(room: ReviewWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(at_rest(room, "08:00:00.000"), timeout=PATIENCE)
    assert list(room.panes.panes) == ["Gate"]
    assert "3 recordings, 2 cameras" in room.bar._details
    assert room.panes.pane is not None
    assert room.panes.pane.pair is not None


def test_steps_go_frame_by_frame_and_back(room: ReviewWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: number(room) == 0, timeout=PATIENCE)
    for expected in (1, 2, 3):
        press(room, qtbot, Qt.Key.Key_Period)
        qtbot.waitUntil(lambda expected=expected: number(room) == expected, timeout=PATIENCE)
    press(room, qtbot, Qt.Key.Key_Comma)
    qtbot.waitUntil(lambda: number(room) == 2, timeout=PATIENCE)
    assert room.transport.frame.text() == "2"
    assert room.panes.pane is not None
    assert room.panes.pane.clock == "08:00:00.080"


def test_space_plays_and_pauses(room: ReviewWindow, qtbot: QtBot) -> None:
    press(room, qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: (number(room) or 0) > 3, timeout=PATIENCE)
    press(room, qtbot, Qt.Key.Key_Space)
    assert room.playback.playback is not None
    assert not room.playback.playback.playing


def test_it_plays_backwards_and_the_button_says_so(room: ReviewWindow, qtbot: QtBot) -> None:
    room.playback.seek(START + timedelta(seconds=1.5))
    qtbot.waitUntil(lambda: number(room) == 37, timeout=PATIENCE)
    press(room, qtbot, Qt.Key.Key_R)
    assert room.transport.buttons["reverse"].isChecked()
    qtbot.waitUntil(lambda: (number(room) or 99) < 30, timeout=PATIENCE)
    press(room, qtbot, Qt.Key.Key_R)
    assert not room.transport.buttons["reverse"].isChecked()


def test_speeds_by_key_and_by_list(room: ReviewWindow, qtbot: QtBot) -> None:
    playback = room.playback.playback
    assert playback is not None
    press(room, qtbot, Qt.Key.Key_BracketRight)
    assert playback.speed == room.transport.speed.currentData() == 1.5
    press(room, qtbot, Qt.Key.Key_BracketLeft)
    press(room, qtbot, Qt.Key.Key_BracketLeft)
    assert playback.speed == 0.75
    press(room, qtbot, Qt.Key.Key_Backspace)
    assert playback.speed == 1.0
    room.transport.speed.choose(32.0)
    room.transport.speed.activated.emit(room.transport.speed.currentIndex())
    assert playback.speed == 32.0


def test_a_typed_time_is_gone_to_exactly(room: ReviewWindow, qtbot: QtBot) -> None:
    type_time(room, qtbot, "08:00:05.2")
    qtbot.waitUntil(at_rest(room, "08:00:05.200"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: number(room) == 30, timeout=PATIENCE)  # as soon as the frames of the file are counted
    type_time(room, qtbot, "-0.4")
    qtbot.waitUntil(at_rest(room, "08:00:04.800"), timeout=PATIENCE)


def test_a_typed_frame_number_is_gone_to(room: ReviewWindow, qtbot: QtBot) -> None:
    room.run_action("go_to_frame")
    qtbot.keyClicks(room.transport.frame, "17")
    qtbot.keyClick(room.transport.frame, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: number(room) == 17, timeout=PATIENCE)


@pytest.mark.parametrize(("action", "field", "text", "sentence"), [
    ("go_to_time", "clock", "noon", "“noon” is not a time"), ("go_to_frame", "frame", "many", "“many” is not a frame number"),
    ("go_to_frame", "frame", "5000", "5000"),
])
def test_what_cannot_be_gone_to_is_refused_in_a_sentence(room: ReviewWindow, qtbot: QtBot, action: str, field: str, text: str,
                                                         sentence: str) -> None:
    room.run_action(action)
    widget = getattr(room.transport, field)
    qtbot.keyClicks(widget, text)
    qtbot.keyClick(widget, Qt.Key.Key_Return)
    qtbot.waitUntil(room.widgets.notice.isVisible, timeout=PATIENCE)
    assert sentence in room.widgets.notice.label.text()


def test_escape_leaves_a_field_as_it_was(room: ReviewWindow, qtbot: QtBot) -> None:
    before = room.transport.clock.text()
    room.run_action("go_to_time")
    qtbot.keyClicks(room.transport.clock, "12:00")
    qtbot.keyClick(room.transport.clock, Qt.Key.Key_Escape)
    assert room.transport.clock.text() == before


def test_a_gap_is_told_and_shows_no_old_picture(room: ReviewWindow, qtbot: QtBot) -> None:
    room.run_action("leave")
    room.playback.seek(START + timedelta(hours=5))
    assert room.panes.pane is not None
    qtbot.waitUntil(lambda: "no recording" in room.panes.panes["Gate"].sentence, timeout=PATIENCE)
    assert room.panes.panes["Gate"].pair is None
    assert room.playback.frame is None


def test_two_cameras_show_the_same_instant(room: ReviewWindow, qtbot: QtBot) -> None:
    room.library.show_cameras(("Gate", "Ramp"))
    room.playback.seek(START + timedelta(seconds=1))
    qtbot.waitUntil(lambda: [pane.clock for pane in room.panes.shown] == ["08:00:01.000"] * 2, timeout=PATIENCE)
    press(room, qtbot, Qt.Key.Key_N)
    assert room.panes.current == "Ramp"
    press(room, qtbot, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: [pane.clock for pane in room.panes.shown] == ["08:00:01.040"] * 2, timeout=PATIENCE)


def test_a_click_on_the_time_line_goes_there(room: ReviewWindow, qtbot: QtBot) -> None:
    line = room.time_line
    layout = line.layout_of_parts
    when = START + timedelta(seconds=1)
    x = layout.ruler.left() + line.scale.x(when.timestamp())
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(layout.ruler.center().y())))
    qtbot.waitUntil(lambda: number(room) is not None and abs((number(room) or 0) - 25) <= 3, timeout=PATIENCE)


def test_marks_repeat_and_are_shown(room: ReviewWindow, qtbot: QtBot) -> None:
    playback = room.playback.playback
    assert playback is not None
    qtbot.waitUntil(lambda: number(room) == 0, timeout=PATIENCE)
    press(room, qtbot, Qt.Key.Key_L)
    room.playback.seek(START + timedelta(seconds=0.4))
    qtbot.waitUntil(lambda: number(room) == 10, timeout=PATIENCE)
    press(room, qtbot, Qt.Key.Key_L)
    assert playback.loop is not None
    assert (playback.loop.start, playback.loop.end) == (START, START + timedelta(seconds=0.44))  # the frame seen is the last
    assert room.transport.length.text() == "0.44 s"
    press(room, qtbot, Qt.Key.Key_L)
    assert playback.loop is None
    assert room.marks.span is not None
    press(room, qtbot, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert room.marks.span is None


def test_adjustments_are_used_and_remembered_for_each_camera(room: ReviewWindow, qtbot: QtBot) -> None:
    playback = room.playback.playback
    assert playback is not None
    room.library.show_cameras(("Gate", "Ramp"))
    slider = room.widgets.picture.rows.sliders["strength"].slider
    slider.setValue(40)
    assert playback.options("Gate").strength == 40
    room.panes.select("Ramp")
    assert slider.value() == 100
    room.panes.select("Gate")
    assert slider.value() == 40
    room.widgets.picture.spread.click()
    assert playback.options("Ramp").strength == room.review_settings.adjustments("Ramp").strength == 40


def test_views_zoom_and_numbers(room: ReviewWindow, qtbot: QtBot) -> None:
    pane = room.panes.pane
    assert pane is not None
    press(room, qtbot, Qt.Key.Key_W)
    assert pane.view == "wipe"
    press(room, qtbot, Qt.Key.Key_Plus)
    assert pane.viewport.zoom > 1
    press(room, qtbot, Qt.Key.Key_I)
    assert {row.name for row in pane.rows} >= {"file", "frame", "haze", "playing"}
    press(room, qtbot, Qt.Key.Key_M)
    assert pane.loupe
    qtbot.keyPress(pane, Qt.Key.Key_Backslash)
    assert pane.shown_view == "original"
    qtbot.keyRelease(pane, Qt.Key.Key_Backslash)
    assert pane.shown_view == "wipe"


def test_full_screen_shows_pictures_alone_and_the_rest_when_the_mouse_moves(room: ReviewWindow, qtbot: QtBot) -> None:
    room.run_action("fullscreen")
    assert room.frame.fullscreen
    assert not any(part.isVisible() for part in (room.bar, room.transport, room.time_line, room.tabs, room.widgets.library))
    room.frame.show_controls()
    assert room.transport.isVisible()
    assert room.bar.isVisible()
    room.run_action("leave")
    assert all(part.isVisible() for part in (room.bar, room.transport, room.time_line, room.tabs, room.widgets.library))


def test_every_action_without_recordings_does_no_harm(make_room: object, tmp_path: object, qtbot: QtBot) -> None:
    assert callable(make_room)
    room = make_room(tmp_path / "nothing")  # type: ignore[operator]  # a pathlib.Path
    for name in ("pause", "step", "step_back", "reverse", "forward", "foggiest", "next_foggy", "mark_in", "mark_out", "loop",
                 "bookmark", "next_bookmark", "undo", "snapshot", "contact_sheet", "export", "evidence", "wipe", "loupe",
                 "zoom_in", "alone", "next_camera", "sound", "overlay", "library", "inspector", "faster", "normal_speed"):
        room.run_action(name)
    assert room.isVisible()
