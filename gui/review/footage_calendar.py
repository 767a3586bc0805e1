"""A month at a time; days with footage are bold and underlined, and a click on one goes there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from PyQt6.QtCore import QDate, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPen, QTextCharFormat
from PyQt6.QtWidgets import QCalendarWidget, QTableView, QToolButton, QWidget

from gui.theme import ICON, RADIUS, SMALL, font, theme

CELL = 25
"""Pixels of a row."""


class FootageCalendar(QCalendarWidget):
    """day_chosen: a date with footage that was clicked, or confirmed with Return."""

    day_chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days: frozenset[date] = frozenset()
        self.setAccessibleName(self.tr("Days with footage"))
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setGridVisible(False)
        self.setFont(font(SMALL))
        self.setFixedHeight(8 * CELL)
        for name, tip in (("qt_calendar_prevmonth", self.tr("Month before")), ("qt_calendar_nextmonth", self.tr("Next month"))):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setToolTip(tip)
                button.setAccessibleName(tip)
        table = self.findChild(QTableView)
        columns = table.horizontalHeader() if table is not None else None
        if columns is not None:
            columns.setMinimumSectionSize(CELL)  # the style's own is too wide for the panel
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        theme.changed.connect(self._dress)
        self._dress()

    def set_days(self, days: Collection[date]) -> None:
        """The days with footage; the first ones given bring the last month with footage into view."""
        found = frozenset(days)
        if found == self.days:
            return
        was_empty, self.days = not self.days, found
        if was_empty:
            self.set_day(max(found))
        self.updateCells()

    def set_day(self, day: date) -> None:
        """Mark the day of the playhead, and bring its month into view when it is another one than before."""
        chosen = QDate(day.year, day.month, day.day)
        if chosen != self.selectedDate():
            self.setSelectedDate(chosen)

    def _choose(self, chosen: QDate) -> None:
        day = date(chosen.year(), chosen.month(), chosen.day())
        if day in self.days:
            self.day_chosen.emit(day)

    def _dress(self) -> None:
        plain = QTextCharFormat()
        plain.setForeground(theme.color("quiet"))
        plain.setBackground(theme.color("panel"))
        plain.setFont(font(SMALL))
        self.setHeaderTextFormat(plain)
        for day in Qt.DayOfWeek:
            self.setWeekdayTextFormat(day, plain)
        for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(theme.icon(icon))
                button.setIconSize(QSize(ICON, ICON))
        self.updateCells()

    def paintCell(self, painter: QPainter | None, rect: QRect, chosen: QDate | date) -> None:
        if painter is None:
            return
        day = date(chosen.year(), chosen.month(), chosen.day()) if isinstance(chosen, QDate) else chosen
        has_footage, is_chosen = day in self.days, QDate(day.year, day.month, day.day) == self.selectedDate()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.color("panel"))
        box = QRectF(rect).adjusted(2, 1, -2, -1)
        if is_chosen:
            table = self.findChild(QTableView)
            strong = table is not None and table.hasFocus()
            painter.setPen(QPen(theme.color("accent" if strong else "quiet"), 1.5))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
        painter.setFont(font(SMALL, has_footage))
        painter.setPen(theme.color("text" if has_footage or day.month == self.monthShown() else "quiet"))
        painter.drawText(box.adjusted(0, 0, 0, -4), Qt.AlignmentFlag.AlignCenter, str(day.day))
        if has_footage:
            painter.fillRect(QRectF(box.center().x() - 7, box.bottom() - 5, 14, 2.5), theme.color("accent"))
        painter.restore()
