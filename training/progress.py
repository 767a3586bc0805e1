"""Progress on stderr: tqdm's bar where tqdm is installed, else a plain line every ten seconds (bare training machines)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import Any

PAUSE = 10.0


class PlainBar:
    """The part of tqdm's interface that training uses, as lines of text."""

    def __init__(self, title: str, unit: str, total: int, done: int, quiet: bool) -> None:
        self.title, self.unit, self.total, self.done, self.quiet = title, unit, total, done, quiet
        self.text, self.last = "", time.monotonic()

    def update(self) -> None:
        """One more; prints a line when the last is old."""
        self.done += 1
        if not self.quiet and time.monotonic() - self.last > PAUSE:
            self.last = time.monotonic()
            self.write(f"{self.title}: {self.unit} {self.done}" + (f" of {self.total}" if self.total else "") + f"  {self.text}")

    def set_postfix_str(self, text: str, refresh: bool = False) -> None:
        """What follows the count."""
        self.text = text

    def write(self, line: str) -> None:
        """A line of its own."""
        print(line, file=sys.stderr, flush=True)

    def close(self) -> None:
        """The end."""


def bar(title: str, unit: str, total: int = 0, done: int = 0, quiet: bool = False) -> Any:
    """A bar to be updated by hand; total 0 = unknown."""
    try:
        from tqdm import tqdm
    except ImportError:
        return PlainBar(title, unit, total, done, quiet)
    return tqdm(total=total or None, initial=done, unit=unit, desc=title, mininterval=1.0, disable=quiet)


def progress(items: Iterable[Any], title: str, unit: str) -> Iterator[Any]:
    """The items, one by one, under a bar."""
    shown = bar(title, unit, len(items) if isinstance(items, Sized) else 0)
    try:
        for item in items:
            yield item
            shown.update()
    finally:
        shown.close()
