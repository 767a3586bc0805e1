"""What can be asked for, and that passwords are kept apart from it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, strategies as st

from dehazer.errors import ConfigError
from dehazer.sources.request import SourceRequest


def test_user_and_password_are_taken_out_of_an_address() -> None:
    request = SourceRequest("rtsp://admin:p%40ss%21@cam.example:554/live?x=1")
    assert (request.where, request.user, request.password) == ("rtsp://cam.example:554/live?x=1", "admin", "p@ss!")
    assert "p@ss!" not in repr(request) + request.name
    assert request.address() == "rtsp://admin:p%40ss%21@cam.example:554/live?x=1"


def test_a_raw_at_sign_in_the_password_is_understood() -> None:
    request = SourceRequest("rtsp://admin:p@ss@cam.example/live")
    assert (request.where, request.password) == ("rtsp://cam.example/live", "p@ss")


def test_fields_win_over_what_the_address_says() -> None:
    request = SourceRequest("http://old:one@cam/x", user="new", password="two")
    assert (request.where, request.user, request.password) == ("http://cam/x", "new", "two")


@given(user=st.text(min_size=1, max_size=20), password=st.text(max_size=20))
def test_any_user_and_password_arrive_as_typed(user: str, password: str) -> None:
    parts = urlsplit(SourceRequest("rtsp://cam.example:554/live", user=user, password=password).address())
    assert (unquote(parts.username or ""), unquote(parts.password or "")) == (user, password)
    assert (parts.hostname, parts.port, parts.path) == ("cam.example", 554, "/live")


@pytest.mark.parametrize(("where", "kind"), [
    ("rtsp://cam/x", "url"), ("udp://@239.0.0.1:1234", "url"), ("file:///tmp/a%20b.mp4", "file"), ("clip.mp4", "file"),
    ("camera:0", "camera"), ("camera:HD Webcam", "camera"), ("/dev/video2", "camera"), ("synthetic:", "file"),
])
def test_kinds(where: str, kind: str) -> None:
    assert SourceRequest(where).kind == kind


def test_a_multicast_address_stays_as_it_is() -> None:
    assert SourceRequest("udp://@239.0.0.1:1234").address() == "udp://@239.0.0.1:1234"


def test_a_file_address_becomes_a_path() -> None:
    assert str(SourceRequest("file:///tmp/a%20b.mp4").path) == "/tmp/a b.mp4"
    assert SourceRequest("file:///tmp/a%20b.mp4").name == "a b.mp4"


@pytest.mark.parametrize("more", [{"where": " "}, {"width": 640}, {"transport": "pigeon"}, {"fps": 0.0}, {"deadline": 0.0}])
def test_what_makes_no_sense_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        SourceRequest(**{"where": "rtsp://cam/x", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("address", "where", "password"), [
    ("rtsp://admin:with/slash@cam/live", "rtsp://cam/live", "with/slash"),
    ("rtsp://admin:a@/b@cam:554/live", "rtsp://cam:554/live", "a@/b"),
    ("rtsp://admin:a?b#c@cam/live?x=1", "rtsp://cam/live?x=1", "a?b#c"),
    ("http://cam/channel@1", "http://cam/channel@1", None),
    ("http://cam/video?mail=a@b.example", "http://cam/video?mail=a@b.example", None),
    ("http://cam:80/video?mail=a%40b.example", "http://cam:80/video?mail=a%40b.example", None),
    ("rtsp://[::1]:554/x@y", "rtsp://[::1]:554/x@y", None),
    ("rtsp://admin:secret@[fe80::1%25eth0]:554/x", "rtsp://[fe80::1%25eth0]:554/x", "secret"),
])
def test_where_a_password_ends(address: str, where: str, password: str | None) -> None:
    request = SourceRequest(address)
    assert (request.where, request.password) == (where, password)


@pytest.mark.parametrize("address", ["rtsp://admin:12/3@cam/live", "rtsp://us/er:secret@cam", "rtsp://admin:secret@ab/cd@cam/live",
                                     "rtsp://admin:12?secret@cam/live", "rtsp://u/@:secret@cam/live", "rtsp://u/x?:secret@cam"])
def test_an_address_in_which_the_end_of_the_password_is_not_clear_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="%2F") as caught:
        SourceRequest(address)
    assert not any(part in str(caught.value) for part in ("admin", "secret", "12"))
