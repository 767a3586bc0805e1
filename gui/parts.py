"""The widgets of the window, made and put together."""

from __future__ import annotations

from PyQt6.QtWidgets import QStackedWidget

from gui.widgets.camera_page import CameraPage
from gui.widgets.grid_page import GridPage
from gui.widgets.inspector import Inspector
from gui.widgets.notice import Notice
from gui.widgets.shell import Shell
from gui.widgets.start_page import StartPage
from gui.widgets.strip import Strip
from gui.widgets.top_bar import TopBar


class Parts:
    """shell: all of them in their places; bar, strip and inspector around stack, over which notice floats.

    stack: start_page, page (one camera) or grid (all of them).
    """

    def __init__(self) -> None:
        self.bar, self.strip, self.inspector = TopBar(), Strip(), Inspector()
        self.start_page, self.page, self.grid = StartPage(), CameraPage(), GridPage()
        self.stack = QStackedWidget()
        for widget in (self.start_page, self.page, self.grid):
            self.stack.addWidget(widget)
        self.shell = Shell(self.bar, self.stack, self.inspector, self.strip)
        self.notice = Notice(self.stack)
