"""The bar over the picture: whose picture it is and how it is doing, the views, and what can be done."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from gui.commands import COMMANDS, VIEWS
from gui.theme import BAR, GAP, PAD, theme
from gui.widgets.buttons import IconButton, Segmented
from gui.widgets.state_mark import StateMark

NARROW = 1000
"""Below this width the words beside the name are left out, and buttons that stand in the menu as well."""


class TopBar(QWidget):
    """Shows state and name, emits what the user wants; knows nothing of cameras.

    wanted: the name of a command. view_picked: the name of a view.
    """

    wanted = pyqtSignal(str)
    view_picked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(BAR)
        self.buttons: dict[str, IconButton] = {}
        self._busy = False
        self.mark, self.name, self.about = StateMark(), self._name_button(), QLabel()
        self.about.setObjectName("quiet")
        self.views = Segmented([(v, COMMANDS[v].text, COMMANDS[v].tip) for v in VIEWS], self.tr("View"))
        self.views.picked.connect(self.view_picked)
        self.clock = QLabel()
        self.clock.setVisible(False)
        self.clock.setAccessibleName(self.tr("Recording time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD, 0, GAP, 0)
        row.setSpacing(4)
        row.addWidget(self._left(), 1)
        row.addWidget(self.views)
        row.addWidget(self._right(), 1)

    def _name_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("name")
        button.setMinimumWidth(64)  # a long name gives way to everything else
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self.tr("Cameras that are open, and those used before"))
        return button

    def _left(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.mark, self.name, self.about):
            row.addWidget(widget)
        row.addStretch(1)
        return box

    def _right(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(self.clock)
        for name in ("pause", "record", "snapshot", "loupe", "grid", "inspector", "fullscreen"):
            row.addWidget(self._button(name))
        row.addWidget(self._menu_button())
        return box

    def _button(self, name: str) -> IconButton:
        command = COMMANDS[name]
        button = IconButton(command.icon, command.tip)
        button.setCheckable(command.checkable)
        button.clicked.connect(lambda: self.wanted.emit(name))
        self.buttons[name] = button
        return button

    def _menu_button(self) -> IconButton:
        self.more = IconButton("dots-vertical", QCoreApplication.translate("TopBar", "More"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        return self.more

    def show_source(self, kind: str, title: str, about: str) -> None:
        """State, name and the quiet words beside it ("1280×720 · live")."""
        self.mark.show_kind(kind)
        if self.name.text() != title:
            self.name.setText(title)
            self.name.setAccessibleName(self.tr("Camera: {}").format(title))
        self.about.setText(about)
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= NARROW
        self.about.setVisible(wide)
        self.buttons["loupe"].setVisible(wide and self._busy)
        self.buttons["fullscreen"].setVisible(wide)

    def show_pause(self, paused: bool) -> None:
        """What the button would do: go on, or pause."""
        self.buttons["pause"].show_as("play" if paused else "pause")

    def show_recording(self, clock: str) -> None:
        """The red dot and the time recorded so far; empty hides both."""
        on = bool(clock)
        self.clock.setText(f"<span style='color:{theme.tokens.fault}'>●</span>&nbsp;REC&nbsp;{clock}" if on else "")
        self.clock.setVisible(on)
        self.buttons["record"].setChecked(on)
        self.buttons["record"].show_as("stop-circle-outline" if on else "record-circle-outline", "fault" if on else "quiet")

    def set_busy_with(self, source: bool) -> None:
        """Whether there is a picture: without one, only opening makes sense."""
        self.views.setVisible(source)
        self.mark.setVisible(source)
        self._busy = source
        for name in ("pause", "record", "snapshot", "inspector"):
            self.buttons[name].setVisible(source)
        self._fit()
