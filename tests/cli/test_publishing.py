"""dehazer-video with an address as its output: real receivers on loopback, one that goes away, passwords, Ctrl+C."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import numpy as np
import pytest

from dehazer.files.protocols import has_protocol
from tests.cli.conftest import Run, spawn
from tests.media import Film, write_film
from tests.receivers import RtspReceiver, TcpReceiver, UdpReceiver, pictures_in
from tests.servers import HttpCamera, reserved_port
from tests.waiting import until


def test_a_film_is_sent_by_udp_at_its_own_pace(run: Run, clip: Path) -> None:
    with UdpReceiver() as receiver:
        assert run(clip, f"udp://127.0.0.1:{receiver.port}") == 0
        until(lambda: len(receiver.data) > 0 and len(pictures_in(receiver.data)) == 8)


def test_label_and_clock_are_burned_in_unless_the_user_says_no(run: Run, clip: Path) -> None:
    shown = []
    for options in ((), ("--no-label",)):
        with TcpReceiver() as receiver:
            assert run(clip, receiver.url, "--strength", 0, *options) == 0
            until(lambda: len(pictures_in(receiver.data)) == 8)
            shown.append(pictures_in(receiver.data)[0].to_ndarray(format="gray").astype(int))
    changed = np.abs(shown[0] - shown[1]) > 40
    height, width = changed.shape
    assert changed[: height // 3, width // 2 :].any()  # "ENHANCED", top right
    assert changed[2 * height // 3 :, : width // 2].any()  # the clock, bottom left
    assert not changed[height // 3 : 2 * height // 3, : width // 3].any()


def test_a_camera_goes_to_a_server_that_is_tried_again_when_it_goes_away(random_weights: Path) -> None:
    with HttpCamera() as camera, RtspReceiver() as receiver:
        running = spawn(random_weights, camera.url, receiver.url, "--progress", "none")
        until(receiver.pictures, 120)
        assert receiver.methods[:4] == ["OPTIONS", "ANNOUNCE", "SETUP", "RECORD"]
        assert {(picture.width, picture.height) for picture in receiver.pictures()} == {(128, 96)}
        receiver.down()
        before = len(receiver.packets)
        receiver.up()
        until(lambda: len(receiver.packets) > before + 3, 120)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=120)[1]
        assert running.returncode == 0
    assert said.count("Pictures are sent to") >= 2
    assert "127.0.0.1" in said
    assert "Traceback" not in said


def test_the_password_of_a_receiver_is_used_and_hidden(run: Run, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = clip.parent / "r.json"
    with RtspReceiver("hush/hush") as receiver:
        address = receiver.url.replace("://", "://admin:hush%2Fhush@")
        assert run("-v", "--report", report, clip, address) == 0
        assert "RECORD" in receiver.methods
        assert run("-v", clip, address.replace("hush%2F", "wrong%2F")) == 1
        assert run("-v", clip, receiver.url) == 1
    said = capsys.readouterr().err
    assert "does not accept this user name and password" in said
    assert "asks for a user name" in said
    for text in (said, report.read_text()):
        assert "hush" not in text
    assert json.loads(report.read_text())["files"][0]["output"] == receiver.url


def test_who_is_not_there_is_said_and_a_film_is_not_sent_twice(run: Run, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with reserved_port() as port:
        assert run(clip, f"tcp://127.0.0.1:{port}") == 1
    assert "refuses the connection" in capsys.readouterr().err


@pytest.mark.parametrize(("output", "more", "words"), [
    ("ftp://127.0.0.1/a", (), "use one of: rtsp"), ("mailto://a", (), "use one of: rtsp"),
    ("udp://127.0.0.1:9", ("--resume",), "--resume works"), ("udp://127.0.0.1:9", ("--verify",), "--verify"),
    ("udp://127.0.0.1:9", ("--ray", "auto"), "--ray"), ("udp://127.0.0.1:9", ("--format", "nut"), "--format"),
    ("udp://127.0.0.1:9", ("--codec", "nonsense"), "--codec nonsense"),
    ("rtsp://admin:hush-hush@127.0.0.1:9/gate", ("--format", "nut"), "what rtsp://127.0.0.1:9/gate becomes"),
])
def test_what_cannot_be_sent_is_said_at_once(run: Run, clip: Path, output: str, more: tuple[str, ...], words: str,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*more, clip, output) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "hush" not in said


@pytest.mark.parametrize("options", [("--tune", "film"), ("--codec", "mpeg2video")])
def test_encoders_that_hold_pictures_back_are_waited_for(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    film = write_film(tmp_path / "film.mp4", Film(frames=75))
    with UdpReceiver() as receiver:
        assert run(*options, film, f"udp://127.0.0.1:{receiver.port}") == 0
        until(lambda: len(receiver.data) > 0)


def test_several_films_do_not_go_to_one_address(run: Run, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(clip, clip, "udp://127.0.0.1:9") == 2
    assert "give one input" in capsys.readouterr().err


@pytest.mark.skipif(has_protocol("srt"), reason="this build of FFmpeg has SRT")
def test_a_protocol_that_ffmpeg_lacks_is_one_sentence(run: Run, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(clip, "srt://127.0.0.1:9") == 2
    assert "This build of FFmpeg cannot send to srt://" in capsys.readouterr().err


def test_the_protocols_are_listed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--list-protocols") == 0
    inputs, outputs = capsys.readouterr().out.splitlines()
    assert "http://" in inputs
    assert "rtsp://" in outputs
    assert "http://" not in outputs
