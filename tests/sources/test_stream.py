"""Network streams against real servers on loopback."""

from __future__ import annotations

import socket
import threading
import time
import traceback

import numpy as np
import pytest

from dehazer.errors import AccessError, DehazerError, InputError, LinkError
from dehazer.frames.frame import Frame
from dehazer.sources import open_live
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest
from dehazer.sources.stream import stream_options
from tests.servers import KEYFRAMES, RATE, CameraServer, HttpCamera, RtspCamera, SilentServer
from tests.waiting import MOMENT, InThread, until

KINDS = [HttpCamera, RtspCamera]


def frames(source: LiveSource, count: int) -> list[Frame]:
    out = []
    for frame in source:
        out.append(frame)
        if len(out) == count:
            break
    return out


@pytest.mark.parametrize("server", KINDS)
def test_a_stream_arrives_in_order_with_the_clock_on_every_frame(server: type[CameraServer]) -> None:
    began = time.monotonic()
    with server() as camera, open_live(SourceRequest(camera.url)) as source:
        seen = frames(source, 30)
        assert source.info.live
        assert (source.info.width, source.info.height, source.info.rate) == (128, 96, RATE)
    assert [f.index for f in seen] == list(range(30))
    assert np.allclose(np.diff([f.seconds or 0 for f in seen]), 1 / RATE)
    stamps = [f.captured or 0 for f in seen]
    assert stamps == sorted(stamps)
    assert began < stamps[0] < stamps[-1] < time.monotonic()


@pytest.mark.parametrize("server", KINDS)
def test_user_and_password_open_the_door(server: type[CameraServer]) -> None:
    with server(password="p@ss:w/%21") as camera:
        request = SourceRequest(camera.url, user="admin", password="p@ss:w/%21")
        with open_live(request) as source:
            assert len(frames(source, 3)) == 3


@pytest.mark.parametrize("server", KINDS)
@pytest.mark.parametrize(("user", "password", "words"), [("admin", "wr@ng:one", "does not accept"),
                                                         (None, None, "asks for a user name")])
def test_a_wrong_password_is_one_sentence_and_leaks_nowhere(server: type[CameraServer], user: str | None, password: str | None,
                                                            words: str) -> None:
    with server(password="right") as camera, pytest.raises(AccessError, match=words) as caught:
        open_live(SourceRequest(camera.url, user=user, password=password))
    everything = "".join(traceback.format_exception(caught.value)) + caught.value.detail
    assert "wr@ng" not in everything
    assert "wr%40ng" not in everything


def test_rtsp_runs_over_tcp_unless_asked_otherwise() -> None:
    with RtspCamera() as camera, open_live(SourceRequest(camera.url)) as source:
        frames(source, 1)
        assert camera.transports
        assert all("TCP" in t for t in camera.transports)
    assert stream_options(SourceRequest("rtsp://cam/x", transport="udp"))["rtsp_transport"] == "udp"
    assert stream_options(SourceRequest("rtsp://cam/x", transport="multicast"))["rtsp_transport"] == "udp_multicast"
    assert "rtsp_transport" not in stream_options(SourceRequest("http://cam/x"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(("where", "kind", "words"), [
    ("rtsp://127.0.0.1:{port}/x", LinkError, "refuses the connection"),
    ("http://no-such-host.invalid/x", LinkError, "no host called no-such-host.invalid"),
    ("gopher://cam/x", InputError, "gopher:// are not known"),
    ("rtsp://cam:99999/x", InputError, "not a valid address"),
    ("camera:97", LinkError, "no camera at"),
    ("camera:Brain", LinkError, "no camera called 'Brain'"),
    ("not-there.mp4", InputError, "does not exist"),
])
def test_every_trouble_is_one_sentence(where: str, kind: type[DehazerError], words: str) -> None:
    secret = "-".join(["s3cr3t"] * 2)  # so that the line shown in a traceback does not hold it
    with pytest.raises(kind, match=words) as caught:
        open_live(SourceRequest(where.format(port=free_port()), user="me", password=secret))
    assert str(caught.value).count("\n") == 0
    assert str(caught.value).endswith(".")
    assert secret not in "".join(traceback.format_exception(caught.value)) + caught.value.detail


NEVER = 120.0
"""A deadline longer than the time limit of these tests: what ends, ends for another reason."""


@pytest.mark.parametrize(("refusal", "kind", "words"), [
    ("401 Unauthorized", AccessError, "asks for a user name"), ("403 Forbidden", AccessError, "asks for a user name"),
    ("404 Not Found", LinkError, "no stream at this address"), ("400 Bad Request", LinkError, "an error of its own"),
    ("503 Service Unavailable", LinkError, "an error of its own"),
])
def test_every_refusal_of_a_server_is_a_sentence(refusal: str, kind: type[DehazerError], words: str) -> None:
    """An access error is not tried again; the others are, because a camera that starts answers with them too."""
    with HttpCamera(refusal=refusal) as camera, pytest.raises(DehazerError, match=words) as caught:
        open_live(SourceRequest(camera.url))
    assert type(caught.value) is kind


@pytest.mark.timeout(60)
@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_server_that_never_answers_is_given_up_at_the_deadline(scheme: str) -> None:
    with SilentServer() as server, pytest.raises(LinkError, match=r"gave no picture for 0\.3 seconds"):
        open_live(SourceRequest(server.url.replace("http", scheme), deadline=0.3))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_connecting_can_be_interrupted(scheme: str) -> None:
    interrupt = Interrupt()
    with SilentServer() as server:
        request = SourceRequest(server.url.replace("http", scheme), deadline=NEVER)
        with InThread(lambda: open_live(request, interrupt)) as opening:
            until(lambda: server.connections)
            interrupt.set()
    assert isinstance(opening.error, DehazerError)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("server", KINDS)
def test_a_stall_is_noticed_at_the_deadline(server: type[CameraServer]) -> None:
    with server() as camera, open_live(SourceRequest(camera.url, deadline=0.4)) as source:
        frames(source, 5)
        camera.stalled.set()
        with pytest.raises(LinkError, match=r"gave no picture for 0\.4 seconds"):
            list(source)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("server", KINDS)
def test_closing_a_stalled_stream_ends_it(server: type[CameraServer]) -> None:
    with server() as camera, open_live(SourceRequest(camera.url, deadline=NEVER)) as source:
        frames(source, 5)
        camera.stalled.set()
        threading.Timer(MOMENT, source.end).start()
        assert len(list(source)) < 40  # what had been sent before


@pytest.mark.parametrize("server", KINDS)
def test_a_cut_connection_is_a_link_error(server: type[CameraServer]) -> None:
    with server() as camera, open_live(SourceRequest(camera.url)) as source:
        frames(source, 5)
        camera.cut()
        with pytest.raises(LinkError):
            list(source)


def test_pausing_keeps_the_connection_and_resumes_at_a_keyframe() -> None:
    with HttpCamera() as camera, open_live(SourceRequest(camera.url)) as source:
        before = frames(source, 5)[-1]
        source.pause()
        with InThread(lambda: frames(source, 1)[0]) as waiting:
            sent = camera.sent
            until(lambda: camera.sent > sent + RATE)
            assert not waiting.done.is_set()
            resumed = time.monotonic()
            source.resume()
        after = waiting.result
        assert isinstance(after, Frame)
        assert round((after.seconds or 0) * RATE) % KEYFRAMES == 0
        assert (after.seconds or 0) - (before.seconds or 0) >= 1.0
        assert (after.captured or 0) >= resumed
        assert camera.connections == 1
        assert source.lost == 0
