"""Find photographs that are hazy themselves: python -m training.data.haze_check FOLDER_OR_TAR

The measure proposes, a person who looks decides (`training.data.hazy_photographs`): snow, sand and smoothness
water look like a veil to it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from training.data.archive import open_archive
from training.data.hazy_photographs import HAZY
from training.data.scenes import Picture
from training.data.shards import sky_likeness

SUSPICIOUS = 0.15
LINES = 448
PATCH = np.ones((15, 15), np.uint8)


def veil_share(clear: Picture) -> float:
    """Share, in [0, 1], of an (H, W, 3) uint8 picture without its sky that may be veiled: no dark pixel within 15 × 15 (dark
    channel above 0.2; He et al. 2009), little contrast (0.015 to 0.16) and little colour (below 0.22)."""
    scale = LINES / min(clear.shape[:2])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(clear, None, fx=scale, fy=scale, interpolation=how), np.uint8)
    low, high, grey = small.min(axis=2), small.max(axis=2), cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    dark = cv2.erode(low, PATCH) / 255
    contrast = (cv2.dilate(grey, PATCH).astype(np.float32) - cv2.erode(grey, PATCH)) / 255
    colour = cv2.blur((high - low).astype(np.float32), PATCH.shape) / 255
    sky = sky_likeness(small) > 64
    veiled = (dark > 0.2) & (contrast > 0.015) & (contrast < 0.16) & (colour < 0.22) & ~sky
    return float(veiled.mean() / max((~sky).mean(), 0.05))


def main(path: str) -> None:
    """Print the suspicious photographs of a folder or tar, the most suspicious first."""
    archive = open_archive(path)
    shares = sorted(((veil_share(archive.picture(name)), name) for name in archive.pictures()), reverse=True)
    for share, name in shares:
        if share >= SUSPICIOUS:
            print(f"{share:.2f}  {name}{'  listed as hazy' if Path(name).stem in HAZY else ''}")


if __name__ == "__main__":
    main(sys.argv[1])
