"""Unattended runs, for tests, packaging and the benchmark: quit after a while, save numbers and a screenshot."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from PyQt6.QtCore import QObject, QTimer

from dehazer import OutputError, redacted
from gui.camera import Camera
from gui.main_window import MainWindow

STEADY_AFTER = 2.0
"""Seconds of painting after which the frame rate over the whole run is counted: start-up does not count."""
SCHEMA = 2
"""Of --stats-json; 1 knew the camera in view only. docs/guide/unattended.md describes it."""
NO_NUMBERS: dict[str, Any] = {"captured": 0, "painted": 0, "drops": {}, **dict.fromkeys(
    ("latency_ms_p50", "latency_ms_p95", "device", "model", "grid", "rss_mb"))}
"""What is reported of a camera that has no session, and when there is no camera."""


class PaintTimes:
    """When a camera was first painted, and what its rate is over the whole run. first: `time.monotonic()`, None before."""

    def __init__(self) -> None:
        self.first: float | None = None
        self._steady: tuple[float, int] | None = None

    def update(self, camera: Camera) -> None:
        """The camera has a new picture or state; costs nothing once its steady painting has begun."""
        if self._steady is not None or (snapshot := camera.snapshot()) is None or not snapshot.flow.painted:
            return
        now = monotonic()
        self.first = self.first or now
        if now - self.first >= STEADY_AFTER:
            self._steady = now, snapshot.flow.painted

    def average_fps(self, painted: int) -> float | None:
        """Painted per second since painting was steady; None before."""
        if self._steady is None:
            return None
        since, before = self._steady
        return (painted - before) / max(1e-6, monotonic() - since)




class UnattendedRun(QObject):
    """Watches a window for --quit-after, --stats-json and --screenshot.

    code: 0; 1 when no camera that was asked for was ever painted, or a file could not be written. One camera that is out of reach
    is a line on standard error and in the numbers, not a failure of the program.
    """

    def __init__(self, window: MainWindow, options: Namespace) -> None:
        super().__init__(window)
        self._window, self._options = window, options
        self.code = 0
        self._times: WeakKeyDictionary[Camera, PaintTimes] = WeakKeyDictionary()
        window.cameras.updated.connect(self._updated)
        window.page.view.painted.connect(lambda _pair: self._updated(window.cameras.current))

    def start(self) -> None:
        """Begin to count down."""
        if self._options.quit_after is not None:
            QTimer.singleShot(round(self._options.quit_after * 1000), self.finish)

    def _updated(self, camera: Camera | None) -> None:
        if camera is not None and self._options.quit_after is not None:
            self._times.setdefault(camera, PaintTimes()).update(camera)

    def finish(self) -> None:
        """Save what was asked for and close."""
        results = self.results()
        try:
            if self._options.screenshot:
                self._save_picture(Path(self._options.screenshot))
            if self._options.stats_json:
                _write(Path(self._options.stats_json), json.dumps(results, indent=2, ensure_ascii=False) + "\n")
        except OutputError as error:
            self.code = error.exit_code
            print(f"dehazer-gui: {error}", flush=True)
        self._report_missing(results)
        self._window.close_without_asking()

    def _report_missing(self, results: dict[str, Any]) -> None:
        """One line on standard error for each camera that never had a picture; the exit code where none had one."""
        cameras = results["cameras"]
        for camera in cameras:
            if not camera["captured"]:
                name = f"{camera['title']}: " if len(cameras) > 1 else ""
                print(f"dehazer-gui: {name}{self._why(camera['sentence'])}", file=sys.stderr, flush=True)
        if self._asked_for_pictures and not any(camera["painted"] for camera in cameras):
            self.code = self.code or 1
            if not cameras or all(camera["captured"] for camera in cameras):
                print(f"dehazer-gui: {self._why(results['sentence'])}", file=sys.stderr, flush=True)

    @property
    def _asked_for_pictures(self) -> bool:
        return bool(self._options.source or self._options.more or self._options.wall)

    def _why(self, sentence: str) -> str:
        text = sentence or self._window.start_page.error.text()
        return text or "No picture came within the time given by --quit-after."

    def results(self) -> dict[str, Any]:
        """What is known of every camera (`cameras`, in the order of the window) and, beside it, of the one in view."""
        cameras = [self._camera_results(camera) for camera in self._window.cameras.all]
        current = self._camera_results(self._window.cameras.current)
        return {"schema": SCHEMA, **current, "cameras": cameras}

    def _camera_results(self, camera: Camera | None) -> dict[str, Any]:
        """painted_fps: over the run, after the first seconds; painted_fps_now: over the last two. first_picture_s: from the start
        of the program.
        """
        snapshot = camera.snapshot() if camera is not None else None
        times = self._times.get(camera, PaintTimes()) if camera is not None else PaintTimes()
        recent = snapshot.flow.painted_fps if snapshot is not None else None
        average = times.average_fps(snapshot.flow.painted) if snapshot is not None else None
        return {**(NO_NUMBERS if snapshot is None else snapshot.as_json()),
                "title": camera.title if camera is not None else "",
                "source": redacted(camera.source.where) if camera is not None else "",
                "in_view": camera is not None and (camera is self._window.cameras.current or self._window.display.grid_on),
                "state": camera.state.kind if camera is not None else "",
                "sentence": camera.state.sentence if camera is not None else "",
                "painted_fps": recent if average is None else average, "painted_fps_now": recent,
                "first_picture_s": None if times.first is None else times.first - self._options.started_at}

    def _save_picture(self, path: Path) -> None:
        self._window.refresh.update()
        if not (self._window.review.window or self._window).grab().save(str(path)):
            raise OutputError(f"The screenshot {path} cannot be written; check the folder and the suffix (.png, .jpg).")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8", "backslashreplace")  # names of files may hold bytes that are no UTF-8
    except OSError as error:
        raise OutputError(f"{path} cannot be written; check the folder.", str(error)) from error
