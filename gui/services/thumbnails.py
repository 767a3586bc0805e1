"""Small pictures of sources used before, in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QImage

from gui.saved_source import SavedSource

SIZE = QSize(352, 198)


def thumbnail(picture: QImage) -> QImage:
    """A picture at the size of thumbnails."""
    return picture.scaled(SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class ThumbnailStore:
    """Keeps one small JPEG per source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, source: SavedSource) -> Path:
        """Where the thumbnail of a source is saved; the name says nothing about the source."""
        return self.folder / f"{hashlib.sha256(os.fsencode(source.key)).hexdigest()[:24]}.jpg"

    def save(self, source: SavedSource, picture: QImage) -> bool:
        """Save a thumbnail; returns whether that was possible."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False  # no cache, no thumbnails: cards show an icon instead
        return thumbnail(picture).save(str(self.path(source)), "JPEG", 82)

    def existing(self, sources: list[SavedSource]) -> dict[str, Path]:
        """The thumbnails there are, by key of the source."""
        return {s.key: self.path(s) for s in sources if self.path(s).exists()}

    def forget(self, source: SavedSource) -> None:
        """Remove a thumbnail."""
        self.path(source).unlink(missing_ok=True)
