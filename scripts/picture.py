"""Make docs/images/before-after.jpg from the project's own clip: hazy, dehazed and the true clear scene, two moments.

    python scripts/picture.py [OUTPUT]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dehazer import Dehazer  # noqa: E402  found through the line above
from dehazer.config import DecodeOptions  # noqa: E402
from dehazer.sources.synthetic import SceneOptions, SyntheticSource, Truth  # noqa: E402

SCENE = SceneOptions(width=640, height=360, frames=100, beta=0.019, swing=0.15, seed=7)
MOMENTS = (20, 85)
TITLES = ("camera", "dehazer", "the scene without fog")
BAR = 30


def psnr(picture: np.ndarray, truth: np.ndarray) -> float:
    """Decibels between two uint8 pictures."""
    return float(-10 * np.log10(np.mean((picture / 255.0 - truth / 255.0) ** 2)))


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images/before-after.jpg"
    dehazer, rows = Dehazer(device="cpu"), []
    for moment in MOMENTS:
        frame = next(iter(SyntheticSource(SCENE, DecodeOptions(start=moment / SCENE.rate))))
        assert isinstance(frame.transfer, Truth)
        clear = dehazer.image(frame.planes[0])
        before, after = (psnr(p, frame.transfer.clear) for p in (frame.planes[0], clear))
        print(f"frame {moment}: {before:.2f} → {after:.2f} dB")
        rows.append(np.hstack([frame.planes[0], clear, frame.transfer.clear]))
    picture = Image.fromarray(np.vstack([np.full((BAR, rows[0].shape[1], 3), 22, np.uint8), *rows]))
    font, draw = ImageFont.load_default(18), ImageDraw.Draw(picture)
    for column, title in enumerate(TITLES):
        draw.text((column * SCENE.width + 12, 5), title, fill=(230, 237, 243), font=font)
    picture.resize((picture.width * 2 // 3, picture.height * 2 // 3), Image.Resampling.LANCZOS).save(target, quality=88)


if __name__ == "__main__":
    main()
