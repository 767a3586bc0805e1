"""The widgets of the window, made and put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtWidgets import QStackedWidget

from gui.action import Action
from gui.widgets.bottom_bar import BottomBar
from gui.widgets.camera_page import CameraPage
from gui.widgets.grid_page import GridPage
from gui.widgets.inspector import Inspector
from gui.widgets.notice import Notice
from gui.widgets.playlist_panel import BodyWithPlaylist, PlaylistPanel
from gui.widgets.start_page import StartPage
from gui.widgets.status_bar import StatusBar
from gui.widgets.top_bar import TopBar
from gui.widgets.window_frame import WindowFrame


class WindowWidgets:
    """frame: all of them in their places; top_bar, bottom_bar (with status_bar) and inspector around stack, over which notice
    floats.

    stack: start_page, page (one camera) or grid (all of them). playlist: at its left, while a list of videos plays.
    """

    def __init__(self, actions: Mapping[str, Action[Any]]) -> None:
        self.top_bar, self.status_bar, self.inspector = TopBar(actions), StatusBar(), Inspector()
        self.start_page, self.page, self.grid = StartPage(actions["open"].tip), CameraPage(), GridPage()
        self.stack = QStackedWidget()
        for widget in (self.start_page, self.page, self.grid):
            self.stack.addWidget(widget)
        self.playlist = PlaylistPanel(actions["next_file"], actions["previous_file"], actions["list"])
        self.bottom_bar = BottomBar(self.status_bar)
        self.frame = WindowFrame(self.top_bar, BodyWithPlaylist(self.playlist, self.stack), self.inspector, self.bottom_bar)
        self.frame.fullscreen_changed.connect(self._place_seek_bar)
        self.notice = Notice(self.stack, self._reserved)

    def _place_seek_bar(self, fullscreen: bool) -> None:
        """In full screen the seek bar is part of the bar that floats; otherwise it lies under the picture."""
        self.bottom_bar.take(self.page.seek_bar if fullscreen else None)
        if not fullscreen:
            self.page.dock_seek_bar()

    def _reserved(self) -> int:
        """Pixels at the lower edge of the stack that messages must leave free."""
        bar = self.page.seek_bar
        docked = not self.frame.fullscreen and self.stack.currentWidget() is self.page and bar.isVisible()
        return bar.height() if docked else self.frame.reserved
