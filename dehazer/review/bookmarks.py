"""The list of bookmarks: kept in one JSON file, with search, undo, and CSV and JSON both ways."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from dehazer.errors import OutputError, UsageError
from dehazer.files.output_paths import reason, write_in_place
from dehazer.review.bookmark import BOOKMARK_COLORS, Bookmark, Chapter
from dehazer.review.bookmark_files import json_text, read_csv, read_json, write_csv, write_json
from dehazer.review.history import History
from dehazer.review.span import Span


class Bookmarks:
    """All bookmarks, sorted by time; every change is saved at once and can be undone. Safe from any thread.

    path: the JSON file, None keeps them in memory. on_change: called in the changing thread, behind every change.
    Raises InputError where the file is there but cannot be read; nothing is overwritten then. A change that cannot be
    saved raises OutputError and is not made.
    """

    def __init__(self, path: Path | None = None, on_change: Callable[[], None] | None = None) -> None:
        self._path, self._on_change = path, on_change
        self._lock = threading.RLock()
        found = read_json(path) if path is not None and path.exists() else ()
        self._history = History(_sorted(found))

    @property
    def all(self) -> tuple[Bookmark, ...]:
        """Every bookmark, by time."""
        return self._history.present

    def of(self, camera: str) -> tuple[Bookmark, ...]:
        """Those of one camera, by time."""
        return tuple(mark for mark in self.all if mark.camera == camera)

    def search(self, text: str) -> tuple[Bookmark, ...]:
        """Those whose camera, note, colour and date together hold every word of `text`, without regard to case."""
        words = text.casefold().split()
        return tuple(mark for mark in self.all if all(word in _searched(mark) for word in words))

    def chapters(self, span: Span, cameras: Iterable[str] = ()) -> tuple[Chapter, ...]:
        """The bookmarks inside `span` as chapters, cut to it. cameras: only these; none given means all."""
        wanted = set(cameras)
        inside = [mark for mark in self.all if (not wanted or mark.camera in wanted)
                  and mark.span.start < span.end and (mark.span.end > span.start or mark.span.start >= span.start)]
        return tuple(Chapter(mark.title, Span(max(mark.span.start, span.start), min(mark.span.end, span.end)))
                     for mark in inside)

    def add(self, camera: str, span: Span, note: str = "", color: str = BOOKMARK_COLORS[0]) -> Bookmark:
        """Set a bookmark."""
        mark = Bookmark(camera, span, note, color)
        with self._lock:
            self._change("Add bookmark", (*self.all, mark))
        return mark

    def change(self, mark: Bookmark) -> None:
        """Replace the bookmark of the same id; raises UsageError where there is none."""
        with self._lock:
            self._known(mark.id)
            self._change("Change bookmark", tuple(mark if one.id == mark.id else one for one in self.all))

    def note(self, id: str, text: str) -> None:
        """Replace the note of a bookmark."""
        self.change(replace(self._known(id), note=text))

    def remove(self, *ids: str) -> None:
        """Take bookmarks away, as one change; raises UsageError where one is not there."""
        with self._lock:
            for id in ids:
                self._known(id)
            title = "Remove bookmark" if len(ids) == 1 else f"Remove {len(ids)} bookmarks"
            self._change(title, tuple(mark for mark in self.all if mark.id not in ids))

    def take_over(self, marks: Iterable[Bookmark]) -> int:
        """Add bookmarks from elsewhere, as one change; one whose id is known replaces it. Returns how many are new or other."""
        with self._lock:
            known = {mark.id: mark for mark in self.all}
            fresh = {mark.id: mark for mark in marks if known.get(mark.id) != mark}
            if fresh:
                self._change(f"Import {len(fresh)} bookmarks", tuple((known | fresh).values()))
            return len(fresh)

    def to_csv(self, path: Path) -> None:
        """Write all of them for a spreadsheet. Raises OutputError."""
        write_csv(path, self.all)

    def to_json(self, path: Path) -> None:
        """Write all of them for programs. Raises OutputError."""
        write_json(path, self.all)

    def from_csv(self, path: Path) -> int:
        """Take over the bookmarks of a CSV file, all or none; returns how many are new or other. Raises InputError."""
        return self.take_over(read_csv(path))

    def from_json(self, path: Path) -> int:
        """Take over the bookmarks of a JSON file, all or none; returns how many are new or other. Raises InputError."""
        return self.take_over(read_json(path))

    def _known(self, id: str) -> Bookmark:
        found = next((mark for mark in self.all if mark.id == id), None)
        if found is None:
            raise UsageError("This bookmark is not there any more; it was removed meanwhile.")
        return found

    @property
    def undo_title(self) -> str | None:
        """What `undo` takes back, None for nothing."""
        return self._history.undo_title

    @property
    def redo_title(self) -> str | None:
        """What `redo` does again, None for nothing."""
        return self._history.redo_title

    def undo(self) -> str | None:
        """Take the last change back; returns what it was, None for nothing."""
        return self._step(self._history.undo, self._history.redo)

    def redo(self) -> str | None:
        """Do again what was taken back; returns what it was, None for nothing."""
        return self._step(self._history.redo, self._history.undo)

    def _step(self, step: Callable[[], str | None], back: Callable[[], str | None]) -> str | None:
        with self._lock:
            title = step()
            if title is None:
                return None
            try:
                self._save(self.all)
            except OutputError:
                back()
                raise
        self._tell()
        return title

    def _change(self, title: str, marks: tuple[Bookmark, ...]) -> None:
        marks = _sorted(marks)
        self._save(marks)
        self._history.record(title, marks)
        self._tell()

    def _save(self, marks: tuple[Bookmark, ...]) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_in_place(self._path, json_text(marks).encode())
        except OSError as error:
            raise OutputError(f"The bookmarks cannot be saved in {self._path}: {reason(error)}.", str(error)) from error

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change()


def _sorted(marks: Iterable[Bookmark]) -> tuple[Bookmark, ...]:
    return tuple(sorted(marks, key=lambda mark: mark.order))


def _searched(mark: Bookmark) -> str:
    return f"{mark.camera} {mark.note} {mark.color} {mark.span.start.isoformat(' ')}".casefold()
