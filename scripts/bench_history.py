"""Keep results of dehazer-bench, one file a measurement, and show how speed went from commit to commit.

    python scripts/bench_history.py add bench.json     # keep what dehazer-bench --json wrote, and draw
    python scripts/bench_history.py draw               # docs/speed-history.md and docs/images/speed-history.png from what is kept

Files are named DATE-NUMBER-COMMIT.json and hold the result as it was written, with the commit it was measured on. Compare
any of them with a new one: dehazer-bench --compare docs/measured/history/FILE.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dehazer.bench.compare import BUSY, read_result  # noqa: E402  the checkout comes before what is installed
from dehazer.bench.run import Result, Row  # noqa: E402
from dehazer.errors import DehazerError, UsageError  # noqa: E402

HISTORY = ROOT / "docs" / "measured" / "history"
PAGE, PICTURE = ROOT / "docs" / "speed-history.md", ROOT / "docs" / "images" / "speed-history.png"
SHOWN = {"network": "network alone", "apply": "field applied to planes", "decode_to_paint": "decode to paint",
         "decode_to_encode": "decode to x264"}
"""Scenarios in table and picture, of the default model."""
MODEL = "field"


@dataclass(frozen=True)
class Point:
    """A dot of the picture. busy: something else was running."""

    fps: float
    busy: bool


@dataclass(frozen=True)
class Measurement:
    """A kept result. commit: of the code that was measured, with + where files had changed since."""

    commit: str
    result: Result

    @property
    def machine(self) -> str:
        """What figures can be compared within."""
        return f"{self.result.machine['cpu']}, {self.result.machine['cores']} cores"

    @property
    def devices(self) -> list[str]:
        """Of the rows, in order: cpu, cuda:0."""
        return list(dict.fromkeys(row.device.partition(" ")[0] for row in self.result.rows if row.model == MODEL))

    def row(self, scenario: str, height: int, device: str) -> Row | None:
        """The fastest row of a scenario with the default model."""
        rows = (r for r in self.result.rows if (r.scenario, r.model, r.height) == (scenario, MODEL, height)
                and r.device.partition(" ")[0] == device)
        return max(rows, key=lambda r: r.fps, default=None)

    def point(self, scenario: str, height: int, device: str) -> Point | None:
        """The same, for the picture."""
        row = self.row(scenario, height, device)
        return None if row is None else Point(row.fps, (self.result.machine.get("load") or 0) > BUSY)


def head() -> str:
    """The commit that is checked out, with + where tracked files of the program differ from it."""
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "dehazer", "pyproject.toml")
    return git("rev-parse", "--short=8", "HEAD") + ("+" if changed else "")


def add(path: Path, commit: str, folder: Path) -> Path:
    """Keep a result; returns the new file. Raises InputError where `path` holds none."""
    date = read_result(path).machine["date"]
    content = {"commit": commit, **json.loads(path.read_text("utf-8"))}
    folder.mkdir(parents=True, exist_ok=True)
    number = 1 + len(list(folder.glob(f"{date}-*.json")))
    target = folder / f"{date}-{number:02}-{commit.rstrip('+')}.json"
    target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return target


def kept(folder: Path) -> list[Measurement]:
    """Everything that was kept, the oldest day first, and of one day in the order it was added."""
    paths = sorted(folder.glob("*.json"))
    return [Measurement(json.loads(path.read_text("utf-8"))["commit"], read_result(path)) for path in paths]


def sizes(history: Sequence[Measurement]) -> list[tuple[int, int]]:
    """Height and width of all pictures measured."""
    return sorted({(r.height, r.width) for m in history for r in m.result.rows if r.scenario in SHOWN and r.model == MODEL})


def page(history: Sequence[Measurement]) -> str:
    """Tables of all measurements, one for each picture size."""
    parts = ["# Speed from commit to commit", "",
             "Made by `scripts/bench_history.py` from [measured/history](measured/history); do not edit. Frames per second of",
             f"the default network. Load is the number of runnable processes per core before measuring: above {BUSY:g}, figures",
             "say little. Figures of different machines cannot be compared.", "",
             "![Frames per second](images/speed-history.png)"]
    for height, width in sizes(history):
        lines = ["| date | commit | machine | device | load | number format | " + " | ".join(SHOWN.values()) + " |",
                 "|---|---|---|---|---:|---|" + "---:|" * len(SHOWN)]
        lines += [line for m in history for device in m.devices if (line := _line(m, height, device))]
        parts += ["", f"## {width} × {height}", "", *lines]
    return "\n".join(parts) + "\n"


def _line(measurement: Measurement, height: int, device: str) -> str:
    rows = [measurement.row(scenario, height, device) for scenario in SHOWN]
    if not any(rows):
        return ""
    about, formats = measurement.result.machine, dict.fromkeys(row.precision for row in rows if row)
    load = "" if about.get("load") is None else f"{about['load']:g}"
    cells = [about["date"], f"`{measurement.commit}`", measurement.machine, device, load, ", ".join(formats),
             *("" if row is None else f"{row.fps:.1f}" for row in rows)]
    return "| " + " | ".join(cells) + " |"


WIDE, PANEL, LEFT, RIGHT, TOP = 1230, 210, 70, 350, 90
INK, FAINT, GRID = "#1d2430", "#6b7686", "#e4e7ec"
COLOURS = ("#2f6db3", "#d1495b", "#2a9d6f", "#8e5bb5", "#c98a1b", "#5b6770")


def draw(history: Sequence[Measurement], path: Path) -> None:
    """A panel for each scenario at 720p: frames per second over the measurements, a line for each machine and device."""
    height = 720 if any(h == 720 for h, _ in sizes(history)) else max(h for h, _ in sizes(history))
    picture = Image.new("RGB", (WIDE, TOP + PANEL * len(SHOWN) + 70), "white")
    canvas = ImageDraw.Draw(picture)
    canvas.text((24, 16), f"dehazer-bench: frames per second, {height} lines, from commit to commit", INK, _font(24))
    lines = list(dict.fromkeys((m.machine, device) for m in history for device in m.devices))
    for number, (machine, device) in enumerate(lines):
        colour = COLOURS[number % len(COLOURS)]
        canvas.text((WIDE - RIGHT + 40, TOP + 10 + 24 * number), f"{machine}, {device}", colour, _font(15))
    canvas.text((WIDE - RIGHT + 40, TOP + 20 + 24 * len(lines)), "hollow: the machine was busy", FAINT, _font(13))
    for number, (scenario, title) in enumerate(SHOWN.items()):
        _panel(canvas, TOP + PANEL * number, title, [
            (COLOURS[i % len(COLOURS)], [m.point(scenario, height, device) if m.machine == machine else None for m in history])
            for i, (machine, device) in enumerate(lines)])
    bottom = TOP + PANEL * len(SHOWN)
    for number, measurement in enumerate(history):
        if number % (len(history) // 12 + 1) == 0:  # labels that do not touch each other
            x = _x(number, len(history))
            canvas.text((x, bottom), str(measurement.result.machine["date"]), FAINT, _font(12), anchor="ma")
            canvas.text((x, bottom + 16), measurement.commit, FAINT, _font(12), anchor="ma")
    picture.save(path)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _x(number: int, count: int) -> float:
    return LEFT + 50 + (WIDE - LEFT - RIGHT - 50) * (number / (count - 1) if count > 1 else 0.5)


def _panel(canvas: ImageDraw.ImageDraw, top: int, title: str, lines: Sequence[tuple[str, Sequence[Point | None]]]) -> None:
    """One scenario, from zero to above the highest rate."""
    most = _round_up(max((point.fps for _, points in lines for point in points if point), default=1.0))
    low, high = top + PANEL - 34, top + 30
    canvas.text((LEFT, top), title, INK, _font(16))
    for step in range(5):
        y = low + (high - low) * step / 4
        canvas.line((LEFT, y, WIDE - RIGHT + 20, y), fill=GRID)
        canvas.text((LEFT - 10, y), f"{most * step / 4:g}", FAINT, _font(12), anchor="rm")
    for colour, points in lines:
        places = [(_x(i, len(points)), low + (high - low) * point.fps / most, point) for i, point in enumerate(points) if point]
        canvas.line([(x, y) for x, y, _ in places], fill=colour, width=3)
        for x, y, point in places:
            canvas.ellipse((x - 5, y - 5, x + 5, y + 5), fill="white" if point.busy else colour, outline=colour, width=2)


def _round_up(value: float) -> float:
    """The next of 4, 8, 12, 20, 40, 80, 120, … whose quarters are plain numbers."""
    scale = 1.0
    while True:
        for step in (4, 8, 12, 20):
            if step * scale >= value:
                return step * scale
        scale *= 10


def main() -> int:
    parser = argparse.ArgumentParser("bench_history.py", description="Keep results of dehazer-bench, and show them by commit.")
    parser.add_argument("command", choices=("add", "draw"))
    parser.add_argument("file", type=Path, nargs="?", help="what dehazer-bench --json has written, with add")
    parser.add_argument("--commit", help="that was measured (default: what is checked out)")
    flags = parser.parse_args()
    try:
        if (flags.command == "add") != (flags.file is not None):
            raise UsageError("Give `add FILE` with what dehazer-bench --json has written, or `draw` alone.")
        if flags.command == "add":
            print(add(flags.file, flags.commit or head(), HISTORY))
        history = kept(HISTORY)
        if not history:
            raise UsageError(f"Nothing is kept in {HISTORY} yet; add a result first.")
    except DehazerError as error:
        print(f"bench_history.py: {error}", file=sys.stderr)
        return error.exit_code
    PAGE.write_text(page(history), "utf-8")
    draw(history, PICTURE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
