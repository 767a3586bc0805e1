"""Finding cameras on the network, with cameras made of sockets: from the button to the picture."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

import dehazer
from gui.dialogs.find_cameras import FindCamerasDialog
from gui.main_window import MainWindow
from tests.gui.conftest import PATIENCE, camera_of
from tests.onvif.cameras import Answers, Responder, SoapCamera, match
from tests.servers import RtspCamera
from tests.waiting import MOMENT


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cameras on loopback answer late on a busy machine."""
    monkeypatch.setattr("dehazer.onvif.soap.TIMEOUT", 60.0)
    monkeypatch.setattr("dehazer.onvif.soap.LONGEST", 60.0)


@pytest.fixture
def responders(monkeypatch: pytest.MonkeyPatch) -> list[Responder]:
    """What answers the search in place of the local network."""
    found: list[Responder] = []
    search = dehazer.find_network_cameras
    monkeypatch.setattr(dehazer, "find_network_cameras", lambda seconds, on_found, stop: search(
        PATIENCE / 1000, on_found, stop, [responder.target for responder in found]))
    return found


def dialog_of(window: MainWindow) -> FindCamerasDialog:
    assert window.finding.dialog is not None
    return window.finding.dialog


def test_nothing_is_asked_before_the_button_is_pressed(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "sendto", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    window.start_page.find_button.click()
    qtbot.wait(round(1000 * MOMENT))
    dialog = dialog_of(window)
    assert (dialog.list.count(), dialog.searching, dialog.open_button.isEnabled()) == (0, False, False)
    dialog.close()


def test_from_the_button_to_the_picture(window: MainWindow, qtbot: QtBot, responders: list[Responder]) -> None:
    with RtspCamera(password="top-secret") as rtsp, SoapCamera(stream=f"rtsp://127.0.0.1:{rtsp.port}/live.ts") as soap:
        answers: Answers = lambda relates: [match(relates, addresses=soap.service)]  # noqa: E731
        with Responder(answers) as responder:
            responders.append(responder)
            window.run_action("find")
            dialog = dialog_of(window)
            dialog.find_button.click()
            qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=PATIENCE)
            assert dialog.searching
            item = dialog.list.item(0)
            assert item is not None
            assert item.text() == "Gate north\n127.0.0.1 · P1448-LE"
            dialog.find_button.click()  # stop
            qtbot.waitUntil(lambda: not dialog.searching, timeout=PATIENCE)
        assert dialog.note.text() == "Cameras found: 1"
        dialog.user.setText("admin")
        dialog.password.setText("wrong")
        dialog.open_button.click()
        qtbot.waitUntil(lambda: "does not accept this user and password" in dialog.note.text(), timeout=PATIENCE)
        dialog.password.setText("top-secret")
        dialog.open_button.click()
        qtbot.waitUntil(lambda: dialog.open_button.text() == "Open", timeout=PATIENCE)
        assert [dialog.streams.itemText(i) for i in range(2)] == ["Main · 1920 × 1080 · H264", "Sub · 640 × 360 · H264"]
        assert dialog.open_button.isEnabled()
        dialog.open_button.click()
        qtbot.waitUntil(lambda: window.page.view.pair is not None, timeout=PATIENCE)
        assert camera_of(window).title == "Gate north"
        assert camera_of(window).source.user == "admin"
        assert dialog.note.text() == "Opened: Main"
        dialog.streams.setCurrentIndex(1)
        assert dialog.source().title == "Gate north · Sub"
        dialog.close()


def test_several_cameras_and_one_without_a_name(window: MainWindow, qtbot: QtBot, responders: list[Responder]) -> None:
    def answers(relates: str) -> list[bytes]:
        return [match(relates, identifier="1"), match(relates, identifier="2", scopes=""), b"<not", match("uuid:other")]

    with Responder(answers) as responder:
        responders.append(responder)
        window.finding.show()
        dialog = dialog_of(window)
        dialog.find_button.click()
        qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=PATIENCE)
        second = dialog.list.item(1)
        assert second is not None
        assert second.text() == "Camera without a name\n127.0.0.1"
        dialog.close()  # ends the search, too


def test_an_address_can_be_entered_where_nothing_answers(window: MainWindow, qtbot: QtBot, responders: list[Responder]) -> None:
    with Responder(lambda _: []) as responder:
        responders.append(responder)
        window.finding.show()
        dialog = dialog_of(window)
        dialog.find_button.click()
        dialog.find_button.click()
        qtbot.waitUntil(lambda: not dialog.searching, timeout=PATIENCE)
    assert "No camera answered" in dialog.note.text()
    dialog.address.setText("192.168.1.20")
    assert dialog.service == "http://192.168.1.20/onvif/device_service"
    with SoapCamera() as soap:
        dialog.address.setText(soap.service)
        dialog.user.setText("admin")
        dialog.password.setText("top-secret")
        dialog.open_button.click()
        qtbot.waitUntil(lambda: dialog.open_button.text() == "Open", timeout=PATIENCE)
        assert dialog.source().where == "rtsp://127.0.0.1:554/main"
        dialog.user.setText("other")  # what was found was for somebody else
        assert dialog.open_button.text() == "Connect"
    dialog.open_button.click()
    qtbot.waitUntil(lambda: "refuses the connection" in dialog.note.text(), timeout=PATIENCE)
    assert window.error_reporter.dialog is None
    dialog.close()


def test_without_a_network_the_dialog_says_so(window: MainWindow, qtbot: QtBot, responders: list[Responder]) -> None:
    with Responder(lambda _: []) as responder:
        responder.target = replace(responder.target, host="ff02::c", interface=999_999)
        responders.append(responder)
        window.finding.show()
        dialog = dialog_of(window)
        dialog.find_button.click()
        qtbot.waitUntil(lambda: "No local network can be reached" in dialog.note.text(), timeout=PATIENCE)
    dialog.close()


def test_the_dialog_of_addresses_leads_there(window: MainWindow) -> None:
    window.opening.show_dialog(kind="url")
    assert window.opening.dialog is not None
    window.opening.dialog.address.find_button.click()
    assert dialog_of(window).isVisible()
    assert window.opening.dialog is None
    dialog_of(window).close()
