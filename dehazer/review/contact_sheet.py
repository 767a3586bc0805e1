"""A contact sheet: a span at a glance, as one picture that can be printed; evenly spaced moments with their times."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from dehazer.config import EnhanceOptions
from dehazer.enhance import Enhancer
from dehazer.errors import InputError, OutputError
from dehazer.files.output_paths import check_output, reason, write_in_place
from dehazer.frames.rgb import packed_rgb
from dehazer.review.export_context import ExportContext
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import ExportRequest
from dehazer.review.footage import Footage, duration_text
from dehazer.review.mosaic_export import shown_shape
from dehazer.review.span import Span
from dehazer.review.wall_clock import WallClock
from dehazer.sources.file import FileSource
from dehazer.stages.labels import zone_text
from dehazer.stages.text_plates import font_of

PAGE = (2339, 1654)
"""Width and height: A4 across at 200 dots per inch."""
MARGIN, GAP, HEADER, CAPTION, NAME_LINE = 90, 24, 150, 44, 48
INK, QUIET, EMPTY = (27, 31, 36), (87, 96, 106), (232, 235, 238)


@dataclass(frozen=True)
class SheetRequest:
    """cameras: one fills the page with moments, each of several has a row of its own. moments: of a camera, at least 1.

    options: what is done with the fields, the same for all; None shows the originals. overwrite: whether `target` may be
    replaced.
    """

    cameras: tuple[str, ...]
    span: Span
    target: Path
    moments: int = 20
    options: EnhanceOptions | None = field(default_factory=EnhanceOptions)
    overwrite: bool = False


@dataclass(frozen=True)
class _Cell:
    """One picture of the sheet; None where there is no recording."""

    picture: Image.Image | None
    caption: str


def save_contact_sheet(request: SheetRequest, context: ExportContext, control: ExportControl | None = None) -> Path:
    """Write the sheet as a PNG or JPEG file; returns its path. Raises OutputExistsError, OutputError, InputError, Cancelled."""
    check_output((), request.target, request.overwrite)
    cells = list(_cells(request, context, control or ExportControl()))
    if all(cell.picture is None for cell in cells):
        raise InputError("There is no recording of any of these cameras in the chosen span; choose another span.")
    page = _page(request, context, cells)
    buffer = io.BytesIO()
    jpeg = request.target.suffix.lower() in (".jpg", ".jpeg")
    page.save(buffer, "JPEG" if jpeg else "PNG", quality=92, dpi=(200, 200))
    try:
        write_in_place(request.target, buffer.getvalue())
    except OSError as error:
        raise OutputError(f"The contact sheet {request.target} cannot be written: {reason(error)}.", str(error)) from error
    return request.target


def _moments(request: SheetRequest) -> list[datetime]:
    """The middles of equal parts of the span."""
    count = max(1, request.moments)
    return [request.span.start + timedelta(seconds=request.span.duration * (number + 0.5) / count) for number in range(count)]


def _cells(request: SheetRequest, context: ExportContext, control: ExportControl) -> Iterator[_Cell]:
    """Camera by camera, moment by moment."""
    total, moments = len(request.cameras) * max(1, request.moments), _moments(request)
    control.part(0.0, 1.0, "Making the contact sheet.")
    for row, camera in enumerate(request.cameras):
        asked = ExportRequest("dehazed", (camera,), request.span, Path("sheet.mkv"))
        try:
            footage: Footage | None = context.footage(asked, camera)
        except InputError:
            footage = None
        with _Reader(footage, request, context) as reader:
            for number, when in enumerate(moments):
                control.step((row * len(moments) + number) / total)
                yield reader.cell(when)


class _Reader:
    """The pictures of one camera, each computed alone: what lies between two moments is not read."""

    def __init__(self, footage: Footage | None, request: SheetRequest, context: ExportContext) -> None:
        self._footage, self._zone, self._source = footage, context.zone, None
        self._path: Path | None = None
        options = request.options
        self._enhancer = None if options is None else Enhancer(context.engine, replace(options, compare=None, temporal=0.0))

    _source: FileSource | None

    def cell(self, when: datetime) -> _Cell:
        """The picture that was shown at `when`."""
        local = when.astimezone(self._zone)
        pieces = self._footage.pieces if self._footage is not None else ()
        piece = next((piece for piece in pieces if when in piece.span), None)
        if piece is None:
            return _Cell(None, f"{local:%H:%M:%S}  no recording")
        if self._path != piece.recording.path:
            self._close()
            self._source, self._path = FileSource(piece.recording.path), piece.recording.path
        assert self._source is not None
        self._source.seek(max(0.0, WallClock.of(piece.recording).seconds(when)))
        frame = next(iter(self._source), None)
        if frame is None:
            return _Cell(None, f"{local:%H:%M:%S}  no picture")
        if self._enhancer is not None:
            self._enhancer.reset()
            frame = self._enhancer.engine.download(self._enhancer(frame).result)
        info = self._source.info
        pixels = np.ascontiguousarray(np.rot90(packed_rgb(frame), round(info.rotation / 90) % 4))
        height, width = shown_shape(info)
        return _Cell(Image.fromarray(pixels).resize((width, height)), f"{local:%H:%M:%S}.{local.microsecond // 100_000}")

    def _close(self) -> None:
        if self._source is not None:
            self._source.close()

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()


def _page(request: SheetRequest, context: ExportContext, cells: Sequence[_Cell]) -> Image.Image:
    page = Image.new("RGB", PAGE, "white")
    pen = ImageDraw.Draw(page)
    local = request.span.start.astimezone(context.zone)
    end = request.span.end.astimezone(context.zone)
    kind = "original pictures" if request.options is None else "dehazed (enhanced pictures)"
    pen.text((MARGIN, MARGIN), ", ".join(request.cameras), INK, font_of(46))
    times = f"{local:%Y-%m-%d %H:%M:%S} to {end:%Y-%m-%d %H:%M:%S} {zone_text(local)}"
    about = f"{times}  ·  {duration_text(request.span.duration)}  ·  {kind}"
    pen.text((MARGIN, MARGIN + 66), about, QUIET, font_of(28, False))
    columns, rows = _grid(request, cells)
    name_line = NAME_LINE if len(request.cameras) > 1 else 0
    width = (PAGE[0] - 2 * MARGIN - (columns - 1) * GAP) // columns
    room = (PAGE[1] - 2 * MARGIN - HEADER - (rows - 1) * GAP) // rows - CAPTION - name_line
    height = min(room, max(round(width * one.height / one.width) for cell in cells if (one := cell.picture) is not None))
    for number, cell in enumerate(cells):
        left = MARGIN + number % columns * (width + GAP)
        top = MARGIN + HEADER + number // columns * (height + CAPTION + name_line + GAP) + name_line
        if name_line and number % columns == 0:
            pen.text((left, top - name_line), request.cameras[number // columns], INK, font_of(28))
        _draw_cell(page, cell, (left, top, width, height))
    return page


def _grid(request: SheetRequest, cells: Sequence[_Cell]) -> tuple[int, int]:
    """Columns and rows: of one camera so that its pictures become as large as can be."""
    if len(request.cameras) > 1:
        return len(cells) // len(request.cameras), len(request.cameras)
    first = next(cell.picture for cell in cells if cell.picture is not None)
    room = PAGE[0] - 2 * MARGIN, PAGE[1] - 2 * MARGIN - HEADER

    def size(columns: int) -> float:
        rows = math.ceil(len(cells) / columns)
        return min((room[0] / columns - GAP) / first.width, (room[1] / rows - GAP - CAPTION) / first.height)

    columns = max(range(1, len(cells) + 1), key=size)
    return columns, math.ceil(len(cells) / columns)


def _draw_cell(page: Image.Image, cell: _Cell, place: tuple[int, int, int, int]) -> None:
    left, top, width, height = place
    pen = ImageDraw.Draw(page)
    if cell.picture is None:
        shown = min(height, round(width * 9 / 16))
        pen.rounded_rectangle((left, top, left + width, top + shown), 8, EMPTY)
    else:
        scale = min(width / cell.picture.width, height / cell.picture.height)
        small = cell.picture.resize((max(1, round(cell.picture.width * scale)), max(1, round(cell.picture.height * scale))),
                                    Image.Resampling.LANCZOS)
        page.paste(small, (left, top))
        shown = small.height
    pen.text((left, top + shown + 8), cell.caption, INK, font_of(24, False))
