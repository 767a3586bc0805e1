"""The size of a window that is shown for the first time: never larger than its screen."""

from __future__ import annotations

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QScreen
from PyQt6.QtWidgets import QWidget

TITLE_BAR = 40
"""Pixels left for the title bar, whose height nobody knows before the window is shown."""


def within(size: QSize, screen: QScreen | None) -> QSize:
    """A size, or as much of it as the screen has beside its panels."""
    return size if screen is None else size.boundedTo(screen.availableSize() - QSize(0, TITLE_BAR))


def limit_to_screen(window: QWidget) -> None:
    """Make a window that is not shown yet as small as its screen needs it."""
    window.resize(within(window.size(), window.screen()))
