"""The schedule of recordings: on or off, days of the week, from and to, and when it begins next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PyQt6.QtCore import QLocale, Qt, QTime
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTimeEdit, QVBoxLayout, QWidget

from dehazer import RecordingSchedule
from gui.dialogs.button_row import button_row
from gui.theme import GAP, PAD, WIDE
from gui.widgets.collapsible import quiet_label
from gui.widgets.controls import Switch


class ScheduleDialog(QDialog):
    """schedule: as it is filled in. clock: what time it is, aware."""

    def __init__(self, schedule: RecordingSchedule, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recording schedule"))
        self._clock = clock
        self.switch = Switch(self.tr("Record all open cameras at these times"))
        self.days = [self._day(number) for number in range(7)]
        self.begin, self.end = self._time(self.tr("From")), self._time(self.tr("To"))
        self.next, self.hint = QLabel(), quiet_label(self.tr(
            "What, where and in which files is chosen under Record. The window must be open; an end at or before the beginning "
            "is on the next day. A recording that you end yourself is not begun again before the next time."))
        self.hint.setWordWrap(True)
        self._show(schedule)
        self._arrange()
        self._changed()

    def _day(self, number: int) -> QPushButton:
        name = self.locale().standaloneDayName(number + 1, QLocale.FormatType.ShortFormat)
        button = QPushButton(name)
        button.setCheckable(True)
        button.setAccessibleName(self.locale().standaloneDayName(number + 1, QLocale.FormatType.LongFormat))
        button.toggled.connect(self._changed)
        return button

    def _time(self, name: str) -> QTimeEdit:
        box = QTimeEdit()
        box.setDisplayFormat("HH:mm")
        box.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)  # typed; the wheel and the arrow keys step
        box.setAccessibleName(name)
        box.timeChanged.connect(self._changed)
        return box

    def _show(self, schedule: RecordingSchedule) -> None:
        for number, button in enumerate(self.days):
            button.blockSignals(True)
            button.setChecked(number in schedule.days)
            button.blockSignals(False)
        for box, when in ((self.begin, schedule.begin), (self.end, schedule.end)):
            box.blockSignals(True)
            box.setTime(QTime(when.hour, when.minute))
            box.blockSignals(False)
        self.switch.setChecked(schedule.on)
        self.switch.toggled.connect(self._changed)

    def _arrange(self) -> None:
        days, times, whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        days.setSpacing(4)
        for button in self.days:
            days.addWidget(button)
        for text, box in ((self.tr("From"), self.begin), (self.tr("To"), self.end)):
            times.addWidget(QLabel(text))
            times.addWidget(box)
            times.addSpacing(PAD)
        times.addStretch(1)
        whole.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        whole.setSpacing(GAP)
        whole.addWidget(self.switch)
        for row in (days, times):
            whole.addLayout(row)
        for widget in (self.next, self.hint):
            whole.addWidget(widget)
        whole.addLayout(button_row(self.tr("Cancel"), self.reject, QPushButton(self.tr("Save")), self.accept))
        self.setMinimumWidth(440)
        self.switch.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def schedule(self) -> RecordingSchedule:
        """As it is filled in now."""
        chosen = frozenset(number for number, button in enumerate(self.days) if button.isChecked())
        return RecordingSchedule(self.switch.isChecked(), chosen, self.begin.time().toPyTime(), self.end.time().toPyTime())

    def _changed(self) -> None:
        schedule, now = self.schedule, self._clock()
        begin = schedule.next_start(now)
        if schedule.is_due(now.astimezone()):
            text = self.tr("Recordings would run now.")
        elif begin is not None:
            day = self.locale().standaloneDayName(begin.isoweekday(), QLocale.FormatType.LongFormat)
            text = self.tr("Next start: {}, {}").format(day, f"{begin:%Y-%m-%d %H:%M}")
        else:
            text = self.tr("Nothing is recorded by itself.") if not schedule.on else self.tr("Choose at least one day.")
        self.next.setText(text)
