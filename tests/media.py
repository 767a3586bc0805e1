"""Real media files, made where they are needed, and looked at with FFmpeg alone (not with the code under test)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TypeVar, cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.plane import VideoPlane
from av.video.stream import VideoStream

MILLI = Fraction(1, 1000)
T = TypeVar("T")


@dataclass(frozen=True)
class Sound:
    """start: seconds. language: ISO 639-2."""

    codec: str = "aac"
    rate: int = 48000
    start: float = 0.0
    seconds: float = 1.0
    language: str = "eng"


@dataclass(frozen=True)
class Film:
    """What to write. times: pts in time_base, instead of an even spacing. color: matrix, range, primaries, transfer."""

    codec: str = "libx264"
    pix_fmt: str = "yuv420p"
    width: int = 64
    height: int = 48
    frames: int = 20
    rate: Fraction = Fraction(25)
    time_base: Fraction | None = None
    times: tuple[int, ...] | None = None
    start: float = 0.0
    rotation: float | None = None
    aspect: Fraction | None = None
    color: tuple[int, int, int, int] | None = None
    sounds: tuple[Sound, ...] = ()
    captions: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    attachment: bytes = b""
    tags: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    smooth: bool = True

    @property
    def clock(self) -> Fraction:
        return self.time_base or 1 / self.rate

    def pts(self, index: int) -> int:
        if self.times is not None:
            return self.times[index]
        return round((index / self.rate + Fraction(self.start).limit_denominator(1000)) / self.clock)


def picture(film: Film, index: int) -> av.VideoFrame:
    """One picture: a moving gradient (or noise), different in every frame; limited-range codes unless said otherwise."""
    made = av.VideoFrame(film.width, film.height, film.pix_fmt)
    rng = np.random.default_rng(index)
    bits = max(c.bits for c in made.format.components)
    for number, plane in enumerate(made.planes):
        view = np.frombuffer(memoryview(plane), np.uint16 if bits > 8 else np.uint8).reshape(plane.height, -1)
        rows, columns = view.shape
        ramp = (np.arange(columns)[None] * 3 + np.arange(rows)[:, None] * 2 + 7 * index + 40 * number) % 160 + 40
        noise = 0 if film.smooth else rng.integers(-30, 31, view.shape)
        view[...] = (ramp + noise) << (bits - 8)
    if film.color is not None:
        made.colorspace, made.color_range, made.color_primaries, made.color_trc = film.color
    made.pts, made.time_base = film.pts(index), film.clock
    return made


def write_film(path: Path, film: Film = Film(), **muxer: str) -> Path:
    """Write `film` to `path`; muxer: options of FFmpeg's muxer."""
    if path.suffix in (".mp4", ".mov"):
        muxer = {"video_track_timescale": str(film.clock.denominator), "movie_timescale": "1200000", **muxer}
    with av.open(str(path), "w", options=muxer) as file:
        video = _video_stream(file, film)
        tones = [(sound, _sound_stream(file, sound)) for sound in film.sounds]
        text = _text_stream(file, path) if film.captions else None
        _describe(file, film)
        for index in range(film.frames):
            file.mux(video.encode(picture(film, index)))
        for sound, stream in tones:
            for frame in tone(sound):
                file.mux(stream.encode(frame))
            file.mux(stream.encode(None))
        for number, line in enumerate(film.captions):
            file.mux(_text_packet(_known(text), line, number, path))
        file.mux(video.encode(None))
    return path


