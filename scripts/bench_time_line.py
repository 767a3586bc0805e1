#!/usr/bin/env python3
"""Measures how fast the time line of the review room draws 10,000 recordings with their haze, on two processor cores.

    python scripts/bench_time_line.py --json docs/measured/time-line.json

Every picture is a new stretch of time (zooming from a year to single frames and back, then panning), so that every lane is
computed anew; a second figure is for playing, when only the playhead moves. Processor time tells what a picture costs on a
busy machine. Without a screen it starts Xvfb (Debian: apt install xvfb). Prints a table, and ends with 1 where a figure misses
its limit.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_gui import ROOT, keep_to, missed_of, screen, share

sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from dehazer.review import HazeCurve, Recording
    from gui.review.time_line import TimeLine

LIMITS = {"zoom_fps": (">=", 30.0), "pan_fps": (">=", 30.0), "play_fps": (">=", 30.0)}
"""What a figure has to hold."""
START = datetime(2026, 11, 16, tzinfo=UTC)


def options_of(arguments: list[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--json", type=Path, metavar="FILE", help="write all figures as JSON")
    made.add_argument("--files", type=int, default=10_000, metavar="N", help="recordings (default: 10000)")
    made.add_argument("--cameras", type=int, default=4, metavar="N", help="lanes they are shared by (default: 4)")
    made.add_argument("--size", default="1920x240", metavar="WxH", help="pixels of the time line (default: 1920x240)")
    made.add_argument("--pictures", type=int, default=240, metavar="N", help="pictures of each kind (default: 240)")
    made.add_argument("--cores", type=int, default=2, metavar="N", help="processor cores to use (default: 2)")
    return made.parse_args(arguments)


def recordings(count: int, cameras: int) -> Iterator[Recording]:
    """Five minutes each, one after the other, with a gap of an hour after every hundredth."""
    from dehazer.review import Recording

    for number in range(count):
        camera, place = number % cameras, number // cameras
        start = START + timedelta(minutes=5 * place + 60 * (place // 100), seconds=7 * camera)
        yield Recording(Path(f"/recordings/camera{camera}/{start:%Y%m%d_%H%M%S}.mp4"), f"Camera {camera}", start, 299.6, "name",
                        48_000_000, 0, 1920, 1080, Fraction(25), "h264")


def curves(files: int, cameras: int) -> dict[str, HazeCurve]:
    """A measurement in every ten seconds of footage, with fog in every morning."""
    import numpy as np

    from dehazer.review import HazeCurve

    times = START.timestamp() + np.arange(0, files / cameras * 360, 10.0)
    hours = (times - START.timestamp()) / 3600 % 24
    haze = (0.12 + 0.7 * np.exp(-((hours - 6.5) / 1.5) ** 2)).astype(np.float32)
    return {f"Camera {n}": HazeCurve(times, haze, 1 - haze) for n in range(cameras)}


class Bench:
    """One time line on the screen."""

    def __init__(self, options: argparse.Namespace) -> None:
        from gui import app
        from gui.review.time_line import TimeLine
        from gui.theme import theme

        self.pictures = options.pictures
        self._application = app.make_application(["dehazer-gui"])
        theme.start("dark")
        self.line: TimeLine = TimeLine()
        self.line.resize(*(int(part) for part in options.size.split("x")))
        self.line.show()
        self._application.processEvents()
        started = time.perf_counter()
        self.line.set_recordings(tuple(recordings(options.files, options.cameras)), UTC)
        self.fill_s = time.perf_counter() - started
        self.line.set_curves(curves(options.files, options.cameras))
        self.line.set_cameras_shown(["Camera 0"])
        self.line.set_position(START + timedelta(hours=30))

    def draw(self, change: Callable[[int], None], count: int) -> tuple[list[float], float]:
        """(milliseconds of each picture, from the change to the end of its painting, sorted; processor time of one, the same)."""
        found, used = list[float](), time.process_time()
        for number in range(count):
            started = time.perf_counter()
            change(number)
            self.line.repaint()
            self._application.processEvents()
            found.append((time.perf_counter() - started) * 1000)
        return sorted(found), (time.process_time() - used) * 1000 / count

    def zoom(self, number: int) -> None:
        """A step of the wheel: in for half of the time, then out."""
        self.line.zoom_by(1.15 if number < self.pictures / 2 else 1 / 1.15, 700.0)

    def pan(self, number: int) -> None:
        """A move of the mouse by some pixels."""
        self.line.pan_by(23 if number < self.pictures / 2 else -23)

    def play(self, number: int) -> None:
        """The next frame."""
        self.line.set_position(START + timedelta(hours=30, seconds=number / 25))

    def about(self) -> str:
        """The platform that was painted on."""
        return self._application.platformName()


def figures_of(bench: Bench) -> dict[str, float]:
    """All figures."""
    found: dict[str, float] = {"fill_s": bench.fill_s}
    bench.draw(bench.zoom, 20)  # fonts and caches
    bench.line.zoom_to_all()
    for name, change in (("zoom", bench.zoom), ("pan", bench.pan), ("play", bench.play)):
        times, processor = bench.draw(change, bench.pictures)
        found |= {f"{name}_fps": 1000 * len(times) / sum(times), f"{name}_ms_p95": share(times, 0.95),
                  f"{name}_processor_ms": processor}
        bench.line.zoom_to_all()
    return found


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """All figures, with what they were measured on."""
    from dehazer.bench.machine import machine
    from dehazer.engine.devices import CPU

    around = machine([CPU])  # before anything runs: its load is that of others
    bench = Bench(options)
    figures = figures_of(bench)
    return {"machine": around, "cores_used": options.cores, "platform": bench.about(), "files": options.files,
            "cameras": options.cameras, "size": options.size, "figures": {k: round(v, 2) for k, v in figures.items()},
            "limits": {name: f"{sign} {limit:g}" for name, (sign, limit) in LIMITS.items()}, "missed": missed_of(figures, LIMITS)}


def table(result: dict[str, Any]) -> str:
    """The figures with their limits, one per line."""
    lines = [f"{name:14} {value!s:>10}  {result['limits'].get(name, '')}{'  MISSED' if name in result['missed'] else ''}"
             for name, value in result["figures"].items()]
    head = (f"{result['machine']['cpu']}, {result['cores_used']} cores used, load before {result['machine']['load']} per core; "
            f"{result['files']} recordings of {result['cameras']} cameras, {result['size']}, {result['platform']}")
    return "\n".join([head, *lines])


def main(arguments: list[str] | None = None) -> int:
    """Measure and tell; returns the exit code."""
    options = options_of(arguments)
    options.cores = keep_to(options.cores)
    with screen():
        result = measure(options)
    if options.json is not None:
        options.json.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(table(result))
    return 1 if result["missed"] else 0


if __name__ == "__main__":
    from gui.shutdown import end_process

    sys.exit(end_process(main()))
