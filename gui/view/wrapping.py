"""Text in lines of a width, for what is painted or listed and therefore wraps by no layout of its own."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


def wrapped(text: str, face: QFont, width: float, most: int) -> list[str]:
    """The text in at most so many lines of so many pixels, at spaces where possible; the last one is elided if it must be."""
    layout, lines = QTextLayout(text, face), list[str]()
    units = text.encode("utf-16-le")  # Qt counts in these
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        if len(lines) == most - 1:
            rest = units[2 * line.textStart():].decode("utf-16-le")
            lines.append(QFontMetricsF(face).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(units[2 * line.textStart():2 * (line.textStart() + line.textLength())].decode("utf-16-le").rstrip())
    layout.endLayout()
    return lines
