"""Fills the card above the seek bar as the pointer moves: time, frame, and a small picture of that moment."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, QPoint, pyqtSignal
from PyQt6.QtGui import QImage

from dehazer import FilmOnDisk, Thumbnail, Thumbnails
from gui.view.images import rgb_image
from gui.widgets.camera_page import CameraPage
from gui.widgets.hover_card import HoverCard, HoverContent


class SeekHover(QObject):
    """Shows the card of one seek bar. folder: for thumbnails, in the user's cache. `close` ends the thread that makes them."""

    _arrived = pyqtSignal(object)

    def __init__(self, page: CameraPage, card: HoverCard, folder: Path) -> None:
        super().__init__(page)
        self._page, self.card = page, card
        self.thumbnails = Thumbnails(folder, self._arrived.emit)
        self._film: FilmOnDisk | None = None
        self._shown: tuple[object, QImage] | None = None
        self._place: tuple[float, float] | None = None
        self._arrived.connect(self._take)
        page.seek_bar.hovered.connect(self._hover)

    def close(self) -> bool:
        """End the thread of thumbnails; returns whether it has ended."""
        self.card.hide()
        return self.thumbnails.stop()

    def _hover(self, place: tuple[float, float] | None) -> None:
        self._place = place
        if place is None:
            self.card.hide()
            return
        x, seconds = place
        bar, picture = self._page.seek_bar, self._picture(seconds)
        above = bar.mapTo(self.card.parentWidget(), QPoint(round(x), 0))
        has_picture = self._film is not None and self._film.fault is None
        self.card.show_above(above, HoverContent(bar.time_text(seconds), (), picture, has_picture))

    def _picture(self, seconds: float) -> QImage | None:
        """The picture of the moment; until it has come, the last one of the same file."""
        camera = self._page.camera
        if camera is None:
            return None
        if self._film is None or str(self._film.path) != camera.source.where or self._film.duration != camera.duration:
            self._film = FilmOnDisk.of(Path(camera.source.where), camera.duration)
        found = self.thumbnails.request(self._film, seconds)
        if found is not None:
            self._keep(found)
        return self._shown[1] if self._shown is not None and self._shown[0] == self._film else None

    def _keep(self, thumbnail: Thumbnail) -> None:
        self._shown = None if thumbnail.pixels is None else (thumbnail.film, rgb_image(thumbnail.pixels))

    def _take(self, thumbnail: Thumbnail) -> None:
        self._keep(thumbnail)
        if self.card.isVisible():
            self._hover(self._place)
