"""The list of videos beside the picture: which one plays, which follow, and which cannot be read and why."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.action import Action
from gui.playlist import Entry, Playlist
from gui.theme import BASE, GAP, PAD, font, theme
from gui.view.wrapping import wrapped
from gui.widgets.buttons import action_button

WIDEST, NARROWEST, SHARE = 260, 168, 0.24
"""Pixels, and the share of the room that the panel takes between them."""
TEXT_LEFT = 44
"""Pixels of an entry that are not text."""
SCROLL_BAR = 10
MOST_LINES = 6
"""Lines of a reason; the tool tip has all of it."""


class PlaylistPanel(QWidget):
    """chosen: index of a video to play. action_requested: the name of an action (next, previous, hide)."""

    chosen = pyqtSignal(int)
    action_requested = pyqtSignal(str)

    def __init__(self, next_action: Action[object], previous_action: Action[object], hide_action: Action[object],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.count, self.list = QLabel(), QListWidget()
        self.count.setFont(font(BASE, True))
        self.list.setObjectName("bare")
        self.list.setAccessibleName(self.tr("Videos"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemActivated.connect(lambda item: self.chosen.emit(self.list.row(item)))
        self.buttons = {action.name: action_button(action, self.action_requested.emit)
                        for action in (previous_action, next_action, hide_action)}
        self._arrange()
        theme.changed.connect(self._draw_icons)
        self._shown: list[tuple[str, str]] = []
        self._playlist: Playlist | None = None
        self._room = NARROWEST - PAD - 4 - TEXT_LEFT - SCROLL_BAR

    def _arrange(self) -> None:
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(4)
        head.addWidget(self.count)
        head.addStretch(1)
        for button in self.buttons.values():
            head.addWidget(button)
        column.setContentsMargins(PAD, GAP, 4, GAP)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def show_playlist(self, playlist: Playlist) -> None:
        """The list as it is now; the place scrolled to stays."""
        self._playlist = playlist
        shown = [(str(entry.path), entry.problem) for entry in playlist.entries]
        if [path for path, _ in shown] != [path for path, _ in self._shown]:
            self.list.clear()
            for entry in playlist.entries:
                self.list.addItem(QListWidgetItem(entry.path.name))
        self._shown = shown
        for index, entry in enumerate(playlist.entries):
            self._show_entry(index, entry, index == playlist.index)
        self.count.setText(self.tr("{} of {}").format(playlist.index + 1, len(playlist.entries)))
        self.buttons["next_file"].setEnabled(playlist.beside(1) is not None)
        self.buttons["previous_file"].setEnabled(playlist.beside(-1) is not None)

    def _show_entry(self, index: int, entry: Entry, plays: bool) -> None:
        item = self.list.item(index)
        if item is None:
            return
        item.setText(self._text(entry))
        item.setToolTip(f"{entry.path}\n{entry.problem}".strip())
        item.setFont(font(BASE, plays))
        item.setForeground(theme.color("quiet" if entry.problem else "text"))
        item.setIcon(theme.icon("play", "accent") if plays and not entry.problem else theme.icon("alert-outline", "warning")
                     if entry.problem else theme.icon("filmstrip"))
        if plays and self.list.currentRow() != index:
            self.list.setCurrentRow(index)

    def _text(self, entry: Entry) -> str:
        """The name and, below it, why it cannot be played, in as many lines as that takes."""
        if not entry.problem:
            return entry.path.name
        reason = entry.problem.replace(str(entry.path), "").replace(entry.path.name, "").strip(" :")
        return "\n".join([entry.path.name, *wrapped(reason, font(BASE), self._room, MOST_LINES)])

    def _draw_icons(self) -> None:
        if self._playlist is not None:
            self.show_playlist(self._playlist)

    def fit(self, room: int) -> None:
        """Take as much of so many pixels as the list needs and the picture can spare."""
        width = round(max(NARROWEST, min(WIDEST, SHARE * room)))
        self._room = width - PAD - 4 - TEXT_LEFT - SCROLL_BAR  # the list itself takes its new width later
        self.setFixedWidth(width)
        self._draw_icons()  # reasons wrap at the new width


class BodyWithPlaylist(QWidget):
    """The pages of the window, with the list at their left while there is one."""

    def __init__(self, panel: PlaylistPanel, pages: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(panel)
        row.addWidget(pages, 1)
        panel.setVisible(False)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._panel.fit(self.width())


