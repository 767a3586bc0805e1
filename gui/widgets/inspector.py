"""The controls at the right: how this camera is shown, what computes it, when to warn; every row from the core's options."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.services.settings import Adjustments
from gui.theme import INSPECTOR_WIDTH, PAD, WIDE
from gui.widgets.adjustment_rows import AdjustmentRows, ThresholdSection
from gui.widgets.engine_offer import EngineOffer
from gui.widgets.engine_sections import EngineSections
from gui.widgets.presets import PresetRow
from gui.widgets.recording_section import RecordingSection

DEFAULT_ALARM = 50
"""Percent haze that the alarm's switch starts with."""


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
        self._build_rows()
        self._arrange()

    def _build_rows(self) -> None:
        self._rows = AdjustmentRows(self)
        self._rows.changed.connect(self.adjustments_changed)
        self.sliders, self.thresholds = self._rows.sliders, self._rows.thresholds
        self.engine, self.offer = EngineSections(), EngineOffer()
        self.alarm = ThresholdSection(self.tr("Alarm"), self.tr("Warn when it is hazy"), DEFAULT_ALARM,
                                      self.tr("warn while the picture is hazier than this"))
        self.alarm.moved.connect(lambda v: self._rows.change(alarm=v))
        self.record = RecordingSection()
        self.presets = PresetRow()
        self.presets.picked.connect(self._apply)

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
        for widget in (self.offer, self.engine.model, self.engine.speed, *self.thresholds.values(), self.alarm, self.record):
            sections.addWidget(widget)
        column.addLayout(sections)
        column.addWidget(rule())
        column.addWidget(self.presets)
        column.addStretch(1)
        self.setWidget(inside)

    @property
    def adjustments(self) -> Adjustments:
        """What is shown."""
        return self._rows.adjustments

    def _apply(self, adjustments: Adjustments) -> None:
        self.show_adjustments(adjustments)
        self.adjustments_changed.emit(adjustments)

    def show_adjustments(self, adjustments: Adjustments) -> None:
        """Show the adjustments of a camera, without a signal."""
        self._rows.show(adjustments)
        self.alarm.set_limit(adjustments.alarm)


def rule() -> QFrame:
    """A thin line between groups."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
