"""What flows through the program: frames, and what is known of the stream they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import UsageError

Plane = NDArray[Any]
"""(rows, columns) uint8 or uint16 code values; packed RGB is (rows, columns, 3). In frames that live on a graphics device
(`Frame.on_host` is False, see `dehazer.frames.device_frame`) a torch tensor of the same shape and type."""

Family = Literal["yuv", "gray", "rgb", "gbr"]


class Range(IntEnum):
    """Code range as FFmpeg numbers it."""

    UNSPECIFIED = 0
    LIMITED = 1
    FULL = 2


@dataclass(frozen=True)
class ColorTags:
    """What the stream says about its colours, kept verbatim so that the same tags can be written.

    Values are H.273 numbers; `range` is FFmpeg's (0 unspecified, 1 limited, 2 full). 2 means "unspecified" for the
    other three.
    """

    matrix: int = 2
    range: int = 0
    primaries: int = 2
    transfer: int = 2


@dataclass(frozen=True)
class PixelFormat:
    """Layout of the planes of a frame.

    name: FFmpeg's name. family: "yuv" planes (Y, U, V), "gray" one plane, "rgb" one packed plane (rows, columns, 3),
    "gbr" three planes in the order G, B, R. bits: per sample. sub_x, sub_y: log2 of the chroma subsampling.
    full: the format's own name says full range (yuvj…, RGB).
    """

    name: str
    family: Family
    bits: int = 8
    sub_x: int = 0
    sub_y: int = 0
    full: bool = False

    @property
    def dtype(self) -> type[np.uint8] | type[np.uint16]:
        """Sample type of the planes."""
        return np.uint8 if self.bits == 8 else np.uint16

    def plane_shapes(self, height: int, width: int) -> tuple[tuple[int, ...], ...]:
        """Shape of every plane; chroma sizes round up, as in FFmpeg."""
        if self.family == "rgb":
            return ((height, width, 3),)
        if self.family == "gray":
            return ((height, width),)
        chroma = (-(-height >> self.sub_y), -(-width >> self.sub_x))
        return ((height, width), chroma, chroma)


def _formats() -> dict[str, PixelFormat]:
    out = [PixelFormat("rgb24", "rgb", full=True), PixelFormat("gray", "gray")]
    for sub, (x, y) in {"420": (1, 1), "422": (1, 0), "444": (0, 0), "440": (0, 1), "411": (2, 0)}.items():
        out.append(PixelFormat(f"yuv{sub}p", "yuv", 8, x, y))
        out.append(PixelFormat(f"yuvj{sub}p", "yuv", 8, x, y, full=True))
        if sub != "411":
            out += [PixelFormat(f"yuv{sub}p{bits}le", "yuv", bits, x, y) for bits in (10, 12)]
    out.append(PixelFormat("gbrp", "gbr", full=True))
    out += [PixelFormat(f"gray{bits}le", "gray", bits) for bits in (10, 12)]
    out += [PixelFormat(f"gbrp{bits}le", "gbr", bits, full=True) for bits in (10, 12, 16)]
    return {f.name: f for f in out}


PIXEL_FORMATS = _formats()
"""Every layout the core computes with; sources convert others to the nearest of these and say so."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture. Planes are never written to after construction: a changed picture is a new frame.

    planes: as `format.plane_shapes` says. pts: in units of time_base seconds, None if the source has no clock.
    index: position since the source was opened, from 0. captured: time.monotonic() when a live picture arrived.
    transfer: side data of the source for its sink, opaque to everything else. request: number of the search or step behind
    which this picture comes, 0 before the first.
    """

    planes: tuple[Plane, ...]
    format: PixelFormat
    height: int
    width: int
    color: ColorTags = ColorTags()
    pts: int | None = None
    time_base: Fraction = Fraction(1, 1000)
    index: int = 0
    captured: float | None = None
    transfer: object = field(default=None, repr=False)
    request: int = 0

    def __post_init__(self) -> None:
        shapes = tuple(p.shape for p in self.planes)
        wanted = self.format.plane_shapes(self.height, self.width)
        if shapes != wanted:
            raise UsageError(f"A {self.format.name} frame of {self.width}×{self.height} needs planes of {wanted}, "
                             f"got {shapes}.")
        wanted_type = self.format.dtype.__name__
        if any(str(p.dtype).rpartition(".")[2] != wanted_type for p in self.planes):  # numpy's uint8 and torch.uint8
            raise UsageError(f"A {self.format.name} frame needs {self.format.dtype.__name__} planes, "
                             f"got {[str(p.dtype) for p in self.planes]}.")

    @property
    def on_host(self) -> bool:
        """Whether the planes are numpy arrays in main memory."""
        return isinstance(self.planes[0], np.ndarray)

    @property
    def full_range(self) -> bool:
        """Whether code values use the full range: as tagged, else as the format's name says."""
        if self.format.family in ("rgb", "gbr"):
            return True
        return self.format.full if self.color.range == Range.UNSPECIFIED else self.color.range == Range.FULL

    @property
    def seconds(self) -> float | None:
        """Presentation time in seconds, None if unknown."""
        return None if self.pts is None else float(self.pts * self.time_base)

    def with_planes(self, planes: tuple[Plane, ...]) -> Frame:
        """The same instant with other pixels of the same layout."""
        return replace(self, planes=planes)


def frame_from_rgb(rgb: NDArray[np.uint8], index: int = 0, pts: int | None = None,
                   time_base: Fraction = Fraction(1, 1000)) -> Frame:
    """Wrap a (H, W, 3) uint8 RGB picture; raises UsageError for any other shape or type, and for no pixels at all."""
    if not isinstance(rgb, np.ndarray):
        raise UsageError(f"A picture must be a numpy array, uint8 of shape (height, width, 3), got {type(rgb).__name__}; "
                         "numpy.asarray makes one of most things.")
    if rgb.ndim != 3 or rgb.shape[2] != 3 or rgb.dtype != np.uint8 or not rgb.size:
        raise UsageError(f"A picture must be uint8 of shape (height, width, 3), got {rgb.dtype} of shape {rgb.shape}.")
    height, width = rgb.shape[:2]
    return Frame((rgb,), PIXEL_FORMATS["rgb24"], height, width, ColorTags(matrix=0, range=2), pts, time_base, index)


@dataclass(frozen=True)
class VideoInfo:
    """What a source knows before its first frame. None means unknown.

    rate: average frames per second. frames: count, exact or the container's own estimate. duration: seconds.
    rotation: degrees counter-clockwise the picture must be turned for display. sample_aspect: width : height of a
    pixel. live: frames arrive at their own pace and may be dropped. media_file: `name` is a file of FFmpeg's kind, whose
    sound, chapters and tags a sink may carry over. transparent: transparency comes with the frames (`Frame.transfer`).
    """

    width: int
    height: int
    format: PixelFormat
    color: ColorTags = ColorTags()
    time_base: Fraction = Fraction(1, 1000)
    rate: Fraction | None = None
    frames: int | None = None
    duration: float | None = None
    rotation: float = 0.0
    sample_aspect: Fraction | None = None
    live: bool = False
    name: str = ""
    media_file: bool = False
    transparent: bool = False

    @property
    def summary(self) -> str:
        """Size, pixel format and rate in a few words, for people and log lines."""
        rate = "unknown rate" if self.rate is None else f"{float(self.rate):.5g} frames/s"
        return f"{self.width}×{self.height} {self.format.name}, {rate}"
