"""A wall: cameras that are open together, in their order, with how each is shown. Saved by name; never holds a password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from gui.camera import Camera
from gui.saved_source import SavedSource, saved_source_from
from gui.services.settings import Adjustments, adjustments_from
from gui.view.modes import DEFAULT_VIEW, VIEW_MODES

VERSION = 1
MAX_NAME = 60
"""Characters in the name of a wall."""


@dataclass(frozen=True)
class WallCamera:
    """One camera of a wall. divider: of the wipe, share of the picture, 0 to 1."""

    source: SavedSource
    view: str = DEFAULT_VIEW
    divider: float = 0.5
    adjustments: Adjustments = field(default_factory=Adjustments)

    @property
    def needs_secret(self) -> bool:
        """Whether something is missing that is never saved: the password of its user, or one inside the address."""
        return bool(self.source.user) or self.source.lacks_secret

    def with_secret(self, secret: str | None) -> tuple[SavedSource, str | None]:
        """(source, password) to open it with; a password that belongs into the address is put there."""
        return self.source.with_secret(secret)


@dataclass(frozen=True)
class Wall:
    """side_by_side: all cameras in view, else one alone. current: index of the camera that is looked at.

    second: what the second window shows: the index of a camera, -1 for all of them, None where there is none.
    """

    name: str
    cameras: tuple[WallCamera, ...]
    side_by_side: bool = True
    current: int = 0
    second: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """For its file."""
        return {"version": VERSION, "name": self.name, "side_by_side": self.side_by_side, "current": self.current,
                "second": self.second, "cameras": [{"source": one.source.to_dict(), "view": one.view, "divider": one.divider,
                             "adjustments": asdict(one.adjustments)} for one in self.cameras]}


def wall_of(name: str, cameras: Sequence[Camera], current: Camera | None, side_by_side: bool,
            second: int | None = None) -> Wall:
    """What is open now, as a wall; secrets inside addresses are left out."""
    found = tuple(WallCamera(one.source.without_secrets(), one.view, one.divider, one.adjustments) for one in cameras)
    return Wall(name, found, side_by_side, cameras.index(current) if current is not None else 0, second)


def wall_from(data: Any) -> Wall:
    """A wall from its file. Raises ValueError, with what is wrong, for anything that is not one."""
    if not isinstance(data, dict) or not isinstance(data.get("cameras"), list) or not isinstance(data.get("name"), str):
        raise ValueError("it is not the file of a wall")
    if data.get("version") != VERSION:
        raise ValueError("it was made by another version of the program")
    cameras = tuple(_camera_from(one) for one in data["cameras"])
    if not cameras:
        raise ValueError("it holds no camera")
    current = data.get("current")
    at = current if isinstance(current, int) and 0 <= current < len(cameras) else 0
    second = data.get("second")
    beside = second if isinstance(second, int) and -1 <= second < len(cameras) else None
    return Wall(data["name"], cameras, data.get("side_by_side") is not False, at, beside)


def _camera_from(data: Any) -> WallCamera:
    source = saved_source_from(data["source"]) if isinstance(data, dict) and isinstance(data.get("source"), dict) else None
    if source is None:
        raise ValueError("one of its cameras cannot be read")
    view, divider = data.get("view"), data.get("divider")
    return WallCamera(source, view if view in VIEW_MODES else DEFAULT_VIEW,
                      min(1.0, max(0.0, float(divider))) if isinstance(divider, int | float) else 0.5,
                      adjustments_from(data.get("adjustments")))
