"""The page of bookmarks: search, list, note and colour of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QPainter, QPixmap
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListView, QMenu, QToolButton, QVBoxLayout, QWidget

from dehazer.review import BOOKMARK_COLORS
from gui.review.bookmark_list import MARK, BookmarkDelegate, BookmarkModel
from gui.review.mark_painter import bookmark_color
from gui.theme import GAP, PAD, theme
from gui.widgets.buttons import IconButton
from gui.widgets.controls import DropDown

if TYPE_CHECKING:
    from dehazer.review import Bookmark


class BookmarksTab(QWidget):
    """chosen: a bookmark to go to. searched: the words. note_changed, color_changed: of the bookmark with that id.

    action_requested: the name of an action of the review room. remove_requested: ids. menu: filled by its owner.
    """

    chosen = pyqtSignal(object)
    searched = pyqtSignal(str)
    note_changed, color_changed = pyqtSignal(str, str), pyqtSignal(str, str)
    action_requested = pyqtSignal(str)
    remove_requested = pyqtSignal(object)

    def __init__(self, tips: dict[str, str], parent: QWidget | None = None) -> None:
        """tips: tool tips of the actions "bookmark", "undo" and "redo"."""
        super().__init__(parent)
        self.model = BookmarkModel()
        self.list, self.search, self.note = QListView(), QLineEdit(), QLineEdit()
        self.color = DropDown(self.tr("Colour of the bookmark"))
        self.empty = QLabel(self.tr("No bookmarks yet. B sets one at the playhead, or over what is marked."))
        self.buttons: dict[str, IconButton] = {}
        self._set_up_fields()
        self._set_up_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, GAP, PAD, PAD)
        column.setSpacing(GAP)
        column.addLayout(self._toolbar(tips))
        for widget, stretch in ((self.search, 0), (self.empty, 0), (self.list, 1)):
            column.addWidget(widget, stretch)
        editor = QHBoxLayout()
        editor.setSpacing(GAP)
        editor.addWidget(self.note, 1)
        editor.addWidget(self.color)
        column.addLayout(editor)
        self._show_chosen()

    def _set_up_fields(self) -> None:
        self.search.setPlaceholderText(self.tr("Search notes, cameras, dates"))
        self.search.setAccessibleName(self.tr("Search bookmarks"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.searched)
        self.note.setPlaceholderText(self.tr("Note"))
        self.note.setAccessibleName(self.tr("Note of the bookmark"))
        self.note.editingFinished.connect(self._note_edited)
        self.color.setFixedWidth(104)
        self.color.activated.connect(self._color_picked)
        self.empty.setObjectName("quiet")
        self.empty.setWordWrap(True)
        theme.changed.connect(self._fill_colors)
        self._fill_colors()

    def _fill_colors(self) -> None:
        names = {"yellow": self.tr("Yellow"), "red": self.tr("Red"), "green": self.tr("Green"), "blue": self.tr("Blue"),
                 "purple": self.tr("Purple"), "grey": self.tr("Grey")}
        self.color.fill([(names[color], color) for color in BOOKMARK_COLORS], self.color.currentData())
        for index, color in enumerate(BOOKMARK_COLORS):
            self.color.setItemIcon(index, _dot(color))

    def _set_up_list(self) -> None:
        self.list.setObjectName("bare")
        self.list.setModel(self.model)
        self.list.setItemDelegate(BookmarkDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.tr("Bookmarks"))
        self.list.activated.connect(self._choose)
        self.list.doubleClicked.connect(self._choose)
        selection = self.list.selectionModel()
        assert selection is not None
        selection.selectionChanged.connect(self._show_chosen)

    def _toolbar(self, tips: dict[str, str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for name, icon in (("bookmark", "bookmark-plus-outline"), ("undo", "undo"), ("redo", "redo")):
            button = self.buttons[name] = IconButton(icon, tips[name])
            button.clicked.connect(lambda _=False, name=name: self.action_requested.emit(name))
            row.addWidget(button)
        remove = self.buttons["remove"] = IconButton("delete-outline", self.tr("Remove the chosen bookmarks"))
        remove.clicked.connect(lambda: self.remove_requested.emit([mark.id for mark in self.selected]))
        row.addWidget(remove)
        row.addStretch(1)
        more = IconButton("dots-vertical", self.tr("Import and export bookmarks"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(more)
        more.setMenu(self.menu)
        row.addWidget(more)
        return row

    @property
    def selected(self) -> tuple[Bookmark, ...]:
        """The bookmarks that are chosen in the list."""
        return tuple(index.data(MARK) for index in self.list.selectedIndexes())

    def show_marks(self, marks: Sequence[Bookmark], zone: tzinfo, any_at_all: bool) -> None:
        """The bookmarks found; those that were chosen stay so. any_at_all: whether there are others."""
        kept = {mark.id for mark in self.selected}
        self.model.show(marks, zone)
        for row, mark in enumerate(marks):
            if mark.id in kept:
                self._select(row)
        self.empty.setVisible(not marks)
        self.empty.setText(self.tr("Nothing found.") if any_at_all
                           else self.tr("No bookmarks yet. B sets one at the playhead, or over what is marked."))
        self._show_chosen()

    def select(self, id: str) -> None:
        """Choose the bookmark of that id alone."""
        self.list.clearSelection()
        for row, mark in enumerate(self.model.marks):
            if mark.id == id:
                self._select(row)

    def _select(self, row: int) -> None:
        selection, index = self.list.selectionModel(), self.model.index(row)
        assert selection is not None
        selection.select(index, selection.SelectionFlag.Select)
        self.list.scrollTo(index)

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Whether there is something to take back, or to do again."""
        self.buttons["undo"].setEnabled(undo is not None)
        self.buttons["redo"].setEnabled(redo is not None)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(MARK))

    def _show_chosen(self) -> None:
        """Note and colour of the one that is chosen."""
        chosen = self.selected
        one = chosen[0] if len(chosen) == 1 else None
        self.buttons["remove"].setEnabled(bool(chosen))
        for field in (self.note, self.color):
            field.setEnabled(one is not None)
        if one is None:
            self.note.clear()
        else:
            if self.note.text() != one.note:
                self.note.setText(one.note)
            self.color.choose(one.color)

    def edit_note(self) -> None:
        """Let the user type the note of the chosen bookmark."""
        self.note.setFocus()
        self.note.selectAll()

    def _note_edited(self) -> None:
        if len(self.selected) == 1 and self.note.text() != self.selected[0].note:
            self.note_changed.emit(self.selected[0].id, self.note.text())

    def _color_picked(self) -> None:
        if len(self.selected) == 1:
            self.color_changed.emit(self.selected[0].id, self.color.currentData())


def _dot(color: str) -> QIcon:
    picture = QPixmap(QSize(28, 28))
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(bookmark_color(color))
    painter.drawEllipse(2, 2, 10, 10)
    painter.end()
    return QIcon(picture)
