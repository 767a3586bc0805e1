"""The status bar under the picture: haze over time, visibility, device, time since opening."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from dehazer import SessionSnapshot
from gui.theme import PAD, STATUS_BAR_HEIGHT, WIDE, theme
from gui.view import formatting
from gui.view.core_texts import core_text
from gui.view.readout import device_text, governor_text, publication_text
from gui.widgets.overlay import sparkline


class Sparkline(QWidget):
    """Haze of the last two minutes, the alarm threshold as a dashed line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: Sequence[float | None] = ()
        self.threshold = 0.0
        self.setFixedSize(120, 20)
        self.setAccessibleName(self.tr("Haze over the last two minutes"))
        self.setToolTip(self.tr("Haze over the last two minutes; the dashed line is the alarm"))
        theme.changed.connect(self.update)

    def show_values(self, values: Sequence[float | None], threshold: float) -> None:
        """Haze, 0 to 1, oldest first; threshold in percent, 0 for none."""
        if (values, threshold) != (self.values, self.threshold):
            self.values, self.threshold = values, threshold
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        sparkline(painter, area, self.values, self.threshold, color=theme.color("accent"), limit=theme.color("warning"))


class StatusBar(QWidget):
    """The newest numbers of the camera that is looked at. warnings_requested: what the core warns of is to be read again."""

    warnings_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(STATUS_BAR_HEIGHT)
        self.curve = Sparkline()
        self.haze, self.alarm, self.device, self.clock = QLabel(self.tr("haze")), QLabel(), QLabel(), QLabel()
        self.published, self.slow = QLabel(), QLabel()
        self.slow.setProperty("warning", True)
        self.warnings = QPushButton()
        self.warnings.setObjectName("link")
        self.warnings.hide()
        self.warnings.clicked.connect(self.warnings_requested)
        self._slow = self._device = ""
        self._concessions = (self.device.hide, lambda: self.slow.setText(self._slow.partition(":")[0]), self.curve.hide,
                             self.clock.hide, self.published.hide, self.alarm.hide)
        """What gives way where there is little room, the least important first; of missing frames, only the reason goes."""
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 0, PAD, 0)
        row.setSpacing(PAD)
        for widget in (self.haze, self.curve, self.alarm):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.warnings)
        row.addWidget(self.published)
        row.addWidget(self.slow)
        row.addWidget(self.device)
        row.addSpacing(WIDE)
        row.addWidget(self.clock)
        self.clock.setAccessibleName(self.tr("Time since this source was opened"))

    def show_snapshot(self, now: SessionSnapshot, threshold: float, seconds: float, *, slow: str = "",
                      current: bool = True) -> None:
        """The newest numbers. threshold: haze alarm in percent, 0 for none. seconds: since the source was opened. slow: frames
        that are missing, and why. current: whether the haze is that of the picture in view."""
        haze = now.scene.haze if current else None
        self.curve.show_values(now.scene.haze_history, threshold)
        self.haze.setText(self.tr("haze {}").format(formatting.percent(haze)))
        alarmed = threshold > 0 and haze is not None and haze * 100 >= threshold
        clarity = self._clarity(now) if current else ""
        self.alarm.setText(self.tr("▲ haze above {:.0f} %").format(threshold) if alarmed else clarity)
        sent = now.publication
        self.published.setText(publication_text(sent))
        self.published.setToolTip(core_text(sent.sentence) if sent is not None else "")
        _set_property(self.published, "warning", sent is not None and sent.kind == "retrying")
        self._slow = f"▲ {slow}" if slow else ""
        _set_property(self.alarm, "alarm", alarmed)
        self.warnings.setVisible(bool(now.warnings))
        self.warnings.setText(self.tr("▲ warnings: {}").format(len(now.warnings)))
        self.warnings.setToolTip("\n".join(now.warnings))
        given_up = "" if slow and now.drops.governor else governor_text(now.governor)  # said as the reason then
        parts = [device_text(now.engine, now.scene.grid), self.tr("governor: {}").format(given_up) if given_up else ""]
        self._device = " · ".join(p for p in parts if p)
        self.clock.setText(formatting.clock(seconds))
        self._fit()

    def _fit(self) -> None:
        """What there is room for, in whole cells: see `_concessions` for what gives way first. Takes effect at once."""
        self._show_all()
        for give_way in self._concessions:
            if self._row.sizeHint().width() <= self.width():
                break
            give_way()
        self.slow.setToolTip(self._slow)
        left_out = [cell.text() for cell in (self.clock, self.published, self.alarm) if cell.isHidden() and cell.text()]
        self.setToolTip("\n".join(text for text in (self._device, *left_out) if text))
        self._row.activate()  # else a picture taken before Qt's next turn shows the new texts at the old places, cut

    def _show_all(self) -> None:
        self.slow.setText(self._slow)
        self.device.setText(self._device)
        self.device.setVisible(bool(self._device))
        for cell in (self.curve, self.clock, self.published, self.alarm):
            cell.setVisible(True)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def clear(self) -> None:
        """A source of which nothing is known yet."""
        self.curve.show_values((), 0.0)
        self.haze.setText(self.tr("haze {}").format(formatting.percent(None)))
        self.warnings.hide()
        self._slow = self._device = ""
        for label in (self.alarm, self.published, self.clock):
            label.setText("")
        self._fit()
        _set_property(self.alarm, "alarm", False)

    def _clarity(self, now: SessionSnapshot) -> str:
        if now.scene.bypassed:
            return self.tr("clear: passed untouched")
        return self.tr("visibility {}").format(formatting.percent(now.scene.visibility))


def _set_property(label: QLabel, name: str, value: bool) -> None:
    """Set what the style sheet looks at."""
    if label.property(name) != value:
        label.setProperty(name, value)
        style = label.style()
        assert style is not None
        style.polish(label)
