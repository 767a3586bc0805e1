"""What was typed becomes a saved source; no password ever gets into one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dehazer import URL_SCHEMES, VIDEO_SUFFIXES
from gui.saved_source import SavedSource, parse_source, saved_source_from, source_error, video_filter


@pytest.mark.parametrize(("text", "kind", "where"), [
    ("0", "camera", "camera:0"),
    ("/dev/video2", "camera", "/dev/video2"),
    ("rtsp://cam.example/stream", "url", "rtsp://cam.example/stream"),
    ("  film with spaces ü.mp4 ", "file", str(Path("film with spaces ü.mp4").absolute())),
    ("file:///tmp/a%20b.mp4", "file", "/tmp/a b.mp4"),
])
def test_a_text_names_a_camera_an_address_or_a_file(text: str, kind: str, where: str) -> None:
    source, password = parse_source(text)
    assert (source.kind, source.where, password) == (kind, where, None)


@pytest.mark.parametrize("secret", ["p@ss:w0rd", "p%21", "ünsäglich", "a b"])
def test_passwords_leave_the_address(secret: str) -> None:
    from urllib.parse import quote

    source, password = parse_source(f"rtsp://operator:{quote(secret, safe='')}@cam.example:554/live")
    assert (source.user, password) == ("operator", secret)
    for text in (repr(source), str(source.to_dict()), source.key, source.title, source.request(password).name):
        assert secret not in text
        assert quote(secret, safe="") not in text
    assert source.request(password).address() == f"rtsp://operator:{quote(secret, safe='')}@cam.example:554/live"


def test_an_unescaped_at_sign_is_understood() -> None:
    source, password = parse_source("rtsp://me:a@b@cam/live")
    assert (source.where, source.user, password) == ("rtsp://cam/live", "me", "a@b")


def test_a_source_survives_the_settings_file() -> None:
    source = SavedSource("rtsp://cam/live", "Gate", "me", "udp", "smooth", 640, 480, 25.0)
    assert saved_source_from(source.to_dict()) == source
    assert saved_source_from({**source.to_dict(), "added later": 1}) == source


@pytest.mark.parametrize("data", [
    {}, {"where": ""}, {"where": "x", "transport": "pigeon"}, {"where": 3}, {"where": "x", "width": 1},
])
def test_a_damaged_entry_is_left_out(data: dict[str, object]) -> None:
    assert saved_source_from(data) is None


@pytest.mark.parametrize(("where", "word"), [
    ("gopher://x/y", "begins with one of"), ("rtsp:///live", "no host"), ("rtsp://cam:99999/live", "port"),
    ("/nowhere/film.mp4", "does not exist"), ("", "No source"),
])
def test_what_cannot_be_tried_is_said_in_one_sentence(where: str, word: str) -> None:
    message = source_error(SavedSource(where))
    assert word in message
    assert message.endswith(".") or "example" in message


@pytest.mark.parametrize("scheme", URL_SCHEMES)
def test_every_scheme_of_the_core_can_be_opened(scheme: str) -> None:
    source, _ = parse_source(f"{scheme}://host.example/stream")
    assert source.kind == "url"
    assert source_error(source) == ""


def test_the_file_dialog_shows_every_kind_of_video_the_core_opens() -> None:
    patterns = video_filter().partition("(")[2].partition(")")[0].split()
    assert patterns == [f"*{suffix}" for suffix in VIDEO_SUFFIXES]


def test_what_can_be_tried_is_not_complained_of(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"x")
    for where in (str(tmp_path / "a.mp4"), "udp://@:1234", "rtsp://cam/live", "camera:0"):
        assert source_error(SavedSource(where)) == ""


def test_names_are_short() -> None:
    assert SavedSource("rtsp://cam.example/live/1").title == "cam.example/live/1"
    assert SavedSource("rtsp://cam.example:554/").title == "cam.example"
    assert SavedSource("rtsp://10.0.0.7:8554/cam/realmonitor?channel=2").title == "10.0.0.7:8554/cam/realmonitor?channel=2"
    assert SavedSource("http://cam.example/video?password=hunter22").title.startswith("cam.example/video?password=")
    assert "hunter22" not in SavedSource("http://cam.example/video?password=hunter22").title
    assert SavedSource("/films/a.mp4").title == "a.mp4"
    assert SavedSource("camera:1").title == "Camera 1"
    assert SavedSource("camera:1", "Desk").title == "Desk"
