"""Buttons that go to the foggiest and clearest stretch, to the next foggy one and to the next change, over all shown cameras."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QPushButton, QWidget

from dehazer.review import HazeCurve
from gui.review.jumps import JUMPS, Jump
from gui.theme import GAP


class JumpControls(QWidget):
    """position_requested: datetime to go to. message: why there is none."""

    position_requested = pyqtSignal(object)
    message = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves: dict[str, HazeCurve] = {}
        self._cameras: tuple[str, ...] = ()
        self._position: datetime | None = None
        self.buttons: dict[str, QPushButton] = {}
        self.setAccessibleName(self.tr("Go to"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        for row, jump in enumerate(JUMPS):
            button = QPushButton(jump.text())
            button.setObjectName("compact")
            button.setToolTip(jump.tip())
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, jump=jump: self.go(jump))
            self._grid.addWidget(button, row, 0, 1, 2)
            self.buttons[jump.name] = button
        self._enable()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Two buttons beside each other where both are whole there, else one below the other."""
        buttons, row = list(self.buttons.values()), 0
        for button in buttons:
            self._grid.removeWidget(button)
        for pair in (buttons[:2], buttons[2:]):
            if sum(button.sizeHint().width() for button in pair) + GAP <= self.width():
                for column, button in enumerate(pair):
                    self._grid.addWidget(button, row, column)
                row += 1
                continue
            for button in pair:
                self._grid.addWidget(button, row, 0, 1, 2)
                row += 1

    def set_curves(self, curves: Mapping[str, HazeCurve]) -> None:
        """The haze of cameras by name."""
        self._curves = dict(curves)
        self._enable()

    def set_cameras(self, cameras: Sequence[str]) -> None:
        """Look at these cameras only; at all where there is none."""
        self._cameras = tuple(cameras)
        self._enable()

    def set_position(self, when: datetime) -> None:
        """Where the playhead is."""
        self._position = when

    def go(self, jump: Jump) -> None:
        """Ask for the place of a jump, or say that there is none."""
        found = jump.find(self._used(), self._position)
        if found is None:
            self.message.emit(jump.nothing())
        else:
            self.position_requested.emit(found)

    def _used(self) -> list[HazeCurve]:
        names = self._cameras or tuple(self._curves)
        return [curve for name in names if (curve := self._curves.get(name)) is not None and len(curve)]

    def _enable(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(bool(self._used()))
