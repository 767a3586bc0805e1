"""Cameras made of sockets: a paced MPEG-TS stream over HTTP or RTSP on loopback, which can stall, die and return."""

from __future__ import annotations

import base64
import io
import itertools
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from types import TracebackType
from typing import Self

import av
import numpy as np

RATE = 25
HEIGHT, WIDTH = 96, 128
KEYFRAMES = 12
"""Every so many pictures begins with one that needs no other."""
PACKET = 188
Film = tuple[tuple[float, bytes], ...]
"""(seconds at which it is due, bytes), in order."""


@cache
def transport_stream(seconds: int = 40) -> Film:
    """(seconds at which it is due, bytes) of an MPEG-TS film with one keyframe per half second."""
    buffer = io.BytesIO()
    due: list[tuple[float, int]] = []
    rng = np.random.default_rng(1)
    texture = rng.integers(60, 180, (HEIGHT, WIDTH, 3), np.uint8)
    with av.open(buffer, "w", format="mpegts", container_options={"flush_packets": "1"}) as file:
        options = {"preset": "ultrafast", "tune": "zerolatency", "g": str(KEYFRAMES)}
        stream = file.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for index in range(seconds * RATE):
            picture = av.VideoFrame.from_ndarray(np.roll(texture, index, axis=1), format="rgb24")
            picture.pts = index
            file.mux(stream.encode(picture))
            due.append((index / RATE, buffer.tell()))
        file.mux(stream.encode(None))
    return _pieces(buffer.getvalue(), due)


@cache
def stream_with_sound(seconds: int = 20) -> tuple[tuple[tuple[float, bytes], ...], tuple[bytes, ...]]:
    """As `transport_stream`, with a tone as MP2; and the packets of the tone."""
    buffer, due, tone = io.BytesIO(), [], []  # type: io.BytesIO, list[tuple[float, int]], list[bytes]
    with av.open(buffer, "w", format="mpegts", container_options={"flush_packets": "1"}) as file:
        options = {"preset": "ultrafast", "tune": "zerolatency", "g": str(KEYFRAMES)}
        pictures = file.add_stream("libx264", rate=RATE, options=options)
        pictures.width, pictures.height, pictures.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        sound = file.add_stream("mp2", rate=48000, layout="mono")
        heard = 0
        for index in range(seconds * RATE):
            picture = av.VideoFrame.from_ndarray(np.full((HEIGHT, WIDTH, 3), 60 + index % 100, np.uint8), format="rgb24")
            picture.pts = index
            file.mux(pictures.encode(picture))
            while heard * RATE < (index + 1) * 48000:
                wave = (np.sin((np.arange(1152) + heard) * 0.05) * 9000).astype(np.int16)[None]
                frame = av.AudioFrame.from_ndarray(wave, format="s16", layout="mono")
                frame.sample_rate, frame.pts, heard = 48000, heard, heard + 1152
                packets = sound.encode(frame)
                tone += [bytes(packet) for packet in packets]
                file.mux(packets)
            due.append((index / RATE, buffer.tell()))
    return _pieces(buffer.getvalue(), due), tuple(tone)


def _pieces(data: bytes, due: list[tuple[float, int]]) -> tuple[tuple[float, bytes], ...]:
    """Whole transport packets, each piece with the seconds at which it is due."""
    begin, pieces = 0, []
    for moment, end in due:
        whole = end - end % PACKET
        pieces.append((moment, data[begin:whole]))
        begin = whole
    return tuple(pieces)


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port of loopback that refuses every connection, and that nobody else gets meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


