"""Rows that adjust how a camera is shown: a slider, or a section with a switch, for each option of the core with a title."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from dehazer import EnhanceOptions, Option, options_of
from gui.services.settings import Adjustments
from gui.view.option_texts import option_help, option_switch, option_title, shown_scale
from gui.widgets.collapsible import CollapsibleSection, SliderRow
from gui.widgets.controls import Slider, Switch

DEFAULT_THRESHOLD = 8
"""Percent haze that a switch starts with."""


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


class AdjustmentRows(QObject):
    """sliders, thresholds: the rows by name of the option, to be placed. adjustments: what they show. changed: by the user."""

    changed = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        titled = {name: one for name, one in options_of(EnhanceOptions).items() if one.title}
        self.adjustments = Adjustments()
        self.sliders = {name: self._slider(name, one) for name, one in titled.items() if not one.switch}
        self.thresholds = {name: self._threshold(name, one) for name, one in titled.items() if one.switch}

    def _slider(self, name: str, option: Option) -> SliderRow:
        """A row for an option of EnhanceOptions, in whole steps of what is shown."""
        text, tip, (scale, unit) = option_title(option), option_help(EnhanceOptions, name), shown_scale(option)
        low, high, usual = (round((value or 0) * scale) for value in (option.low, option.high, getattr(Adjustments(), name)))
        row = SliderRow(text, Slider(low, high, usual, text), unit)
        reset = QCoreApplication.translate("Inspector", "{}\nDouble click: {}")
        row.slider.setToolTip(reset.format(tip[0].upper() + tip[1:], f"{usual}{unit}"))
        row.moved.connect(lambda v: self.change(**{name: v / scale}))
        return row

    def _threshold(self, name: str, option: Option) -> ThresholdSection:
        """A section with a switch, for an option whose 0 means off."""
        tip = option_help(EnhanceOptions, name)
        section = ThresholdSection(option_title(option), option_switch(option), DEFAULT_THRESHOLD, tip)
        section.moved.connect(lambda v: self.change(**{name: v}))
        return section

    def change(self, **changes: Any) -> None:
        """The user changed some of them."""
        self.adjustments = replace(self.adjustments, **changes)
        self.changed.emit(self.adjustments)

    def show(self, adjustments: Adjustments) -> None:
        """Show the adjustments of a camera, without a signal."""
        self.adjustments = adjustments
        rules = options_of(EnhanceOptions)
        for name, row in self.sliders.items():
            row.set_value(getattr(adjustments, name) * shown_scale(rules[name])[0])
        for name, section in self.thresholds.items():
            section.set_limit(getattr(adjustments, name))
