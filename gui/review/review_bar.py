"""The bar over the review room: what is open and how far it is read, the view modes, the most used actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics, QResizeEvent
from PyQt6.QtWidgets import QLabel, QWidget

from gui.action import Action
from gui.theme import BASE, GAP, PAD, SMALL, TOP_BAR_HEIGHT, font
from gui.view.modes import VIEW_MODES
from gui.widgets.bar_rows import groups, side, three_parts
from gui.widgets.buttons import IconButton, MenuButton, Segmented, action_button

NARROW = 1100
"""Below this width the words on the scan, and buttons that stand in the menu as well, are left out."""
RIGHT = (("snapshot", "contact_sheet", "bookmark"), ("export", "evidence"), ("loupe", "overlay"), ("inspector", "fullscreen"))
"""Actions with a button at the right, in groups: what is kept of a moment, what is written, the picture, the window."""


class ReviewBar(QWidget):
    """action_requested: the name of an action. view_requested: the name of a view mode. more_menu: filled by its owner."""

    action_requested = pyqtSignal(str)
    view_requested = pyqtSignal(str)

    def __init__(self, actions: Mapping[str, Action[Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(TOP_BAR_HEIGHT)
        self.buttons: dict[str, IconButton] = {}
        self.title, self.details = QLabel(self.tr("Recordings")), QLabel()
        self.title.setFont(font(BASE, True))
        self.title.setObjectName("heading")
        self.title.setContentsMargins(4, 0, 4, 0)
        self.details.setFont(font(SMALL))
        self.details.setObjectName("quiet")
        self._details = ""
        self.views = Segmented([(v, actions[v].text, actions[v].tip) for v in VIEW_MODES], self.tr("View"))
        self.views.picked.connect(self.view_requested)
        left = side([self._button("library"), self._button("open"), self.title, self.details])
        right = side([*groups([[*map(self._button, names)] for names in RIGHT]), self._menu_button()], at_right=True)
        three_parts(self, left, self.views, right, (GAP, GAP))

    def _button(self, name: str) -> IconButton:
        button = self.buttons[name] = action_button(self._actions[name], self.action_requested.emit)
        return button

    def _menu_button(self) -> IconButton:
        self.more = MenuButton(self.tr("More"))
        self.more_menu = self.more.items
        return self.more

    def show_library(self, title: str, details: str) -> None:
        """What is open, and how far it is read."""
        self.title.setText(title)
        self._details = details
        self.details.setToolTip(details)
        self._fit()

    def show_states(self, states: Mapping[str, bool]) -> None:
        """Which of the checkable actions are on."""
        for name, on in states.items():
            self.buttons[name].setChecked(on)

    def _fit(self) -> None:
        wide = self.width() >= NARROW
        for name in ("loupe", "contact_sheet"):
            self.buttons[name].setVisible(wide)
        room = max(0, (self.width() - self.views.sizeHint().width()) // 2 - 96 - self.title.sizeHint().width() - PAD)
        self.details.setText(QFontMetrics(self.details.font()).elidedText(self._details, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()
