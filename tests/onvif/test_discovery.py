"""The search for cameras on the network: what answers is listed once, what is hostile does no harm and costs no time."""

from __future__ import annotations

import socket
import sys
import threading
import uuid
from collections.abc import Sequence

import pytest

from dehazer.errors import LinkError
from dehazer.onvif import discovery
from dehazer.onvif.discovery import NetworkCamera, ProbeTarget, find_network_cameras, local_network
from tests.onvif.cameras import Answers, Responder, match
from tests.waiting import until

SECONDS = 20.0
"""How long tests search at most; they end the search when what must come has come."""


def search(answers: Answers, wanted: int, host: str = "127.0.0.1") -> tuple[NetworkCamera, ...]:
    """Search until so many cameras have answered."""
    stop, found = threading.Event(), list[NetworkCamera]()

    def note(camera: NetworkCamera) -> None:
        found.append(camera)
        if len(found) == wanted:
            stop.set()

    with Responder(answers, host) as responder:
        cameras = find_network_cameras(SECONDS, note, stop, [responder.target])
    assert list(cameras) == found
    return cameras


def test_a_camera_that_answers_is_named_with_its_address_and_hardware() -> None:
    camera, = search(lambda relates: [match(relates, addresses="http://127.0.0.1:8080/onvif/device_service")], 1)
    service = "http://127.0.0.1:8080/onvif/device_service"
    assert camera == NetworkCamera("Gate north", "P1448-LE", "127.0.0.1", service, "urn:uuid:1")


def test_the_question_is_for_cameras_and_each_has_a_number_of_its_own() -> None:
    stop = threading.Event()
    with Responder(lambda relates: [match(relates)]) as responder:
        find_network_cameras(SECONDS, lambda _: stop.set(), stop, [responder.target, responder.target])
        questions = list(responder.questions)
    assert any("NetworkVideoTransmitter" in question for question in questions)
    assert len({question.split("MessageID>")[1] for question in questions}) == len(questions)


def test_several_cameras_are_listed_once_each_however_often_they_answer() -> None:
    def answers(relates: str) -> Sequence[bytes]:
        return [match(relates, identifier=f"urn:uuid:{number}") for number in (1, 2, 1, 3, 2)] * 5

    assert [camera.identifier for camera in search(answers, 3)] == ["urn:uuid:1", "urn:uuid:2", "urn:uuid:3"]


@pytest.mark.parametrize("relates", ["{0}", "urn:{0}", "URN:UUID:{1}", "{1}"])
def test_cameras_may_spell_the_number_of_the_question_in_their_own_way(relates: str) -> None:
    assert search(lambda message: [match(relates.format(message, message.removeprefix("uuid:")))], 1)


def bomb(relates: str) -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x><RelatesTo>{relates}</RelatesTo>&a11;</x>'.encode()


def outside(relates: str) -> bytes:
    return f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x><RelatesTo>{relates}</RelatesTo><n>&f;</n></x>'.encode()


