"""Frames into one picture file of several pictures: an animated GIF, WebP or PNG, a TIFF of many pages.

The pictures are collected in a TIFF beside the output, so that they do not fill the memory; for a TIFF, that is the output.
"""

from __future__ import annotations

import io
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image
from PIL.TiffImagePlugin import AppendingTiffWriter

from dehazer.errors import OutputError
from dehazer.files.animations import animation_in
from dehazer.files.output_paths import check_folder, identity, new_partial_file, put_in_place, reason
from dehazer.files.pictures import PictureNotes
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sinks.images import QUALITY, descriptions, encoded_picture, lost_in

_ANIMATED = (".gif", ".webp", ".png")
_GIF_STEP = 10
"""Milliseconds: GIF stores times in steps of these."""


class PageSink(Sink):
    """Every frame into one picture file. Pictures, times and how often it is played are kept."""

    def __init__(self, path: Path, info: VideoInfo, copy_from: Path | None = None) -> None:
        check_folder(path.parent)
        self._path, self._before, self._info = path, identity(path), info
        self._animation = None if copy_from is None else animation_in(copy_from)
        self._suffix = path.suffix.lower()
        self._lost = dict.fromkeys(self._left_out(copy_from))
        self._times: list[float] = []
        self._described: dict[str, Any] = {}
        self._partial: Path | None = None
        self._stack, self._done = ExitStack(), False
        self._file: BinaryIO | None = None
        self._pages: AppendingTiffWriter | None = None

    def _left_out(self, copy_from: Path | None) -> list[str]:
        lost = []
        if self._info.media_file and copy_from is not None and copy_from.suffix.lower() not in _ANIMATED:
            kind = self._suffix.lstrip(".").upper()
            lost.append(f"{kind} files hold pictures alone; sound, subtitles, chapters and titles are left out.")
        if self._suffix == ".gif" and (copy_from is None or copy_from.suffix.lower() != ".gif"):
            lost.append("GIF files hold 256 colours a picture; others become the nearest of these.")
        return lost

    @property
    def warnings(self) -> tuple[str, ...]:
        """What this type of file cannot hold."""
        return (*self.unused, *self._lost)

    def write(self, frame: Frame) -> None:
        """Add a picture. Raises OutputError."""
        self._lost.update(dict.fromkeys(lost_in(self._suffix, frame)))
        if not self._times and isinstance(frame.transfer, PictureNotes):
            self._described = descriptions(frame.transfer, self._suffix)
        try:
            self._append(encoded_picture(frame, ".tif"))
        except OSError as error:
            raise OutputError(f"{self._path} cannot be written: {reason(error)}.", str(error)) from error
        self._times.append(float(len(self._times)) * 40 if frame.seconds is None else frame.seconds * 1000)

    def _append(self, page: bytes) -> None:
        if self._file is None:
            self._partial = new_partial_file(self._path)
            in_place = self._suffix not in _ANIMATED
            opened = self._partial.open("r+b") if in_place else tempfile.TemporaryFile(dir=self._path.parent)  # noqa: SIM115
            self._file = self._stack.enter_context(opened)
            self._pages = self._stack.enter_context(AppendingTiffWriter(self._file))
        assert self._pages is not None
        self._pages.write(page)
        self._pages.newFrame()

    def finish(self) -> SinkResult:
        """Give the file its name."""
        if not self._times:
            self.discard()
            return SinkResult(None, 0)
        partial = self._complete()
        put_in_place(partial, self._path, self._before)
        return SinkResult(self._path, len(self._times), warnings=self.warnings)

    def stop(self) -> SinkResult:
        """Keep the pictures written so far, under the partial name."""
        if not self._times:
            self.discard()
            return SinkResult(None, 0, complete=False)
        return SinkResult(self._complete(), len(self._times), complete=False, warnings=self.warnings)

    def _complete(self) -> Path:
        assert self._partial is not None
        assert self._file is not None
        assert self._pages is not None
        self._done = True
        try:
            self._pages.finalize()
            self._file.flush()
            if self._suffix in _ANIMATED:
                self._convert(self._partial)
        except OSError as error:
            self._partial.unlink(missing_ok=True)
            raise OutputError(f"{self._path} cannot be written: {reason(error)}.", str(error)) from error
        finally:
            self._stack.close()
        return self._partial

    def _convert(self, partial: Path) -> None:
        """The collected pictures into the animation."""
        assert self._file is not None
        self._file.seek(0)
        memory = io.BytesIO()
        with Image.open(self._file) as pages:
            kind = Image.registered_extensions()[self._suffix]
            pages.save(memory, kind, save_all=True, **QUALITY.get(self._suffix, {}), **self._described, **self._timing())
        partial.write_bytes(memory.getvalue())

    def _timing(self) -> dict[str, Any]:
        """Pillow's options for times and repeats."""
        known, plays = self._animation, 0 if self._animation is None else self._animation.plays
        steps = [round(after - before) for before, after in zip(self._times, self._times[1:], strict=False)]
        usual = round(1000 / self._info.rate) if self._info.rate else 40
        whole = known is not None and len(known.durations) == len(self._times)
        durations = [*steps, known.durations[-1] if known is not None and whole else steps[-1] if steps else usual]
        if self._suffix != ".gif":
            return {"duration": durations, "loop": plays}
        options: dict[str, Any] = {"duration": [max(2 * _GIF_STEP, one) for one in durations], "disposal": 2}
        if known is not None and known.comment:
            options["comment"] = known.comment
        return options if plays == 1 else options | {"loop": max(0, plays - 1)}

    def discard(self) -> None:
        """Remove what was written."""
        if not self._done:
            self._done = True
            self._stack.close()
            if self._partial is not None:
                self._partial.unlink(missing_ok=True)
