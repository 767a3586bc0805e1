"""Several cameras in step in one film: at each instant every tile shows the frame that its camera had at that time of day."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from dehazer.enhance import Enhancer
from dehazer.errors import InputError
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame, VideoInfo, frame_from_rgb
from dehazer.frames.rgb import Pixels, packed_rgb
from dehazer.review.burn_in import clock_text
from dehazer.review.export_context import ExportContext
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import ExportRequest
from dehazer.review.footage import Footage
from dehazer.review.footage_source import FootageSource, FrameOrigin
from dehazer.sinks.additions import Additions
from dehazer.sinks.video import VideoSink
from dehazer.stages.labels import ENHANCED, Area, Label, draw

LARGEST = (1080, 1920)
"""Height and width of the whole picture at most."""
FASTEST = Fraction(30)
CLOCK = Fraction(1, 90000)
_LASTS = timedelta(seconds=0.1)
"""How long a frame is shown beyond two intervals of its camera before its tile is empty."""
_EMPTY = 20


@dataclass(frozen=True)
class MosaicLayout:
    """rows, columns of tiles; height, width of a tile in pixels, both even."""

    rows: int
    columns: int
    height: int
    width: int

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the whole picture."""
        return self.rows * self.height, self.columns * self.width

    def place(self, number: int) -> tuple[int, int]:
        """Top and left of a tile."""
        return number // self.columns * self.height, number % self.columns * self.width

    def area(self, number: int) -> Area:
        """A tile as shares of the picture."""
        return Area(number // self.columns / self.rows, number % self.columns / self.columns, 1 / self.rows, 1 / self.columns)


def layout_of(shapes: Sequence[tuple[int, int]], cameras: int) -> MosaicLayout:
    """As square as can be, tiles as large as the largest camera but no larger than fits. shapes: height and width as shown."""
    columns = math.ceil(math.sqrt(cameras))
    rows = math.ceil(cameras / columns)
    height, width = max(h for h, _ in shapes), max(w for _, w in shapes)
    scale = min(1.0, LARGEST[0] / (rows * height), LARGEST[1] / (columns * width))
    return MosaicLayout(rows, columns, max(2, int(height * scale) // 2 * 2), max(2, int(width * scale) // 2 * 2))


class _Lane:
    """One camera: its frames in order of time, dehazed when they are shown."""

    def __init__(self, source: FootageSource, enhancer: Enhancer) -> None:
        self.source, self._enhancer = source, enhancer
        self._frames = iter(source)
        self._interval = timedelta(seconds=float(1 / (source.info.rate or Fraction(25))))
        self._shown: tuple[Pixels, FrameOrigin] | None = None
        self._waiting: tuple[Frame, FrameOrigin] | None = self._next()

    def _next(self) -> tuple[Frame, FrameOrigin] | None:
        frame = next(self._frames, None)
        return None if frame is None else (frame, self.source.origins.pop(frame.index))

    @property
    def next_time(self) -> datetime | None:
        """When the next frame is shown; None behind the last."""
        return None if self._waiting is None else self._waiting[1].when

    def at(self, when: datetime, tile: MosaicLayout) -> tuple[Pixels, FrameOrigin] | None:
        """The picture of an instant, fitted into a tile; instants may only go forward."""
        newest: tuple[Frame, FrameOrigin] | None = None
        while self._waiting is not None and self._waiting[1].when <= when:
            newest, self._waiting = self._waiting, self._next()
        if newest is not None:
            self._shown = self._fitted(newest[0], tile), newest[1]
        if self._shown is None or when > self._shown[1].when + 2 * self._interval + _LASTS:
            return None
        return self._shown

    def _fitted(self, frame: Frame, tile: MosaicLayout) -> Pixels:
        turns = round(self.source.info.rotation / 90) % 4
        result = self._enhancer.engine.download(self._enhancer(frame).result)
        height, width = shown_shape(self.source.info)
        scale = min(tile.height / height, tile.width / width)
        size = max(1, round(height * scale)), max(1, round(width * scale))
        pixels = np.ascontiguousarray(np.rot90(packed_rgb(result), turns))
        return np.asarray(cv2.resize(pixels, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)


def shown_shape(info: VideoInfo) -> tuple[int, int]:
    """Height and width of a picture as it is shown: turned, with square pixels."""
    height, width = info.height, round(info.width * float(info.sample_aspect or 1))
    return (width, height) if round(info.rotation / 90) % 2 else (height, width)


class MosaicFrames:
    """The frames of a mosaic, composed one by one. notes: a sentence for each camera without footage. A context manager."""

    def __init__(self, request: ExportRequest, context: ExportContext) -> None:
        self._request, self._zone, self._stack = request, context.zone, ExitStack()
        self._notes = ["A film of several cameras has no sound."]
        try:
            self._lanes = {camera: self._lane(camera, context) for camera in request.cameras}
            sources = [lane.source for lane in self._lanes.values() if lane is not None]
            if not sources:
                raise InputError("There is no recording of any of these cameras in the chosen span; choose another span.")
        except BaseException:
            self._stack.close()
            raise
        self.layout = layout_of([shown_shape(source.info) for source in sources], len(request.cameras))
        self.rate = min(FASTEST, max((source.info.rate or Fraction(25)) for source in sources))
        height, width = self.layout.size
        count = math.ceil(request.span.duration * self.rate)
        self.info = VideoInfo(width, height, PIXEL_FORMATS["rgb24"], ColorTags(0, 2), CLOCK, self.rate, count,
                              request.span.duration, name="mosaic")
        self.count = 0

    def _lane(self, camera: str, context: ExportContext) -> _Lane | None:
        try:
            footage: Footage = context.footage(self._request, camera)
        except InputError as error:
            self._notes.append(str(error))
            return None
        source = self._stack.enter_context(FootageSource(footage))
        return _Lane(source, Enhancer(context.engine, self._request.options_of(camera)))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is missing or damaged, one sentence each."""
        lanes = [lane for lane in self._lanes.values() if lane is not None]
        return (*self._notes, *(f"{lane.source.info.name}: {note}" for lane in lanes for note in lane.source.warnings))

    def __iter__(self) -> Iterator[tuple[float, Frame]]:
        """(share of the span that is done, frame); instants at which no camera has a picture are left out."""
        step, span = 1 / self.rate, self._request.span
        for number in range(math.ceil(span.duration * self.rate)):
            when = span.start + timedelta(seconds=float(number * step))
            tiles = [None if lane is None else lane.at(when, self.layout) for lane in self._lanes.values()]
            if any(tile is not None for tile in tiles):
                yield number * float(step) / span.duration, self._composed(tiles)

    def _composed(self, tiles: Sequence[tuple[Pixels, FrameOrigin] | None]) -> Frame:
        height, width = self.layout.size
        canvas = np.full((height, width, 3), _EMPTY, np.uint8)
        labels: list[Label] = []
        for number, (camera, tile) in enumerate(zip(self._lanes, tiles, strict=True)):
            if tile is not None:
                _paste(canvas, tile[0], self.layout.place(number), self.layout)
            labels += self._labels(camera, tile, self.layout.area(number))
        pts = round(self.count / self.rate / CLOCK)
        self.count += 1
        return draw(frame_from_rgb(canvas, self.count - 1, pts, CLOCK), labels)

    def _labels(self, camera: str, tile: tuple[Pixels, FrameOrigin] | None, area: Area) -> list[Label]:
        wanted = self._request.burn_in
        if tile is None:
            return [Label(f"{camera}   no recording", "bottom left", area)]
        clock = clock_text(tile[1].when, self._zone, tile[1].recording.time_source) if wanted.clock else ""
        left = "   ".join(text for text, shown in ((camera, wanted.camera), (clock, wanted.clock)) if shown)
        return [Label(left, "bottom left", area, running=wanted.clock)] * bool(left) + (
            [Label(ENHANCED, "top right", area)] * wanted.label)

    def __enter__(self) -> MosaicFrames:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def _paste(canvas: Pixels, tile: Pixels, place: tuple[int, int], layout: MosaicLayout) -> None:
    """Into the middle of its place."""
    top = place[0] + (layout.height - tile.shape[0]) // 2
    left = place[1] + (layout.width - tile.shape[1]) // 2
    canvas[top : top + tile.shape[0], left : left + tile.shape[1]] = tile


def export_mosaic(request: ExportRequest, target: Path, context: ExportContext,
                  control: ExportControl) -> tuple[int, tuple[int, int], tuple[str, ...]]:
    """Write the film; returns frames, (width, height) and what it holds differently. Raises members of `dehazer.errors`."""
    encode = replace(request.encode, pix_fmt=request.encode.pix_fmt or "yuv420p")
    begin = request.span.start.astimezone(UTC).isoformat(timespec="milliseconds")
    tags = {"title": f"{', '.join(request.cameras)}: cameras in step, dehazed (enhanced picture)", "creation_time": begin,
            "comment": f"Footage from {begin}; exported by dehazer"}
    with MosaicFrames(request, context) as frames, VideoSink(target, frames.info, encode,
                                                             additions=Additions(tags, keep_partial=False)) as sink:
        for share, frame in frames:
            control.step(share)
            sink.write(frame)
        sink.finish()
        return frames.count, (frames.info.width, frames.info.height), frames.notes
