"""The little that sources and sinks share about media files: opening one, finding its picture stream, seeing its planes.

Imports FFmpeg's bindings; import it only where a codec is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np
from av.codec.hwaccel import HWAccel
from av.container import InputContainer
from av.sidedata.sidedata import Type as SideDataType
from av.stream import Disposition, Stream
from av.subtitles.codeccontext import SubtitleCodecContext
from av.video.plane import VideoPlane
from av.video.stream import VideoStream

from dehazer.errors import DamagedInputError, InputError, NoVideoError
from dehazer.files.inputs import check_readable
from dehazer.frames.frame import PixelFormat, Plane

FFMPEG_ERRORS = (av.error.FFmpegError, av.error.EOFError)
"""What PyAV raises when FFmpeg fails."""


def open_input(path: Path, hwaccel: HWAccel | None = None) -> InputContainer:
    """Open a media file for reading. Raises InputError members; FFmpeg's own words are in `.detail`."""
    check_readable(path)
    try:
        # "file:" keeps a name such as "http:x.mp4" or "concat:a|b" from being taken for an address
        return av.open(f"file:{path}", "r", hwaccel=hwaccel, metadata_errors="replace")
    except PermissionError as error:
        raise InputError(f"{path} may not be read; check its permissions.", str(error)) from error
    except av.error.InvalidDataError as error:
        sentence = f"{path} is not a video, or it is damaged so early that nothing can be read."
        raise DamagedInputError(sentence, str(error)) from error
    except FFMPEG_ERRORS as error:
        raise InputError(f"{path} cannot be opened as a video.", str(error)) from error


def is_cover(stream: Stream) -> bool:
    """Whether a stream is a still cover picture and not the film."""
    return bool(stream.disposition & Disposition.attached_pic)


def is_text(stream: Stream) -> bool:
    """Whether a stream is subtitles of words, which every text codec can hold, and not of pictures."""
    return isinstance(stream.codec_context, SubtitleCodecContext) and stream.codec_context.codec.text_sub


def picture_stream(container: InputContainer, path: Path) -> VideoStream:
    """The stream with the film in it: FFmpeg's own choice unless that is a cover picture. Raises NoVideoError."""
    films = [s for s in container.streams.video if not is_cover(s)]
    if not films:
        kinds = sorted({s.type for s in container.streams} - {"video"})
        holds = [*kinds, *(["a cover picture"] if container.streams.video else [])] or ["nothing"]
        raise NoVideoError(f"{path} holds no video ({' and '.join(holds)} only).")
    best = container.streams.best("video")
    stream = best if isinstance(best, VideoStream) and best in films else films[0]
    if stream.codec_context is None:
        raise InputError(f"The video in {path} is stored in a way this build of FFmpeg cannot decode.")
    return stream


def side_data(picture: av.VideoFrame) -> dict[SideDataType, bytes]:
    """What comes with a picture beside its planes; nothing where it has a kind (EXIF) that FFmpeg's bindings do not know.

    The picture then stays in memory until Python's garbage collector comes: not for every picture of a film.
    """
    try:
        blocks: Any = picture.side_data  # its stub knows one key only
    except ValueError:
        return {}
    return {blocks[i].type: bytes(blocks[i]) for i in range(len(blocks))}


_FURTHER = {
    SideDataType.DYNAMIC_HDR_PLUS: "HDR10+", SideDataType.DYNAMIC_HDR_VIVID: "HDR Vivid",
    SideDataType.DOVI_RPU_BUFFER: "Dolby Vision", SideDataType.DOVI_METADATA: "Dolby Vision",
    SideDataType.AMBIENT_VIEWING_ENVIRONMENT: "viewing environment",
    SideDataType.STEREO3D: "3D layout", SideDataType.SPHERICAL: "360° projection", SideDataType.AFD: "active format",
}


def further_metadata(side: dict[SideDataType, bytes]) -> tuple[str, ...]:
    """Names, for people, of what a picture carries and no encoder is told."""
    return tuple(dict.fromkeys(name for kind, name in _FURTHER.items() if kind in side))


def plane_views(picture: av.VideoFrame, layout: PixelFormat) -> tuple[Plane, ...]:
    """Planes of `picture` without copying, transparency left aside; each array holds a reference to the buffer it looks into."""
    shapes = layout.plane_shapes(picture.height, picture.width)
    return tuple(_view(plane, shape, layout.dtype) for plane, shape in zip(picture.planes, shapes, strict=False))


def extra_plane(picture: av.VideoFrame, bits: int) -> Plane:
    """The fourth plane of `picture`, its transparency: (H, W), samples of `bits`, without copying."""
    return _view(picture.planes[3], (picture.height, picture.width), np.uint8 if bits == 8 else np.uint16)


def packed_view(picture: av.VideoFrame, samples: int) -> Plane:
    """(H, W, samples) uint8: the one plane of a packed picture, without copying."""
    return _view(picture.planes[0], (picture.height, picture.width, samples), np.uint8)


def _view(plane: VideoPlane, shape: tuple[int, ...], dtype: type[np.uint8] | type[np.uint16]) -> Plane:
    stride = abs(plane.line_size)
    count = shape[0] * stride // np.dtype(dtype).itemsize
    flat: Plane = np.frombuffer(memoryview(plane), dtype, count).reshape(shape[0], -1)
    rows = flat[:, : int(np.prod(shape[1:]))].reshape(shape)
    return rows if plane.line_size > 0 else rows[::-1].copy()
