"""Takes the thumbnails that the start page shows: one of every camera, once it has been shown for a while."""

from __future__ import annotations

from time import monotonic
from weakref import WeakSet

from dehazer import SessionSnapshot
from gui.camera import Camera
from gui.services.thumbnails import ThumbnailStore
from gui.widgets.camera_page import CameraPage
from gui.widgets.grid_page import GridPage

DELAY = 3.0
"""Seconds after opening at which a thumbnail is taken."""


class ThumbnailController:
    """Saves thumbnails of what the window shows."""

    def __init__(self, page: CameraPage, grid: GridPage, store: ThumbnailStore) -> None:
        self._page, self._grid, self._store = page, grid, store
        self._saved: WeakSet[Camera] = WeakSet()  # a closed camera still holds pictures and its engine

    def check(self, camera: Camera, snapshot: SessionSnapshot) -> None:
        """Look at the numbers of a camera: is it time for its thumbnail?"""
        if camera not in self._saved and snapshot.flow.painted and monotonic() - camera.opened_at > DELAY:
            self.save(camera)

    def save(self, camera: Camera) -> None:
        """Save a thumbnail of a camera as it is now, if it is shown."""
        shown = [(self._page.camera, self._page.view), *((tile.camera, tile) for tile in self._grid.tiles)]
        pair = next((view.pair for candidate, view in shown if candidate is camera), None)
        if pair is not None:
            self._saved.add(camera)
            self._store.save(camera.source, pair.image("dehazed"))