class CameraServer:
    """Base: accepts connections on loopback, each served in a thread. A context manager.

    password: asked for by Basic authentication when given, with user "admin". stalled: while set, connections stay open
    but nothing is sent. connections: how many were accepted so far. sent: pictures sent so far, over all of them. film: what each
    connection is sent from the beginning.
    """

    scheme = "http"

    def __init__(self, password: str | None = None, film: Film | None = None) -> None:
        self.password, self.film = password, film or transport_stream()
        self.stalled = threading.Event()
        self.connections = self.sent = 0
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.up()

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/live.ts"

    def up(self) -> None:
        """Begin (again) to listen, on the same port."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen()
        self.port, self._listener = listener.getsockname()[1], listener
        self._start(self._accept, listener)

    def down(self) -> None:
        """Cut every connection and listen no more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        self.cut()

    def cut(self) -> None:
        """Cut every connection."""
        connections, self._open = self._open, []
        for connection in connections:
            with suppress(OSError):  # gone already
                connection.shutdown(socket.SHUT_RDWR)

    def _start(self, work: object, *args: object) -> None:
        thread = threading.Thread(target=work, args=args, name="test-server", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            self._start(self._guarded, connection)

    def _guarded(self, connection: socket.socket) -> None:
        with connection:
            try:
                self.serve(connection)
            except OSError:
                return  # the other side left, or `cut`

    def serve(self, connection: socket.socket) -> None:
        raise AssertionError("each server says how it serves")

    def allowed(self, request: str) -> bool:
        if self.password is None:
            return True
        wanted = base64.b64encode(f"admin:{self.password}".encode()).decode()
        return f"Authorization: Basic {wanted}" in request

    def stream(self, connection: socket.socket, wrap: object = None) -> None:
        """Send the film at its own pace until the connection is cut."""
        began = time.monotonic()
        for due, piece in self.film:
            while self.stalled.is_set():
                time.sleep(0.01)
                connection.getpeername()  # raises once cut
            time.sleep(max(0.0, began + due - time.monotonic()))
            connection.sendall(wrap(piece) if callable(wrap) else piece)
            self.sent += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stalled.clear()
        self.down()
        for thread in self._threads:
            thread.join(5)


def read_request(connection: socket.socket) -> str:
    """One HTTP or RTSP request's head, empty when the other side has left."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if not piece:
            return ""
        head += piece
    return head.decode("latin-1")


class HttpCamera(CameraServer):
    """The film as an endless HTTP answer. refusal: status that every request is answered with instead, as "404 Not Found"."""

    def __init__(self, password: str | None = None, refusal: str | None = None, film: Film | None = None) -> None:
        self.refusal = refusal
        super().__init__(password, film)

    def serve(self, connection: socket.socket) -> None:
        request = read_request(connection)
        if self.refusal is not None:
            connection.sendall(f"HTTP/1.1 {self.refusal}\r\nContent-Length: 0\r\n\r\n".encode())
            return
        if not self.allowed(request):
            connection.sendall(b"HTTP/1.1 401 Unauthorized\r\n"
                               b'WWW-Authenticate: Basic realm="camera"\r\nContent-Length: 0\r\n\r\n')
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n")
        self.stream(connection)


class SoundCamera(HttpCamera):
    """A film with a tone. seconds: of it, after which a connection ends."""

    def __init__(self, seconds: int = 20) -> None:
        super().__init__(film=stream_with_sound()[0][: seconds * RATE])

    @staticmethod
    def sound() -> list[bytes]:
        """All packets of the tone, in their order."""
        return list(stream_with_sound()[1])


class SilentServer(CameraServer):
    """Accepts and never answers."""

    def serve(self, connection: socket.socket) -> None:
        while connection.recv(4096):
            pass


class RtspCamera(CameraServer):
    """The film as RTP packets inside the RTSP connection; refuses any other transport. methods: those asked for."""

    scheme = "rtsp"

    def __init__(self, password: str | None = None, film: Film | None = None) -> None:
        self.transports: list[str] = []
        super().__init__(password, film)

    def serve(self, connection: socket.socket) -> None:
        while request := read_request(connection):
            method = request.split(" ", 1)[0]
            number = request.split("CSeq:")[1].split("\r\n")[0].strip()
            status, extra, body = self._answer(method, request)
            length = f"Content-Length: {len(body)}\r\n" if body else ""
            connection.sendall(f"RTSP/1.0 {status}\r\nCSeq: {number}\r\n{extra}{length}\r\n{body}".encode())
            if method == "PLAY":
                sequence = itertools.count()
                self.stream(connection, partial(_interleaved, sequence))

    def _answer(self, method: str, request: str) -> tuple[str, str, str]:
        if method == "OPTIONS":
            return "200 OK", "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n", ""
        if not self.allowed(request):
            return "401 Unauthorized", 'WWW-Authenticate: Basic realm="camera"\r\n', ""
        if method == "DESCRIBE":
            sdp = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:track1\r\n"
            return "200 OK", "Content-Type: application/sdp\r\n", sdp
        if method == "SETUP":
            transport = request.split("Transport:")[1].split("\r\n", maxsplit=1)[0].strip()
            self.transports.append(transport)
            if "TCP" not in transport:
                return "461 Unsupported Transport", "", ""
            return "200 OK", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n", ""
        return "200 OK", "Session: 1\r\n", ""


def _interleaved(sequence: Iterator[int], piece: bytes) -> bytes:
    """RTP packets of up to seven transport packets each, framed for the RTSP connection (RFC 2326, section 10.12)."""
    out = []
    for begin in range(0, len(piece), 7 * PACKET):
        payload = piece[begin : begin + 7 * PACKET]
        number = next(sequence)
        head = struct.pack(">BBHII", 0x80, 33, number & 0xFFFF, number * 90, 1)
        out.append(b"$" + struct.pack(">BH", 0, len(head) + len(payload)) + head + payload)
    return b"".join(out)
