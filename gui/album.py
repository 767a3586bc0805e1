"""Takes the stills that the start page shows: one of every camera, once it has been on show for a while."""

from __future__ import annotations

from time import monotonic
from typing import Any
from weakref import WeakSet

from gui.parts import Parts
from gui.session import Camera
from gui.stills import Stills

STILL_AFTER = 3.0
"""Seconds after opening at which a still is kept."""


class Album:
    """Keeps what the window shows of a camera."""

    def __init__(self, parts: Parts, stills: Stills) -> None:
        self._parts, self._stills = parts, stills
        self._kept: WeakSet[Camera] = WeakSet()  # a closed camera still holds pictures and its engine

    def watch(self, camera: Camera, numbers: dict[str, Any]) -> None:
        """Look at the numbers of a camera: is it time for its still?"""
        if camera not in self._kept and numbers["painted"] and monotonic() - camera.opened > STILL_AFTER:
            self.keep(camera)

    def keep(self, camera: Camera) -> None:
        """Keep a still of a camera as it is now, if it is on show."""
        page = self._parts.page
        shown = [(page.camera, page.view), *((tile.camera, tile) for tile in self._parts.grid.tiles)]
        pair = next((view.pair for whose, view in shown if whose is camera), None)
        if pair is not None:
            self._kept.add(camera)
            self._stills.save(camera.choice, pair.image("dehazed"))
