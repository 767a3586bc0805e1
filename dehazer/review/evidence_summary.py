"""What a pack holds, for people: as text, and as a page that can be printed. Both are made of the manifest alone."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from textwrap import fill
from typing import Any

from PIL import Image

from dehazer.stages.labels import zone_text

WIDTH = 900
"""Pixels of a picture in the page at most: enough for print, and the page stays small."""
LINE = 100
"""Letters of a line of plain text."""
HOW_TO_VERIFY = (
    "Run: dehazer-verify PACK.zip. It needs nothing but Python, and says of every member whether it is as it was written. "
    "Compare the fingerprint it prints with the one that the operator keeps apart from the pack; if the pack is signed, "
    "compare the fingerprint of the key with the one its owner tells you.")
ENHANCED_NOTE = (
    "The dehazed pictures are enhanced: a network estimated how much contrast haze has taken away, and it was computed back. "
    "Their colours and brightness are estimates. The originals are the evidence; the dehazed pictures explain them.")
Manifest = Mapping[str, Any]
Rows = list[tuple[str, str]]


def _local(text: str, zone: tzinfo) -> str:
    when = datetime.fromisoformat(text).astimezone(zone)
    return f"{when:%Y-%m-%d %H:%M:%S}.{when.microsecond // 1000:03d} {zone_text(when)}"


def _case_rows(manifest: Manifest, zone: tzinfo) -> Rows:
    case, settings = manifest["case"], manifest["settings"]
    rows = [("Case", case["title"]), ("Operator", case["operator"]), ("Note", case["note"]),
            ("Cameras", ", ".join(settings["cameras"])), ("From", _local(settings["start"], zone)),
            ("To", f"{_local(settings['end'], zone)} (exclusive)"), ("Written", _local(manifest["created"], zone)),
            ("Signed by", manifest.get("signed_by") or "nobody")]
    return [(name, value) for name, value in rows if value]


def _network_rows(manifest: Manifest) -> Rows:
    used, names = manifest["network"], ("model", "weights", "weights_sha256", "device", "precision", "backend")
    rows = [(name.replace("_", " ").replace("sha256", "SHA-256"), str(used[name])) for name in names if name in used]
    for camera, options in manifest["settings"]["options"].items():
        chosen = ", ".join(f"{key} {value:g}" for key, value in options.items() if isinstance(value, float))
        rows.append((f"settings of {camera}", chosen))
    return rows


def _source_rows(manifest: Manifest, zone: tzinfo) -> list[tuple[str, ...]]:
    return [(one["camera"], one["name"], f"{_local(one['start_utc'], zone)} (from {one['start_is_from']})", one["sha256"])
            for one in manifest["sources"]]


def _counts(manifest: Manifest) -> str:
    verdicts = [check["verdict"] for check in manifest["checks"]]
    return (f"{verdicts.count('PASS')} properties passed, {verdicts.count('ANNOUNCED')} differ as announced, "
            f"{verdicts.count('FAIL')} failed")


def summary_text(manifest: Manifest, zone: tzinfo) -> str:
    """The summary as plain text."""
    lines = ["EVIDENCE PACK", "=" * 13, "", *_columns(_case_rows(manifest, zone)), "", fill(ENHANCED_NOTE, LINE), "",
             "Recordings", "-" * 10]
    for camera, name, start, digest in _source_rows(manifest, zone):
        lines += [f"{camera}: {name}", f"    starts {start}", f"    SHA-256 {digest}"]
    lines += ["", "Contents", "-" * 8]
    lines += [f"{name}: {what}" for name, what in _contents(manifest, zone)]
    lines += ["", "Network", "-" * 7, *_columns(_network_rows(manifest)), "", f"Self-check: {_counts(manifest)}.", "-" * 10]
    lines += [f"{check['verdict']:9} {check['property']}: {check['given']} → {check['found']}" for check in manifest["checks"]]
    lines += ["", *(fill(f"Note: {note}", LINE) for note in manifest["notes"]), "", "How to verify", "-" * 13,
              fill(HOW_TO_VERIFY, LINE)]
    return "\n".join(lines) + "\n"


def _columns(rows: Rows) -> list[str]:
    width = max(len(name) for name, _ in rows) + 2
    return [f"{name + ':':{width}}{value}" for name, value in rows]


_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 10pt/1.45 Inter, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1b1f24; max-width: 178mm; margin: 0 auto; }
@media screen { body { margin: 12mm auto; } }
h1 { font-size: 20pt; margin: 0 0 1mm; }
h2 { font-size: 12pt; margin: 8mm 0 2mm; border-bottom: 0.4mm solid #d0d7de; padding-bottom: 1mm; page-break-after: avoid; }
h3 { font-size: 10pt; margin: 5mm 0 0; page-break-after: avoid; }
table.fixed { table-layout: fixed; overflow-wrap: anywhere; font-size: 9pt; }
p.lead { color: #57606a; margin: 0 0 5mm; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 1.2mm 3mm 1.2mm 0; border-bottom: 0.2mm solid #e6e9ec; }
tr { page-break-inside: avoid; }
th { width: 34mm; font-weight: 600; color: #57606a; }
thead th { width: auto; }
code { font: 8pt/1.4 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; word-break: break-all; }
.note { background: #fff8e5; border-left: 1mm solid #d29922; padding: 2.5mm 4mm; margin: 4mm 0; }
.pair { page-break-inside: avoid; margin: 0 0 5mm; }
.pair div { display: inline-block; width: 49%; vertical-align: top; }
.pair div + div { margin-left: 1%; }
.pair img { width: 100%; display: block; border-radius: 1mm; }
.pair span { display: block; color: #57606a; font-size: 8.5pt; margin-top: 1mm; word-break: break-all; }
.PASS, .ANNOUNCED, .FAIL { font-weight: 600; }
.PASS { color: #1a7f37; }
.ANNOUNCED { color: #9a6700; }
.FAIL { color: #cf222e; }
"""


