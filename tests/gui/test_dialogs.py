"""The source dialog: what is filled in is what is opened, and mistakes are said in place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.dialogs.source import SourceDialog
from gui.saved_source import SavedSource
from gui.services.webcams import Webcam, Webcams

CAMERAS = (Webcam("/dev/video0", "Desk camera", ((1920, 1080, 30.0), (640, 480, 60.0))), Webcam("/dev/video2", "Microscope"))


@pytest.fixture
def dialog(qtbot: QtBot, themed_app: QApplication, monkeypatch: pytest.MonkeyPatch) -> SourceDialog:
    monkeypatch.setattr("gui.services.passwords._keyring", lambda: None)
    made = SourceDialog(CAMERAS)
    qtbot.addWidget(made)
    made.show()
    return made


def accepted(dialog: SourceDialog, qtbot: QtBot) -> tuple[SavedSource, str | None, bool]:
    with qtbot.waitSignal(dialog.chosen) as caught:
        dialog.accept()
    assert caught.args is not None
    return caught.args[0], caught.args[1], caught.args[2]


def test_a_camera_by_name_with_size_and_rate(dialog: SourceDialog, qtbot: QtBot) -> None:
    assert [dialog.camera.box.itemText(i) for i in range(2)] == ["Desk camera", "Microscope"]
    dialog.camera.size_box.choose((640, 480))
    dialog.camera.rate_box.choose(60.0)
    dialog.name.setText(" Bench ")
    source, password, _ = accepted(dialog, qtbot)
    assert source == SavedSource("/dev/video0", "Bench", width=640, height=480, fps=60.0)
    assert password is None


def test_an_address_with_user_and_password_apart(dialog: SourceDialog, qtbot: QtBot) -> None:
    dialog.show_kind("url")
    dialog.address.url.setText("rtsp://cam.example:554/live")
    dialog.address.user.setText("me")
    dialog.address.password.setText("p@ss:%21")
    dialog.address.transport.choose("udp")
    dialog.address.latency.choose("smooth")
    source, password, _ = accepted(dialog, qtbot)
    assert source == SavedSource("rtsp://cam.example:554/live", user="me", transport="udp", latency="smooth")
    assert password == "p@ss:%21"
    assert dialog.address.password.echoMode() == QLineEdit.EchoMode.Password


def test_a_pasted_address_is_taken_apart(dialog: SourceDialog, qtbot: QtBot) -> None:
    dialog.show_kind("url")
    dialog.address.url.setText("rtsp://me:secret-word@cam/live")
    dialog.address.url.editingFinished.emit()
    assert dialog.address.url.text() == "rtsp://cam/live"
    assert (dialog.address.user.text(), dialog.address.password.text()) == ("me", "secret-word")


def test_a_file_as_if_live(dialog: SourceDialog, qtbot: QtBot, clip: Path) -> None:
    dialog.show_kind("file")
    dialog.file.path.setText(str(clip))
    dialog.file.live.click()
    assert accepted(dialog, qtbot)[0] == SavedSource(str(clip), live=True, loop=True)


def test_nothing_is_opened_before_something_is_chosen(dialog: SourceDialog) -> None:
    assert dialog.open_button.isEnabled()  # the first camera
    dialog.show_cameras((), "")
    assert not dialog.open_button.isEnabled()
    dialog.show_cameras(CAMERAS, "")
    assert dialog.open_button.isEnabled()
    for kind, field in (("url", dialog.address.url), ("file", dialog.file.path)):
        dialog.show_kind(kind)
        assert not dialog.open_button.isEnabled()
        field.setText("rtsp://cam/live")
        assert dialog.open_button.isEnabled()
        field.setText(" ")
        assert not dialog.open_button.isEnabled()


@pytest.mark.parametrize(("kind", "text", "word"), [
    ("url", "cam.example/live", "begins with one of"), ("url", "", "No source"), ("file", "/nowhere.mp4", "does not exist"),
    ("url", "rtsp://cam:port/live", "port"),
])
def test_mistakes_are_said_in_the_dialog(dialog: SourceDialog, kind: str, text: str, word: str) -> None:
    dialog.show_kind(kind)
    (dialog.address.url if kind == "url" else dialog.file.path).setText(text)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.error.isVisible()
    assert word in dialog.error.text()


def test_a_camera_that_is_plugged_in_appears(dialog: SourceDialog) -> None:
    dialog.show_cameras((), "")
    assert "No camera is connected" in dialog.camera.about.text()
    assert not dialog.camera.box.isEnabled()
    dialog.show_cameras(CAMERAS, "")
    assert dialog.camera.box.count() == 2


def test_a_change_of_cameras_is_told_once(themed_app: QApplication, qtbot: QtBot) -> None:
    webcams = Webcams()
    found: list[tuple[Webcam, ...]] = [(), CAMERAS, CAMERAS]
    webcams._find = lambda: found.pop(0)
    told: list[int] = []
    webcams.changed.connect(lambda: told.append(len(webcams.cameras)))
    for _ in range(3):
        webcams.refresh()
    assert told == [2]


def test_cameras_are_looked_for_once_nothing_else_is_loaded(themed_app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = [True]
    webcams = Webcams(lambda: busy[0])
    monkeypatch.setattr(webcams, "_with_qt", lambda: lambda: CAMERAS)
    webcams.start()
    webcams.resume()
    assert webcams.cameras == ()
    busy[0] = False
    webcams.resume()
    assert webcams.cameras == CAMERAS


def test_without_qt_multimedia_the_core_s_list_is_used_and_the_reason_given(
    themed_app: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    monkeypatch.setitem(sys.modules, "PyQt6.QtMultimedia", None)
    monkeypatch.setattr("dehazer.sources.camera_names.VIDEO4LINUX", tmp_path)
    (tmp_path / "video2").mkdir()
    (tmp_path / "video2" / "name").write_text("Microscope\n")
    webcams = Webcams()
    webcams.start()
    assert "Qt Multimedia" in webcams.note
    assert webcams.cameras == (Webcam("/dev/video2", "Microscope"),)
