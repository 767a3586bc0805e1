"""The controls at the right: how this camera is shown, what computes it, when to warn; every row from the core's options."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dehazer import EnhanceOptions, options_of
from gui.settings import Look
from gui.theme import INSPECTOR, PAD, WIDE
from gui.widgets.controls import Slider, Switch
from gui.widgets.engine_rows import EngineRows
from gui.widgets.fold import Fold, SliderRow
from gui.widgets.presets import PresetRow
from gui.widgets.record_rows import RecordRows

USUAL_BYPASS, USUAL_ALARM = 8, 50
"""Percent haze that the switches begin with."""


class LimitFold(Fold):
    """A switch and a threshold in percent haze; 0 is off. moved: the new threshold."""

    moved = pyqtSignal(float)

    def __init__(self, words: str, switch: str, usual: int, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.switch = Switch(switch)
        self.row = SliderRow(self.tr("Threshold"), Slider(1, 100, usual, self.tr("{}: threshold").format(words)), " %")
        self.switch.setToolTip(tip)
        self.row.slider.setToolTip(tip)
        self.add("", self.switch)
        self.add("", self.row)
        self.switch.toggled.connect(self._say)
        self.row.moved.connect(self._say)
        self._reflect()

    @property
    def limit(self) -> float:
        """The threshold, 0 when switched off."""
        return float(self.row.slider.value()) if self.switch.isChecked() else 0.0

    def set_limit(self, limit: float) -> None:
        """Show a threshold without a signal."""
        self.switch.blockSignals(True)
        self.switch.setChecked(limit > 0)
        self.switch.blockSignals(False)
        if limit > 0:
            self.row.set_value(limit)
        self._reflect()

    def _say(self) -> None:
        self._reflect()
        self.moved.emit(self.limit)

    def _reflect(self) -> None:
        self.row.setEnabled(self.switch.isChecked())
        self.set_note(self.tr("{:.0f} %").format(self.limit) if self.limit > 0 else self.tr("off"))


class Inspector(QScrollArea):
    """The column of controls. look_changed: another look is wanted, with the new one."""

    look_changed = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setFixedWidth(INSPECTOR)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Controls"))
        self.look = Look()
        self._build_rows()
        self._arrange()

    def _build_rows(self) -> None:
        rules = options_of(EnhanceOptions)
        self.strength = self._slider(self.tr("Strength"), Look().strength, " %", rules["strength"].help)
        self.smoothing = self._slider(self.tr("Smoothing"), Look().temporal * 100, " %", rules["temporal"].help)
        self.strength.moved.connect(lambda v: self._change(strength=float(v)))
        self.smoothing.moved.connect(lambda v: self._change(temporal=v / 100))
        self.engine = EngineRows()
        self.bypass = LimitFold(self.tr("Bypass"), self.tr("Leave clear pictures untouched"), USUAL_BYPASS, rules["bypass"].help)
        self.alarm = LimitFold(self.tr("Alarm"), self.tr("Warn when it is hazy"), USUAL_ALARM,
                               self.tr("warn while the picture is hazier than this"))
        self.bypass.moved.connect(lambda v: self._change(bypass=v))
        self.alarm.moved.connect(lambda v: self._change(alarm=v))
        self.record = RecordRows()
        self.presets = PresetRow()
        self.presets.picked.connect(self._apply)

    def _slider(self, words: str, default: float, unit: str, tip: str) -> SliderRow:
        row = SliderRow(words, Slider(0, 100, round(default), words), unit)
        row.slider.setToolTip(self.tr("{}\nDouble click: {}").format(tip[0].upper() + tip[1:], f"{default:.0f}{unit}"))
        return row

    def _arrange(self) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(PAD)
        column.addWidget(self.strength)
        column.addWidget(self.smoothing)
        column.addWidget(rule())
        folds = QVBoxLayout()
        folds.setSpacing(0)
        for widget in (self.engine.model, self.engine.speed, self.bypass, self.alarm, self.record):
            folds.addWidget(widget)
        column.addLayout(folds)
        column.addWidget(rule())
        column.addWidget(self.presets)
        column.addStretch(1)
        self.setWidget(inside)

    def _change(self, **changes: float) -> None:
        self.look = replace(self.look, **changes)
        self.look_changed.emit(self.look)

    def _apply(self, look: Look) -> None:
        self.show_look(look)
        self.look_changed.emit(look)

    def show_look(self, look: Look) -> None:
        """Show the look of a camera, without a signal."""
        self.look = look
        self.strength.set_value(look.strength)
        self.smoothing.set_value(look.temporal * 100)
        self.bypass.set_limit(look.bypass)
        self.alarm.set_limit(look.alarm)


def rule() -> QFrame:
    """A thin line between groups."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