def summary_html(manifest: Manifest, zone: tzinfo, folder: Path) -> str:
    """The summary as one page that needs no other file. folder: where the pictures of the pack lie."""
    case = manifest["case"]
    parts = [f"<h1>{_text(case['title'] or 'Evidence pack')}</h1>",
             f'<p class="lead">Evidence pack, written {_text(_local(manifest["created"], zone))} by dehazer '
             f"{_text(manifest['software']['dehazer'])}</p>", _table(_case_rows(manifest, zone)),
             f'<p class="note">{_text(ENHANCED_NOTE)}</p>', _pairs(manifest, folder), "<h2>Recordings</h2>",
             _grid(("Camera", "File", "Start", "SHA-256"), _source_rows(manifest, zone), code=3), "<h2>Contents</h2>",
             _grid(("File", "What it is"), _contents(manifest, zone)), "<h2>Network and settings</h2>",
             _table(_network_rows(manifest)),
             f"<h2>Self-check</h2><p>{_text(_counts(manifest))}.</p>", _checks(manifest)]
    if manifest["notes"]:
        parts += ["<h2>Notes</h2><ul>", *(f"<li>{_text(note)}</li>" for note in manifest["notes"]), "</ul>"]
    parts += ["<h2>How to verify</h2>", f"<p>{_text(HOW_TO_VERIFY)}</p>"]
    head = f'<meta charset="utf-8"><title>{_text(case["title"] or "Evidence pack")}</title>'
    return (f'<!DOCTYPE html>\n<html lang="en"><head>{head}'
            f"<style>{_STYLE}</style></head>\n<body>{chr(10).join(parts)}</body></html>\n")


def _contents(manifest: Manifest, zone: tzinfo) -> list[tuple[str, ...]]:
    rows = [(one["file"], f"packets of {one['source']}, copied from {_local(one['begins'], zone)} on")
            for one in manifest["originals"]]
    for film in manifest["films"]:
        rows += [(film["file"], f"{film['frames']} frames of {film['camera']}, dehazed"),
                 (film["table"], "number, time, time stamp in the recording and wall clock of each frame")]
    pairs = f"{len(manifest['pictures'])} pairs, original and dehazed"
    return [*rows, ("pictures", pairs), ("log.jsonl", "what the operator did, each entry with the hash of the one before"),
            ("manifest.json", "hashes of everything, settings and versions")]


def _text(value: object) -> str:
    return html.escape(str(value))


def _table(rows: Rows) -> str:
    cells = "".join(f"<tr><th>{_text(name)}</th><td>{_text(value)}</td></tr>" for name, value in rows)
    return f"<table>{cells}</table>"


def _grid(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], code: int = -1) -> str:
    head = "".join(f"<th>{_text(name)}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td><code>{_text(cell)}</code></td>" if index == code else f"<td>{_text(cell)}</td>"
                                    for index, cell in enumerate(row)) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead>{body}</table>"


def _checks(manifest: Manifest) -> str:
    """One table for each file."""
    files: dict[str, list[str]] = {}
    for one in manifest["checks"]:
        file, _, name = one["property"].partition(": ")
        files.setdefault(file, []).append(
            f'<tr><td class="{_text(one["verdict"])}">{_text(one["verdict"])}</td><td>{_text(name)}</td>'
            f"<td>{_text(one['given'])}</td><td>{_text(one['found'])}</td></tr>")
    widths = '<colgroup><col style="width: 24mm"><col style="width: 32mm"><col style="width: 58mm"><col></colgroup>'
    head = "<thead><tr><th></th><th>Property</th><th>Recording</th><th>Result</th></tr></thead>"
    return "".join(f'<h3>{_text(file)}</h3><table class="fixed">{widths}{head}{"".join(rows)}</table>'
                   for file, rows in files.items())


def _pairs(manifest: Manifest, folder: Path) -> str:
    """The pictures, small enough for a page; the pack holds them in full."""
    blocks = []
    for original, dehazed, _ in manifest["pictures"]:
        sides = "".join(
            f'<div><img alt="{kind}" src="{_small(folder / name)}"><span>{kind}: {_text(Path(name).name)}</span></div>'
            for kind, name in (("Original", original), ("Dehazed (enhanced)", dehazed)))
        blocks.append(f'<div class="pair">{sides}</div>')
    return "<h2>Pictures</h2>" + "".join(blocks) if blocks else ""


def _small(path: Path) -> str:
    with Image.open(path) as picture:
        small = picture.convert("RGB")
        small.thumbnail((WIDTH, WIDTH))
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=88)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()