def write_moving_texture(path: Path, frames: int = 25, size: tuple[int, int] = (96, 128), rate: int = 25) -> Path:
    """A moving texture, stored losslessly; mean luma rises frame by frame, so that every frame is known by it. size: (H, W)."""
    height, width = size
    texture = np.random.default_rng(3).integers(0, 40, (height, width, 3), np.uint8)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=rate, options={"qp": "0", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index in range(frames):
            grey = np.roll(texture, index, axis=1) + np.uint8(60 + 100 * index // max(1, frames - 1))
            file.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        file.mux(stream.encode(None))
    return path


def _video_stream(file: OutputContainer, film: Film) -> VideoStream:
    stream = cast(VideoStream, file.add_stream(film.codec, rate=film.rate, options=_codec_options(film)))
    stream.width, stream.height, stream.pix_fmt = film.width, film.height, film.pix_fmt
    stream.codec_context.time_base = film.clock
    stream.time_base = film.clock
    if film.aspect:
        stream.codec_context.sample_aspect_ratio = film.aspect
    if film.rotation is not None:
        stream.set_display_rotation(film.rotation)
    if film.color is not None:
        context = stream.codec_context
        context.colorspace, context.color_range, context.color_primaries, context.color_trc = film.color
    return stream


def _codec_options(film: Film) -> dict[str, str]:
    quick = {"preset": "ultrafast", "g": "10"} if film.codec in ("libx264", "libx265") else {}
    return {**quick, **film.options}


def _sound_stream(file: OutputContainer, sound: Sound) -> AudioStream:
    stream = cast(AudioStream, file.add_stream(sound.codec, rate=sound.rate, layout="mono"))
    stream.metadata["language"] = sound.language
    return stream


def _text_stream(file: OutputContainer, path: Path) -> Stream:
    stream = file.add_mux_stream("mov_text" if path.suffix in (".mp4", ".mov") else "subrip")
    stream.time_base = MILLI
    stream.metadata["language"] = "deu"
    return stream


def _text_packet(stream: Stream, line: str, number: int, path: Path) -> Packet[Stream]:
    words = line.encode()
    packet = Packet(len(words).to_bytes(2, "big") + words if path.suffix in (".mp4", ".mov") else words)
    packet.stream, packet.time_base = stream, MILLI
    packet.pts = packet.dts = 200 * number
    packet.duration = 150
    return packet


def _describe(file: OutputContainer, film: Film) -> None:
    file.metadata.update(film.tags)
    if film.chapters:
        file.set_chapters([{"id": k + 1, "start": 300 * k, "end": 300 * (k + 1), "time_base": MILLI, "metadata": {"title": name}}
                           for k, name in enumerate(film.chapters)])
    if film.attachment:
        file.add_attachment("notes.txt", "text/plain", film.attachment)


def tone(sound: Sound) -> Iterator[av.AudioFrame]:
    """A sine of `sound`, in frames of 1024 samples."""
    planar = {"aac": "fltp", "libmp3lame": "fltp", "libopus": "flt"}.get(sound.codec, "s16")
    for number in range(max(1, int(sound.seconds * sound.rate / 1024))):
        phase = (np.arange(1024) + 1024 * number) * 0.05
        wave = (0.3 * np.sin(phase) * (32767 if planar == "s16" else 1)).astype(np.int16 if planar == "s16" else np.float32)[None]
        frame = av.AudioFrame.from_ndarray(wave, format=planar, layout="mono")
        frame.sample_rate, frame.pts = sound.rate, 1024 * number + round(sound.start * sound.rate)
        frame.time_base = Fraction(1, sound.rate)
        yield frame


def times_of(path: Path) -> list[Fraction]:
    """Presentation times of all pictures, seconds, as FFmpeg decodes them."""
    with av.open(str(path)) as file:
        return [_known(frame.pts) * _known(frame.time_base) for frame in file.decode(video=0)]


def stamps_of(path: Path) -> tuple[Fraction, list[int]]:
    """(time base, pts of all pictures)."""
    with av.open(str(path)) as file:
        return _known(file.streams.video[0].time_base), [_known(frame.pts) for frame in file.decode(video=0)]


def _known(value: T | None) -> T:
    assert value is not None
    return value


def planes_of(path: Path) -> list[list[np.ndarray]]:
    """Planes of all pictures as copies, code values."""
    with av.open(str(path)) as file:
        return [[plane_of(plane, frame) for plane in frame.planes] for frame in file.decode(video=0)]


def plane_of(plane: VideoPlane, frame: av.VideoFrame) -> np.ndarray:
    """One plane without its padding; packed formats keep their samples side by side."""
    bits = max(c.bits for c in frame.format.components)
    kind = np.dtype(np.uint16 if bits > 8 else np.uint8)
    rows = np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)
    packed = {"rgb24": 3, "bgr24": 3, "bgr0": 4, "rgba": 4, "yuyv422": 2, "uyvy422": 2}.get(frame.format.name, 1)
    if frame.format.name in ("nv12", "p010le") and plane.width < frame.width:
        packed = 2  # U and V side by side
    return rows[:, : plane.width * packed].copy()


@dataclass(frozen=True)
class Parcel:
    """One packet: seconds and bytes."""

    pts: Fraction | None
    dts: Fraction | None
    data: bytes


def parcels_of(path: Path, kind: str, number: int = 0) -> list[Parcel]:
    """All packets of the number-th stream of a kind ("audio", "subtitle", "video")."""
    with av.open(str(path)) as file:
        stream = [s for s in file.streams if s.type == kind][number]
        return [Parcel(None if p.pts is None else p.pts * p.time_base, None if p.dts is None else p.dts * p.time_base, bytes(p))
                for p in file.demux(stream) if p.size]
