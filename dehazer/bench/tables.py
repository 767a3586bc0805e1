"""Results for people: a table for terminals and a README, and a picture."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dehazer.bench.run import Result, Row

HEADINGS = ("scenario", "model", "device", "precision", "size", "fps", "p50 ms", "p95 ms", "peak MB", "× eager")
RIGHT = HEADINGS.index("fps")
"""From here on columns hold numbers."""


def cells(row: Row) -> tuple[str, ...]:
    """One row as text."""
    ratio = "" if row.ratio_to_eager is None else f"{row.ratio_to_eager:.{0 if row.ratio_to_eager >= 10 else 2}f}"
    peak = "" if math.isnan(row.peak_mb) else f"{row.peak_mb:.0f}"
    model = f"{row.model}/{row.weights}" if row.weights else row.model
    return (row.scenario, model, row.device, row.precision, f"{row.width}×{row.height}", f"{row.fps:.1f}",
            f"{row.ms_p50:.2f}", f"{row.ms_p95:.2f}", peak, ratio)


def table(rows: list[Row]) -> str:
    """A Markdown table that also reads well in a terminal."""
    lines = [HEADINGS, *(cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADINGS))]
    ruled = ["-" * w if i < RIGHT else "-" * (w - 1) + ":" for i, w in enumerate(widths)]
    return "\n".join("| " + " | ".join(_padded(c, w, i) for i, (c, w) in enumerate(zip(line, widths, strict=True))) + " |"
                     for line in (lines[0], tuple(ruled), *lines[1:]))


def _padded(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column < RIGHT else text.rjust(width)


def summary(result: Result) -> str:
    """Table, roofline, flicker, memory and notes."""
    machine = result.machine
    load = f", load {machine['load']:g} per core" if machine["load"] is not None else ""
    parts = [f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']:g} GiB, {machine['system']}{load}"]
    for name, rates in machine["rates"].items():
        rate = ", ".join(f"{v:.0f} GFLOP/s {k}" for k, v in rates["matmul_gflop_s"].items())
        parts.append(f"{name}: copies {rates['copy_gb_s']:g} GB/s, multiplies {rate}")
    parts += ["", table(result.rows), ""]
    parts += [f"roofline {r['scenario']} {r['model']} {r['width']}×{r['height']}: {r['gflop']:g} GFLOP, {r['mb_moved']:g} MB, "
              f"at best {r['best_ms']:.3f} ms, measured {r['ms_p50']:.2f} ms: {r['share']:.0%}" for r in result.roofline]
    parts += [f"flicker {f['scenario']} {f['width']}×{f['height']}: {f['before']:g} before, {f['after']:g} after (grey levels)"
              for f in result.flicker]
    if result.memory is not None:
        m = result.memory
        parts.append(f"memory: {m['rss_mb_at_200']:.0f} MiB after 200 frames, {m['rss_mb_at_end']:.0f} after {m['frames']:.0f}: "
                     f"{m['growth_mb']:+.1f} MiB")
    return "\n".join([*parts, *result.notes])


WIDE, LINE, LEFT = 1180, 30, 330
INK, FAINT, GROUND, STAGE, CHAIN, OTHER = "#1d2430", "#6b7686", "#ffffff", "#7aa7d9", "#2f6db3", "#c9ced6"


def plot(result: Result, path: Path) -> None:
    """Bars of frames per second on a logarithmic scale, one group per size; whole chains darker than stages."""
    rows = [r for r in result.rows if r.scenario not in ("start", "copy")]
    groups = list(dict.fromkeys((r.height, r.width) for r in rows))
    high = 110 + sum(46 + LINE * sum((r.height, r.width) == g for r in rows) for g in groups) + 30
    picture = Image.new("RGB", (WIDE, high), GROUND)
    draw = ImageDraw.Draw(picture)
    draw.text((24, 18), "dehazer-bench: frames per second (logarithmic)", INK, _font(24))
    cards = [r["name"] for name, r in result.machine["rates"].items() if name != "cpu"]
    draw.text((24, 54), ", ".join([f"{result.machine['cpu']} with {result.machine['cores']} cores", *cards]), FAINT, _font(15))
    decades = _decades(rows)
    y = 90
    for group in groups:
        y = _group(draw, y + 12, group, [r for r in rows if (r.height, r.width) == group], decades)
    picture.save(path)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _decades(rows: list[Row]) -> tuple[int, int]:
    """Powers of ten that hold all rates."""
    rates = [r.fps for r in rows] or [1.0]
    low, high = 0, 1
    while 10.0**low > min(rates):
        low -= 1
    while 10.0**high < max(rates):
        high += 1
    return low, high


def _x(fps: float, decades: tuple[int, int]) -> float:
    low, high = decades
    return LEFT + (WIDE - LEFT - 190) * (math.log10(max(fps, 10.0**low)) - low) / (high - low)


def _group(draw: ImageDraw.ImageDraw, y: int, group: tuple[int, int], rows: list[Row], decades: tuple[int, int]) -> int:
    draw.text((24, y), f"{group[1]} x {group[0]}", INK, _font(18))
    top = y + 30
    bottom = top + LINE * len(rows)
    for power in range(decades[0], decades[1] + 1):
        x = _x(10.0**power, decades)
        draw.line((x, top - 4, x, bottom), fill="#e4e7ec")
        draw.text((x, top - 22), f"{10.0**power:g}", FAINT, _font(13), anchor="ma")
    for i, row in enumerate(rows):
        _bar(draw, top + i * LINE, row, decades)
    return bottom


def _bar(draw: ImageDraw.ImageDraw, y: int, row: Row, decades: tuple[int, int]) -> None:
    colour = OTHER if row.scenario == "eager" else CHAIN if "_to_" in row.scenario else STAGE
    end = max(_x(row.fps, decades), LEFT + 2)
    draw.text((LEFT - 12, y + LINE // 2 - 2), f"{row.scenario}  {row.model} {row.precision}", INK, _font(15), anchor="rm")
    draw.rectangle((LEFT, y + 4, end, y + LINE - 8), fill=colour)
    draw.text((end + 8, y + LINE // 2 - 2), f"{_short(row.fps)} fps,  {_short(row.ms_p50)} ms", INK, _font(14), anchor="lm")


def _short(value: float) -> str:
    """Three digits, never an exponent."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
