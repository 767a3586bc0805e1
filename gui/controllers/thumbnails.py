"""Takes the thumbnails that the start page shows: one of every camera, once it has been shown for a while."""

from __future__ import annotations

from time import monotonic
from weakref import WeakSet

from PyQt6.QtGui import QImage

from dehazer import SessionSnapshot
from gui.camera import Camera
from gui.services.thumbnails import ThumbnailStore, thumbnail
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
        picture = self.picture(camera)
        if picture is not None:
            self._saved.add(camera)
            self._store.save(camera.source, picture)

    def picture(self, camera: Camera) -> QImage | None:
        """What is seen of a camera, dehazed; None while it is not shown."""
        shown = [(self._page.camera, self._page.view), *((tile.camera, tile) for tile in self._grid.tiles)]
        pair = next((view.pair for candidate, view in shown if candidate is camera and view.pair is not None), None)
        return None if pair is None else pair.image("dehazed")

    def small_picture(self, camera: Camera) -> QImage | None:
        """The same, as large as a thumbnail."""
        picture = self.picture(camera)
        return None if picture is None else thumbnail(picture)
