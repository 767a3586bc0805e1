"""ONVIF cameras made of sockets on loopback: one answers the search, the other SOAP calls, with a check of the digest."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from dehazer.onvif.discovery import ProbeTarget

Answers = Callable[[str], Sequence[bytes]]
"""The datagrams that answer a question, whose message id is given."""

MATCH = """<?xml version="1.0" encoding="UTF-8"?>
<S:Envelope xmlns:S="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><S:Header><wsa:RelatesTo>{relates}</wsa:RelatesTo></S:Header>
<S:Body><d:ProbeMatches>{matches}</d:ProbeMatches></S:Body></S:Envelope>"""
ONE = """<d:ProbeMatch><wsa:EndpointReference><wsa:Address>{identifier}</wsa:Address></wsa:EndpointReference>
<d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>{scopes}</d:Scopes><d:XAddrs>{addresses}</d:XAddrs></d:ProbeMatch>"""


def match(relates: str, *, name: str = "Gate%20north", hardware: str = "P1448-LE", identifier: str = "urn:uuid:1",
          addresses: str = "http://127.0.0.1/onvif/device_service", scopes: str | None = None) -> bytes:
    """A usual answer."""
    given = f"onvif://www.onvif.org/name/{name} onvif://www.onvif.org/hardware/{hardware} onvif://www.onvif.org/Profile/Streaming"
    one = ONE.format(identifier=identifier, addresses=addresses, scopes=given if scopes is None else scopes)
    return MATCH.format(relates=relates, matches=one).encode()


class Responder:
    """Listens for questions on loopback and sends `answers`. A context manager. questions: as they came."""

    def __init__(self, answers: Answers, host: str = "127.0.0.1") -> None:
        self._answers, self.questions = answers, list[str]()
        self._socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, 0))
        self._socket.settimeout(0.05)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="test-responder", daemon=True)
        self.target = ProbeTarget(host, self._socket.getsockname()[1])

    def join(self, group: str, interface: str) -> ProbeTarget:
        """Hear a multicast group on an interface, too."""
        self._socket.close()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("", 0))
        self._socket.settimeout(0.05)
        member = socket.inet_aton(group) + socket.inet_aton(interface)
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        index = next(index for index, name in socket.if_nameindex() if name == "lo")
        return ProbeTarget(group, self._socket.getsockname()[1], index)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                data, sender = self._socket.recvfrom(65_536)
            except TimeoutError:
                continue
            self.questions.append(data.decode())
            found = re.search("<w:MessageID>([^<]+)<", data.decode())
            for answer in self._answers(found[1] if found else ""):
                self._socket.sendto(answer, sender)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(10)
        self._socket.close()


ENVELOPE = ('<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
            'xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><s:Body>{}</s:Body>'
            "</s:Envelope>")
FAULT = ('<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:{}</s:Value></s:Subcode></s:Code>'
         '<s:Reason><s:Text xml:lang="en">{}</s:Text></s:Reason></s:Fault>')
PROFILE = ('<trt:Profiles token="{token}"><tt:Name>{name}</tt:Name><tt:VideoEncoderConfiguration token="e">'
           "<tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>{width}</tt:Width><tt:Height>{height}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration>"
           "</trt:Profiles>")


TIMES = ("Hour", "Minute", "Second", "Year", "Month", "Day")


class SoapCamera:
    """An ONVIF camera: user admin, password as given. A context manager.

    gives for a profile. raw: answered to every call instead of anything sensible, as (status, bytes), or a function that gets
    the handler and writes what it likes. calls: names of the calls that came.
    handler and writes what it likes. calls: names of the calls that came.
    """

    def __init__(self, password: str | None = "top-secret", *, clock: timedelta = timedelta(), stream: str = "",
                 raw: tuple[int, bytes] | Callable[[BaseHTTPRequestHandler], None] | None = None) -> None:
        self.password, self.clock, self.stream, self.raw = password, clock, stream, raw
        self.calls: list[str] = []
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                camera.serve(self)

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.media_host = f"127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="test-soap", daemon=True)

    @property
    def service(self) -> str:
        return f"http://127.0.0.1:{self.port}/onvif/device_service"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        text = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        if callable(self.raw):
            self.raw(handler)
            return
        status, data = self.raw or self._answer(text)
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def _answer(self, text: str) -> tuple[int, bytes]:
        found = re.search(r"<s:Body><(\w+)", text)
        name = found[1] if found else ""
        self.calls.append(name)
        if name != "GetSystemDateAndTime" and not self._allowed(text):
            return 400, ENVELOPE.format(FAULT.format("NotAuthorized", "Sender not Authorized")).encode()
        body = getattr(self, f"_{name}", lambda _: FAULT.format("ActionNotSupported", "no such call"))(text)
        return (500 if "Fault" in body else 200), ENVELOPE.format(body).encode()

    def _allowed(self, text: str) -> bool:
        if self.password is None:
            return True
        parts = [re.search(rf"<[ou]:{name}\b[^>]*>([^<]*)<", text) for name in ("Username", "Password", "Nonce", "Created")]
        if not all(parts):
            return False
        user, digest, nonce, created = (part[1] for part in parts if part is not None)
        wanted = hashlib.sha1(base64.b64decode(nonce) + created.encode() + self.password.encode()).digest()
        age = datetime.now(UTC) + self.clock - datetime.fromisoformat(created)
        return user == "admin" and base64.b64decode(digest) == wanted and abs(age) < timedelta(minutes=2)

    def _GetSystemDateAndTime(self, _text: str) -> str:  # noqa: N802
        now = datetime.now(UTC) + self.clock
        parts = "".join(f"<tt:{name}>{getattr(now, name.lower())}</tt:{name}>" for name in TIMES)
        return f"<tds:GetSystemDateAndTimeResponse><tt:UTCDateTime>{parts}</tt:UTCDateTime></tds:GetSystemDateAndTimeResponse>"

    def _GetCapabilities(self, _text: str) -> str:  # noqa: N802
        return (f"<tds:GetCapabilitiesResponse><tt:Media><tt:XAddr>http://{self.media_host}/onvif/media</tt:XAddr></tt:Media>"
                "</tds:GetCapabilitiesResponse>")

    def _GetProfiles(self, _text: str) -> str:  # noqa: N802
        return ("<trt:GetProfilesResponse>" + PROFILE.format(token="main", name="Main", width=1920, height=1080)
                + PROFILE.format(token="sub", name="Sub", width=640, height=360) + "</trt:GetProfilesResponse>")

    def _GetStreamUri(self, text: str) -> str:  # noqa: N802
        found = re.search("<ProfileToken>([^<]*)<", text)
        where = self.stream or f"rtsp://10.0.0.9:554/{found[1] if found else ''}"
        return f"<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>{where}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()
