"""What was typed becomes a choice; no password ever gets into one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.choice import Choice, from_dict, parse, trouble


@pytest.mark.parametrize(("text", "kind", "where"), [
    ("0", "camera", "camera:0"),
    ("/dev/video2", "camera", "/dev/video2"),
    ("rtsp://cam.example/stream", "url", "rtsp://cam.example/stream"),
    ("  film with spaces ü.mp4 ", "file", "film with spaces ü.mp4"),
    ("file:///tmp/a%20b.mp4", "file", "/tmp/a b.mp4"),
])
def test_a_text_names_a_camera_an_address_or_a_file(text: str, kind: str, where: str) -> None:
    choice, password = parse(text)
    assert (choice.kind, choice.where, password) == (kind, where, None)


@pytest.mark.parametrize("secret", ["p@ss:w0rd", "p%21", "ünsäglich", "a b"])
def test_passwords_leave_the_address(secret: str) -> None:
    from urllib.parse import quote

    choice, password = parse(f"rtsp://operator:{quote(secret, safe='')}@cam.example:554/live")
    assert (choice.user, password) == ("operator", secret)
    for text in (repr(choice), str(choice.to_dict()), choice.key, choice.title, choice.request(password).name):
        assert secret not in text
        assert quote(secret, safe="") not in text
    assert choice.request(password).address() == f"rtsp://operator:{quote(secret, safe='')}@cam.example:554/live"


def test_an_unescaped_at_sign_is_understood() -> None:
    choice, password = parse("rtsp://me:a@b@cam/live")
    assert (choice.where, choice.user, password) == ("rtsp://cam/live", "me", "a@b")


def test_a_choice_survives_the_settings_file() -> None:
    choice = Choice("rtsp://cam/live", "Gate", "me", "udp", "smooth", 640, 480, 25.0)
    assert from_dict(choice.to_dict()) == choice
    assert from_dict({**choice.to_dict(), "added later": 1}) == choice


@pytest.mark.parametrize("data", [
    {}, {"where": ""}, {"where": "x", "transport": "pigeon"}, {"where": 3}, {"where": "x", "width": 1},
])
def test_a_damaged_entry_is_left_out(data: dict[str, object]) -> None:
    assert from_dict(data) is None


@pytest.mark.parametrize(("where", "word"), [
    ("gopher://x/y", "begins with one of"), ("rtsp:///live", "no host"), ("rtsp://cam:99999/live", "port"),
    ("/nowhere/film.mp4", "does not exist"), ("", "No source"),
])
def test_what_cannot_be_tried_is_said_in_one_sentence(where: str, word: str) -> None:
    said = trouble(Choice(where))
    assert word in said
    assert said.endswith(".") or "example" in said


def test_what_can_be_tried_is_not_complained_of(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"x")
    for where in (str(tmp_path / "a.mp4"), "udp://@:1234", "rtsp://cam/live", "camera:0"):
        assert trouble(Choice(where)) == ""


def test_names_are_short() -> None:
    assert Choice("rtsp://cam.example/live/1").title == "cam.example"
    assert Choice("/films/a.mp4").title == "a.mp4"
    assert Choice("camera:1").title == "Camera 1"
    assert Choice("camera:1", "Desk").title == "Desk"
