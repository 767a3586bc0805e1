"""A section with a heading that hides or shows its rows, and the rows themselves."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.theme import BASE, CONTROL, GAP, font, theme
from gui.widgets.controls import Slider, focus_ring


class _Heading(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.note = ""
        self.setCheckable(True)
        self.setFixedHeight(CONTROL + 4)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = 5.0, self.height() / 2
        painter.setPen(QPen(theme.color("text" if self.underMouse() else "quiet"), 1.6))
        tip = [QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]
        shut = [QPointF(x - 2, y - 4), QPointF(x + 2, y), QPointF(x - 2, y + 4)]
        painter.drawPolyline(QPolygonF(tip if self.isChecked() else shut))
        painter.setFont(font(BASE, True))
        painter.setPen(theme.color("text"))
        area = self.rect().adjusted(18, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(font(12))
        painter.setPen(theme.color("quiet"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "" if self.isChecked() else self.note)
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF())


class CollapsibleSection(QWidget):
    """A heading over a body; collapsed, the heading shows `note` at its right. toggled: by the user."""

    toggled = pyqtSignal(bool)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = _Heading(text, self)
        self.body = QWidget()
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 0, 0, GAP)
        self.rows.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        self.body.setVisible(False)
        self.heading.toggled.connect(self._toggle)

    def _toggle(self, on: bool) -> None:
        self.body.setVisible(on)
        self.toggled.emit(on)

    def set_open(self, on: bool) -> None:
        """Show the body or hide it."""
        self.heading.setChecked(on)

    def set_note(self, text: str) -> None:
        """What is chosen inside, in a word or two."""
        if text != self.heading.note:
            self.heading.note = text
            self.heading.setAccessibleDescription(text)
            self.heading.update()

    def add(self, label: str, widget: QWidget) -> None:
        """A widget under its label (none if empty)."""
        if label:
            self.rows.addWidget(quiet_label(label))
        self.rows.addWidget(widget)


def quiet_label(text: str) -> QLabel:
    """A quiet label."""
    label = QLabel(text)
    label.setObjectName("quiet")
    label.setWordWrap(True)
    return label


class SliderRow(QWidget):
    """A label, the value at the right, the slider below. moved: the new value."""

    moved = pyqtSignal(int)

    def __init__(self, text: str, slider: Slider, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider, self._unit = slider, unit
        self.value = QLabel()
        self.label = QLabel(text)
        self.label.setBuddy(slider)
        head = QHBoxLayout()
        head.addWidget(self.label)
        head.addStretch(1)
        head.addWidget(self.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(slider)
        slider.valueChanged.connect(self._changed)
        self._show(slider.value())

    def _changed(self, value: int) -> None:
        self._show(value)
        self.moved.emit(value)

    def _show(self, value: int) -> None:
        self.value.setText(f"{value}{self._unit}")

    def set_value(self, value: float) -> None:
        """Show a value without a signal."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(value))
        self.slider.blockSignals(False)
        self._show(self.slider.value())
