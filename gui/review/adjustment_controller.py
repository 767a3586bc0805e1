"""How the pictures of every camera are dehazed: from the rows to playback and settings, remembered by the camera's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from gui.review.camera_panes import CameraPanes
from gui.review.picture_tab import PictureTab
from gui.review.playback_controller import PlaybackController
from gui.review.recording_text import facts
from gui.review.review_settings import ReviewSettings
from gui.services.settings import Adjustments

if TYPE_CHECKING:
    from dehazer.review import Playback


class AdjustmentController(QObject):
    """Takes changes from the rows to the current camera."""

    def __init__(self, tab: PictureTab, panes: CameraPanes, playback: PlaybackController, settings: ReviewSettings) -> None:
        super().__init__()
        self._tab, self._panes, self._playback, self._settings = tab, panes, playback, settings
        tab.changed.connect(self._change)
        tab.spread_requested.connect(self._spread)
        panes.selected.connect(self.show)
        playback.framed.connect(self._show_facts)

    def show(self) -> None:
        """The rows as the current camera has them."""
        camera = self._panes.current
        self._tab.show_camera(camera, self._settings.adjustments(camera), len(self._panes.panes) > 1)
        self._show_facts(camera)

    def apply(self) -> None:
        """Cameras or playback are others: use what is remembered."""
        if (playback := self._playback.playback) is not None:
            for camera in self._panes.panes:
                playback.set_options(camera, self._settings.adjustments(camera).enhance_options())
        self.show()

    def _change(self, adjustments: Adjustments) -> None:
        self._save(adjustments, self._panes.current)

    def _spread(self) -> None:
        self._save(self._tab.rows.adjustments, *self._panes.panes)

    def _save(self, adjustments: Adjustments, *cameras: str) -> None:
        self._settings.save_adjustments(adjustments, *cameras)
        playback: Playback | None = self._playback.playback
        if playback is not None:
            for camera in cameras:
                playback.set_options(camera, adjustments.enhance_options())

    def _show_facts(self, camera: str) -> None:
        if camera == self._panes.current:
            frame = self._playback.frame
            self._tab.show_facts(facts(frame.recording, self._playback.zone) if frame is not None else "")
