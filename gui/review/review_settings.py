"""What the review room remembers between runs: adjustments of every camera, the folders, the operator's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from gui.services.settings import Adjustments, Settings, adjustments_from

MOST_RECENT = 8


class ReviewSettings:
    """Typed access to the part of the settings file that belongs to the review room."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def text(self, key: str, default: str = "") -> str:
        """A string."""
        return self._settings.text(f"review/{key}", default)

    def flag(self, key: str, default: bool) -> bool:
        """A yes or no."""
        return self._settings.flag(f"review/{key}", default)

    def put(self, key: str, value: str | bool) -> None:
        """Remember a value."""
        self._settings.put(f"review/{key}", value)

    def adjustments(self, camera: str) -> Adjustments:
        """How this camera was last shown."""
        return adjustments_from(self._table("cameras").get(camera))

    def save_adjustments(self, adjustments: Adjustments, *cameras: str) -> None:
        """Save how these cameras are shown."""
        saved = {camera: asdict(adjustments) for camera in cameras}
        self._settings.put_data("review/cameras", {**self._table("cameras"), **saved})

    def _table(self, name: str) -> dict[str, object]:
        found = self._settings.data(f"review/{name}", {})
        return found if isinstance(found, dict) else {}

    @property
    def recent(self) -> list[tuple[Path, ...]]:
        """What was opened before, newest first."""
        found = self._settings.data("review/recent", [])
        lists = [one for one in found if isinstance(one, list)] if isinstance(found, list) else []
        return [tuple(Path(str(path)) for path in one) for one in lists if one]

    def remember(self, paths: Sequence[Path]) -> None:
        """Put what is opened now in front of what was opened before."""
        others = [one for one in self.recent if one != tuple(paths)]
        self._settings.put_data("review/recent", [[str(path) for path in one] for one in [tuple(paths), *others][:MOST_RECENT]])

    @property
    def patterns(self) -> list[str]:
        """The user's own patterns of names."""
        found = self._settings.data("review/patterns", [])
        return [str(one) for one in found] if isinstance(found, list) else []

    @patterns.setter
    def patterns(self, patterns: Sequence[str]) -> None:
        self._settings.put_data("review/patterns", list(patterns))
