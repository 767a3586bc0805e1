"""What the start page offers: the cameras of this machine and the sources used before."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from gui.choice import Choice
from gui.fleet import Fleet
from gui.settings import Settings
from gui.stills import Stills
from gui.webcams import Webcams
from gui.widgets.start_page import StartPage


class Offers(QObject):
    """Keeps the start page up to date while no source is open."""

    def __init__(self, page: StartPage, fleet: Fleet, webcams: Webcams, settings: Settings, stills: Stills) -> None:
        super().__init__(page)
        self._page, self._fleet, self._webcams = page, fleet, webcams
        self._settings, self._stills = settings, stills
        webcams.changed.connect(self.show)
        page.forgotten.connect(self._forget)

    def show(self) -> None:
        """Put what there is on the page."""
        if self._fleet.current is None:
            recent = self._settings.recents()
            self._page.show_sources(self._webcams.cameras, recent, self._stills.found(recent))

    def _forget(self, choice: Choice) -> None:
        self._settings.forget(choice)
        self._stills.forget(choice)
        self.show()
