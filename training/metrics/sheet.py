"""Contact sheets: rows of pictures side by side, for looking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

Picture = NDArray[np.uint8]
GAP = 4


def pixels(picture: Tensor) -> Picture:
    """(1, 3, H, W) in [0, 1] → (H, W, 3) uint8, rounded."""
    return (picture[0].clamp(0, 1).permute(1, 2, 0).cpu().numpy() * 255).round().astype(np.uint8)


def fitted(picture: Picture, height: int, width: int) -> Picture:
    """Scaled to fit into height × width, centred on dark grey."""
    scale = min(height / picture.shape[0], width / picture.shape[1])
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    sheet = np.full((height, width, 3), 32, np.uint8)
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    sheet[top:top + small.shape[0], left:left + small.shape[1]] = small
    return sheet


def contact_sheet(rows: Sequence[tuple[str, Sequence[Picture]]], height: int = 180, width: int = 240) -> Picture:
    """Rows of (caption, pictures: hazy | output | clear); the caption stands in the first picture's corner."""
    lines = []
    for caption, pictures in rows:
        tiles = [cv2.copyMakeBorder(fitted(p, height, width), GAP, 0, GAP, 0, cv2.BORDER_CONSTANT) for p in pictures]
        lines.append(captioned(np.hstack(tiles), caption))
    most = max(line.shape[1] for line in lines)
    return np.vstack([cv2.copyMakeBorder(line, 0, 0, 0, most - line.shape[1], cv2.BORDER_CONSTANT) for line in lines])


def captioned(line: Picture, caption: str) -> Picture:
    """White letters with a black rim in the upper left corner."""
    picture = Image.fromarray(line)
    ImageDraw.Draw(picture).text((10, 8), caption, "white", ImageFont.load_default(13), stroke_width=1, stroke_fill="black")
    return np.asarray(picture)


def save_picture(picture: Picture, path: Path) -> None:
    """Write RGB pixels as the file type of `path`, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(path.suffix, np.ascontiguousarray(picture[..., ::-1]))[1].tobytes())
