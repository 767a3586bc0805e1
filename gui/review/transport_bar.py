"""The bar under the pictures: play, step, speed, A–B, marks, the wall-clock time and the frame number, both to be typed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from gui.action import Action
from gui.review import speeds
from gui.theme import BASE, CONTROL, GAP, font
from gui.widgets.buttons import IconButton
from gui.widgets.controls import DropDown

HEIGHT, SECOND_ROW = 40, 36
"""Heights of the bar, and of what is added where not everything fits beside each other."""
LONGEST = "88:88.888"
"""The widest text of a length between marks; room for it is kept, so that nothing moves when there is one."""


class TypedField(QLineEdit):
    """Shows a value that changes while nobody types; typed: the text, after Enter. Escape gives the keyboard back."""

    typed = pyqtSignal(str)
    left = pyqtSignal()

    def __init__(self, name: str, widest: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value, self._entered = "", False
        self.setFont(font(BASE))
        self.setFixedWidth(QFontMetrics(font(BASE)).horizontalAdvance(widest) + 22)
        self.setFixedHeight(CONTROL)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.returnPressed.connect(self._take)

    def show_value(self, text: str) -> None:
        """The value of now; what somebody types stays."""
        self._value = text
        if not self.hasFocus() and text != self.text():
            self.setText(text)

    def _take(self) -> None:
        self.typed.emit(self.text())
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.setText(self._value)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        if self._entered and not self.hasSelectedText():
            self.selectAll()  # the click that entered the field: what is typed now replaces the value
        self._entered = False

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # it leaves this field, not the full screen
            return True
        done = super().event(event)
        if event is not None and event.type() == QEvent.Type.FocusIn:
            self.selectAll()
            self._entered = True
        elif event is not None and event.type() == QEvent.Type.FocusOut:
            self.setText(self._value)
        return done


class TransportBar(QWidget):
    """Shows how it is played and emits what the user wants.

    action_requested: the name of an action. speed_requested: signed. time_typed, frame_typed: as it was typed. left: the keyboard
    is given back to the pictures.
    """

    action_requested = pyqtSignal(str)
    speed_requested = pyqtSignal(float)
    time_typed, frame_typed = pyqtSignal(str), pyqtSignal(str)
    left = pyqtSignal()

    def __init__(self, actions: Mapping[str, Action[Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.buttons: dict[str, IconButton] = {}
        self._make_fields()
        self._playing, self._place = self._playing_part(), self._place_part()
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(GAP, 0, GAP, 0)
        self._rows.setSpacing(2)
        self._rows.addWidget(self._playing)
        self._rows.addWidget(self._place, 1)

    def _make_fields(self) -> None:
        self.speed = DropDown(self.tr("Speed"))
        self.speed.setFixedWidth(76)
        self.speed.setToolTip(self.tr("Speed  ({} and {})").format(self._actions["slower"].key, self._actions["faster"].key))
        self.speed.activated.connect(lambda: self.speed_requested.emit(self.speed.currentData()))
        self.show_speed(1.0)
        self.clock = TypedField(self.tr("Time of the picture"), "2026-08-28 08:08:08.888", self.tr(
            "Time of the picture; type another one to go there, for example 14:05:30 or +10"))
        self.frame = TypedField(self.tr("Frame number"), "8888888", self.tr(
            "Number of the frame in its file; type another one to go there"))
        for field, signal in ((self.clock, self.time_typed), (self.frame, self.frame_typed)):
            field.typed.connect(signal)
            field.left.connect(self.left)
        self.zone, self.length, self.frame_label = QLabel(), QLabel(), QLabel(self.tr("Frame"))
        for label in (self.zone, self.length, self.frame_label):
            label.setObjectName("quiet")
        self.length.setFixedWidth(QFontMetrics(font(BASE)).horizontalAdvance(LONGEST))

    def _playing_part(self) -> QWidget:
        """How it is played: the buttons, the speed, the marks."""
        part, row = _part()
        for name in ("step_back", "reverse", "pause", "step"):
            row.addWidget(self._button(name))
        row.addSpacing(GAP - 2)
        row.addWidget(self.speed)
        row.addSpacing(GAP - 2)
        for name in ("mark_in", "mark_out", "loop"):
            row.addWidget(self._button(name))
        row.addStretch(1)
        return part

    def _place_part(self) -> QWidget:
        """Where it is: the length between the marks, time and frame; and the sound. Second row where there is no room beside."""
        part, row = _part()
        row.addSpacing(4)
        row.addWidget(self.length)
        row.addStretch(1)
        for widget in (self.clock, self.zone, self.frame_label, self.frame):
            row.addWidget(widget)
            row.addSpacing(4)
        row.addWidget(self._button("sound"))
        return part

    def _button(self, name: str) -> IconButton:
        action = self._actions[name]
        button = IconButton(action.icon, action.tip)
        button.setCheckable(action.checkable)
        button.clicked.connect(lambda: self.action_requested.emit(name))
        self.buttons[name] = button
        return button

    def minimumSizeHint(self) -> QSize:
        """Both rows below each other, without the words beside the fields."""
        return QSize(max(self._playing.sizeHint().width(), self._bare_place()) + 2 * GAP, self.height())

    def _words(self) -> int:
        """Pixels of the words beside the fields of time and frame; the time line names the zone as well."""
        return sum(label.sizeHint().width() + 2 for label in (self.zone, self.frame_label))

    def _bare_place(self) -> int:
        """Pixels that the place needs without words."""
        shown = sum(label.sizeHint().width() + 2 for label in (self.zone, self.frame_label) if not label.isHidden())
        return self._place.sizeHint().width() - shown

    def _fit(self) -> None:
        """One row or two, with words beside the fields where there is room for them."""
        room, playing = self.width() - 2 * GAP, self._playing.sizeHint().width() + self._rows.spacing()
        place = self._bare_place()
        is_one = playing + place <= room
        has_words = (playing if is_one else 0) + place + self._words() <= room
        for label in (self.zone, self.frame_label):
            label.setVisible(has_words)
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight if is_one else QBoxLayout.Direction.TopToBottom)
        self._rows.setContentsMargins(GAP, 0 if is_one else 4, GAP, 0 if is_one else 4)
        self.setFixedHeight(HEIGHT if is_one else HEIGHT + SECOND_ROW)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_playing(self, playing: bool, speed: float) -> None:
        """What the buttons would do, and the speed."""
        self.buttons["pause"].show_as("pause" if playing and speed > 0 else "play")
        self.buttons["reverse"].setChecked(playing and speed < 0)
        self.show_speed(speed)

    def show_speed(self, speed: float) -> None:
        """The speed, with all others of its direction to choose from."""
        sign = 1 if speed > 0 else -1
        if self.speed.currentData() != speed:
            self.speed.fill([(speeds.text(sign * one), sign * one) for one in speeds.SPEEDS], speed)

    def show_time(self, clock: str, zone: str, frame: int | None) -> None:
        """Wall-clock time, its zone, and the number of the frame in its file."""
        self.clock.show_value(clock)
        if zone != self.zone.text():
            self.zone.setText(zone)
            self._fit()
        self.frame.show_value("" if frame is None else str(frame))

    def show_marks(self, text: str, looping: bool) -> None:
        """The length between the marks, and whether it is repeated."""
        self.length.setText(text)
        self.buttons["loop"].setChecked(looping)

    def show_sound(self, on: bool) -> None:
        """Whether there is sound."""
        self.buttons["sound"].show_as("volume-high" if on else "volume-off")


def _part() -> tuple[QWidget, QHBoxLayout]:
    """A part of the bar, and the row that its widgets are put into."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    return part, row
