"""What an operator did, entry by entry, each holding the hash of the one before: none can be changed, taken out or put in unseen.

One JSON object a line: number from 1, time (UTC), action, details, previous (hash of the entry before), hash. The hash is the
SHA-256 of the other fields as JSON with sorted keys and no spaces. Standard library only, as `dehazer-verify` needs it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FIRST = "0" * 64
"""What the first entry holds in place of the hash before it."""


@dataclass(frozen=True)
class LogEntry:
    """details: values that JSON can hold. time: ISO 8601 in UTC."""

    number: int
    time: str
    action: str
    details: Mapping[str, Any]
    previous: str
    hash: str


def entry_hash(values: Mapping[str, Any]) -> str:
    """The hash of an entry's other fields."""
    fields = {key: value for key, value in values.items() if key != "hash"}
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def log_text(entries: Sequence[LogEntry]) -> str:
    """The log as a file: ASCII, so that it also holds file names with line separators, or with bytes that are no UTF-8."""
    return "".join(json.dumps(vars(entry)) + "\n" for entry in entries)


def _lines(text: str) -> list[str]:
    """Only a line feed ends an entry: `str.splitlines` would also split at line separators inside of a name."""
    return text.removesuffix("\n").split("\n") if text else []


def log_faults(text: str) -> list[str]:
    """What is wrong with a log, a sentence for each entry; empty where it is as it was written. Does not raise."""
    faults, previous = [], FIRST
    for number, line in enumerate(_lines(text), 1):
        try:
            values = json.loads(line)
            own, before, counted = values["hash"], values["previous"], values["number"]
        except (ValueError, KeyError, TypeError, RecursionError):
            faults.append(f"line {number} of the operator log is no entry")
            previous = ""
            continue
        if entry_hash(values) != own:
            faults.append(f"entry {number} of the operator log was altered")
        elif before != previous or counted != number:
            faults.append(f"entry {number} of the operator log does not follow the one before it: entries were taken out, put in "
                          "or put into another order")
        previous = own
    return faults


def last_hash(text: str) -> str:
    """The hash of the last entry; FIRST of an empty log. Raises ValueError or KeyError for what is no log."""
    lines = _lines(text)
    return str(json.loads(lines[-1])["hash"]) if lines else FIRST


class OperatorLog:
    """Append only. Safe from any thread.

    path: the file, to which every entry is appended at once and synced; None keeps the log in memory. Raises ValueError where the
    file is there and its chain is broken: nothing is appended to it then. OSError where it cannot be written.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path, self._lock = path, threading.Lock()
        text = path.read_text("utf-8") if path is not None and path.exists() else ""
        if text and (faults := log_faults(text)):
            raise ValueError(f"{path}: {faults[0]}.")
        self._entries = [LogEntry(**json.loads(line)) for line in _lines(text)]

    @property
    def entries(self) -> tuple[LogEntry, ...]:
        """All entries so far."""
        with self._lock:
            return tuple(self._entries)

    def add(self, action: str, **details: Any) -> LogEntry:
        """Append an entry for what was done now."""
        with self._lock:
            previous = self._entries[-1].hash if self._entries else FIRST
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            values: dict[str, Any] = {"number": len(self._entries) + 1, "time": now, "action": action, "details": details,
                                      "previous": previous}
            values = json.loads(json.dumps(values))
            entry = LogEntry(**values, hash=entry_hash(values))
            self._append(entry)
            self._entries.append(entry)
        return entry

    def _append(self, entry: LogEntry) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(log_text([entry]))
            file.flush()
