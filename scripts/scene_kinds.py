"""Draw a contact sheet of every kind of scene that the weights `real` are trained on: hazy, clear and transmission.

    python scripts/scene_kinds.py docs/images/scene-kinds.jpg

The pictures behind the haze are the project's own rendered scene, with its depth.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dehazer.sources.synthetic import SceneOptions, SyntheticSource
from training.data.haze import Crop, Hazed
from training.data.random_draws import generator
from training.data.scene_kinds import KINDS, Kind
from training.data.weather import real_haze
from training.metrics.sheet import Picture, contact_sheet

SIZE, TILE = (640, 360), (150, 267)  # width × height rendered; height × width shown


def crop(index: int) -> Crop:
    """One frame of the rendered drive, clear, with its depth."""
    with SyntheticSource(SceneOptions(*SIZE, frames=400)) as source:
        truth = source.truth(index)
    depth = np.minimum(truth.depth / np.quantile(truth.depth, 0.9), 1)
    return Crop(truth.clear, np.asarray(depth * 255, np.uint8))


def row(kind: Kind, number: int, seed: int) -> tuple[str, list[Picture]]:
    """Two samples of one kind: each hazy, clear, transmission."""
    made = [real_haze(crop(40 + 90 * number + 30 * i), generator(seed, number, i), kind) for i in range(2)]
    return kind.__name__.replace("_", " "), [tile for hazed in made for tile in tiles(hazed)]


def tiles(hazed: Hazed) -> list[Picture]:
    """Hazy and clear picture and the transmission as grey."""
    grey = np.asarray(hazed.transmission.clip(0, 1) * 255, np.uint8)
    return [hazed.hazy, np.asarray(hazed.clear * 255, np.uint8), np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)]


def main(arguments: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("target", type=Path, help="JPEG to write")
    options.add_argument("--seed", type=int, default=4)
    given = options.parse_args(arguments)
    sheet = contact_sheet([row(kind, number, given.seed) for number, (kind, _) in enumerate(KINDS)], *TILE)
    given.target.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(given.target), np.ascontiguousarray(sheet[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, 55])
    print(f"{given.target}: {sheet.shape[1]}×{sheet.shape[0]}, {given.target.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
