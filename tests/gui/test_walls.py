"""Saved walls: all comes back, nothing secret is saved, one bad camera or file harms no other, a failed save loses nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dehazer import OutputError, UsageError
from gui.dialogs.wall_name import WallNameDialog
from gui.dialogs.wall_passwords import WallPasswordsDialog
from gui.dialogs.walls import WallsDialog
from gui.main_window import MainWindow
from gui.saved_source import SavedSource, parse_source
from gui.services.settings import Adjustments
from gui.services.walls import WallStore
from gui.wall import Wall, WallCamera, wall_from
from tests.gui.conftest import PATIENCE
from tests.servers import RtspCamera

GATE = WallCamera(SavedSource("rtsp://cam/stream", "Gate", user="admin"), "wipe", 0.25, Adjustments(strength=40.0, alarm=50.0))
WALL = Wall("Harbour", (GATE, WallCamera(SavedSource("/films/caf\udce9.mp4", live=True, loop=True))), False, 1)


@pytest.fixture
def store(tmp_path: Path) -> WallStore:
    return WallStore(tmp_path / "walls")


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.services.passwords._keyring", lambda: None)


def open_two(window: MainWindow, clip: Path, tmp_path: Path, qtbot: QtBot) -> None:
    for name in ("north", "south"):
        (tmp_path / f"{name}.mp4").symlink_to(clip)
        window.opening.open(SavedSource(str(tmp_path / f"{name}.mp4"), name, live=True, loop=True))
    window.display.show_grid(True)
    qtbot.waitUntil(lambda: all(t.pair is not None for t in window.grid.tiles), timeout=PATIENCE)


# the store


def test_a_wall_comes_back_as_it_was_saved(store: WallStore) -> None:
    store.save(WALL)
    assert store.load("Harbour") == store.load(" harBOUR ") == WALL
    assert [wall.name for wall in store.all()] == ["Harbour"]
    assert [path.name.partition("-")[0] for path in store.folder.iterdir()] == ["harbour"]


@pytest.mark.parametrize("name", ["Tor/Nord", "..", "夜の港", "a" * 60, "Ünïcode & <b>", "CON"])
def test_any_printable_name_is_possible(store: WallStore, name: str) -> None:
    store.save(replace(WALL, name=name))
    assert store.load(name).name == name
    assert store.path(name).parent == store.folder


@pytest.mark.parametrize("name", ["", "   ", "a" * 61, "two\nlines", "a\0b"])
def test_a_name_that_is_none_is_refused_in_one_sentence(store: WallStore, name: str) -> None:
    with pytest.raises(UsageError, match=r"is no name for a wall; give 1 to 60"):
        store.save(replace(WALL, name=name))


def test_unknown_walls_are_refused_with_the_names_there_are(store: WallStore) -> None:
    with pytest.raises(UsageError, match=r"There is no wall “Night”; none is saved yet"):
        store.load("Night")
    store.save(WALL)
    store.save(replace(WALL, name="Airport"))
    with pytest.raises(UsageError, match=r"There is no wall “Night”; saved are: “Airport”, “Harbour”."):
        store.load("Night")


DAMAGED = ["", "{", "[]", "null", '{"version": 1}', "\xff", '{"version": 9, "name": "Bad", "cameras": []}', "[" * 100_000,
           '{"version": 1, "name": "Bad", "cameras": []}',
           '{"version": 1, "name": "Bad", "cameras": [{"source": {"where": ""}}]}',
           '{"version": 1, "name": "Bad", "cameras": [7]}', '{"version": 1, "name": "Bad", "cameras": [{"source": {}}]}']


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_wall_harms_no_other(store: WallStore, content: str) -> None:
    store.save(WALL)
    store.path("Bad").write_text(content, "latin-1")
    with pytest.raises(UsageError, match=r"The wall “Bad” is damaged \(.+\); saved are: “Harbour”.") as refused:
        store.load("Bad")
    assert "\n" not in str(refused.value)
    assert store.load("Harbour") == WALL
    assert list(store.damaged()) == [store.path("Bad")]


def test_values_of_another_version_take_their_defaults(store: WallStore) -> None:
    data = WALL.to_dict()
    data["current"], data["cameras"][0]["view"], data["cameras"][0]["divider"] = 77, "x-ray", "left"
    found = wall_from(data)
    assert (found.current, found.cameras[0].view, found.cameras[0].divider) == (0, "dehazed", 0.5)


def test_a_failed_save_loses_nothing(store: WallStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(WALL)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"cannot be saved in .*No space left.*what was saved before is kept"):
        store.save(replace(WALL, cameras=(GATE,), current=0))
    assert store.load("Harbour") == WALL
    assert len(list(store.folder.iterdir())) == 1  # no half of a file beside it


def test_renaming_keeps_the_cameras_and_takes_no_other_name(store: WallStore) -> None:
    store.save(WALL)
    store.save(replace(WALL, name="Airport"))
    with pytest.raises(UsageError, match=r"There is a wall “AIRPORT” already"):
        store.rename("Harbour", "AIRPORT")
    store.rename("Harbour", "HARBOUR")  # only its spelling
    store.rename("HARBOUR", "Port")
    assert [wall.name for wall in store.all()] == ["Airport", "Port"]
    assert store.load("Port").cameras == WALL.cameras
    store.remove("Port")
    assert [wall.name for wall in store.all()] == ["Airport"]


# the window


def test_a_wall_is_saved_and_comes_back_in_its_order_with_its_views(window: MainWindow, qtbot: QtBot, clip: Path,
                                                                      tmp_path: Path) -> None:
    open_two(window, clip, tmp_path, qtbot)
    north, south = window.cameras.all
    window.cameras.swap(north, south)
    north.set_view("wipe")
    north.set_divider(0.25)
    north.set_adjustments(Adjustments(strength=33.0))
    window.cameras.look_at(north)
    window.run_action("save_wall")
    dialog = window.walls.dialog
    assert isinstance(dialog, WallNameDialog)
    dialog.name.setText("Harbour")
    dialog.save_button.click()
    assert "Saved the wall “Harbour”" in window.notice.label.text()
    assert window.windowTitle() == "Harbour – dehazer"
    for camera in list(window.cameras.all):
        window.cameras.close(camera)
    assert window.windowTitle() == "dehazer"
    card = next(card for card in window.start_page.cards if card.text() == "Harbour")
    card.click()
    assert [c.title for c in window.cameras.all] == ["south", "north"]
    back = window.cameras.all[1]
    assert (back.view, back.divider, back.adjustments.strength) == ("wipe", 0.25, 33.0)
    assert window.cameras.current is back
    assert window.display.grid_on
    qtbot.waitUntil(lambda: all(t.pair is not None for t in window.grid.tiles), timeout=PATIENCE)
    assert [t.view for t in window.grid.tiles] == ["dehazed", "wipe"]


def test_cameras_of_the_next_wall_stay_connected(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path) -> None:
    open_two(window, clip, tmp_path, qtbot)
    north, south = window.cameras.all
    window.walls.save_as("Both")
    window.cameras.close(south)
    window.walls.save_as("One")
    session = north.session
    window.walls.open("Both")
    assert window.cameras.all[0] is north
    assert north.session is session
    window.walls.open("One")
    assert window.cameras.all == [north]
    assert not window.display.grid_on


def test_a_camera_that_is_not_there_does_not_stop_the_others(window: MainWindow, qtbot: QtBot, clip: Path) -> None:
    there = WallCamera(SavedSource(str(clip), "there", live=True, loop=True))
    gone, missing = WallCamera(SavedSource("rtsp://127.0.0.1:9/live", "gone")), WallCamera(SavedSource("/nowhere/film.mp4"))
    WallStore(window.settings.data_folder / "walls").save(Wall("Mixed", (gone, missing, there)))
    window.walls.open("Mixed")
    assert [c.title for c in window.cameras.all] == ["gone", "film.mp4", "there"]
    qtbot.waitUntil(lambda: window.grid.tiles[2].pair is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "refuses" in window.grid.tiles[0].sentence, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "does not exist" in window.grid.tiles[1].sentence, timeout=PATIENCE)


def test_passwords_are_asked_for_once_and_never_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path, no_keyring: None) -> None:
    with RtspCamera(password="top-secret") as server:
        for path in ("one", "two"):
            source, password = parse_source(f"rtsp://admin:top-secret@127.0.0.1:{server.port}/{path}")
            window.opening.open(source, password)
        window.opening.open(SavedSource("http://127.0.0.1:9/mjpeg?user=me&pwd=in-the-address", "old"))
        window.walls.save_as("Secret")
        window.settings.save()
        saved = "".join(path.read_text() for path in (window.settings.data_folder / "walls").iterdir())
        assert "top-secret" not in saved + (tmp_path / "settings.ini").read_text()
        assert "in-the-address" not in saved
        for camera in list(window.cameras.all):
            window.cameras.close(camera)
        window.walls.open("Secret")
        qtbot.waitUntil(lambda: isinstance(window.walls.dialog, WallPasswordsDialog), timeout=PATIENCE)
        dialog = window.walls.dialog
        assert isinstance(dialog, WallPasswordsDialog)
        assert list(dialog.fields) == [f"admin@127.0.0.1:{server.port}", "127.0.0.1:9"]  # one field for two cameras
        for field, text in zip(dialog.fields.values(), ("top-secret", "in-the-address"), strict=True):
            field.setText(text)
        dialog.accept()
        assert [c.source.where.rpartition("/")[2] for c in window.cameras.all] == [
            "one", "two", "mjpeg?user=me&pwd=in-the-address"]
        qtbot.waitUntil(lambda: all(t.pair is not None for t in window.grid.tiles[:2]), timeout=PATIENCE)


def test_without_an_answer_the_cameras_say_what_they_need(window: MainWindow, qtbot: QtBot, clip: Path, no_keyring: None) -> None:
    there = WallCamera(SavedSource(str(clip), "there", live=True, loop=True))
    with RtspCamera(password="top-secret") as server:
        locked = WallCamera(SavedSource(server.url, "locked", user="admin"))
        WallStore(window.settings.data_folder / "walls").save(Wall("Locked", (locked, there)))
        window.walls.open("Locked")
        assert [c.title for c in window.cameras.all] == ["there"]  # at once, without an answer
        qtbot.waitUntil(lambda: isinstance(window.walls.dialog, WallPasswordsDialog), timeout=PATIENCE)
        assert window.walls.dialog is not None
        window.walls.dialog.close()
        assert [c.title for c in window.cameras.all] == ["locked", "there"]
        qtbot.waitUntil(lambda: "password" in window.grid.tiles[0].sentence, timeout=PATIENCE)


class FakeKeyring:
    """A keyring in memory with the two functions that the program uses."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def get_password(self, _service: str, account: str) -> str | None:
        return self.held.get(account)

    def set_password(self, _service: str, account: str, password: str) -> None:
        self.held[account] = password


