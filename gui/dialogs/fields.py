"""Fields of a dialog, each under its label."""

from __future__ import annotations

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.theme import PAD


def labelled(text: str, widget: QWidget) -> QVBoxLayout:
    """A widget under its label, which is its accessible name, too."""
    column, label = QVBoxLayout(), QLabel(text)
    column.setSpacing(4)
    label.setBuddy(widget)
    widget.setAccessibleName(text)
    column.addWidget(label)
    column.addWidget(widget)
    return column


def labelled_pair(one: tuple[str, QWidget], other: tuple[str, QWidget]) -> QHBoxLayout:
    """Two such side by side, equally wide."""
    row = QHBoxLayout()
    row.setSpacing(PAD)
    for text, widget in (one, other):
        row.addLayout(labelled(text, widget), 1)
    return row
