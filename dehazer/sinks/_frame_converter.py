"""From frames to the pictures an encoder takes: planes copied once, converted only where the encoder cannot take them."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
from av.codec.codec import Codec
from av.packet import Packet
from av.video.format import VideoFormat
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from dehazer.files.media import extra_plane, packed_view, plane_views
from dehazer.files.picture_flags import FieldMarker
from dehazer.files.pictures import PictureNotes
from dehazer.frames.color import Matrix
from dehazer.frames.frame import ColorTags, Frame, PixelFormat, Range
from dehazer.sinks._captions import CODECS, with_captions
from dehazer.sinks._encoders import Settings, alpha_name, has_alpha

_SCALING = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP
_NEVER_REORDERED = 2
"""Pictures: so few are decoded in the order they are shown."""
_SPACES = {Matrix.BT709: Colorspace.ITU709, Matrix.FCC: Colorspace.FCC, Matrix.BT470BG: Colorspace.ITU601,
           Matrix.SMPTE170M: Colorspace.ITU601, Matrix.SMPTE240M: Colorspace.SMPTE240M, Matrix.BT2020_NCL: Colorspace.BT2020}


def written_tags(layout: PixelFormat, tags: ColorTags, pix_fmt: str) -> ColorTags:
    """Colour tags of the stream: the input's own, unless RGB must become YUV (BT.709, limited) or the other way round."""
    was_rgb = layout.family in ("rgb", "gbr")
    is_rgb = VideoFormat(pix_fmt, 64, 64).is_rgb
    if was_rgb and not is_rgb:
        return replace(tags, matrix=int(Matrix.BT709), range=int(Range.FULL if pix_fmt.startswith("yuvj") else Range.LIMITED))
    if is_rgb:
        return replace(tags, matrix=int(Matrix.RGB), range=int(Range.FULL))
    full = layout.full or pix_fmt.startswith("yuvj")
    return replace(tags, range=int(Range.FULL)) if full else tags


def nearest(value: Fraction) -> int:
    """Nearest whole number; halves always go up, so that equal steps stay equal."""
    return math.floor(value + Fraction(1, 2))


