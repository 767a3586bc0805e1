"""From FFmpeg's pictures to planes: views without a copy, and one reused converter for layouts the core does not know."""

from __future__ import annotations

from typing import NamedTuple

import av
from av.video.format import VideoFormat
from av.video.reformatter import Interpolation, VideoReformatter

from dehazer.errors import InputError
from dehazer.files.media import extra_plane, plane_views
from dehazer.files.pictures import PictureNotes
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, PixelFormat, Plane

_BITS = {"yuv": (8, 10, 12), "gray": (8, 10, 12), "gbr": (8, 10, 12, 16)}
_SUBSAMPLING = {(1, 1): "420", (1, 0): "422", (0, 0): "444", (0, 1): "440", (2, 0): "411"}


class Nearest(NamedTuple):
    """The layout a picture is turned into. lost: what that costs, empty when every sample survives."""

    format: PixelFormat
    lost: str = ""


def nearest_format(name: str) -> Nearest:
    """The member of PIXEL_FORMATS closest to FFmpeg's format `name`; the same one if it is a member."""
    if name in PIXEL_FORMATS:
        return Nearest(PIXEL_FORMATS[name])
    layout = VideoFormat(name, 64, 64)
    bits = max((c.bits for c in layout.components), default=8)
    if layout.has_palette or layout.is_bayer or (layout.is_rgb and bits <= 8):
        return Nearest(PIXEL_FORMATS["rgb24"], "colours are interpolated from the sensor's mosaic" if layout.is_bayer else "")
    family = "gbr" if layout.is_rgb or name.startswith("xyz") else "gray" if _is_gray(layout) else "yuv"
    kept = next((b for b in _BITS[family] if b >= bits), 12)
    depth = f"{bits} bits become {kept}" if kept < bits else ""
    chosen, chroma = _named(family, kept, layout)
    return Nearest(chosen, "; ".join(x for x in (depth, chroma) if x))


def _is_gray(layout: VideoFormat) -> bool:
    return sum(not c.is_alpha for c in layout.components) < 3


def _named(family: str, bits: int, layout: VideoFormat) -> tuple[PixelFormat, str]:
    suffix = "" if bits == 8 else f"{bits}le"
    if family != "yuv":
        return PIXEL_FORMATS[("gbrp" if family == "gbr" else "gray") + suffix], ""
    sub = (64 // layout.chroma_width(64), 64 // layout.chroma_height(64))
    tag = _SUBSAMPLING.get((sub[0].bit_length() - 1, sub[1].bit_length() - 1))
    known = PIXEL_FORMATS.get(f"yuv{tag}p{suffix}") if tag else None
    return (known, "") if known else (PIXEL_FORMATS[f"yuv444p{suffix}"], "chroma is interpolated")


class Converter:
    """Gives the planes of decoded pictures; converts where it must, with one reformatter for the whole stream."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._reformatter = VideoReformatter()
        self._targets: dict[str, Nearest] = {}

    def expect(self, name: str) -> PixelFormat:
        """The layout that FFmpeg's format `name` is turned into; what that costs is in `warnings` from now on."""
        return self._target(name).format

    def to_planes(self, picture: av.VideoFrame) -> tuple[PixelFormat, tuple[Plane, ...]]:
        """(layout, planes) of `picture`. Planes are views that keep the decoder's buffer alive, rows may be padded."""
        on_device = picture.sw_format  # the converter brings such a picture back first
        name = (on_device or picture.format).name
        target = self._target(name)
        if on_device is not None or target.format.name != name:
            picture = self._reformat(picture, target.format.name)
        return target.format, plane_views(picture, target.format)

    def transparency(self, picture: av.VideoFrame) -> PictureNotes | None:
        """The picture's transparency, None if its layout has none (palettes count as if they had none)."""
        layout = picture.format
        if not holds_alpha(picture):
            return None
        bits = max(c.bits for c in layout.components)
        if len(picture.planes) != 4:
            bits = 8 if bits == 8 else 16
            picture = self._reformat(picture, "gbrap" if bits == 8 else "gbrap16le")
        return PictureNotes(alpha=extra_plane(picture, bits).copy(), alpha_bits=bits)

    def _target(self, name: str) -> Nearest:
        if name not in self._targets:
            self._targets[name] = nearest_format(name)
        return self._targets[name]

    def _reformat(self, picture: av.VideoFrame, name: str) -> av.VideoFrame:
        flags = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP
        try:
            return self._reformatter.reformat(picture, format=name, interpolation=flags)
        except (av.error.FFmpegError, ValueError) as error:
            sentence = f"{self._name} uses the pixel format {picture.format.name}, which cannot be converted."
            raise InputError(sentence, str(error)) from error

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per format that had to be converted with a loss."""
        return tuple(f"Pixel format {name} is read as {t.format.name}{': ' + t.lost if t.lost else ' (every sample is kept)'}."
                     for name, t in self._targets.items() if _without_alpha(name) != t.format.name or t.lost)


def _without_alpha(name: str) -> str:
    """Of planes and one of transparency, which is read beside them."""
    return name.replace("yuva", "yuv").replace("gbrap", "gbrp")


def holds_alpha(picture: av.VideoFrame) -> bool:
    """Whether a picture has a transparency that is read; palettes count as if they had none."""
    layout = picture.format
    return picture.sw_format is None and not layout.has_palette and any(c.is_alpha for c in layout.components)


def tags_of(picture: av.VideoFrame) -> ColorTags:
    """Colour tags as the decoder reports them for this picture."""
    return ColorTags(int(picture.colorspace), int(picture.color_range), int(picture.color_primaries), int(picture.color_trc))
