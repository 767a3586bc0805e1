"""What each file type can hold, as far as it matters for keeping a film whole."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from dehazer.errors import OutputError
from dehazer.files.languages import quicktime_name
from dehazer.frames.frame import VideoInfo

Clock = Literal["any", "ms", "90k", "rate"]


@dataclass(frozen=True)
class Container:
    """A file type. format: FFmpeg's muxer. codec: encoder taken when the input's own codec does not fit.

    clock: times are kept in any base, in milliseconds, in 1/90000 s, or not at all (a constant rate only).
    negative: times before zero can be stored. rotation, chapters, tags, languages (of streams), attachments: whether these can
    be stored. films, texts: FFmpeg's names of the codecs of pictures and subtitles that it can name; () where FFmpeg knows.
    refused: codecs of pictures that FFmpeg refuses only when it writes the header.
    lossless: encoder taken for lossless pictures whose codec does not fit, "" for `codec`.
    text: codec in which subtitles of words are written whose own does not fit, "" for none.
    piped: nothing can be written again behind the muxer.
    reorder: whether B-frames may be used without shifting every time stamp. covers: how a cover picture is stored.
    """

    format: str
    title: str
    codec: str = "libx264"
    clock: Clock = "any"
    negative: bool = False
    rotation: bool = False
    chapters: bool = True
    tags: bool = True
    languages: bool = True
    attachments: bool = False
    reorder: bool = True
    covers: Literal["stream", "attachment", "none"] = "none"
    films: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    lossless: str = ""
    text: str = ""
    piped: bool = False


_MP4 = Container("mp4", "MP4", negative=True, rotation=True, covers="stream", text="mov_text")
_TS = Container("mpegts", "MPEG-TS", clock="90k", chapters=False, tags=False, reorder=False,
                films=("h264", "hevc", "vvc", "mpeg1video", "mpeg2video", "mpeg4", "dirac", "cavs", "vc1"),
                texts=("dvb_subtitle", "dvb_teletext", "hdmv_pgs_subtitle"))

CONTAINERS: dict[str, Container] = {
    ".mp4": _MP4,
    ".m4v": _MP4,
    ".mov": Container("mov", "QuickTime", negative=True, rotation=True, refused=("vp8", "vp9", "av1"), text="mov_text"),
    ".mkv": Container("matroska", "Matroska", clock="ms", rotation=True, attachments=True, covers="attachment", lossless="ffv1",
                      text="subrip"),
    ".webm": Container("webm", "WebM", "libvpx-vp9", clock="ms", rotation=True),
    ".avi": Container("avi", "AVI", clock="rate", chapters=False, languages=False, reorder=False, lossless="ffv1"),
    ".ts": _TS,
    ".mts": _TS,
    ".m2ts": _TS,
    ".nut": Container("nut", "NUT", reorder=False, lossless="ffv1"),
    ".mxf": Container("mxf", "MXF", "mpeg2video", clock="rate", chapters=False, tags=False, languages=False, reorder=False,
                      films=("mpeg2video", "dnxhd", "h264", "prores", "jpeg2000", "dvvideo")),
    ".ogv": Container("ogg", "Ogg", "libvpx", films=("theora", "vp8")),
    ".avif": Container("avif", "AVIF", "libsvtav1", chapters=False, tags=False, languages=False, films=("av1",)),
    ".flv": Container("flv", "FLV", clock="ms", chapters=False, languages=False, reorder=False),
}
"""File types that can be written, by suffix."""
PIPE_FORMATS: dict[str, Container] = {
    "nut": CONTAINERS[".nut"],
    "y4m": Container("yuv4mpegpipe", "Y4M", "wrapped_avframe", clock="rate", chapters=False, tags=False,
                     films=("wrapped_avframe",)),
    "mpegts": _TS,
    "matroska": replace(CONTAINERS[".mkv"], piped=True),
}
"""File types that can go through a pipe, by the name that --format takes; the first is meant where none is named."""
WRITABLE_SUFFIXES = tuple(CONTAINERS)
VIDEO_SUFFIXES = (*CONTAINERS, ".mpg", ".mpeg", ".wmv", ".3gp", ".vob", ".mjpeg", ".gif", ".y4m",
                  ".h264", ".264", ".h265", ".hevc", ".ivf", ".m2v", ".asf")
"""Suffixes of video files that are opened: the writable ones and those that FFmpeg reads only or that are not written here."""


def language_in(container: Container, language: str) -> str | None:
    """What a stream of that language is marked with in a file of this type; None where it cannot be said."""
    if not container.languages:
        return None
    return quicktime_name(language) if container.format == "mov" else language


def container_of(path: Path) -> Container:
    """The file type `path` asks for; raises OutputError naming the choices."""
    found = CONTAINERS.get(path.suffix.lower())
    if found is None:
        kinds = ", ".join(CONTAINERS)
        given = f"the ending {path.suffix}" if path.suffix else "no ending"
        raise OutputError(f"{path.name} has {given}, which is no video file type known here; use one of: {kinds}.")
    return found


def stream_clock(container: Container, info: VideoInfo) -> Fraction:
    """Time base the picture stream is written in: the input's own where the container allows."""
    if container.clock == "rate":
        return 1 / info.rate if info.rate else info.time_base
    return {"any": info.time_base, "ms": Fraction(1, 1000), "90k": Fraction(1, 90000)}[container.clock]


def clock_note(container: Container, info: VideoInfo) -> str | None:
    """Sentence for the user when times cannot be kept exactly, else None."""
    held = stream_clock(container, info)
    if container.clock == "any" or (info.time_base / held).denominator == 1:
        return None
    if container.clock != "rate" and info.rate and (1 / (info.rate * held)).denominator == 1:
        return None  # a constant rate whose frames fall on whole steps
    if container.clock == "rate":
        rate = f"{float(info.rate):.6g}" if info.rate else "the average number of"
        return f"{container.title} stores no times: frames are laid out at {rate} frames per second."
    return f"{container.title} stores times in steps of 1/{held.denominator} s: frame times are rounded to that."


_FINEST = 10_000_000


def muxer_options(container: Container, info: VideoInfo, clocks: Iterable[Fraction], exotic_tags: bool) -> dict[str, str]:
    """Options of FFmpeg's muxer that keep times (and, for MP4, unusual metadata names) as they are.

    clocks: time bases of the other streams. MP4 stores starts and chapters in a clock of the whole file: it is made fine
    enough for all of them.
    """
    if container.format in ("mp4", "mov"):
        scale = stream_clock(container, info).denominator
        whole = math.lcm(scale, 1000)
        for clock in clocks:
            whole = fine if (fine := math.lcm(whole, clock.denominator)) <= _FINEST else whole
        exact = {"video_track_timescale": str(scale), "movie_timescale": str(whole)} if scale > 1 and whole < 2**31 else {}
        flags = ["use_metadata_tags"] if exotic_tags else []
        # what is written can be played at any moment; a complete file gets one index like any other MP4. No packet waits in
        # the muxer: it would make a subtitle as long as the time to the next one where that is waiting when a fragment ends
        return exact | {"movflags": "+".join(["hybrid_fragmented", "delay_moov", *flags]), "frag_duration": "1000000",
                        "max_interleave_delta": "1"}
    # AVI counts its packets and stores no times: moving all of them would only insert an empty picture
    return {"mpegts": {"mpegts_copyts": "1"}, "avi": {"avoid_negative_ts": "disabled"},
            "yuv4mpegpipe": {"strict": "-1"}}.get(container.format, {})  # more than 8 bits: an extension that all programs know
