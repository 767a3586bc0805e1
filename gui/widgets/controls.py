"""Controls that paint themselves in the theme: slider, switch, drop-down."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PyQt6.QtWidgets import QCheckBox, QComboBox, QListView, QSlider, QWidget

from gui.theme import CONTROL, PAD, RADIUS, theme

TRACK, KNOB = 4.0, 14.0


def focus_ring(painter: QPainter, area: QRectF, radius: float = RADIUS, color: QColor | None = None) -> None:
    """The frame that shows where the keyboard is; in the accent of the theme unless a colour is given."""
    painter.setPen(QPen(color or theme.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


class Slider(QSlider):
    """Whole numbers; double click resets, arrows step 1, Page keys 10, the wheel works only while focused."""

    def __init__(self, low: int, high: int, default: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.default = default
        self.setRange(low, high)
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setValue(default)
        self.setFixedHeight(20)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def _span(self) -> tuple[float, float]:
        return KNOB / 2, self.width() - KNOB / 2

    def _x(self) -> float:
        low, high = self._span()
        return low + (high - low) * (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = self._x(), self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(QRectF(0, y - TRACK / 2, self.width(), TRACK), 2, 2)
        strong = theme.color("accent" if self.isEnabled() else "quiet")
        painter.setBrush(strong)
        painter.drawRoundedRect(QRectF(0, y - TRACK / 2, x, TRACK), 2, 2)
        painter.setPen(QPen(theme.color("panel"), 2))
        painter.setBrush(strong)
        painter.drawEllipse(QPointF(x, y), KNOB / 2, KNOB / 2)
        if self.hasFocus():
            focus_ring(painter, QRectF(0, 0, self.width(), self.height()))

    def _value_at(self, x: float) -> int:
        low, high = self._span()
        share = min(1.0, max(0.0, (x - low) / max(1.0, high - low)))
        return round(self.minimum() + share * (self.maximum() - self.minimum()))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        self.setSliderDown(False)
        self.setValue(self.default)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is None:
            return
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Switch(QCheckBox):
    """On or off: the text at the left, the switch at the right."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 34 + PAD, CONTROL)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("text" if self.isEnabled() else "quiet"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        box = QRectF(self.width() - 34, (self.height() - 18) / 2, 32, 18)
        painter.setPen(QPen(theme.color("accent" if self.isChecked() else "quiet"), 1.5))
        painter.setBrush(theme.color("accent") if self.isChecked() else theme.color("sunken"))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("on_accent" if self.isChecked() else "quiet"))
        painter.drawEllipse(QPointF(box.right() - 9 if self.isChecked() else box.x() + 9, box.center().y()), 5.5, 5.5)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(-3, -3, 3, 3), 11)


class DropDown(QComboBox):
    """A choice from a list; data of the chosen entry with `currentData`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setView(QListView())
        self.setFixedHeight(CONTROL + 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme.changed.connect(self.update)

    def fill(self, entries: Sequence[tuple[str, object]], chosen: object = None) -> None:
        """Replace the entries (text, data) without a signal; choose the one with that data."""
        self.blockSignals(True)
        self.clear()
        for text, data in entries:
            self.addItem(text, data)
        self.choose(chosen)
        self.blockSignals(False)

    def choose(self, data: object) -> None:
        """Choose the entry with that data, if there is one."""
        found = next((i for i in range(self.count()) if self.itemData(i) == data), -1)
        if found >= 0:
            self.setCurrentIndex(found)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()  # a list scrolled past must not change what is computed

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color("raised" if self.underMouse() and self.isEnabled() else "sunken"))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        text = QFontMetrics(self.font()).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, self.width() - 40)
        painter.setPen(theme.color("text" if self.isEnabled() else "quiet"))
        painter.drawText(area.adjusted(10, 0, -26, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        x, y = area.right() - 15, area.center().y()
        painter.setPen(QPen(theme.color("quiet"), 1.6))
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