def test_passwords_come_from_the_keyring_where_there_is_one(window: MainWindow, qtbot: QtBot,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = FakeKeyring()
    monkeypatch.setattr("gui.services.passwords._keyring", lambda: keyring)
    with RtspCamera(password="top-secret") as server:
        locked = WallCamera(SavedSource(server.url, "locked", user="admin"))
        WallStore(window.settings.data_folder / "walls").save(Wall("Locked", (locked,)))
        window.walls.open("Locked")
        qtbot.waitUntil(lambda: isinstance(window.walls.dialog, WallPasswordsDialog), timeout=PATIENCE)
        dialog = window.walls.dialog
        assert isinstance(dialog, WallPasswordsDialog)
        dialog.store.setChecked(True)
        next(iter(dialog.fields.values())).setText("top-secret")
        dialog.accept()
        qtbot.waitUntil(lambda: list(keyring.held.values()) == ["top-secret"], timeout=PATIENCE)
        for camera in list(window.cameras.all):
            window.cameras.close(camera)
        window.walls.open("Locked")
        qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
        assert window.walls.dialog is None


def test_the_list_opens_renames_and_removes(window: MainWindow, clip: Path, qtbot: QtBot,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    window.opening.open(SavedSource(str(clip), live=True, loop=True))
    window.walls.save_as("One")
    (window.settings.data_folder / "walls" / "bad.json").write_text("{")
    window.run_action("walls")
    dialog = window.walls.dialog
    assert isinstance(dialog, WallsDialog)
    assert ["One" in dialog.list.item(0).text(), "Damaged" in dialog.list.item(1).text()] == [True, True]  # type: ignore[union-attr]
    dialog.list.setCurrentRow(1)
    assert not dialog.open_button.isEnabled()
    monkeypatch.setattr("gui.dialogs.closing_question.ClosingQuestion.agreed", lambda *_: True)
    dialog.remove_button.click()
    assert dialog.list.count() == 1
    dialog.rename_button.click()
    name = window.walls.dialog
    assert isinstance(name, WallNameDialog)
    name.name.setText("Two")
    name.save_button.click()
    assert (window.walls.names(), window.walls.current, window.windowTitle()) == (["Two"], "Two", "Two – dehazer")
    listed = window.walls.dialog
    assert isinstance(listed, WallsDialog)
    listed.remove_button.click()
    assert window.walls.names() == []
    assert listed.empty.isVisible()
    listed.close_button.click()
    assert not listed.isVisible()


def test_a_name_that_is_taken_is_said_before_it_is_replaced(window: MainWindow, clip: Path) -> None:
    window.opening.open(SavedSource(str(clip), live=True, loop=True))
    window.walls.save_as("One")
    window.walls.save()
    dialog = window.walls.dialog
    assert isinstance(dialog, WallNameDialog)
    assert (dialog.name.text(), dialog.save_button.text()) == ("One", "Replace")
    dialog.name.setText("Two")
    assert dialog.save_button.text() == "Save"
    dialog.name.setText("a\tb")
    assert not dialog.save_button.isEnabled()
    dialog.close()


def test_unknown_walls_are_said_on_the_start_page_and_as_a_message(window: MainWindow, clip: Path) -> None:
    window.walls.open("Nowhere")
    assert "There is no wall “Nowhere”" in window.start_page.error.text()
    window.opening.open(SavedSource(str(clip), live=True, loop=True))
    window.walls.open("Nowhere")
    assert "There is no wall “Nowhere”" in window.notice.label.text()
    assert len(window.cameras.all) == 1


def test_recording_cameras_are_closed_only_when_the_user_agrees(window: MainWindow, qtbot: QtBot, clip: Path, tmp_path: Path,
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    open_two(window, clip, tmp_path, qtbot)
    window.walls.save_as("Both")
    window.cameras.close(window.cameras.all[0])
    window.walls.save_as("South")
    window.walls.open("Both")
    window.cameras.look_at(window.cameras.all[0])
    qtbot.waitUntil(lambda: window.grid.tiles[0].pair is not None, timeout=PATIENCE)
    window.run_action("record")
    qtbot.waitUntil(lambda: window.cameras.all[0].recording, timeout=PATIENCE)
    monkeypatch.setattr("gui.dialogs.closing_question.ClosingQuestion.agreed", lambda *_: False)
    window.walls.open("South")
    assert (len(window.cameras.all), window.walls.current) == (2, "Both")
    monkeypatch.setattr("gui.dialogs.closing_question.ClosingQuestion.agreed", lambda *_: True)
    window.walls.open("South")
    assert [c.title for c in window.cameras.all] == ["south"]


def test_the_last_wall_is_opened_at_start_where_that_is_wanted(make_window: Callable[[], MainWindow], clip: Path) -> None:
    from gui.__main__ import parser
    from gui.app import open_sources

    first = make_window()
    first.opening.open(SavedSource(str(clip), "gate", live=True, loop=True))
    first.walls.save_as("One")
    first.close_without_asking()
    second = make_window()
    open_sources(second, parser().parse_args([]))
    assert second.cameras.all == []
    second.walls.toggle_reopening()
    open_sources(second, parser().parse_args([str(clip)]))
    assert second.walls.current == ""  # what was asked for comes first
    second.cameras.close(second.cameras.all[0])
    open_sources(second, parser().parse_args([]))
    assert (second.walls.current, [c.title for c in second.cameras.all]) == ("One", ["gate"])
    second.close_without_asking()
    third = make_window()
    open_sources(third, parser().parse_args(["--wall", "one"]))
    assert [c.title for c in third.cameras.all] == ["gate"]
    assert json.loads(next((third.settings.data_folder / "walls").iterdir()).read_text())["version"] == 1


def test_a_camera_that_is_over_is_asked_for_again(window: MainWindow, qtbot: QtBot, no_keyring: None) -> None:
    with RtspCamera(password="top-secret") as server:
        window.opening.open(SavedSource(server.url, "gate", user="admin"), "mistaken")
        window.walls.save_as("Gate")
        qtbot.waitUntil(lambda: window.cameras.all[0].state.is_over, timeout=PATIENCE)
        window.walls.open("Gate")
        qtbot.waitUntil(lambda: isinstance(window.walls.dialog, WallPasswordsDialog), timeout=PATIENCE)
        dialog = window.walls.dialog
        assert isinstance(dialog, WallPasswordsDialog)
        next(iter(dialog.fields.values())).setText("top-secret")
        dialog.accept()
        qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)


def test_more_cameras_than_can_be_open_are_refused_in_a_sentence(window: MainWindow, clip: Path, qtbot: QtBot,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.cameras.MAX_CAMERAS", 1)
    wall = replace(WALL, cameras=(WallCamera(SavedSource("rtsp://127.0.0.1:9/live", "gone")), WALL.cameras[1]))
    with qtbot.waitSignal(window.walls.refused, timeout=PATIENCE) as refused:
        window.walls._open_cameras(wall, [*wall.cameras], {})
    assert refused.args is not None
    assert "which is the most" in refused.args[0]
    assert [camera.title for camera in window.cameras.all] == ["gone"]
