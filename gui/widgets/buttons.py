"""Buttons that paint themselves in the theme: the segmented choice and the quiet icon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from gui.action import Action
from gui.theme import CONTROL, ICON, RADIUS, SMALL, Tokens, font, theme
from gui.widgets.controls import focus_ring


class _Segment(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFont(font(SMALL))
        self.setFixedHeight(CONTROL - 4)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(font(SMALL, True)).horizontalAdvance(self.text()) + 22, CONTROL - 4)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("raised" if theme.tokens.dark else "panel"))
            painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        painter.setFont(font(SMALL, self.isChecked()))
        painter.setPen(theme.color("text" if self.isChecked() or self.underMouse() else "quiet"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, area, RADIUS - 2)


class Segmented(QWidget):
    """One of a few, all visible. picked: the name of the new choice, when the user chose it."""

    picked = pyqtSignal(str)

    def __init__(self, entries: Sequence[tuple[str, str, str]], name: str, parent: QWidget | None = None) -> None:
        """entries: (name, text, tool tip)."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.buttons: dict[str, QAbstractButton] = {}
        group, row = QButtonGroup(self), QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        self.setFixedHeight(CONTROL)
        row.setSpacing(0)
        for key, text, tip in entries:
            button = _Segment(text, self)
            button.setToolTip(tip)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(lambda _=False, key=key: self.picked.emit(key))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[key] = button
        theme.changed.connect(self.update)

    def choose(self, key: str) -> None:
        """Show a choice, without a signal."""
        self.buttons[key].setChecked(True)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class IconButton(QToolButton):
    """A quiet 18 px icon that becomes brighter when hovered; its tool tip names its key."""

    def __init__(self, icon: str, tip: str, role: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._role, self._hovered = icon, role, False
        self._drawn: tuple[str, str, Tokens] | None = None
        self.setToolTip(tip)
        self.setAccessibleName(tip.partition("  (")[0])
        self.setFixedSize(CONTROL + 4, CONTROL)
        self.setIconSize(QSize(ICON, ICON))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self._draw)
        self._draw()

    def show_as(self, icon: str, role: str = "quiet") -> None:
        """Another icon or colour."""
        if (icon, role) != (self._icon, self._role):
            self._icon, self._role = icon, role
            self._draw()

    def _draw(self) -> None:
        """Qt reports every state that is set, also the one there is; the same icon set again would be painted again."""
        lit = self._role == "quiet" and (self._hovered or self.isChecked())
        wanted = (self._icon, "text" if lit else self._role, theme.tokens)
        if wanted != self._drawn:
            self._drawn = wanted
            self.setIcon(theme.icon(*wanted[:2]))

    def checkStateSet(self) -> None:
        super().checkStateSet()
        self._draw()

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self._draw()

    def enterEvent(self, event: QEnterEvent | None) -> None:
        self._hovered = True
        self._draw()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent | None) -> None:
        self._hovered = False
        self._draw()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


def action_button(action: Action[Any], request: Callable[[str], object]) -> IconButton:
    """A button for an action; `request` is called with the action's name."""
    button = IconButton(action.icon, action.tip)
    button.setCheckable(action.checkable)
    button.clicked.connect(lambda: request(action.name))
    return button


class MenuButton(IconButton):
    """The three dots, with a menu that its owner fills. tip: what it is called."""

    def __init__(self, tip: str) -> None:
        super().__init__("dots-vertical", tip)
        self.items = QMenu(self)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self.items)
