"""The page docs/fidelity.md, made of docs/measured/fidelity.json."""

from __future__ import annotations

from typing import Any

HEAD = """# What stays as it was

Made by `scripts/fidelity.py` from [measured/fidelity.json](measured/fidelity.json); do not edit. {clips} clips were made with
FFmpeg {ffmpeg} and Pillow, of every file type, codec, depth, chroma, colour standard and mark that cameras and editors write,
and sent through `dehazer-video --strength 0 --verify`. Of each result the self-check compared every property with the input; one
picture of each was also decoded by the program ffmpeg and compared in its pixels. Measured on {date} ({cpu}).

Kept: as in the input. Announced: not kept, and said in one sentence before the first frame (what the file type, the codec or
FFmpeg's encoder cannot hold). Failed: changed silently, or no result.

| | checks |
| --- | ---: |
| kept | {PASS} |
| announced | {ANNOUNCED} |
| failed | {FAIL} |

## By property and type of the result

A cell is kept / announced / failed; empty where no clip of that type has the property.

"""
_VERDICTS = ("PASS", "ANNOUNCED", "FAIL")


def page(measured: dict[str, Any]) -> str:
    """Markdown."""
    counts = measured["counts"]
    totals = {verdict: sum(cell[verdict] for row in counts.values() for cell in row.values()) for verdict in _VERDICTS}
    films, stills = _types(counts)
    tables = [_table(counts, films), "\nPictures:\n\n", _table(counts, stills)]
    return "".join([HEAD.format(**measured, **totals), *tables, _failures(measured)])


def _types(counts: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Endings of films and of pictures, each most used first."""
    used = {ending: sum(cell.values()) for ending, cell in counts["runs"].items()}
    ordered = sorted(used, key=lambda ending: (-used[ending], ending))
    return [e for e in ordered if e in counts["times"]], [e for e in ordered if e not in counts["times"]]


def _table(counts: dict[str, Any], endings: list[str]) -> str:
    rows = [f"| property | {' | '.join(endings)} |", f"| --- |{' ---: |' * len(endings)}"]
    for name, row in counts.items():
        if any(ending in row for ending in endings):
            rows.append(f"| {name} | {' | '.join(_cell(row.get(ending)) for ending in endings)} |")
    return "\n".join(rows) + "\n"


def _cell(cell: dict[str, int] | None) -> str:
    if cell is None:
        return ""
    kept, announced, failed = (cell[verdict] for verdict in _VERDICTS)
    return f"{kept}" if not announced and not failed else f"{kept} / {announced} / {failed}"


def _failures(measured: dict[str, Any]) -> str:
    failures = measured["failures"]
    if not failures:
        return "\n## What failed\n\nNothing.\n"
    lines = [f"| {f['clip']} | {f['property']} | {f['given']} | {f['found']} |" for f in failures]
    return "\n".join(["\n## What failed\n", "| clip | property | input | result |", "| --- | --- | --- | --- |", *lines, ""])
