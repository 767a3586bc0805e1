"""Which texts of a window have less room than they need."""

from __future__ import annotations

from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QWidget

from gui.widgets.buttons import IconButton


def shown_text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def clipped(root: QWidget) -> list[str]:
    """Texts of visible labels and buttons that have less room than they need."""
    found = []
    for widget in [*root.findChildren(QLabel), *root.findChildren(QAbstractButton)]:
        text = shown_text(widget)
        if not text or not widget.isVisible() or isinstance(widget, IconButton) or "<" in text:
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            fits = widget.height() >= widget.heightForWidth(widget.width())
        elif isinstance(widget, QPushButton | QCheckBox):
            fits = widget.width() >= widget.sizeHint().width() or widget.objectName() == "left"
        else:
            fits = widget.contentsRect().width() >= QFontMetrics(widget.font()).horizontalAdvance(text)
        if not fits and widget.objectName() != "name":  # the camera's name gives way on purpose
            found.append(f"{type(widget).__name__}: {text}")
    return found
