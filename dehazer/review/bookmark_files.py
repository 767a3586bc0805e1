"""Bookmarks as CSV for spreadsheets and as JSON for programs, both ways and without loss.

CSV: UTF-8 with a byte order mark, so that spreadsheets read every alphabet; every cell in quotes. A cell that a spreadsheet
would compute (it begins with =, +, -, @, a tab or a line end) gets an apostrophe in front, and one that begins with an
apostrophe another (OWASP, "CSV injection"); reading takes it away again. Semicolons and tabs between the cells are read too.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dehazer.errors import DehazerError, InputError, OutputError
from dehazer.files.output_paths import reason, write_in_place
from dehazer.review.bookmark import BOOKMARK_COLORS, Bookmark
from dehazer.review.span import Span

VERSION = 1
COLUMNS = ("id", "camera", "start", "end", "note", "color")
_REQUIRED = ("camera", "start")
_COMPUTED = tuple("=+-@\t\r\n＝＋－＠")
_LARGEST = 64 << 20
"""Bytes: no list of bookmarks is as large, and a film taken for one is refused before it is read."""


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet computes."""
    return f"'{text}" if text.startswith((*_COMPUTED, "'")) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given. Text that a person typed behind an apostrophe is left as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*_COMPUTED, "'")) else text


def csv_text(marks: Iterable[Bookmark]) -> str:
    """All bookmarks as CSV with a heading, lines ended as RFC 4180 wants them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for mark in marks:
        writer.writerow([safe_cell(value) for value in _values(mark).values()])
    return "\ufeff" + out.getvalue()


def json_text(marks: Iterable[Bookmark]) -> str:
    """All bookmarks as JSON."""
    content = {"format": "dehazer bookmarks", "version": VERSION, "bookmarks": [_values(mark) for mark in marks]}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def write_csv(path: Path, marks: Iterable[Bookmark]) -> None:
    """Write a CSV file, complete or not at all. Raises OutputError."""
    _write(path, csv_text(marks))


def write_json(path: Path, marks: Iterable[Bookmark]) -> None:
    """Write a JSON file, complete or not at all. Raises OutputError."""
    _write(path, json_text(marks))


def read_csv(path: Path) -> tuple[Bookmark, ...]:
    """Bookmarks from a CSV file, all or none. Raises InputError that names the line."""
    text = _read(path)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return tuple(_from_rows(path, rows))


def read_json(path: Path) -> tuple[Bookmark, ...]:
    """Bookmarks from a JSON file, all or none. Raises InputError that names the entry."""
    try:
        content = json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is no JSON file with bookmarks, or it is damaged; nothing was read from it.",
                         str(error)) from error
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise InputError(f"The bookmarks in {path} were written by a newer version of dehazer; use that version, or export them "
                         "there as CSV.")
    entries = content.get("bookmarks") if version == VERSION else None
    if not isinstance(entries, list):
        raise InputError(f"{path} holds no list of bookmarks; nothing was read from it.")
    return tuple(_from_values(entry, f"entry {number} of {path}") for number, entry in enumerate(entries, 1))


def _values(mark: Bookmark) -> dict[str, str]:
    return {"id": mark.id, "camera": mark.camera, "start": mark.span.start.isoformat(timespec="microseconds"),
            "end": mark.span.end.isoformat(timespec="microseconds"), "note": mark.note, "color": mark.color}


def _from_rows(path: Path, rows: csv.DictReader[str]) -> Iterator[Bookmark]:
    try:
        missing = [name for name in _REQUIRED if name not in (rows.fieldnames or ())]
        if missing:
            raise InputError(f"The first line of {path} does not name the column {missing[0]!r}; it must hold at least: "
                             f"{', '.join(_REQUIRED)}.")
        for row in rows:
            values = {key: plain_cell(value or "") for key, value in row.items() if key in COLUMNS}
            yield _from_values(values, f"line {rows.line_num} of {path}")
    except csv.Error as error:
        raise InputError(f"{path} is no CSV file, or line {rows.line_num} of it is damaged; nothing was read from it.",
                         str(error)) from error


def _from_values(values: Any, where: str) -> Bookmark:
    """One bookmark; a missing end is the start, a missing id a new one. Raises InputError naming `where`."""
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise InputError(f"In {where} there is no bookmark; nothing was read.")
    try:
        start = _time(values.get("start", ""))
        span = Span(start, _time(values.get("end") or values.get("start", "")))
        known = {"id": values["id"]} if values.get("id") else {}
        color = values.get("color") or BOOKMARK_COLORS[0]
        return Bookmark(values.get("camera", ""), span, values.get("note", ""), color, **known)
    except (DehazerError, ValueError, OverflowError) as error:
        raise InputError(f"The bookmark in {where} cannot be used: {str(error).rstrip('.')}; nothing was read.") from error


def _time(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"{text!r} is no date and time such as 2026-01-31T12:00:00+01:00") from error
    if when.utcoffset() is None:
        raise ValueError(f"the time {text!r} has no time zone; write it as 2026-01-31T12:00:00+01:00, or with a Z for UTC")
    return when.astimezone(UTC)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path} is too large for a list of bookmarks; nothing was read from it.")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {reason(error)}.", str(error)) from error
    try:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # what spreadsheets call "Unicode text"
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not written in UTF-8; save it as CSV in UTF-8 and read it again.", str(error)) from error


def _write(path: Path, text: str) -> None:
    try:
        write_in_place(path, text.encode())
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {reason(error)}.", str(error)) from error
