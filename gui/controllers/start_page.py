"""What the start page offers: the cameras of this computer, the sources used before, and the device in use."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from gui.cameras import Cameras
from gui.saved_source import SavedSource
from gui.services.engine_loader import EngineLoader
from gui.services.settings import Settings
from gui.services.thumbnails import ThumbnailStore
from gui.services.walls import WallStore
from gui.services.webcams import Webcams
from gui.view.readout import device_text
from gui.widgets.start_page import StartPage


class StartPageController(QObject):
    """Keeps the start page up to date while no source is open."""

    def __init__(self, page: StartPage, cameras: Cameras, webcams: Webcams, *, settings: Settings,
                 thumbnails: ThumbnailStore, engine_loader: EngineLoader, walls: WallStore) -> None:
        super().__init__()
        self._walls = walls
        self._page, self._cameras, self._webcams = page, cameras, webcams
        self._settings, self._thumbnails, self._engine_loader = settings, thumbnails, engine_loader
        webcams.changed.connect(self.show)
        cameras.changed.connect(self.show)
        page.forget_requested.connect(self._forget)
        engine_loader.started.connect(self._show_loading)
        engine_loader.loaded.connect(self._show_engine)
        engine_loader.failed.connect(lambda: page.show_device(""))

    def show(self) -> None:
        """Put what there is on the page."""
        if self._cameras.current is None:
            recent = self._settings.recent_sources()
            self._page.show_walls([(wall.name, [one.source.title for one in wall.cameras]) for wall in self._walls.all()])
            self._page.show_sources(self._webcams.cameras, recent, self._thumbnails.existing(recent))

    def _forget(self, source: SavedSource) -> None:
        self._settings.forget(source)
        self._thumbnails.forget(source)
        self.show()

    def _show_loading(self) -> None:
        if self._engine_loader.engine is None:
            self._page.show_device(self.tr("Loading the model…"))

    def _show_engine(self) -> None:
        engine = self._engine_loader.engine
        if engine is not None:
            used = engine.describe()
            text = self.tr("Ready: model {} with weights {}, on {}")
            self._page.show_device(text.format(used["model"], used["weights"], device_text(used)))
        self.show()
