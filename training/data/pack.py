"""Pack the indoor scenes so small that they can be carried to another machine: python -m training.data.pack INDOOR OUT

    python -m training.data.pack ../shared/data/nyu-rgbd runs/nyu-pack

Clear pictures, cropped as RESIDE crops them, as WebP at QUALITY, depth as WebP at DEPTH_QUALITY; one tar that every loader reads
as it reads the originals (`data.indoor=runs/nyu-pack`). Lossy: clear pictures stand at about 37 dB against the originals.
"""

from __future__ import annotations

import argparse
import io
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from training.command import guarded, print_table
from training.data.scenes import IndoorScenes, Picture
from training.progress import progress

QUALITY, DEPTH_QUALITY = 75, 80
MOST = 40 * 2**20  # bytes
"""What can be carried."""


def encoded(picture: Picture, quality: int) -> bytes:
    """A picture (H, W, 3) or (H, W) as lossy WebP."""
    stream = io.BytesIO()
    Image.fromarray(np.asarray(picture)).save(stream, "WEBP", quality=quality, method=6)
    return stream.getvalue()


def pack(indoor: Path, out: Path, limit: int = 0) -> dict[str, Any]:
    """Write out/scenes-pack.tar with training and validation scenes; returns counts and sizes. `limit`: of each, 0 = all."""
    out.mkdir(parents=True, exist_ok=True)
    target, beside = out / "scenes-pack.tar", out / "scenes-pack.tar.partial"
    count = 0
    with tarfile.open(beside, "w") as tar:
        for validation in (False, True):
            scenes = IndoorScenes(indoor, validation, limit)
            for index in progress(range(len(scenes)), "packing", "scene"):
                scene, count = scenes[index], count + 1
                assert scene.depth is not None  # indoor scenes have depth
                add(tar, f"clear/{scene.name}.webp", encoded(scene.clear, QUALITY))
                add(tar, f"depth/{scene.name}.webp", encoded(scene.depth, DEPTH_QUALITY))
    beside.replace(target)
    size = target.stat().st_size
    return {"scenes": count, "file": str(target), "MiB": size / 2**20, "fits": size <= MOST}


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """One member, without date and owner, so that the same scenes give the same file."""
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = argparse.ArgumentParser("python -m training.data.pack", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("indoor", type=Path, help="folder of the indoor scenes")
    options.add_argument("out", type=Path, help="folder to write into")
    options.add_argument("--limit", type=int, default=0, metavar="N", help="only the first N scenes of each part (0 = all)")
    given = options.parse_args(arguments)
    print_table(guarded(lambda: pack(given.indoor, given.out, given.limit)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
