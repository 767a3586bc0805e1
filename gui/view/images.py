"""From a Moment to images that Qt can paint. Each QImage keeps its buffer; nothing is converted before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QT_TRANSLATE_NOOP, QSizeF
from PyQt6.QtGui import QImage

if TYPE_CHECKING:
    from dehazer import Frame, Moment

DIFFERENCE_GAIN = 2
"""The difference is shown brightened by this factor, limited at white."""


class ImagePair:
    """One instant as images, original and dehazed. Whatever is shown of it belongs to the same moment, for as long as it is kept.

    rotation: degrees counter-clockwise for display, a multiple of 90 (others are rounded). aspect: width : height of a pixel.
    shown: (height, width) in pixels of the screen of a turned picture that is shown smaller than it is; no more are converted,
    and the painter has nothing to scale. None converts every pixel. size: as `display_size` says.
    """

    def __init__(self, moment: Moment, rotation: float = 0.0, aspect: Fraction | None = None,
                 shown: tuple[int, int] | None = None) -> None:
        self.moment, self.shown = moment, shown
        self._turns = _quarter_turns(rotation)
        self.size = display_size(moment, rotation, aspect)
        self._kept: dict[str, QImage] = {}

    def image(self, picture: str) -> QImage:
        """The picture of that name in PICTURES; converted once."""
        if picture not in self._kept:
            self._kept[picture] = PICTURES[picture].render(self)
        return self._kept[picture]

    @property
    def frame_size(self) -> tuple[int, int] | None:
        """`shown` before it is turned."""
        return self.shown if self.shown is None or self._turns % 2 == 0 else (self.shown[1], self.shown[0])

    def converted(self, frame: Frame) -> QImage:
        """A frame of this moment, made smaller and turned."""
        return to_image(frame, self._turns, self.frame_size)


def display_size(moment: Moment, rotation: float = 0.0, aspect: Fraction | None = None) -> QSizeF:
    """Size in pixels of a picture, turned and with square pixels."""
    frame = moment.original
    width, height = frame.width * (float(aspect) if aspect else 1.0), float(frame.height)
    return QSizeF(height, width) if _quarter_turns(rotation) % 2 else QSizeF(width, height)


def _quarter_turns(rotation: float) -> int:
    return round(rotation / 90) % 4


def _render_dehazed(pair: ImagePair) -> QImage:
    if pair.moment.unchanged:
        return pair.image("original")  # bypassed: the very same pixels
    return pair.converted(pair.moment.result_for(pair.frame_size))


def _render_difference(pair: ImagePair) -> QImage:
    """Both made smaller in the same steps, or the difference would show those."""
    result = pair.moment.result_for(pair.frame_size)
    return difference(pair.converted(pair.moment.original_like(result)), pair.image("dehazed"))


@dataclass(frozen=True)
class PictureKind:
    """caption: written over the picture, not yet translated. render: makes it from a pair."""

    caption: str
    render: Callable[[ImagePair], QImage]


PICTURES: dict[str, PictureKind] = {
    "original": PictureKind(QT_TRANSLATE_NOOP("PictureView", "Original"), lambda pair: pair.converted(pair.moment.original)),
    "dehazed": PictureKind(QT_TRANSLATE_NOOP("PictureView", "Dehazed"), _render_dehazed),
    "difference": PictureKind(QT_TRANSLATE_NOOP("PictureView", "Difference ×2"), _render_difference),
}
"""The pictures that view modes are made of."""


def to_image(frame: Frame, turns: int = 0, size: tuple[int, int] | None = None) -> QImage:
    """A frame as RGB32 image, brought to `size` (height, width) if any, then turned `turns` quarter turns counter-clockwise."""
    from dehazer import packed_bgra

    pixels = packed_bgra(frame, size)  # (H, W, 4) uint8
    return BufferImage(pixels if turns == 0 else _turned(pixels, turns))


def _turned(pixels: NDArray[np.uint8], turns: int) -> NDArray[np.uint8]:
    whole = pixels.view(np.uint32)[..., 0]  # a pixel moves as one number
    turned = np.ascontiguousarray(np.rot90(whole, turns))
    return turned.view(np.uint8).reshape(*turned.shape, 4)


class BufferImage(QImage):
    """An image over an array that it keeps alive; Qt itself would not."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        """pixels: (H, W, 4) uint8 BGRA, contiguous; not copied."""
        buffer: Any = pixels.data
        super().__init__(buffer, pixels.shape[1], pixels.shape[0], 4 * pixels.shape[1], QImage.Format.Format_RGB32)
        self.pixels = pixels


def rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    """(H, W, 3) uint8 RGB as an image of its own."""
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    """(H, W, 4) uint8 view of an RGB32 image; valid while the image lives."""
    data: Any = image.constBits()
    data.setsize(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4)


def difference(one: QImage, other: QImage) -> QImage:
    """Absolute difference per colour, brightened by DIFFERENCE_GAIN."""
    a, b = pixels_of(one), pixels_of(other)
    apart = np.maximum(a, b) - np.minimum(a, b)
    np.minimum(apart, 255 // DIFFERENCE_GAIN, out=apart)
    apart *= DIFFERENCE_GAIN
    return BufferImage(apart)


def faded(image: QImage) -> QImage:
    """The picture without its colours and darkened, for a last frame that is no longer current."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    pixels = pixels_of(grey)
    return BufferImage((pixels >> 1) + (pixels >> 4))
