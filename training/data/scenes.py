"""The clear material: indoor scenes with depth (NYU Depth V2, cropped as RESIDE does) and photographs without."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dehazer.errors import ConfigError, InputError
from training.data.archive import Archive, open_archive
from training.data.hazy_photographs import HAZY

VALIDATION = range(1350, 1400)  # indoor scenes kept for validation; scenes from 1400 on are the test set
CROP = (slice(10, 470), slice(10, 630))  # RESIDE cuts the white frame off: 480×640 → 460×620
HELD_PHOTOS = 10  # every tenth photograph is kept for validation

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Scene:
    """clear (H, W, 3) uint8 and, where measured, depth (H, W) uint8 with 255 = this picture's farthest point."""

    name: str
    clear: Picture
    depth: Picture | None = None


def existing(root: str | Path) -> Path:
    """The path, which must exist; raises ConfigError that says what to change."""
    path = Path(root).expanduser()
    if not path.exists():
        raise ConfigError(f"The data folder {root} does not exist; correct the path in the config or with --set.")
    return path


class IndoorScenes:
    """Scenes N of a folder of tars (or a folder) holding clear/N.jpg 640×480 and depth/N.webp 620×460.

    Args:
        root: the folder with scenes-*.tar, or one with clear/ and depth/.
        validation: scenes 1350–1399 instead of 1–1349.
        limit: only the first so many, 0 = all.
    """

    measured = True

    def __init__(self, root: str | Path, validation: bool = False, limit: int = 0) -> None:
        root = self.root = existing(root)
        tars = sorted(root.glob("scenes-*.tar"))
        self.archives = [open_archive(tar) for tar in tars] or [open_archive(root)]
        self.where: dict[int, Archive] = {}
        for archive in self.archives:
            self.where |= {int(Path(n).stem): archive for n in archive.pictures("clear") if Path(n).stem.isdecimal()}
        keep = (lambda n: n in VALIDATION) if validation else (lambda n: n < VALIDATION.start)
        self.ids = sorted(n for n in self.where if keep(n))[:limit or None]
        if not self.ids:
            raise InputError(f"No indoor scenes in {root}: expected scenes-*.tar, or clear/N.jpg and depth/N.webp.")

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def names(self) -> list[str]:
        """What the scenes are called."""
        return [str(n) for n in self.ids]

    def __getitem__(self, index: int) -> Scene:
        number = self.ids[index]
        archive = self.where[number]
        clear = archive.picture(self._member(archive, "clear", number, (".jpg", ".png", ".webp")))
        depth = archive.picture(self._member(archive, "depth", number, (".webp", ".png")), "L")
        if clear.shape[:2] != depth.shape:
            clear = clear[CROP]
        if clear.shape[:2] != depth.shape:
            raise InputError(f"Scene {number} in {archive.path}: picture and depth differ in size; expected 640×480 and 620×460.")
        return Scene(str(number), clear, depth)

    @staticmethod
    def _member(archive: Archive, folder: str, number: int, endings: tuple[str, ...]) -> str:
        """Name of the scene's picture in a folder; raises InputError when it has none."""
        for ending in endings:
            if archive.has(name := f"{folder}/{number}{ending}"):
                return name
        wanted = " or ".join(endings)
        raise InputError(f"Scene {number} in {archive.path} has no {folder}/{number} with the ending {wanted}; add or remove it.")


class Photographs:
    """Every picture of a folder or tar that shows no haze, without depth; every tenth is kept for validation."""

    measured = False

    def __init__(self, root: str | Path, validation: bool = False, limit: int = 0) -> None:
        self.root = existing(root)
        self.archive = open_archive(self.root)
        names = [n for i, n in enumerate(self.archive.pictures())
                 if (i % HELD_PHOTOS == 0) == validation and Path(n).stem not in HAZY]
        if not names:
            raise InputError(f"No photographs in {root}; give a folder or tar of pictures.")
        self.names = names[:limit or None]

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, index: int) -> Scene:
        return Scene(Path(self.names[index]).stem, self.archive.picture(self.names[index]))
