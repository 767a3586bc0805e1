"""Bookmarks: set, found, changed, taken back, read from and written to files; the core keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from dehazer import DehazerError
from gui.review.bookmarks_tab import BookmarksTab
from gui.review.camera_panes import CameraPanes
from gui.review.mark_controller import MarkController
from gui.review.playback_controller import PlaybackController

if TYPE_CHECKING:
    from datetime import datetime

    from dehazer.review import Bookmark, Bookmarks


class BookmarkController(QObject):
    """changed: the bookmarks are others. message: (text, whether it is an error, folder to show or None). added: a bookmark."""

    changed = pyqtSignal()
    message = pyqtSignal(str, bool, object)
    added = pyqtSignal(object)

    def __init__(self, tab: BookmarksTab, bookmarks: Bookmarks, playback: PlaybackController, marks: MarkController, *,
                 panes: CameraPanes, dialog_parent: QWidget) -> None:
        super().__init__()
        self._tab, self._bookmarks, self._playback, self._marks = tab, bookmarks, playback, marks
        self._panes, self._dialog_parent = panes, dialog_parent
        tab.chosen.connect(self.go_to)
        tab.searched.connect(lambda _text: self.show())
        tab.note_changed.connect(lambda id, note: self._change(id, note=note))
        tab.color_changed.connect(lambda id, color: self._change(id, color=color))
        tab.remove_requested.connect(self.remove)
        self._fill_menu()

    def _fill_menu(self) -> None:
        entries = ((self.tr("Save as CSV…"), lambda: self._save(".csv")),
                   (self.tr("Save as JSON…"), lambda: self._save(".json")), (self.tr("Read from a file…"), self._read))
        for text, handler in entries:
            action = self._tab.menu.addAction(text)
            assert action is not None
            action.triggered.connect(handler)

    def show(self) -> None:
        """What is found, in the list."""
        found = self._bookmarks.search(self._tab.search.text())
        self._tab.show_marks(found, self._playback.zone, bool(self._bookmarks.all))
        self._tab.show_history(self._bookmarks.undo_title, self._bookmarks.redo_title)

    def refresh(self) -> None:
        """They were changed."""
        self.show()
        self.changed.emit()

    @property
    def all(self) -> tuple[Bookmark, ...]:
        """Every bookmark, by time."""
        return self._bookmarks.all

    # commands

    def add(self, when: datetime | None = None) -> None:
        """Set one over what is marked, else at the playhead or another moment."""
        from dehazer.review import Span

        moment = when or self._playback.moment
        span = self._marks.span if when is None else None
        if not self._panes.current or moment is None:
            return
        camera, place = self._panes.current, span or Span(moment, moment)
        self._do(lambda: self._added(self._bookmarks.add(camera, place)))

    def _added(self, mark: Bookmark) -> None:
        self.refresh()
        self._tab.select(mark.id)
        self.added.emit(mark)

    def remove(self, ids: list[str]) -> None:
        """Take bookmarks away."""
        self._do(lambda: self._bookmarks.remove(*ids))

    def _change(self, id: str, **changes: str) -> None:
        mark = next((one for one in self._bookmarks.all if one.id == id), None)
        if mark is not None:
            self._do(lambda: self._bookmarks.change(replace(mark, **changes)))  # type: ignore[arg-type]  # note and color are texts

    def undo(self) -> None:
        """Take the last change back."""
        self._do(self._bookmarks.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._do(self._bookmarks.redo)

    def go_to(self, mark: Bookmark) -> None:
        """Look at a bookmark's camera at its beginning; a stretch becomes what is marked."""
        if mark.camera in self._panes.panes:
            self._panes.select(mark.camera)
        if mark.span.duration > 0:
            self._marks.set_span(mark.span)
        self._playback.seek(mark.span.start)

    def go(self, count: int) -> None:
        """To the next bookmark (1), or the previous one (-1)."""
        position = self._playback.position
        if position is None:
            return
        behind = [mark for mark in self._bookmarks.all if mark.span.start > position]
        before = [mark for mark in self._bookmarks.all if mark.span.start < position]
        if count > 0 and behind:
            self._playback.seek(behind[0].span.start)
        elif count < 0 and before:
            self._playback.seek(before[-1].span.start)

    def _do(self, change: Callable[[], object]) -> None:
        try:
            change()
        except DehazerError as error:
            self.message.emit(str(error), True, None)
        self.refresh()

    # files

    def _save(self, suffix: str) -> None:
        found, _ = QFileDialog.getSaveFileName(self._dialog_parent, self.tr("Save bookmarks"), f"bookmarks{suffix}", f"*{suffix}")
        if found:
            path = Path(found).with_suffix(suffix)
            write = self._bookmarks.to_csv if suffix == ".csv" else self._bookmarks.to_json
            self._do(lambda: self._saved(write, path))

    def _saved(self, write: Callable[[Path], None], path: Path) -> None:
        write(path)
        self.message.emit(self.tr("Saved {}").format(path.name), False, path.parent)

    def _read(self) -> None:
        found, _ = QFileDialog.getOpenFileName(self._dialog_parent, self.tr("Read bookmarks"), "", "*.csv *.json")
        if found:
            path = Path(found)
            read = self._bookmarks.from_csv if path.suffix.lower() == ".csv" else self._bookmarks.from_json
            self._do(lambda: self.message.emit(self.tr("{} bookmarks are new or changed").format(read(path)), False, None))
