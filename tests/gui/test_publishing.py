"""A camera's pictures sent to a server from the window, and shown as a virtual camera."""

from __future__ import annotations

import os
import sys
import threading

import pytest
from PyQt6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from dehazer import OutputAddress
from gui.main_window import MainWindow
from gui.publish_address import PublishAddress
from tests.gui.conftest import PATIENCE, camera_of, painted
from tests.receivers import RtspReceiver
from tests.virtual_cameras import DEVICE, memory_camera


def publish(window: MainWindow, address: str, label: bool = True) -> None:
    window.run_action("publish")
    dialog = window.publishing.dialog
    assert dialog is not None
    dialog.address.setText(address)
    dialog.label.setChecked(label)
    dialog.publish_button.click()


def test_pictures_are_sent_to_a_server_that_may_go_away(live: MainWindow, qtbot: QtBot) -> None:
    shown = live.status_bar.published
    with RtspReceiver() as receiver:
        publish(live, receiver.url)
        qtbot.waitUntil(lambda: len(receiver.packets) > 3, timeout=PATIENCE)
        qtbot.waitUntil(lambda: shown.text() == f"published to 127.0.0.1:{receiver.port}", timeout=PATIENCE)
        assert live.publishing.dialog is None
        receiver.down()
        qtbot.waitUntil(lambda: "trying again" in shown.text(), timeout=PATIENCE)
        before = painted(live)
        qtbot.waitUntil(lambda: painted(live) > before + 5, timeout=PATIENCE)  # the view goes on
        receiver.up()
        qtbot.waitUntil(lambda: "published" in shown.text(), timeout=PATIENCE)
        live.run_action("publish")
        qtbot.waitUntil(lambda: not camera_of(live).publishing, timeout=PATIENCE)
        qtbot.waitUntil(lambda: shown.text() == "", timeout=PATIENCE)
        assert live.settings.text("publish/address", "") == receiver.url


def test_the_window_closes_while_pictures_are_sent(live: MainWindow, qtbot: QtBot) -> None:
    with RtspReceiver() as receiver:
        publish(live, receiver.url)
        qtbot.waitUntil(lambda: len(receiver.packets) > 3, timeout=PATIENCE)
        live.close()
        qtbot.waitUntil(lambda: receiver.ended == receiver.connections, timeout=PATIENCE)


def test_a_password_is_neither_shown_nor_kept(live: MainWindow, qtbot: QtBot) -> None:
    with RtspReceiver("hushhush") as receiver:
        publish(live, receiver.url.replace("://", "://admin:hushhush@"))
        qtbot.waitUntil(lambda: "published" in live.status_bar.published.text(), timeout=PATIENCE)
        assert "hushhush" not in live.status_bar.published.text() + live.status_bar.published.toolTip()
        live.run_action("publish")
        qtbot.waitUntil(lambda: not camera_of(live).publishing, timeout=PATIENCE)
        publish(live, receiver.url.replace("://", "://admin:mistaken@"))
        qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert "does not accept this user name" in live.notice.label.text()
    live.settings.save()
    assert "hushhush" not in (live.settings.data_folder / "settings.ini").read_text()


@pytest.mark.parametrize(("pasted", "seen", "user", "secret"), [
    ("rtsp://admin:hushhush@server:8554/a", "rtsp://server:8554/a", "admin", "hushhush"),
    ("rtsp://admin:p%40ss%3A!@server/a", "rtsp://server/a", "admin", "p@ss:!"),
    ("rtmp://server/live2/hush-hush-hush", "rtmp://server/live2/•••", "", "hush-hush-hush"),
    ("srt://server:9000?passphrase=hushhush&latency=80", "srt://server:9000?passphrase=•••&latency=80", "", "hushhush"),
    ("udp://239.0.0.1:5000", "udp://239.0.0.1:5000", "", ""),
])
@pytest.mark.parametrize("typed", [True, False])
def test_what_is_secret_in_an_address_leaves_it(live: MainWindow, pasted: str, seen: str, user: str, secret: str,
                                                typed: bool) -> None:
    live.run_action("publish")
    dialog = live.publishing.dialog
    assert dialog is not None
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    if typed:
        for letter in pasted:
            dialog.address.insert(letter)
        assert dialog.address.text() == pasted
        dialog.address.editingFinished.emit()
    else:
        dialog.address.insert(pasted)
    assert (dialog.address.text(), dialog.user.text(), dialog.password.text()) == (seen, user, secret)
    asked: list[str] = []
    dialog.chosen.disconnect()
    dialog.chosen.connect(lambda address, _: asked.append(address))
    dialog.accept()
    assert OutputAddress.parsed(asked[0]) == OutputAddress.parsed(pasted)
    dialog.close()


