"""The list of keys, made from the list of actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.action import PICTURE, PLAYBACK, SOURCE, VIEW, WINDOW, Action, by_group, key_text
from gui.theme import BASE, GAP, PAD, SMALL, TITLE, WIDE, font

COLUMNS = ((SOURCE, WINDOW), (VIEW, PICTURE, PLAYBACK))


class KeysDialog(QDialog):
    """Columns of groups; closes with Escape. groups: names of groups, by column."""

    def __init__(self, actions: Iterable[Action[Any]], parent: QWidget | None = None, *,
                 groups: Sequence[Sequence[str]] = COLUMNS) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QLabel(self.tr("Keys"))
        title.setFont(font(TITLE, True))
        title.setObjectName("title")
        columns, found = QHBoxLayout(), by_group(actions)
        columns.setSpacing(40)
        for names in groups:
            column = QVBoxLayout()
            column.setSpacing(WIDE + 4)
            for name in names:
                column.addWidget(_group(found[name]))
            column.addStretch(1)
            columns.addLayout(column)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(columns)
        columns.setContentsMargins(0, 0, PAD, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 24, 16, 24)
        whole.setSpacing(WIDE)
        whole.addWidget(title)
        whole.addWidget(_scrolled(inside))
        self._fit_to_screen(inside.sizeHint())

    def _fit_to_screen(self, needed: QSize) -> None:
        """As large as the keys need, as far as the screen has room; the rest is scrolled."""
        screen = self.screen()
        room = screen.availableGeometry() if screen is not None else None
        width, height = needed.width() + 28 + 16 + 16, needed.height() + 110
        if room is not None:
            width, height = min(width, room.width() - 40), min(height, room.height() - 80)
        self.resize(width, height)


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area


def _group(actions: list[Action[Any]]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(WIDE)
    grid.setVerticalSpacing(4)
    heading = QLabel(actions[0].group_text)
    heading.setFont(font(BASE, True))
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, action in enumerate(actions, 1):
        grid.addWidget(QLabel(action.text), row, 0)
        grid.addLayout(_keys(action), row, 1)
    grid.setColumnStretch(0, 1)
    return box


def _keys(action: Action[Any]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP // 2)
    row.addStretch(1)
    for key in action.keys:
        cap = QLabel(key_text(key))
        cap.setObjectName("key")
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cap.setFixedWidth(max(2 * PAD, QFontMetrics(font(SMALL)).horizontalAdvance(cap.text()) + 16))
        row.addWidget(cap)
    return row
