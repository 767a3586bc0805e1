"""The widgets of the review room, made and put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from gui.action import Action
from gui.review.bookmarks_tab import BookmarksTab
from gui.review.camera_panes import CameraPanes
from gui.review.exports_tab import ExportsTab
from gui.review.library_panel import LibraryPanel
from gui.review.picture_tab import PictureTab
from gui.review.review_bar import ReviewBar
from gui.review.review_frame import ReviewFrame, ReviewParts
from gui.review.review_tabs import ReviewTabs
from gui.review.time_line import TimeLine
from gui.review.transport_bar import TransportBar
from gui.widgets.notice import Notice


class ReviewWidgets:
    """frame: all of them in their places; notice floats over the pictures."""

    def __init__(self, actions: Mapping[str, Action[Any]]) -> None:
        tips = {name: action.tip for name, action in actions.items()}
        self.bar, self.transport = ReviewBar(actions), TransportBar(actions)
        self.library, self.panes, self.time_line = LibraryPanel(), CameraPanes(), TimeLine()
        self.tabs, self.picture = ReviewTabs(), PictureTab()
        self.bookmarks, self.exports = BookmarksTab(tips), ExportsTab(tips)
        for name, page in (("picture", self.picture), ("bookmarks", self.bookmarks), ("exports", self.exports)):
            self.tabs.add(name, page)
        self.frame = ReviewFrame(ReviewParts(self.bar, self.library, self.panes, self._lower(), self.tabs))
        self.notice = Notice(self.panes)

    def _lower(self) -> QWidget:
        """Transport over the time line."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.transport)
        column.addWidget(self.time_line, 1)
        return box
