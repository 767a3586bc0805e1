"""The widgets of the window, made and put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtWidgets import QStackedWidget

from gui.action import Action
from gui.widgets.camera_page import CameraPage
from gui.widgets.grid_page import GridPage
from gui.widgets.inspector import Inspector
from gui.widgets.notice import Notice
from gui.widgets.start_page import StartPage
from gui.widgets.status_bar import StatusBar
from gui.widgets.top_bar import TopBar
from gui.widgets.window_frame import WindowFrame


class WindowWidgets:
    """frame: all of them in their places; top_bar, status_bar and inspector around stack, over which notice floats.

    stack: start_page, page (one camera) or grid (all of them).
    """

    def __init__(self, actions: Mapping[str, Action[Any]]) -> None:
        self.top_bar, self.status_bar, self.inspector = TopBar(actions), StatusBar(), Inspector()
        self.start_page, self.page, self.grid = StartPage(actions["open"].tip), CameraPage(), GridPage()
        self.stack = QStackedWidget()
        for widget in (self.start_page, self.page, self.grid):
            self.stack.addWidget(widget)
        self.frame = WindowFrame(self.top_bar, self.stack, self.inspector, self.status_bar)
        self.notice = Notice(self.stack, self._seek_bar_height)

    def _seek_bar_height(self) -> int:
        bar = self.page.seek_bar
        return bar.height() if self.stack.currentWidget() is self.page and bar.isVisible() else 0
