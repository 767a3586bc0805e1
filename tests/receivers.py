"""Who receives what dehazer publishes, on loopback: an RTSP server that takes ANNOUNCE and RECORD, sockets for TCP and UDP."""

from __future__ import annotations

import io
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

import av
import av.error

from tests.servers import CameraServer

START = b"\0\0\0\1"


class RtspReceiver(CameraServer):
    """Takes an H.264 stream that is announced to it, inside the RTSP connection. methods: those asked for, in order.

    packets: RTP packets so far. sdp: the last announcement. ended: connections that are over.
    refusal: status that ANNOUNCE is answered with, as "404 Not Found".
    """

    scheme = "rtsp"

    def __init__(self, password: str | None = None, refusal: str | None = None) -> None:
        self.methods: list[str] = []
        self.packets: list[bytes] = []
        self.sdp, self.refusal, self.ended = "", refusal, 0
        super().__init__(password)

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self.port}/wall/gate"

    def serve(self, connection: socket.socket) -> None:
        try:
            self._receive(connection)
        finally:
            self.ended += 1

    def _receive(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        while first := stream.read(1):
            if first == b"$":
                channel, length = stream.read(1), int.from_bytes(stream.read(2), "big")
                payload = stream.read(length)
                if channel == b"\0":
                    self.packets.append(payload)
                continue
            head = first
            while not head.endswith(b"\r\n\r\n"):
                piece = stream.read(1)
                if not piece:
                    return
                head += piece
            self._answer(connection, stream, head.decode("latin-1"))

    def _answer(self, connection: socket.socket, stream: io.BufferedReader, request: str) -> None:
        method = request.split(" ", 1)[0]
        self.methods.append(method)
        fields = dict(line.split(": ", 1) for line in request.split("\r\n")[1:] if ": " in line)
        body = stream.read(int(fields.get("Content-Length", "0"))).decode()
        status, extra = "200 OK", "Session: 1\r\n"
        if method == "OPTIONS":
            extra = "Public: OPTIONS, ANNOUNCE, SETUP, RECORD, TEARDOWN\r\n"
        elif not self.allowed(request):
            status, extra = "401 Unauthorized", 'WWW-Authenticate: Basic realm="wall"\r\n'
        elif method == "ANNOUNCE":
            self.sdp, status = body, self.refusal or status
        elif method == "SETUP":
            extra += f"Transport: {fields['Transport']}\r\n"
        connection.sendall(f"RTSP/1.0 {status}\r\nCSeq: {fields['CSeq']}\r\n{extra}\r\n".encode())

    def pictures(self) -> list[av.VideoFrame]:
        """Everything received so far, decoded."""
        decoder = av.CodecContext.create("h264", "r")
        packets = [*decoder.parse(_annex_b(list(self.packets))), *decoder.parse(None), None]
        found: list[av.VideoFrame] = []
        for packet in packets:
            with suppress(av.error.FFmpegError):  # a picture of which only a part came
                found += decoder.decode(packet)
        return found


def _annex_b(packets: list[bytes]) -> bytes:
    """The H.264 stream of RTP packets (RFC 6184: single units, STAP-A, FU-A)."""
    out = bytearray()
    for packet in packets:
        payload = packet[12:]
        kind = payload[0] & 31
        if kind == 24:
            at = 1
            while at < len(payload):
                size = int.from_bytes(payload[at : at + 2], "big")
                out += START + payload[at + 2 : at + 2 + size]
                at += 2 + size
        elif kind == 28:
            if payload[1] & 128:
                out += START + bytes([payload[0] & 224 | payload[1] & 31])
            out += payload[2:]
        else:
            out += START + payload
    return bytes(out)


class TcpReceiver(CameraServer):
    """Keeps every byte that comes in a connection. data: of all connections together."""

    scheme = "tcp"

    def __init__(self) -> None:
        self.data = bytearray()
        super().__init__()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def serve(self, connection: socket.socket) -> None:
        while piece := connection.recv(65536):
            self.data += piece


class UdpReceiver:
    """Keeps every datagram. A context manager."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self.data = bytearray()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._receive, name="test-receiver", daemon=True)

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    def _receive(self) -> None:
        while not self._over.is_set():
            try:
                self.data += self._socket.recv(65536)
            except TimeoutError:
                continue

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join(5)
        self._socket.close()


def pictures_in(data: bytes | bytearray) -> list[av.VideoFrame]:
    """The pictures of an MPEG-TS stream that may be cut off; none as long as it is too short to be one."""
    try:
        with av.open(io.BytesIO(bytes(data)), "r", format="mpegts") as file:
            return list(file.decode(video=0))
    except (av.error.FFmpegError, av.error.EOFError, IndexError):
        return []
