"""Read files from a folder or a tar alike, without unpacking, from any number of worker processes."""

from __future__ import annotations

import io
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from dehazer.errors import InputError

PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff")


@dataclass(frozen=True)
class Archive:
    """Names (with forward slashes, relative) and where their bytes are. Holds no open file, so it can be pickled."""

    path: Path
    places: dict[str, tuple[int, int]] | None  # tar: name → (offset, size); None: a folder
    names: tuple[str, ...]

    def has(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return name in self.places if self.places is not None else (self.path / name).is_file()

    def read(self, name: str) -> bytes:
        """Bytes of one member; raises InputError when it is not there."""
        if not self.has(name):
            raise InputError(f"There is no {name} in {self.path}; check the folder layout.")
        if self.places is None:
            return (self.path / name).read_bytes()
        offset, size = self.places[name]
        with self.path.open("rb") as stream:
            stream.seek(offset)
            return stream.read(size)

    def picture(self, name: str, mode: str = "RGB") -> NDArray[np.uint8]:
        """One picture as uint8, (H, W, 3) for "RGB" and (H, W) for "L"; raises InputError naming a damaged file."""
        try:
            return np.asarray(Image.open(io.BytesIO(self.read(name))).convert(mode))
        except (UnidentifiedImageError, OSError, SyntaxError) as error:
            raise InputError(f"The picture {name} in {self.path} cannot be read; replace or remove it.", str(error)) from error

    def pictures(self, folder: str = "") -> list[str]:
        """Names of the pictures under `folder` ("" = all), sorted."""
        prefix = folder.rstrip("/") + "/" if folder else ""
        return [n for n in self.names if n.startswith(prefix) and n.lower().endswith(PICTURES)]


def open_archive(path: str | Path) -> Archive:
    """A folder or an uncompressed tar; raises InputError when it is neither."""
    path = Path(path)
    if path.is_dir():
        names = sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file())
        return Archive(path, None, tuple(names))
    if path.suffix != ".tar" or not path.is_file():
        raise InputError(f"{path} is neither a folder nor a .tar file; give the folder that holds the data set.")
    try:
        with tarfile.open(path, "r:") as tar:
            places = {m.name.removeprefix("./"): (m.offset_data, m.size) for m in tar if m.isfile()}
    except tarfile.TarError as error:
        raise InputError(f"The archive {path} is damaged or compressed; give a plain .tar.", str(error)) from error
    return Archive(path, places, tuple(sorted(places)))
