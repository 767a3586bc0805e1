"""The controls at the right: how this camera is shown, what computes it, when to warn; every row from the core's options."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dehazer import EnhanceOptions, Option, options_of
from gui.services.settings import Adjustments
from gui.theme import INSPECTOR_WIDTH, PAD, WIDE
from gui.view.option_texts import option_help, option_switch, option_title, shown_scale
from gui.widgets.collapsible import CollapsibleSection, SliderRow
from gui.widgets.controls import Slider, Switch
from gui.widgets.engine_sections import EngineSections
from gui.widgets.presets import PresetRow
from gui.widgets.recording_section import RecordingSection

DEFAULT_THRESHOLD, DEFAULT_ALARM = 8, 50
"""Percent haze that the switches start with."""


class ThresholdSection(CollapsibleSection):
    """A switch and a threshold in percent haze; 0 is off. moved: the new threshold."""

    moved = pyqtSignal(float)

    def __init__(self, text: str, switch: str, usual: int, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.switch = Switch(switch)
        self.row = SliderRow(self.tr("Threshold"), Slider(1, 100, usual, self.tr("{}: threshold").format(text)), " %")
        self.switch.setToolTip(tip)
        self.row.slider.setToolTip(tip)
        self.add("", self.switch)
        self.add("", self.row)
        self.switch.toggled.connect(self._emit_limit)
        self.row.moved.connect(self._emit_limit)
        self._show_limit()

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
        self._show_limit()

    def _emit_limit(self) -> None:
        self._show_limit()
        self.moved.emit(self.limit)

    def _show_limit(self) -> None:
        self.row.setEnabled(self.switch.isChecked())
        self.set_note(self.tr("{:.0f} %").format(self.limit) if self.limit > 0 else self.tr("off"))


class Inspector(QScrollArea):
    """The column of controls. adjustments_changed: by the user, with the new ones."""

    adjustments_changed = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setFixedWidth(INSPECTOR_WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Controls"))
        self.adjustments = Adjustments()
        self._build_rows()
        self._arrange()

    def _build_rows(self) -> None:
        titled = {name: one for name, one in options_of(EnhanceOptions).items() if one.title}
        self.sliders = {name: self._slider(name, one) for name, one in titled.items() if not one.switch}
        self.thresholds = {name: self._threshold(name, one) for name, one in titled.items() if one.switch}
        self.engine = EngineSections()
        self.alarm = ThresholdSection(self.tr("Alarm"), self.tr("Warn when it is hazy"), DEFAULT_ALARM,
                                      self.tr("warn while the picture is hazier than this"))
        self.alarm.moved.connect(lambda v: self._change(alarm=v))
        self.record = RecordingSection()
        self.presets = PresetRow()
        self.presets.picked.connect(self._apply)

    def _slider(self, name: str, option: Option) -> SliderRow:
        """A row for an option of EnhanceOptions, in whole steps of what is shown."""
        text, tip, (scale, unit) = option_title(option), option_help(EnhanceOptions, name), shown_scale(option)
        low, high, usual = (round((value or 0) * scale) for value in (option.low, option.high, getattr(Adjustments(), name)))
        row = SliderRow(text, Slider(low, high, usual, text), unit)
        row.slider.setToolTip(self.tr("{}\nDouble click: {}").format(tip[0].upper() + tip[1:], f"{usual}{unit}"))
        row.moved.connect(lambda v: self._change(**{name: v / scale}))
        return row

    def _threshold(self, name: str, option: Option) -> ThresholdSection:
        """A section with a switch, for an option whose 0 means off."""
        tip = option_help(EnhanceOptions, name)
        section = ThresholdSection(option_title(option), option_switch(option), DEFAULT_THRESHOLD, tip)
        section.moved.connect(lambda v: self._change(**{name: v}))
        return section

    def _arrange(self) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(PAD)
        for row in self.sliders.values():
            column.addWidget(row)
        column.addWidget(rule())
        sections = QVBoxLayout()
        sections.setSpacing(0)
        for widget in (self.engine.model, self.engine.speed, *self.thresholds.values(), self.alarm, self.record):
            sections.addWidget(widget)
        column.addLayout(sections)
        column.addWidget(rule())
        column.addWidget(self.presets)
        column.addStretch(1)
        self.setWidget(inside)

    def _change(self, **changes: Any) -> None:
        self.adjustments = replace(self.adjustments, **changes)
        self.adjustments_changed.emit(self.adjustments)

    def _apply(self, adjustments: Adjustments) -> None:
        self.show_adjustments(adjustments)
        self.adjustments_changed.emit(adjustments)

    def show_adjustments(self, adjustments: Adjustments) -> None:
        """Show the adjustments of a camera, without a signal."""
        self.adjustments = adjustments
        rules = options_of(EnhanceOptions)
        for name, row in self.sliders.items():
            row.set_value(getattr(adjustments, name) * shown_scale(rules[name])[0])
        for name, section in self.thresholds.items():
            section.set_limit(getattr(adjustments, name))
        self.alarm.set_limit(adjustments.alarm)


def rule() -> QFrame:
    """A thin line between groups."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
