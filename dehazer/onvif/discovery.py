"""WS-Discovery: a question to everybody on the local network, and the cameras that answer it (OASIS WS-Discovery 1.0 of 2005-04,
as ONVIF Core Specification section 7 uses it).
"""

from __future__ import annotations

import select
import socket
import struct
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from urllib.parse import unquote

from dehazer.errors import LinkError
from dehazer.onvif.addresses import at_host, host_of
from dehazer.onvif.xml import Element, XmlRefused, parse
from dehazer.redact import module_logger

log = module_logger(__name__)

PORT = 3702
GROUP_4, GROUP_6 = "239.255.255.250", "ff02::c"
TYPES = ("dn:NetworkVideoTransmitter", "tds:Device")
"""Asked for one after the other: older cameras know the first only, some encoders the second only."""
MAX_DATAGRAM = 65_536
MAX_CAMERAS_FOUND, MAX_ANSWERS = 256, 2000
MAX_TEXT = 120
"""Characters that are kept of a name."""
_TICK = 0.1

_PROBE = """<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl"
 xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><e:Header><w:MessageID>{message}</w:MessageID>
<w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>
<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>
<e:Body><d:Probe><d:Types>{types}</d:Types></d:Probe></e:Body></e:Envelope>"""


@dataclass(frozen=True)
class NetworkCamera:
    """A camera that answered. address: where it was reached. service: the address of its device service, at that host.

    name, hardware: as it calls itself, may be empty. identifier: the same over all its interfaces.
    """

    name: str
    hardware: str
    address: str
    service: str
    identifier: str


@dataclass(frozen=True)
class ProbeTarget:
    """Where a question is sent: a group or host with its port, through the network interface of that index (0: any)."""

    host: str
    port: int = PORT
    interface: int = 0


OnFound = Callable[[NetworkCamera], None]


def local_network() -> tuple[ProbeTarget, ...]:
    """The multicast groups on every interface: a machine with two networks has cameras on the second one."""
    try:
        indices = [index for index, _ in socket.if_nameindex()]
    except OSError:
        indices = []
    return tuple(ProbeTarget(group, PORT, index) for group in (GROUP_4, GROUP_6) for index in (0, *indices)
                 if index or group == GROUP_4)


def find_network_cameras(seconds: float = 5.0, on_found: OnFound | None = None, stop: threading.Event | None = None,
                         targets: Sequence[ProbeTarget] | None = None) -> tuple[NetworkCamera, ...]:
    """Ask the local network for ONVIF cameras and collect answers for so many seconds, or until `stop` is set.

    on_found: called, in this thread, with each one as it answers. Answers to other questions, and what is no sensible XML, are
    passed over. Raises LinkError where no network can be asked at all.
    """
    found = _Found(on_found)
    with ExitStack() as stack:
        sockets = _ask(targets if targets is not None else local_network(), found, stack)
        if not sockets:
            raise LinkError("No local network can be reached; check the network connection of this computer and its firewall.")
        _listen(sockets, found, seconds, stop or threading.Event())
    return found.cameras


def _ask(targets: Iterable[ProbeTarget], found: _Found, stack: ExitStack) -> list[socket.socket]:
    """Send both questions to every target; returns the sockets that they went out of."""
    sockets = []
    for target in targets:
        family = socket.AF_INET6 if ":" in target.host else socket.AF_INET
        try:
            asking = stack.enter_context(socket.socket(family, socket.SOCK_DGRAM))
            asking.setblocking(False)
            _choose_interface(asking, family, target.interface)
            for types in TYPES:
                asking.sendto(found.question(types), _destination(target, family))
        except OSError as error:  # an interface that is down, without this family, or not allowed: the others are asked
            log.debug("%s through interface %d cannot be asked: %s", target.host, target.interface, error)
            continue
        sockets.append(asking)
    return sockets


def _destination(target: ProbeTarget, family: socket.AddressFamily) -> tuple[str, int] | tuple[str, int, int, int]:
    return (target.host, target.port) if family == socket.AF_INET else (target.host, target.port, 0, target.interface)


