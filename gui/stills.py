"""Small pictures of sources used before, in the user's cache folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QImage

from gui.choice import Choice

SIZE = QSize(352, 198)


class Stills:
    """Keeps one small JPEG per source."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, choice: Choice) -> Path:
        """Where the still of a source is kept; the name says nothing about the source."""
        return self.folder / f"{hashlib.sha256(choice.key.encode()).hexdigest()[:24]}.jpg"

    def save(self, choice: Choice, picture: QImage) -> bool:
        """Keep a still; returns whether that was possible."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False  # no cache, no stills: cards show an icon instead
        small = picture.scaled(SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        return small.save(str(self.path(choice)), "JPEG", 82)

    def found(self, choices: list[Choice]) -> dict[str, Path]:
        """Those stills there are, by key of the source."""
        return {c.key: self.path(c) for c in choices if self.path(c).exists()}

    def forget(self, choice: Choice) -> None:
        """Remove a still."""
        self.path(choice).unlink(missing_ok=True)
