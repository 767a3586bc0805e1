"""The column at the right of the review room: tabs, each with a page of its own."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from gui.theme import GAP

MINIMUM_WIDTH = 256


class ReviewTabs(QWidget):
    """turned: to the page of that name. pages: by name, in order; names are those of `titles`."""

    turned = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(MINIMUM_WIDTH)
        self.pages: dict[str, QWidget] = {}
        self.titles = {"picture": self.tr("Picture"), "bookmarks": self.tr("Bookmarks"), "exports": self.tr("Exports")}
        self.bar, self._stack = QTabBar(), QStackedWidget()
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.setAccessibleName(self.tr("Picture, bookmarks and exports"))
        self.bar.currentChanged.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)

    def add(self, name: str, page: QWidget) -> None:
        """One more page behind its tab."""
        self.pages[name] = page
        self._stack.addWidget(page)
        self.bar.addTab(self.titles[name])

    def set_note(self, name: str, note: str) -> None:
        """What stands behind the title of a tab; empty for nothing."""
        self.bar.setTabText(list(self.pages).index(name), f"{self.titles[name]} {note}".strip())

    def turn_to(self, name: str) -> None:
        """Show the page of that name."""
        self.bar.setCurrentIndex(list(self.pages).index(name))

    def _turn(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        if 0 <= index < len(self.pages):
            self.turned.emit(list(self.pages)[index])
