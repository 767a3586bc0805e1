"""One small picture of a recording, from the key frame at or before a moment: no other picture is decoded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import DamagedInputError, InputError

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

Pixels = NDArray[np.uint8]


def key_picture(path: Path, seconds: float, bounds: tuple[int, int]) -> tuple[float, Pixels]:
    """(seconds since the first picture, (H, W, 3) uint8 RGB) of the key frame at or before `seconds`.

    bounds: (width, height) in pixels that the picture fits into; its shape and rotation are those it is displayed with.
    Raises InputError members, also for files without times (raw streams), of which only the first picture can be found.
    """
    from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream

    with open_input(path) as container:
        stream = picture_stream(container, path)
        stream.codec_context.skip_frame = "NONKEY"
        try:
            _search(container, stream, seconds)
            frame = next(container.decode(stream), None)
        except FFMPEG_ERRORS as error:
            raise DamagedInputError(f"{path} is damaged {seconds:.1f} s behind its first picture.", str(error)) from error
        if frame is None:
            raise DamagedInputError(f"{path} holds no complete picture {seconds:.1f} s behind its first one.")
        behind = ((frame.pts or 0) - (stream.start_time or 0)) * float(stream.time_base or 0)
        return behind, _small(frame, stream, bounds)


def _search(container: InputContainer, stream: VideoStream, seconds: float) -> None:
    from dehazer.files.media import FFMPEG_ERRORS

    if seconds <= 0:
        return
    try:
        container.seek((stream.start_time or 0) + int(seconds / float(stream.time_base or 1)), stream=stream)
    except (*FFMPEG_ERRORS, PermissionError) as error:  # a picture from elsewhere would mislead
        name = container.name.removeprefix("file:")
        raise InputError(f"{name} cannot be searched: its pictures have no times.", str(error)) from error


def _small(frame: VideoFrame, stream: VideoStream, bounds: tuple[int, int]) -> Pixels:
    turned = round(frame.rotation / 90) % 4
    aspect = frame.width * float(stream.sample_aspect_ratio or 1) / frame.height
    width, height = _fitted(1 / aspect if turned % 2 else aspect, bounds)
    size = (height, width) if turned % 2 else (width, height)
    pixels = frame.reformat(*size, format="rgb24").to_ndarray()
    return np.ascontiguousarray(np.rot90(pixels, turned), np.uint8)


def _fitted(aspect: float, bounds: tuple[int, int]) -> tuple[int, int]:
    """(width, height) of the largest picture of an aspect inside bounds."""
    width = min(bounds[0], round(bounds[1] * aspect))
    return max(2, width), max(2, min(bounds[1], round(width / aspect)))