HOSTILE = {
    "nothing": lambda _: b"",
    "no xml": lambda _: b"\x00\xff" * 50,
    "half": lambda relates: match(relates)[:-30],
    "entity bomb": bomb,
    "a file of this machine": outside,
    "another question": lambda _: match(f"uuid:{uuid.uuid4()}"),
    "no question": lambda _: match(""),
    "deep": lambda _: b"<a>" * 9000,
    "many": lambda relates: b"<x>" + b"<y/>" * 14_000 + b"</x>",
    "unknown encoding": lambda _: b'<?xml version="1.0" encoding="martian"?><x/>',
    "no address": lambda relates: match(relates, identifier="bad", addresses=""),
    "a script": lambda relates: match(relates, identifier="bad", addresses="javascript:alert(1) file:///etc/passwd ftp://127.0.0.1/"),
    "a broken port": lambda relates: match(relates, identifier="bad", addresses="http://127.0.0.1:99999999/ http://[::1"),
    "an endless address": lambda relates: match(relates, identifier="bad", addresses="http://127.0.0.1/" + "a" * 5000),
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_hostile_answers_are_passed_over(kind: str) -> None:
    camera, = search(lambda relates: [HOSTILE[kind](relates), match(relates, identifier="good")], 1)
    assert camera.identifier == "good"


def test_names_are_short_and_printable() -> None:
    camera, = search(lambda relates: [match(relates, name="%0A%1b[31m" + "N" * 4000, hardware="%00x")], 1)
    assert camera.name.isprintable()
    assert len(camera.name) <= discovery.MAX_TEXT
    assert camera.hardware == "x"


def test_a_camera_without_a_name_is_listed_too() -> None:
    camera, = search(lambda relates: [match(relates, scopes="")], 1)
    assert (camera.name, camera.hardware) == ("", "")


def test_the_service_is_at_the_host_that_answered_whatever_it_names() -> None:
    camera, = search(lambda relates: [match(relates, addresses="http://bank.example/onvif/d http://[fe80::1]:81/d")], 1)
    assert camera.service == "http://127.0.0.1/onvif/d"
    camera, = search(lambda relates: [match(relates, addresses="http://169.254.7.7/other https://127.0.0.1:444/own")], 1)
    assert camera.service == "https://127.0.0.1:444/own"


def test_a_flood_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "MAX_ANSWERS", 30)
    monkeypatch.setattr(discovery, "MAX_CAMERAS_FOUND", 5)
    found = []
    with Responder(lambda relates: [match(relates, identifier=f"{n}") for n in range(40)]) as responder:
        cameras = find_network_cameras(600.0, found.append, None, [responder.target])  # ends long before
    assert len(cameras) == len(found) == 5


def test_the_search_ends_by_itself_when_nobody_answers() -> None:
    with Responder(lambda _: []) as responder:
        assert find_network_cameras(0.2, None, None, [responder.target]) == ()
        until(lambda: len(responder.questions) == 2)


def test_where_nobody_listens_is_no_error() -> None:
    with Responder(lambda _: []) as responder:
        target = responder.target
    assert find_network_cameras(0.2, None, None, [target]) == ()  # the system says "port unreachable"


def test_without_a_network_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> int:
        raise OSError(101, "Network is unreachable")

    class NoNetwork(socket.socket):
        sendto = unreachable  # type: ignore[assignment]

    monkeypatch.setattr(discovery.socket, "socket", NoNetwork)
    with pytest.raises(LinkError, match="No local network can be reached; check"):
        find_network_cameras(5.0)


def test_one_interface_without_a_network_does_not_stop_the_others() -> None:
    with Responder(lambda relates: [match(relates)]) as responder:
        stop = threading.Event()
        bad = ProbeTarget("ff02::c", 3702, 999_999)
        assert find_network_cameras(SECONDS, lambda _: stop.set(), stop, [bad, responder.target])


def test_both_groups_are_asked_on_every_interface() -> None:
    targets = local_network()
    assert ProbeTarget("239.255.255.250", 3702, 0) in targets
    for index, _ in socket.if_nameindex():
        assert {target.host for target in targets if target.interface == index} == {"239.255.255.250", "ff02::c"}


def test_a_camera_on_ipv6_is_asked_and_named_with_brackets() -> None:
    if not _has("::1"):
        pytest.skip("this machine has no IPv6")
    camera, = search(lambda relates: [match(relates, addresses="http://[::1]:8080/d http://10.0.0.1/d")], 1, "::1")
    assert (camera.address, camera.service) == ("::1", "http://[::1]:8080/d")


def test_a_link_local_sender_keeps_its_zone() -> None:
    assert discovery._host(("fe80::1", 3702, 0, 3)) == "fe80::1%3"
    assert discovery._host(("fe80::1%3", 3702, 0, 3)) == "fe80::1%3"
    assert discovery._host(("192.168.1.5", 3702)) == "192.168.1.5"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the loopback interface is called lo there")
def test_the_question_goes_out_by_multicast() -> None:
    responder = Responder(lambda relates: [match(relates)])
    try:
        target = responder.join("239.255.255.250", "127.0.0.1")
    except OSError as error:
        pytest.skip(f"no multicast on loopback here: {error}")
    stop = threading.Event()
    with responder:
        found = find_network_cameras(SECONDS, lambda _: stop.set(), stop, [target])
        if not responder.questions:
            pytest.skip("this machine delivers no multicast on loopback")
    assert [camera.name for camera in found] == ["Gate north"]


def _has(host: str) -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as tried:
            tried.bind((host, 0))
    except OSError:
        return False
    return True
