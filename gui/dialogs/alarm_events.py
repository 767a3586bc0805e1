"""The list of haze alarms: when, which camera, how hazy, what was seen, and whether somebody has taken note."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QIcon, QPixmap
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from gui.haze_alarm import AlarmEvent, AlarmLog
from gui.theme import GAP, WIDE
from gui.view import formatting

PICTURE = QSize(128, 72)


class AlarmEventsDialog(QDialog):
    """Newest first; follows the log. It stays open beside the pictures; Escape closes it."""

    def __init__(self, log: AlarmLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Haze alarms"))
        self.resize(560, 420)
        self._log = log
        self.list, self.empty = QListWidget(), QLabel(self.tr("There was no alarm since the program was started."))
        self.list.setIconSize(PICTURE)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a long name goes on in the next line
        self.list.setAccessibleName(self.tr("Haze alarms"))
        self.empty.setObjectName("quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.one, self.every = QPushButton(self.tr("Acknowledge")), QPushButton(self.tr("Acknowledge all"))
        self.close_button = QPushButton(self.tr("Close"))
        self.one.clicked.connect(self._acknowledge_selected)
        self.every.clicked.connect(self._acknowledge_all)
        self.close_button.clicked.connect(self.close)
        self.list.currentItemChanged.connect(self._show_actions)
        self._arrange()
        log.changed.connect(self.show_events)
        self.show_events()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.one, self.every):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.close_button.setDefault(True)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        whole.setSpacing(GAP)
        for widget in (self.empty, self.list):
            whole.addWidget(widget)
        whole.addLayout(buttons)

    def show_events(self) -> None:
        """Show what the log holds now; the selection stays."""
        chosen = self._selected()
        self.list.clear()
        for event in reversed(self._log.events):
            item = QListWidgetItem(self._icon(event), self._text(event))
            item.setData(Qt.ItemDataRole.UserRole, event.number)
            self.list.addItem(item)
            if event.number == chosen:
                self.list.setCurrentItem(item)
        self.empty.setVisible(not self._log.events)
        self.list.setVisible(bool(self._log.events))
        self._show_actions()

    def _show_actions(self) -> None:
        """Only what can be done: nothing where every alarm is acknowledged, one alone where it is chosen."""
        waiting = {event.number for event in self._log.waiting}
        self.every.setVisible(bool(waiting))
        self.one.setVisible(bool(waiting))
        self.one.setEnabled(self._selected() in waiting)
        self.one.setToolTip("" if self.one.isEnabled() else self.tr("Choose an alarm that is not acknowledged in the list"))

    def _icon(self, event: AlarmEvent) -> QIcon:
        return QIcon() if event.picture is None else QIcon(QPixmap.fromImage(event.picture))

    def _text(self, event: AlarmEvent) -> str:
        began = event.began.astimezone()
        lasted = self.tr("lasts") if event.ended is None else formatting.age((event.ended - event.began).total_seconds())
        state = self.tr("acknowledged") if event.acknowledged else self.tr("▲ not acknowledged")
        peak = self.tr("haze up to {:.0f} %, limit {:.0f} %").format(event.peak, event.limit)
        return f"{began:%Y-%m-%d %H:%M:%S}  ·  {event.camera}\n{peak}  ·  {lasted}\n{state}"

    def _selected(self) -> int | None:
        item = self.list.currentItem()
        return None if item is None else item.data(Qt.ItemDataRole.UserRole)

    def _acknowledge_selected(self) -> None:
        if (number := self._selected()) is not None:
            self._log.acknowledge(number)

    def _acknowledge_all(self) -> None:
        self._log.acknowledge()