def _choose_interface(asking: socket.socket, family: socket.AddressFamily, index: int) -> None:
    """Multicast goes out of this interface, and no further than the local network."""
    if family == socket.AF_INET6:
        asking.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 1)
        if index:
            asking.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        return
    asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    if index and sys.platform == "win32":
        asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("!I", index))  # 0.0.0.index is an index there
    elif index:
        asking.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("4s4si", b"", b"", index))  # struct ip_mreqn


def _listen(sockets: list[socket.socket], found: _Found, seconds: float, stop: threading.Event) -> None:
    end, answers = time.monotonic() + seconds, 0
    while not stop.is_set() and answers < MAX_ANSWERS and (left := end - time.monotonic()) > 0:
        for ready in select.select(sockets, [], [], min(left, _TICK))[0]:
            with suppress(OSError):  # an ICMP message, such as "port unreachable", comes as an error
                data, sender = ready.recvfrom(MAX_DATAGRAM)
                answers += 1
                found.answer(data, _host(sender))


def _host(sender: tuple[str, int] | tuple[str, int, int, int]) -> str:
    """The address of a sender; a link-local one counts on one interface only, which its zone names."""
    zone = sender[3] if len(sender) == 4 else 0
    return f"{sender[0]}%{zone}" if zone and "%" not in sender[0] else str(sender[0])


class _Found:
    """The questions that were asked, and who answered them."""

    def __init__(self, on_found: OnFound | None) -> None:
        self._on_found, self._questions = on_found, set[str]()
        self._cameras: dict[str, NetworkCamera] = {}

    @property
    def cameras(self) -> tuple[NetworkCamera, ...]:
        return tuple(self._cameras.values())

    def question(self, types: str) -> bytes:
        """A new question, with a number of its own."""
        message = f"uuid:{uuid.uuid4()}"
        self._questions.add(message)
        return _PROBE.format(message=message, types=types).encode()

    def answer(self, data: bytes, sender: str) -> None:
        """An answer came from that address; whatever it holds, it does no harm."""
        try:
            root = parse(data)
        except XmlRefused as error:
            log.debug("An answer of %s to the search for cameras is passed over: %s", sender, error)
            return
        if _message(root.text_of("Header", "RelatesTo")) not in {_message(one) for one in self._questions}:
            return  # an answer to somebody else's question, or none
        for match in root.all("ProbeMatch"):
            camera = camera_from(match, sender)
            if camera is not None:
                self._add(camera)

    def _add(self, camera: NetworkCamera) -> None:
        """One camera answers on several interfaces and to both questions; the first answer counts."""
        key = camera.identifier or camera.address
        if key not in self._cameras and len(self._cameras) < MAX_CAMERAS_FOUND:
            self._cameras[key] = camera
            if self._on_found is not None:
                self._on_found(camera)


def _message(identifier: str) -> str:
    """Cameras repeat "uuid:…" as "urn:uuid:…", and in other case."""
    return identifier.lower().removeprefix("urn:").removeprefix("uuid:")


def camera_from(match: Element, sender: str) -> NetworkCamera | None:
    """A camera from its ProbeMatch; None where it names no address of its own."""
    texts = match.text_of("XAddrs").split()[:16]
    services = {text: service for text in texts if (service := at_host(text, sender, ("http", "https")))}
    if not services:
        return None
    own = next((text for text in services if host_of(text) == sender.partition("%")[0]), next(iter(services)))
    scopes = [unquote(scope)[: 4 * MAX_TEXT] for scope in match.text_of("Scopes").split()[:64]]
    identifier = match.text_of("EndpointReference", "Address")[:MAX_TEXT]
    return NetworkCamera(_scope(scopes, "name"), _scope(scopes, "hardware"), sender, services[own], identifier)


def _scope(scopes: list[str], kind: str) -> str:
    """What a camera says of itself: onvif://www.onvif.org/KIND/value."""
    start = f"onvif://www.onvif.org/{kind}/"
    found = next((scope[len(start):] for scope in scopes if scope.lower().startswith(start)), "")
    return "".join(c for c in found if c.isprintable())[:MAX_TEXT].strip()
