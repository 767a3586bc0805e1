"""Two results of the benchmark, row by row: what became faster or slower, and what else changed between them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dehazer.bench.run import Result, Row
from dehazer.errors import InputError

BUSY = 0.5
"""Runnable processes per core, before measuring, from which a result may be slow because of something else."""


@dataclass(frozen=True)
class Pair:
    """The same work, measured twice. before: row of the other result; after: row of this one."""

    before: Row
    after: Row

    @property
    def ratio(self) -> float:
        """Frames per second, after over before: below 1 it became slower."""
        return self.after.fps / self.before.fps


@dataclass(frozen=True)
class Comparison:
    """All rows that both results have, rows of one alone, and sentences about machines and versions that differ."""

    pairs: tuple[Pair, ...]
    gone: tuple[Row, ...]
    added: tuple[Row, ...]
    differences: tuple[str, ...]

    def slower(self, tolerance: float) -> list[Pair]:
        """Those slower by more than `tolerance` percent, the worst first."""
        return sorted((p for p in self.pairs if p.ratio < 1 - tolerance / 100), key=lambda p: p.ratio)

    def faster(self, tolerance: float) -> list[Pair]:
        """Those faster by more than `tolerance` percent, the best first."""
        return sorted((p for p in self.pairs if p.ratio > 1 + tolerance / 100), key=lambda p: -p.ratio)


def read_result(path: Path) -> Result:
    """What `dehazer-bench --json` has written. Raises InputError for anything else."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}. Give a file that dehazer-bench --json has written.") from error
    try:
        rows = [_row(row) for row in content["rows"]]
        return Result(dict(content["machine"]), rows, list(content.get("roofline", ())), list(content.get("flicker", ())),
                      content.get("memory"), list(content.get("notes", ())))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} holds no result of the benchmark; give a file that dehazer-bench --json has written.",
                         f"{type(error).__name__}: {error}") from error


def _row(values: dict[str, Any]) -> Row:
    """A row from its JSON, in which null stands for not-a-number; columns that this version does not have are left out."""
    known = {f.name for f in fields(Row)}
    kept: dict[str, Any] = {k: math.nan if v is None and k != "ratio_to_eager" else v for k, v in values.items() if k in known}
    row = Row(**kept)
    if not row.fps > 0:
        raise ValueError(f"fps of {row.scenario} is {row.fps}")
    return row


def compare(before: Result, after: Result) -> Comparison:
    """Pair the rows: those of the same work in the same number format first, then those whose format was chosen anew."""
    pairs: list[Pair] = []
    old, new = list(before.rows), list(after.rows)
    for key in (_exactly, _roughly):
        pairs += _paired(old, new, key)
    order = {id(row): number for number, row in enumerate(after.rows)}
    pairs.sort(key=lambda pair: order[id(pair.after)])
    return Comparison(tuple(pairs), tuple(old), tuple(new), tuple(_differences(before.machine, after.machine)))


def _exactly(row: Row) -> Hashable:
    return row.scenario, row.model, row.weights, row.device, row.precision, row.height, row.width


def _roughly(row: Row) -> Hashable:
    """Without weights, backend and number format: `auto` may have chosen others."""
    return row.scenario, row.model, row.device.partition(" ")[0], row.height, row.width


def _paired(old: list[Row], new: list[Row], key: Callable[[Row], Hashable]) -> Iterator[Pair]:
    """Take the rows whose key names one row on each side out of both lists."""
    counts = Counter(map(key, old)), Counter(map(key, new))
    for row in list(new):
        if counts[0][key(row)] == counts[1][key(row)] == 1:
            other = next(o for o in old if key(o) == key(row))
            old.remove(other)
            new.remove(row)
            yield Pair(other, row)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """One sentence for each thing, besides the code, that could explain other numbers."""
    for name, title in (("cpu", "processor"), ("cores", "number of cores"), ("system", "system"), ("python", "Python"),
                        ("threads", "number of threads")):
        if before.get(name) != after.get(name):
            yield f"The {title} differs: {before.get(name)} then, {after.get(name)} now."
    old, new = before.get("versions", {}), after.get("versions", {})
    for package in sorted(old.keys() | new.keys()):
        if old.get(package) != new.get(package):
            yield f"{package} differs: {old.get(package, 'not installed')} then, {new.get(package, 'not installed')} now."
    for name, about in (("then", before), ("now", after)):
        if (about.get("load") or 0.0) > BUSY:
            yield (f"The machine was busy {name}: {about['load']:g} runnable processes per core before measuring; "
                   "ratios of busy machines say little.")


HEADINGS = ("scenario", "model", "size", "number format", "fps then", "fps now", "ratio", "")
NUMBERS = HEADINGS[4:7]


def comparison_text(found: Comparison, name: str, tolerance: float) -> str:
    """For people: a table, what became slower, rows without a counterpart and differences. name: of the other result."""
    slow, fast = found.slower(tolerance), found.faster(tolerance)
    words = {**{id(p): "slower" for p in slow}, **{id(p): "faster" for p in fast}}
    lines = [HEADINGS, *((*_cells(pair), words.get(id(pair), "")) for pair in found.pairs)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    text = [f"Compared with {name} (a difference of up to {tolerance:g} % is not counted):", ""]
    text += ["  ".join(_padded(line[i], w, i) for i, w in enumerate(widths)).rstrip() for line in lines]
    text += ["", _verdict(found, slow)]
    for title, rows in (("Only in the other result", found.gone), ("Only in this result", found.added)):
        if rows:
            text.append(f"{title} – {_grouped(rows)}.")
    return "\n".join([*text, *found.differences])


def _padded(text: str, width: int, column: int) -> str:
    return text.rjust(width) if HEADINGS[column] in NUMBERS else text.ljust(width)


def _cells(pair: Pair) -> tuple[str, ...]:
    before, after = pair.before, pair.after
    kind = after.precision if after.precision == before.precision else f"{before.precision} → {after.precision}"
    return (after.scenario, after.model, f"{after.width}×{after.height}", kind, _rate(before.fps), _rate(after.fps),
            f"{pair.ratio:.2f}")


def _rate(fps: float) -> str:
    """Three digits at least, never an exponent."""
    return f"{fps:.0f}" if fps >= 1000 else f"{fps:.1f}" if fps >= 100 else f"{fps:.3g}"


def _grouped(rows: Sequence[Row]) -> str:
    """Rows in words, those of one model, size and number format together."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(f"{row.model} {row.width}×{row.height} {row.precision}", []).append(row.scenario)
    return "; ".join(f"{group}: {', '.join(scenarios)}" for group, scenarios in groups.items())


def _verdict(found: Comparison, slow: list[Pair]) -> str:
    if not found.pairs:
        return "The two results have no row in common: measure the same sizes, models and scenarios."
    if not slow:
        return "Nothing became slower."
    rows = (f"{p.after.scenario} {p.after.model} {p.after.width}×{p.after.height} ({100 * (1 - p.ratio):.0f} %)" for p in slow)
    return f"Slower: {', '.join(rows)}."
