"""The calls of a camera: streams with their addresses, the digest, a wrong clock, and answers that make no sense or never end."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from dehazer.errors import AccessError, InputError, LinkError, UsageError
from dehazer.onvif import soap
from dehazer.onvif.media import CameraStream, camera_streams
from dehazer.onvif.soap import Login, password_digest
from dehazer.redact import redacted
from tests.onvif.cameras import ENVELOPE, SoapCamera
from tests.servers import SilentServer


def test_the_streams_of_a_camera_come_with_names_sizes_and_addresses_at_its_host() -> None:
    with SoapCamera() as camera:
        found = camera_streams(camera.service, "admin", "top-secret")
        assert camera.calls == ["GetSystemDateAndTime", "GetCapabilities", "GetProfiles", "GetStreamUri", "GetStreamUri"]
    assert found == (CameraStream("Main", "rtsp://127.0.0.1:554/main", "H264", 1920, 1080),
                     CameraStream("Sub", "rtsp://127.0.0.1:554/sub", "H264", 640, 360))


def test_the_digest_is_that_of_the_profile() -> None:
    """The example of ONVIF's Application Programmer's Guide, section 6.1.1.3."""
    nonce = base64.b64decode("LKqI6G/AikKCQrN0zqZFlg==")
    assert password_digest(nonce, "2010-09-16T07:50:45Z", "userpassword") == "tuOSpGlFlIXsozq4HFNeeGeFLEI="


@pytest.mark.parametrize("clock", [timedelta(days=-9000), timedelta(hours=3), timedelta()])
def test_a_camera_whose_clock_is_wrong_accepts_the_digest(clock: timedelta) -> None:
    with SoapCamera(clock=clock) as camera:
        assert len(camera_streams(camera.service, "admin", "top-secret")) == 2


def test_a_camera_that_wants_no_login_gets_none() -> None:
    with SoapCamera(password=None) as camera:
        assert len(camera_streams(camera.service, "", "")) == 2


@pytest.mark.parametrize(("user", "password"), [("admin", "wrong"), ("somebody", "top-secret"), ("", "")])
def test_a_wrong_password_is_said_and_tried_once(user: str, password: str) -> None:
    with SoapCamera() as camera:
        with pytest.raises(AccessError, match="does not accept this user and password"):
            camera_streams(camera.service, user, password)
        assert camera.calls.count("GetCapabilities") == 1


def test_nothing_goes_to_a_stranger_that_the_camera_names() -> None:
    with SoapCamera(stream="rtsp://user:pw@192.0.2.1/x") as camera:
        camera.media_host = f"192.0.2.1:{camera.port}"  # a stranger, who would get the digest
        found = camera_streams(camera.service, "admin", "top-secret")
    assert {stream.address for stream in found} == {"rtsp://127.0.0.1/x"}


@pytest.mark.parametrize("stream", ["http://127.0.0.1/x", "file:///etc/passwd", "rtsp://", "rtsp://127.0.0.1:x/", "", "a b"])
def test_a_stream_that_is_none_is_left_out(stream: str) -> None:
    with SoapCamera(stream=stream or " ") as camera, pytest.raises(InputError, match="offers no stream over RTSP"):
        camera_streams(camera.service, "admin", "top-secret")


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("raw", [
    (200, b""), (200, b"<html>no camera</html>"), (404, b"not here"), (200, BOMB), (200, b"<x>" + b"a" * 300_000 + b"</x>"),
    (200, ENVELOPE.format("").encode()), (500, ENVELOPE.format("<s:Fault/>").encode()),
])
def test_answers_that_make_no_sense_are_one_sentence(raw: tuple[int, bytes]) -> None:
    with SoapCamera(raw=raw) as camera, pytest.raises(InputError, match="enter the address of its stream instead"):
        camera_streams(camera.service, "admin", "top-secret")


def test_a_refusal_by_http_is_one_of_access() -> None:
    with SoapCamera(raw=(401, b"")) as camera, pytest.raises(AccessError):
        camera_streams(camera.service, "admin", "top-secret")


def test_a_camera_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soap, "TIMEOUT", 0.2)
    with SilentServer() as silent, pytest.raises(LinkError, match=r"did not answer within 0\.2 s"):
        camera_streams(f"http://127.0.0.1:{silent.port}/onvif", "admin", "top-secret")


def _drip(head: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def write(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(head)
            for _ in range(3000):
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.02)
        except OSError:
            return  # it was cut

    return write


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n"])
def test_an_answer_byte_by_byte_is_cut(monkeypatch: pytest.MonkeyPatch, head: bytes) -> None:
    monkeypatch.setattr(soap, "LONGEST", 0.3)
    with SoapCamera(raw=_drip(head)) as camera, pytest.raises(LinkError, match="did not answer within"):
        camera_streams(camera.service, "admin", "top-secret")


def test_a_camera_that_is_not_there_is_said() -> None:
    with pytest.raises(LinkError, match="refuses the connection"):
        camera_streams("http://127.0.0.1:9/onvif", "admin", "top-secret")


@pytest.mark.parametrize("service", ["", "127.0.0.1", "ftp://127.0.0.1/", "http://", "http://[::1", "http://h:x/"])
def test_what_is_no_address_of_a_camera_is_refused(service: str) -> None:
    with pytest.raises(UsageError, match="begins with http:// or https://"):
        camera_streams(service, "admin", "top-secret")


def test_the_password_is_in_no_text() -> None:
    with SoapCamera() as camera, pytest.raises(AccessError):
        camera_streams(camera.service, "admin", "pass-phrase-1")
    assert "pass-phrase-1" not in repr(Login("admin", "pass-phrase-1"))
    assert "pass-phrase-1" not in redacted("it was pass-phrase-1")


def test_names_with_signs_of_xml_are_escaped() -> None:
    header = Login("a<b>&c", "x").header()
    assert "a&lt;b&gt;&amp;c" in header
