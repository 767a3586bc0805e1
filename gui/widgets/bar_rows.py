"""How the bars of both windows are laid out: a left side, the view modes in the middle, a right side."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.theme import ICON

SPACING = 4


def side(widgets: Sequence[QWidget], *, at_right: bool = False) -> QWidget:
    """Widgets beside each other, at the left or right end of their room."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACING)
    if at_right:
        row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    if not at_right:
        row.addStretch(1)
    return box


def groups(parts: Sequence[Sequence[QWidget]]) -> list[QWidget]:
    """Groups of widgets in one sequence, with a thin line between each two."""
    found: list[QWidget] = []
    for part in parts:
        found += [_line(), *part] if found else part
    return found


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedSize(1, ICON)
    return line


def three_parts(bar: QWidget, left: QWidget, middle: QWidget, right: QWidget, margins: tuple[int, int]) -> None:
    """Lay out a bar; the middle stays in the middle while there is room. margins: pixels at the left and at the right."""
    row = QHBoxLayout(bar)
    row.setContentsMargins(margins[0], 0, margins[1], 0)
    row.setSpacing(SPACING)
    row.addWidget(left, 1)
    row.addWidget(middle)
    row.addWidget(right, 1)
