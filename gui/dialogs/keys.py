"""The list of keys, made from the list of actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QBoxLayout, QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

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
        columns, found = QBoxLayout(QBoxLayout.Direction.LeftToRight), by_group(actions)
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
        if self._needed(inside).width() > self._room().width():
            columns.setDirection(QBoxLayout.Direction.TopToBottom)  # a key out of sight at the right is never found
        self.resize(self._needed(inside).boundedTo(self._room()))

    @staticmethod
    def _needed(inside: QWidget) -> QSize:
        """Without scrolling."""
        return inside.sizeHint() + QSize(28 + 16 + 16, 110)

    def _room(self) -> QSize:
        """What the screen has for the window and its frame."""
        screen = self.screen()
        return screen.availableGeometry().size() - QSize(40, 80) if screen is not None else QSize(1280, 720)


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
