"""A camera whose pictures carry numbers, in a process of its own, and the faults that it can have."""

from __future__ import annotations

import itertools
import random
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socket
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import av
import numpy as np
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from tests.servers import KEYFRAMES, PACKET, RATE, RtspCamera

SIZES = ((96, 128), (144, 176))
"""Height and width of the usual picture and of the other one."""
PASSWORDS = ("first-secret", "second-secret")
_MARK = b"dehazer-soak-num"
"""The 16 bytes that say whose data follows (user data unregistered SEI, H.264 annex D)."""
_NUMBER = re.compile(_MARK + rb"(\d{10})")
_TICKS = 90_000 // RATE


def numbered(data: bytes, number: int) -> bytes:
    """A packet with a number in front of its first picture, where any decoder passes over it."""
    payload = _MARK + f"{number:010d}".encode()
    return b"\0\0\0\1\x06\x05" + bytes([len(payload)]) + payload + b"\x80" + data


def number_of(data: bytes) -> int | None:
    """The number in a packet, with start codes or with lengths."""
    found = _NUMBER.search(data)
    return int(found[1]) if found else None


@cache
def pictures(size: tuple[int, int]) -> tuple[bytes, ...]:
    """Two groups of pictures that can be repeated for ever."""
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, VideoCodecContext)
    context.height, context.width = size
    context.pix_fmt, context.time_base, context.framerate = "yuv420p", Fraction(1, RATE), Fraction(RATE)
    context.options = {"preset": "ultrafast", "tune": "zerolatency", "g": str(KEYFRAMES), "x264-params": "scenecut=0"}
    texture = np.random.default_rng(1).integers(60, 180, (*size, 3), np.uint8)
    packets = []
    for index in range(2 * KEYFRAMES):
        picture = av.VideoFrame.from_ndarray(np.roll(texture, index, axis=1), format="rgb24")
        picture.pts = index
        packets += context.encode(picture)
    return tuple(bytes(packet) for packet in (*packets, *context.encode(None)))


@dataclass
class Sent:
    """What went into one connection. numbers: of pictures sent completely. end: why it ended."""

    numbers: list[int] = field(default_factory=list)


class NumberedCamera(RtspCamera):
    """Sends numbered pictures for ever, over RTSP. other_size: while set, the other size is sent, from the next key frame on."""

    def __init__(self) -> None:
        self.other_size, self.sessions = threading.Event(), list[Sent]()
        self._numbers = itertools.count()
        for size in SIZES:
            pictures(size)
        super().__init__(PASSWORDS[0])

    def stream(self, connection: socket, wrap: object = None) -> None:
        assert callable(wrap)
        sent = Sent()
        self.sessions.append(sent)
        output = _Output(lambda data: connection.sendall(wrap(data)))
        with av.open(output, "w", format="mpegts", container_options={"flush_packets": "1"}) as file:
            track = file.add_mux_stream("h264", rate=RATE, width=SIZES[0][1], height=SIZES[0][0])
            track.time_base = Fraction(1, 90_000)
            began = time.monotonic()
            for index, data in enumerate(self._data()):
                self._wait(connection, began + index / RATE)
                number = next(self._numbers)
                file.mux(_packet(numbered(data, number), track, index))
                output.flush()
                sent.numbers.append(number)

    def _data(self) -> Iterator[bytes]:
        while True:
            yield from pictures(SIZES[self.other_size.is_set()])

    def _wait(self, connection: socket, due: float) -> None:
        while self.stalled.is_set():
            time.sleep(0.02)
            connection.getpeername()  # raises once cut
        time.sleep(max(0.0, due - time.monotonic()))


class _Output:
    """What the muxer writes, handed on in whole transport packets. An error is kept for `flush`: FFmpeg would hide it."""

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self._send, self._held, self._error = send, b"", None  # type: Callable[[bytes], object], bytes, OSError | None

    def write(self, data: bytes) -> int:
        self._held += bytes(data)
        return len(data)

    def flush(self) -> None:
        whole = len(self._held) - len(self._held) % PACKET
        piece, self._held = self._held[:whole], self._held[whole:]
        self._send(piece)


def _packet(data: bytes, track: Any, index: int) -> Packet[Any]:
    packet: Packet[Any] = Packet(data)
    packet.stream, packet.time_base = track, Fraction(1, 90_000)
    packet.pts = packet.dts = index * _TICKS
    packet.is_keyframe = index % KEYFRAMES == 0
    return packet


class Faults:
    """What can go wrong with a camera, and ends again."""

    def __init__(self, cameras: list[NumberedCamera], seed: int) -> None:
        self._cameras, self._random = cameras, random.Random(seed)
        self.counts: dict[str, int] = dict.fromkeys(("kill", "stall", "wrong size", "password"), 0)

    def one(self, stall: float) -> str:
        """Do harm to one camera; returns what it was. stall: seconds of a stall, longer than anybody waits for pictures."""
        kind = self._random.choice(tuple(self.counts))
        camera = self._random.choice(self._cameras)
        self.counts[kind] += 1
        {"kill": self._kill, "stall": lambda one: self._stall(one, stall), "wrong size": self._size,
         "password": self._password}[kind](camera)
        return kind

    def _kill(self, camera: NumberedCamera) -> None:
        camera.down()
        time.sleep(self._random.uniform(0.2, 1.5))
        camera.up()

    def _stall(self, camera: NumberedCamera, seconds: float) -> None:
        camera.stalled.set()
        time.sleep(seconds)
        camera.stalled.clear()

    @staticmethod
    def _size(camera: NumberedCamera) -> None:
        (camera.other_size.clear if camera.other_size.is_set() else camera.other_size.set)()

    @staticmethod
    def _password(camera: NumberedCamera) -> None:
        camera.password = PASSWORDS[camera.password == PASSWORDS[0]]
        camera.cut()


def serve(pipe: Connection, count: int, seconds: float, stall: float, seed: int) -> None:
    """Run `count` cameras with a fault every few seconds; the process of the cameras.

    Sends the addresses, then, when it is told to end, what was sent into each connection and how many faults there were.
    """
    cameras = [NumberedCamera() for _ in range(count)]
    faults, rest = Faults(cameras, seed), random.Random(seed + 1)
    pipe.send([camera.url for camera in cameras])
    began = time.monotonic()
    while not pipe.poll(rest.uniform(2.0, 5.0)):
        if 15 < time.monotonic() - began < seconds - 20:
            faults.one(stall)
    for camera in cameras:
        camera.down()
    pipe.send(([[sent.numbers for sent in camera.sessions] for camera in cameras], faults.counts))
