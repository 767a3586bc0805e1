"""A field for the path of a file or folder: shortened in the middle while nobody edits it, whole as its tool tip."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

INSET = 2
"""Pixels between the contents of a field and its text, as Qt has them."""


class PathField(QLineEdit):
    """Begin and end of a long path are both in sight: on which disk it is, and what it is called."""

    def __init__(self, path: str = "", parent: QWidget | None = None) -> None:
        super().__init__(path, parent)
        self.setToolTip(path)
        self.textChanged.connect(self.setToolTip)

    @property
    def shown_text(self) -> str:
        """What is painted while the field has not the focus."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        style = self.style()
        room = self.rect() if style is None else style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width() - 2 * INSET)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        style, shown = self.style(), self.shown_text
        if self.hasFocus() or style is None or shown == self.text():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        room = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).adjusted(INSET, 0, -INSET, 0)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