class FrameConverter:
    """Makes encoder pictures of one stream. `shift` seconds are added to every time.

    resized: pictures whose size differed and that were scaled. moved: pictures whose time did not lie after the one
    before and was set to the next tick.
    """

    def __init__(self, settings: Settings, shift: Fraction = Fraction(0)) -> None:
        self._settings, self._shift = settings, shift
        self._clock = settings.coder_clock
        self._reformatter = VideoReformatter()
        self._last: int | None = None
        self._marker = FieldMarker(settings.flags.fields)
        self._counted = self._clock != settings.time_base
        self._true_times: dict[int, int] = {}
        self._codec, self._captions = Codec(settings.encoder, "w").canonical_name, dict[int, bytes]()
        self._count = self._given = 0
        self.resized = self.moved = 0

    def picture(self, frame: Frame) -> av.VideoFrame:
        """The frame as the encoder wants it, with its time in the encoder's clock."""
        target = self._settings
        made = self._transparent(frame) or self._opaque(frame)
        self._tag(made, frame)
        if (made.format.name, frame.width, frame.height) != (target.pix_fmt, target.width, target.height):
            self.resized += (frame.width, frame.height) != (target.width, target.height)
            made = self._converted(made, frame)
        made.pts, made.time_base = self._pts(frame, target.time_base), target.time_base
        self._given += 1
        if self._counted:
            self._true_times[self._count] = made.pts
            made.pts, made.time_base = self._count, self._clock
            self._count += 1
        if isinstance(frame.transfer, PictureNotes) and frame.transfer.captions and self._codec in CODECS:
            self._captions[made.pts] = frame.transfer.captions
        return self._marker.marked(made)

    @property
    def last(self) -> int | None:
        """pts of the last picture, in the stream's time base."""
        return self._last

    def go_on(self, last: int | None) -> None:
        """What follows goes to a new encoder, behind a picture whose pts was `last`."""
        self._last, self._count, self._given = last, 0, 0
        self._true_times.clear()
        self._captions.clear()

    def timed(self, packet: Packet[VideoStream]) -> Packet[VideoStream]:
        """A packet of the encoder with the true times of its picture, where the encoder counts pictures or does not know.

        And with the closed captions of its picture.
        """
        if packet.pts is not None and (captions := self._captions.pop(packet.pts, b"")):
            packet = with_captions(packet, self._codec, captions)
        if self._given <= _NEVER_REORDERED and self._settings.encoder == "libx265":
            packet.dts = packet.pts  # x265 shifts these by a delay that it sets with the third picture only
        if self._counted and packet.pts is not None:
            order = packet.pts if packet.dts is None else packet.dts
            packet.duration = nearest(packet.duration * self._clock / self._settings.time_base) if packet.duration else 0
            packet.pts = self._true_times[packet.pts]
            packet.dts = self._true_time(order) if self._settings.delay else packet.pts  # MPEG-2 waits a picture without need
            packet.time_base = self._settings.time_base
            for old in [k for k in self._true_times if k < order - 1]:
                del self._true_times[old]
        return packet

    def _true_time(self, order: int) -> int:
        """Time of the order-th picture; decoding begins before the first one where pictures are reordered."""
        first = min(self._true_times)
        step = nearest(self._clock / self._settings.time_base)
        return self._true_times[order] if order in self._true_times else self._true_times[first] + (order - first) * step

    def _opaque(self, frame: Frame) -> av.VideoFrame:
        made = av.VideoFrame(frame.width, frame.height, self._layout_name(frame.format))
        for view, plane in zip(plane_views(made, frame.format), frame.planes, strict=True):
            np.copyto(view, plane)
        return made

    def _transparent(self, frame: Frame) -> av.VideoFrame | None:
        """The planes and the transparency that came with them, where the encoder takes it."""
        notes, name, bits = frame.transfer, alpha_name(frame.format.name), frame.format.bits
        if not isinstance(notes, PictureNotes) or notes.alpha is None or not has_alpha(self._settings.pix_fmt):
            return None
        if name is None or notes.alpha.shape != (frame.height, frame.width):
            return None
        made = av.VideoFrame(frame.width, frame.height, name)
        if frame.format.family == "rgb":
            view = packed_view(made, 4)
            view[..., :3], view[..., 3] = frame.planes[0], notes.alpha_in(bits)
            return made
        for view, plane in zip(plane_views(made, frame.format), frame.planes, strict=True):
            np.copyto(view, plane)
        np.copyto(extra_plane(made, bits), notes.alpha_in(bits))
        return made

    def _layout_name(self, layout: PixelFormat) -> str:
        """yuv420p and yuvj420p are the same planes: take the name the encoder uses, if their range is the same."""
        wanted = self._settings.pix_fmt
        same = wanted.replace("yuvj", "yuv") == layout.name.replace("yuvj", "yuv")
        if same and (wanted == layout.name or layout.full or self._settings.color.range != Range.FULL):
            return wanted
        return layout.name

    def _tag(self, made: av.VideoFrame, frame: Frame) -> None:
        made.color_range = int(Range.FULL) if frame.full_range else int(Range.LIMITED)
        made.colorspace = frame.color.matrix
        made.color_primaries, made.color_trc = frame.color.primaries, frame.color.transfer

    def _converted(self, made: av.VideoFrame, frame: Frame) -> av.VideoFrame:
        """With explicit matrix and range on both sides: swscale's guess for untagged RGB would be BT.601."""
        tags = self._settings.color
        full = tags.range == Range.FULL or (tags.range == Range.UNSPECIFIED and frame.full_range)
        space = _SPACES.get(Matrix(tags.matrix) if tags.matrix in _SPACES else Matrix(frame.color.matrix)
                            if frame.color.matrix in _SPACES else Matrix.SMPTE170M)
        return self._reformatter.reformat(
            made, self._settings.width, self._settings.height, self._settings.pix_fmt, src_colorspace=space, dst_colorspace=space,
            src_color_range=ColorRange.JPEG if frame.full_range else ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG if full else ColorRange.MPEG, interpolation=_SCALING)

    def _pts(self, frame: Frame, clock: Fraction) -> int:
        if frame.pts is None:
            step = max(1, round(1 / ((self._settings.rate or Fraction(25)) * clock)))
            pts = 0 if self._last is None else self._last + step
        else:
            pts = nearest((frame.pts * frame.time_base + self._shift) / clock)
        if self._last is not None and pts <= self._last:
            pts = self._last + 1
            self.moved += 1
        self._last = pts
        return pts

    @property
    def warnings(self) -> tuple[str, ...]:
        """What had to be changed on the way, counted."""
        notes = ((self.resized, "{n} frames changed their size in the middle of the film and were scaled to that of the first."),
                 (self.moved, "{n} frames had a time that did not lie after the one before; they were moved to the next tick."))
        return tuple(text.format(n=n) for n, text in notes if n)


