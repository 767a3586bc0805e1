"""The bar over the picture: name and state of the camera, the view modes, the most used actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from gui.action import Action
from gui.theme import GAP, PAD, TOP_BAR_HEIGHT, theme
from gui.view.modes import VIEW_MODES
from gui.view.recording_badge import RecordingBadge
from gui.widgets.bar_rows import SPACING, side, three_parts
from gui.widgets.buttons import IconButton, MenuButton, Segmented, action_button
from gui.widgets.state_mark import StateMark

NARROW = 1000
"""Below this width the words beside the name are left out, and buttons that stand in the menu as well."""
WIDE_BAR = 1400
"""From this width on there is room to say in full what is wrong with a recording."""


class TopBar(QWidget):
    """Shows state and name, emits what the user wants; knows nothing of cameras.

    action_requested: the name of an action. view_requested: the name of a view mode.
    """

    action_requested = pyqtSignal(str)
    view_requested = pyqtSignal(str)

    def __init__(self, actions: Mapping[str, Action[Any]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(TOP_BAR_HEIGHT)
        self.buttons: dict[str, IconButton] = {}
        self._has_source = False
        self._recorded = RecordingBadge()
        self.mark, self.name, self.details = StateMark(), self._name_button(), QLabel()
        self.details.setObjectName("quiet")
        self.views = Segmented([(v, actions[v].text, actions[v].tip) for v in VIEW_MODES], self.tr("View"))
        self.views.picked.connect(self.view_requested)
        self.clock = QLabel()
        self.clock.setContentsMargins(PAD, 0, 0, 0)
        self.clock.setVisible(False)
        self.clock.setAccessibleName(self.tr("Recording time"))
        buttons = map(self._button, ("pause", "record", "snapshot", "loupe", "grid", "inspector", "fullscreen"))
        self._sides = (side([self.mark, self.name, self.details]),
                       side([self.clock, *buttons, self._menu_button()], at_right=True))
        three_parts(self, self._sides[0], self.views, self._sides[1], (PAD, GAP))

    def _name_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("name")
        button.setMinimumWidth(64)  # a long name gives way to everything else
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.camera_menu = QMenu(button)
        button.setMenu(self.camera_menu)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self.tr("Cameras that are open"))
        return button

    def _button(self, name: str) -> IconButton:
        button = self.buttons[name] = action_button(self._actions[name], self.action_requested.emit)
        return button

    def _menu_button(self) -> IconButton:
        self.more = MenuButton(self.tr("More"))
        self.more_menu = self.more.items
        return self.more

    def show_source(self, status: str, title: str, details: str) -> None:
        """State, name and the quiet words beside it ("1280×720 · live")."""
        self.mark.show_state(status)
        if self.name.text() != title:
            self.name.setText(title)
            self.name.setAccessibleName(self.tr("Camera: {}").format(title))
        self.details.setText(details)
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What there is room for; of what is wrong with a recording at least two words, for which everything else gives way."""
        for wide, text in self._arrangements():
            self.details.setVisible(wide)
            self.buttons["loupe"].setVisible(wide and self._has_source)
            self.buttons["fullscreen"].setVisible(wide)
            self.clock.setText(text)
            if self._needed() <= self.width():
                break

    def _arrangements(self) -> Iterator[tuple[bool, str]]:
        """(with what a narrow bar leaves out, text of the recording), the best first."""
        badge = self._recorded
        if self.width() >= WIDE_BAR:
            yield True, self._clock_text(badge.text, badge.note)
        if self.width() >= NARROW:
            yield True, self._clock_text(badge.text, badge.short)
        for clock, note in ((badge.text, badge.short), ("", badge.short)):
            yield False, self._clock_text(clock, note)

    def _clock_text(self, clock: str, note: str) -> str:
        if not self._recorded.on:
            return ""
        red = f"<span style='color:{theme.tokens.fault}'>"
        parts = [f"{red}●</span> {clock}"] if clock or not note else []
        parts += [f"{red}▲ {note}</span>"] if note else []
        return f"<span style='white-space:nowrap'>{' · '.join(parts)}</span>"

    def _needed(self) -> int:
        """The least width for what it shows now; the bar's own layout knows it only at Qt's next turn."""
        layouts = (part.layout() for part in self._sides)
        middle = 0 if self.views.isHidden() else self.views.sizeHint().width()
        return PAD + GAP + 2 * SPACING + middle + sum(layout.minimumSize().width() for layout in layouts if layout is not None)

    def show_pause(self, paused: bool) -> None:
        """What the button would do: go on, or pause."""
        self.buttons["pause"].show_as("play" if paused else "pause")

    def show_recording(self, badge: RecordingBadge) -> None:
        """The red dot and the time recorded so far, and in red what keeps pictures from the file."""
        self._recorded = badge
        record = self.buttons["record"]
        record.setChecked(badge.on)
        record.show_as("stop-circle-outline" if badge.on else "record-circle-outline", "fault" if badge.on else "quiet")
        self.clock.setVisible(badge.on)
        self._fit()
        self.clock.setToolTip(badge.note)
        self.clock.setAccessibleName(": ".join(text for text in (self.tr("Recording time"), badge.note) if text))
        self.clock.setAccessibleDescription(" ".join((badge.text, badge.note)).strip())

    def set_has_source(self, has_source: bool) -> None:
        """Whether there is a picture: without one, only opening makes sense."""
        self.views.setVisible(has_source)
        self.mark.setVisible(has_source)
        self._has_source = has_source
        for name in ("pause", "record", "snapshot", "inspector"):
            self.buttons[name].setVisible(has_source)
        self._fit()
