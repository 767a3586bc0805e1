"""What makes a codec that of the input: its profile, its name in the file, and layouts of raw samples a file can name."""

from __future__ import annotations

import io

import av
from av.codec.codec import find_best_pix_fmt_of_list
from av.video.format import VideoFormat

from dehazer.files.containers import Container
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.frames.frame import PixelFormat
from dehazer.sinks._input_properties import InputProperties

_PRORES = {"apco": "proxy", "apcs": "lt", "apcn": "standard", "apch": "hq", "ap4h": "4444", "ap4x": "4444xq"}
_PRORES_NAMES = {"proxy": "proxy", "lt": "lt", "standard": "standard", "hq": "hq", "4444": "4444", "xq": "4444xq"}
_DNXHD_RATES = {1235: 185, 1237: 120, 1238: 185, 1241: 185, 1242: 120, 1243: 185, 1244: 120, 1250: 180, 1251: 180, 1252: 120,
                1253: 36, 1256: 440, 1258: 60, 1259: 84, 1260: 80}
"""Compression IDs of SMPTE ST 2019-1, each one size of picture and of its bytes, and Mbit/s by which FFmpeg finds it."""
_RAW = ("bgr24", "rgb24", "bgra", "rgba", "yuv420p", "yuyv422", "uyvy422", "yuv422p", "yuv444p", "gray", "gray16le", "rgb48le",
        "yuv422p10le", "yuv420p10le", "yuv444p10le")
"""Layouts that files of raw samples are usually written in."""
_SIDE = 64


def profile_options(encoder: str, properties: InputProperties, pix_fmt: str) -> dict[str, str]:
    """Encoder options for the profile of the input, where its codec is the encoder's and the profile takes `pix_fmt`."""
    profile = properties.profile.lower()
    if encoder == "prores_ks" and properties.codec == "prores":
        name = _PRORES.get(properties.tag, _PRORES_NAMES.get(profile, ""))
        return {"profile": name} if name and (name.startswith("4444") == ("444" in pix_fmt)) else {}
    if encoder == "dnxhd" and properties.codec == "dnxhd":
        if profile.startswith("dnxhr"):
            return {"profile": profile.replace(" ", "_")}
        return {"b": f"{_DNXHD_RATES[properties.compression]}M"} if properties.compression in _DNXHD_RATES else {}
    return {}


def codec_tag(encoder: str, container: Container, properties: InputProperties) -> str:
    """Name of the codec in the file: for HEVC in MP4 and MOV the input's own, else the one that Apple's players want."""
    if container.format not in ("mp4", "mov") or av.Codec(encoder, "w").canonical_name != "hevc":
        return ""
    return properties.tag if properties.tag in ("hvc1", "hev1") else "hvc1"


def raw_formats(container: Container, layout: PixelFormat, given: str) -> list[str]:
    """Layouts of raw samples, best first, that a file of this type gives back as they were written.

    given: the input's own layout. Some file types have no name for some layouts, and players would show wrong colours.
    """
    exact = [name for name in dict.fromkeys((given, layout.name)) if _is_plain(name) and reads_back(container, name)]
    if exact:
        return exact
    best, _ = find_best_pix_fmt_of_list([name for name in _RAW if reads_back(container, name)], layout.name)
    return [best.name] if best else []


def _is_plain(name: str) -> bool:
    return bool(name) and not VideoFormat(name, _SIDE, _SIDE).has_palette


def reads_back(container: Container, pix_fmt: str) -> bool:
    """Whether raw samples in this layout are the same layout after writing and reading. Found out in memory."""
    memory = io.BytesIO()
    try:
        with av.open(memory, "w", format=container.format) as file:
            stream = file.add_stream("rawvideo", rate=25)
            stream.width = stream.height = _SIDE
            stream.pix_fmt = pix_fmt
            picture = av.VideoFrame(_SIDE, _SIDE, pix_fmt)
            picture.pts = 0
            file.mux(stream.encode(picture))
        memory.seek(0)
        with av.open(memory, "r") as again:
            return next(again.decode(video=0)).format.name == pix_fmt
    except (*FFMPEG_ERRORS, ValueError, StopIteration):
        return False
