"""Haze alarms as the user meets them: a message that stays until the haze goes, a sound, the list of events."""

from __future__ import annotations

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication, QWidget

from gui.alerts import Alerts
from gui.dialogs.alarm_events import AlarmEventsDialog
from gui.services.settings import Settings
from gui.widgets.notice import Notice

SOUND = "alarm/sound"
"""The setting that switches the sound on."""


class AlarmController(QObject):
    """Shows the alarms of `alerts`."""

    def __init__(self, alerts: Alerts, notice: Notice, settings: Settings, dialog_parent: QWidget) -> None:
        super().__init__()
        self._alerts, self._notice, self._settings, self._dialog_parent = alerts, notice, settings, dialog_parent
        self._shown: dict[int, int] = {}  # number of the event → number of the message about it
        self._dialog: AlarmEventsDialog | None = None
        alerts.alarm.connect(self._begin)
        alerts.quiet.connect(self._end)

    def _begin(self, text: str, number: int) -> None:
        self._shown[number] = self._notice.show_message(text, is_error=True, button=self.tr("Acknowledge"), stays=True,
                                                        action=lambda: self._alerts.log.acknowledge(number))
        QApplication.alert(self._dialog_parent.window())
        if self._settings.flag(SOUND, False):
            QApplication.beep()

    def _end(self, number: int) -> None:
        """The haze is gone, and so is what was said of it; the list keeps the event."""
        self._notice.hide_message(self._shown.pop(number, -1))

    def show_events(self) -> None:
        """The list of events."""
        if self._dialog is None:
            self._dialog = AlarmEventsDialog(self._alerts.log, self._dialog_parent)
        self._dialog.show()
        self._dialog.raise_()

    def toggle_sound(self) -> None:
        """Switch the sound of alarms on or off."""
        self._settings.put(SOUND, not self._settings.flag(SOUND, False))
