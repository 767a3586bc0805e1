"""Short texts as small masks: white letters on a dark rounded plate, drawn once with Pillow and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from dehazer.files.fonts import FONTS

Mask = NDArray[np.float32]
PLATE = 0.6
"""Opacity of the plate."""
_SMOOTH = 4  # the plate's corners are drawn that many times larger


@dataclass(frozen=True, eq=False)
class Plate:
    """A text on its plate. keep: (h, w) float32, share of the picture that stays. white: (h, w) float32, share of white added."""

    keep: Mask
    white: Mask

    @property
    def size(self) -> tuple[int, int]:
        """Height and width, pixels."""
        return self.keep.shape[0], self.keep.shape[1]


@lru_cache(maxsize=8)
def font_of(size: int, bold: bool = True) -> ImageFont.FreeTypeFont:
    """The bundled font in a size in pixels."""
    name = "Inter-SemiBold.otf" if bold else "Inter-Regular.otf"
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=64)
def digit_width(size: int) -> int:
    """Whole pixels of the widest digit: all digits get it, so that a running clock stands evenly and does not shake."""
    return round(max(font_of(size).getlength(digit) for digit in "0123456789"))


@lru_cache(maxsize=2048)
def _glyph(piece: str, size: int) -> tuple[Mask, int]:
    """A digit, or other letters in a row, and their advance in pixels."""
    font = font_of(size)
    own = font.getlength(piece)
    advance = digit_width(size) if piece.isdigit() else round(own)
    height, width = line_height(size), max(1, advance + 2)
    picture = Image.new("L", (width, height))
    ImageDraw.Draw(picture).text(((advance - own) / 2, _baseline(size)), piece, 255, font, anchor="ls")
    return np.asarray(picture, np.float32) / np.float32(255), advance


def line_height(size: int) -> int:
    """Pixels from the top of one line to the top of the next."""
    return round(size * 1.25)


def _baseline(size: int) -> int:
    return round(size * 0.95)


def text_width(text: str, size: int) -> int:
    """Pixels a text takes, without a plate."""
    return sum(_glyph(piece, size)[1] for piece in _pieces(text)) + 2


def _pieces(text: str) -> list[str]:
    """Every digit alone, other letters in a row; control characters are shown as spaces."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return re.findall(r"[0-9]|[^0-9]+", shown)


def text_mask(text: str, size: int) -> Mask:
    """(h, w) float32 coverage, 0 to 1, of one line."""
    mask = np.zeros((line_height(size), text_width(text, size)), np.float32)
    place = 0
    for piece in _pieces(text):
        glyph, advance = _glyph(piece, size)
        room = mask[:, place : place + glyph.shape[1]]
        np.maximum(room, glyph[:, : room.shape[1]], out=room)
        place += advance
    return mask


@lru_cache(maxsize=256)
def plate_shape(height: int, width: int, radius: int) -> Mask:
    """(height, width) float32 coverage of a rectangle with round corners."""
    large = Image.new("L", (width * _SMOOTH, height * _SMOOTH))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, width * _SMOOTH - 1, height * _SMOOTH - 1), radius * _SMOOTH, 255)
    return np.asarray(large.resize((width, height), Image.Resampling.BOX), np.float32) / np.float32(255)


def plate_of(text: str, size: int) -> Plate:
    """The text with room around it. size: of the font, pixels."""
    letters = text_mask(text, size)
    side, above = round(size * 0.55), round(size * 0.22)
    height, width = letters.shape[0] + 2 * above, letters.shape[1] + 2 * side
    height, width = height + height % 2, width + width % 2  # whole samples of halved chroma
    white = np.zeros((height, width), np.float32)
    white[above : above + letters.shape[0], side : side + letters.shape[1]] = letters
    dark = np.float32(PLATE) * plate_shape(height, width, max(2, round(size * 0.35)))
    return Plate((1 - dark) * (1 - white), white)


@lru_cache(maxsize=256)
def kept_plate(text: str, size: int) -> Plate:
    """As `plate_of`, for texts that stay the same over many pictures."""
    return plate_of(text, size)
