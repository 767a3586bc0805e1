"""The bar over the review room: what is open and how far it is read, the view modes, the most used actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.action import Action
from gui.theme import BASE, GAP, PAD, SMALL, TOP_BAR_HEIGHT, font
from gui.view.modes import VIEW_MODES
from gui.widgets.buttons import IconButton, MenuButton, Segmented, action_button

NARROW = 1100
"""Below this width the words on the scan, and buttons that stand in the menu as well, are left out."""
RIGHT = ("snapshot", "contact_sheet", "bookmark", "export", "evidence", "loupe", "overlay", "inspector", "fullscreen")
"""Actions with a button at the right."""


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
        self.details.setFont(font(SMALL))
        self.details.setObjectName("quiet")
        self._details = ""
        self.views = Segmented([(v, actions[v].text, actions[v].tip) for v in VIEW_MODES], self.tr("View"))
        self.views.picked.connect(self.view_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 0, GAP, 0)
        row.setSpacing(4)
        row.addWidget(self._left(), 1)
        row.addWidget(self.views)
        row.addWidget(self._right(), 1)

    def _left(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._button("library"))
        row.addWidget(self._button("open"))
        row.addSpacing(4)
        row.addWidget(self.title)
        row.addSpacing(4)
        row.addWidget(self.details, 1)
        row.addStretch(0)
        return box

    def _right(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for name in RIGHT:
            row.addWidget(self._button(name))
        row.addWidget(self._menu_button())
        return box

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
