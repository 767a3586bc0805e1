"""One small picture of a film, from the key frame next to a moment: no other picture is decoded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import DamagedInputError

if TYPE_CHECKING:
    from dehazer.sources.key_frames import KeyFrame

Pixels = NDArray[np.uint8]
_BEFORE_END = 0.001
"""Seconds before its end from which on a film has no picture that could be asked for."""


def key_picture(path: Path, seconds: float, duration: float, bounds: tuple[int, int]) -> tuple[float, Pixels]:
    """(seconds since the first picture, (H, W, 3) uint8 RGB) of the key frame at or before `seconds`.

    duration: of the film, seconds. bounds: (width, height) in pixels that the picture fits into; it is turned and stretched
    as for display. In files without an index it is the next key frame behind. Raises InputError members.
    """
    from dehazer.sources.key_frames import KeyFrames

    wanted = min(max(0.0, seconds), max(0.0, duration - _BEFORE_END))
    with KeyFrames(path, duration) as keys:
        found = next(keys.pictures(wanted, duration + 1), None)
        if found is None:
            raise DamagedInputError(f"{path} holds no complete picture {wanted:.1f} s behind its first one.")
        return found.seconds, _small(found, keys.sample_aspect, bounds)


def _small(found: KeyFrame, sample_aspect: float, bounds: tuple[int, int]) -> Pixels:
    from dehazer.frames.rgb import packed_rgb

    turned = round(found.rotation / 90) % 4
    aspect = found.frame.width * sample_aspect / found.frame.height
    width, height = _fitted(1 / aspect if turned % 2 else aspect, bounds)
    pixels = packed_rgb(found.frame, (width, height) if turned % 2 else (height, width))
    return np.ascontiguousarray(np.rot90(pixels, turned))


def _fitted(aspect: float, bounds: tuple[int, int]) -> tuple[int, int]:
    """(width, height) of the largest picture of an aspect inside bounds."""
    width = min(bounds[0], round(bounds[1] * aspect))
    return max(2, width), max(2, min(bounds[1], round(width / aspect)))
