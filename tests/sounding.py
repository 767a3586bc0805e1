"""Transport streams with sound for the cameras of tests/servers.py, and what is in them, packet by packet."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import av
import numpy as np

from dehazer.files.packet_tap import TappedPacket, TappedStreams, tapped
from tests.servers import HEIGHT, KEYFRAMES, PACKET, RATE, WIDTH, Film

SOUND_RATE = 16000


@cache
def sounding_stream(seconds: int = 4, codec: str = "aac", b_frames: int = 0, shape: tuple[int, int] = (HEIGHT, WIDTH)) -> Film:
    """A film with one key frame per half second and a tone, `seconds` long, in pieces that are due when they are shown."""
    buffer = io.BytesIO()
    due: list[tuple[float, int]] = []
    texture = np.random.default_rng(2).integers(60, 180, (*shape, 3), np.uint8)
    with av.open(buffer, "w", format="mpegts", container_options={"flush_packets": "1"}) as file:
        options = {"preset": "ultrafast", "g": str(KEYFRAMES), "bf": str(b_frames), "x264-params": "scenecut=0"}
        video = file.add_stream("libx264", rate=RATE, options=options)
        video.height, video.width = shape
        video.pix_fmt = "yuv420p"
        audio: Any = file.add_stream(codec, rate=SOUND_RATE, layout="mono")
        for index in range(seconds * RATE):
            picture = av.VideoFrame.from_ndarray(np.roll(texture, index, axis=1), format="rgb24")
            picture.pts = index
            file.mux(video.encode(picture))
            file.mux(audio.encode(_tone(index, audio.format.name)))
            due.append((index / RATE, buffer.tell()))
        file.mux(video.encode(None))
        file.mux(audio.encode(None))
    due.append((seconds, buffer.tell()))
    return pieces(buffer.getvalue(), due)


def _tone(index: int, sample_format: str) -> av.AudioFrame:
    count = SOUND_RATE // RATE
    wave = np.sin(2 * np.pi * 440 * (index * count + np.arange(count)) / SOUND_RATE) * 0.3
    data = wave.astype(np.float32) if sample_format.startswith("flt") else (wave * 32767).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(data.reshape(1, -1), format=sample_format, layout="mono")
    frame.sample_rate, frame.pts = SOUND_RATE, index * count
    return frame


def pieces(data: bytes, due: list[tuple[float, int]]) -> Film:
    """The bytes of a transport stream in whole packets. due: (seconds, bytes written until then)."""
    begin, out = 0, []
    for moment, end in due:
        whole = end - end % PACKET
        out.append((moment, data[begin:whole]))
        begin = whole
    return tuple(out)


def packets_of(film: Film, kind: str = "video") -> list[bytes]:
    """The packets of pictures or sound in a film, as FFmpeg takes it apart."""
    with av.open(io.BytesIO(b"".join(piece for _, piece in film)), mode="r", format="mpegts") as file:
        return [bytes(packet) for packet in file.demux(getattr(file.streams, kind)[0]) if packet.size]


def tapped_packets(film: Film, began: float = 0.0, streams: TappedStreams | None = None) -> list[TappedPacket]:
    """The packets of a film as a source gives them to its tap, as if each had arrived when it is shown, from `began` on."""
    with av.open(io.BytesIO(b"".join(piece for _, piece in film)), mode="r", format="mpegts") as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        streams = streams or TappedStreams.of(video, audio)
        packets = [packet for packet in file.demux(video, audio) if packet.size]
        zero = min(packet.dts * packet.time_base for packet in packets if packet.dts is not None)
        return [tapped(packet, streams, began + float((packet.dts or 0) * packet.time_base - zero)) for packet in packets]