@pytest.mark.parametrize(("address", "user", "secret", "complete"), [
    ("rtmp://server/live2", "", "a-key", "rtmp://server/live2/a-key"), ("rtmp://server/live2/", "", "k", "rtmp://server/live2/k"),
    ("rtsp://server/a", "me", "p@ss", "rtsp://me:p%40ss@server/a"), ("rtsp://server/a", "me", "", "rtsp://me@server/a"),
])
def test_an_address_is_put_together(address: str, user: str, secret: str, complete: str) -> None:
    assert PublishAddress(address, user, secret).complete() == complete


def test_what_is_missing_beside_a_secret_is_said(live: MainWindow) -> None:
    live.settings.put("publish/address", "srt://server:9000?passphrase=•••")
    live.run_action("publish")
    dialog = live.publishing.dialog
    assert dialog is not None
    assert not dialog.publish_button.isEnabled()
    dialog.password.setText("hushhush")
    assert dialog.publish_button.isEnabled()
    dialog.address.setText("rtsp://server/a")
    dialog.publish_button.click()
    assert "no user" in dialog.error.text()
    assert dialog.isVisible()
    dialog.close()


def test_an_address_that_nothing_can_be_sent_to_is_said_in_the_dialog(live: MainWindow, qtbot: QtBot) -> None:
    publish(live, "ftp://server/a")
    dialog = live.publishing.dialog
    qtbot.waitUntil(dialog.error.isVisible, timeout=PATIENCE)
    assert "use one of" in dialog.error.text()
    dialog.address.setText("")
    assert not dialog.publish_button.isEnabled()
    dialog.close()


def test_the_menu_of_the_camera_has_both(live: MainWindow) -> None:
    menu: QMenu = live.top_bar.camera_menu
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert "Publish…" in texts
    assert "Virtual camera" in texts


@pytest.mark.skipif(os.path.exists("/dev/video0"), reason="pyvirtualcam would take the camera of this machine")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems offer a virtual camera of OBS Studio")
def test_a_virtual_camera_is_shown_or_missed_in_words(live: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    camera = memory_camera()
    live.run_action("virtual_camera")
    qtbot.waitUntil(live.notice.isVisible, timeout=PATIENCE)
    assert "v4l2loopback" in live.notice.label.text()
    monkeypatch.setattr("gui.controllers.publishing.VIRTUAL_CAMERA", f"virtualcam:{DEVICE}")
    live.run_action("virtual_camera")
    qtbot.waitUntil(lambda: len(camera.shown) > 3, timeout=PATIENCE)
    qtbot.waitUntil(lambda: live.status_bar.published.text() == "published to the virtual camera", timeout=PATIENCE)
    live.run_action("virtual_camera")
    qtbot.waitUntil(lambda: camera.opened == 0, timeout=PATIENCE)


def test_the_dialog_closes_with_its_camera(live: MainWindow) -> None:
    live.run_action("publish")
    assert live.publishing.dialog is not None
    live.cameras.close(camera_of(live))
    assert live.publishing.dialog is None


def test_a_camera_that_closes_while_publishing_begins_sends_nothing(live: MainWindow, qtbot: QtBot) -> None:
    with RtspReceiver() as receiver:
        camera = camera_of(live)
        publish(live, receiver.url)
        live.cameras.close(camera)
        qtbot.waitUntil(lambda: not any(t.name == "gui-publish" for t in threading.enumerate()), timeout=PATIENCE)
        qtbot.waitUntil(lambda: not camera.publishing, timeout=PATIENCE)


def test_publishing_goes_on_when_the_camera_is_started_again(live: MainWindow, qtbot: QtBot) -> None:
    with RtspReceiver() as receiver:
        publish(live, receiver.url, label=False)
        qtbot.waitUntil(lambda: len(receiver.packets) > 3, timeout=PATIENCE)
        camera = camera_of(live)
        session, before = camera.session, receiver.connections
        live.cameras.restart(camera)
        qtbot.waitUntil(lambda: camera.session is not session and camera.publishing, timeout=PATIENCE)
        qtbot.waitUntil(lambda: receiver.connections > before, timeout=PATIENCE)
        live.run_action("publish")
        qtbot.waitUntil(lambda: not camera.publishing, timeout=PATIENCE)
        session = camera.session
        live.cameras.restart(camera)
        qtbot.waitUntil(lambda: camera.session is not session and camera.had_picture, timeout=PATIENCE)
        assert not camera.publishing
