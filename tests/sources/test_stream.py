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
from tests.servers import RATE, CameraServer, HttpCamera, RtspCamera, SilentServer

KINDS = [HttpCamera, RtspCamera]


def frames(source: LiveSource, count: int) -> list[Frame]:
    out = []
    for frame in source:
        out.append(frame)
        if len(out) == count:
            break
    return out


@pytest.mark.parametrize("server", KINDS)
def test_a_stream_arrives_at_its_own_pace_with_the_clock_on_every_frame(server: type[CameraServer]) -> None:
    with server() as camera, open_live(SourceRequest(camera.url)) as source:
        seen = frames(source, 45)
        assert source.info.live
        assert (source.info.width, source.info.height, source.info.rate) == (128, 96, RATE)
    assert [f.index for f in seen] == list(range(45))
    assert np.allclose(np.diff([f.seconds or 0 for f in seen]), 1 / RATE)
    late = seen[25:]  # what was gathered while connecting comes at once, then the clock rules
    stamps = np.diff([f.captured or 0 for f in late])
    assert abs(stamps.mean() - 1 / RATE) < 0.01


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


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_a_server_that_never_answers_is_given_up_at_the_deadline(scheme: str) -> None:
    with SilentServer() as server:
        began = time.monotonic()
        with pytest.raises(LinkError, match=r"gave no picture for 0\.7 seconds"):
            open_live(SourceRequest(server.url.replace("http", scheme), deadline=0.7))
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_connecting_can_be_interrupted(scheme: str) -> None:
    interrupt = Interrupt()
    with SilentServer() as server:
        threading.Timer(0.2, interrupt.set).start()
        began = time.monotonic()
        with pytest.raises(DehazerError):
            open_live(SourceRequest(server.url.replace("http", scheme), deadline=30), interrupt)
        assert time.monotonic() - began < 1.0


@pytest.mark.parametrize("server", KINDS)
def test_a_stall_is_noticed_at_the_deadline(server: type[CameraServer]) -> None:
    with server() as camera, open_live(SourceRequest(camera.url, deadline=0.6)) as source:
        frames(source, 25)
        camera.stalled.set()
        began = time.monotonic()
        with pytest.raises(LinkError, match=r"gave no picture for 0\.6 seconds"):
            list(source)
        assert 0.5 < time.monotonic() - began < 1.5


@pytest.mark.parametrize("server", KINDS)
def test_closing_a_stalled_stream_takes_a_moment(server: type[CameraServer]) -> None:
    with server() as camera, open_live(SourceRequest(camera.url, deadline=30)) as source:
        frames(source, 5)
        camera.stalled.set()
        threading.Timer(0.3, source.end).start()
        began = time.monotonic()
        assert len(list(source)) < 40
        assert time.monotonic() - began < 1.3


@pytest.mark.parametrize("server", KINDS)
def test_a_cut_connection_is_a_link_error(server: type[CameraServer]) -> None:
    with server() as camera, open_live(SourceRequest(camera.url)) as source:
        frames(source, 25)
        camera.cut()
        with pytest.raises(LinkError):
            list(source)


def test_resting_keeps_the_connection_and_wakes_at_a_keyframe() -> None:
    with HttpCamera() as camera, open_live(SourceRequest(camera.url)) as source:
        before = frames(source, 30)[-1]
        source.rest()
        threading.Timer(1.0, source.wake).start()
        began = time.monotonic()
        after = frames(source, 1)[0]
        assert 0.9 < time.monotonic() - began < 2.5
        assert (after.seconds or 0) - (before.seconds or 0) > 0.9
        assert camera.connections == 1
        assert source.lost == 0
        assert abs((after.captured or 0) - time.monotonic()) < 0.5
