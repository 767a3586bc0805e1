"""Unattended runs, for tests, packaging and the benchmark: quit after a while, save numbers and a screenshot."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from time import monotonic
from typing import Any

from PyQt6.QtCore import QObject, QTimer

from dehazer import OutputError, SessionSnapshot
from gui.main_window import MainWindow

STEADY_AFTER = 2.0
"""Seconds of painting after which the frame rate over the whole run is counted: start-up does not count."""
NO_NUMBERS: dict[str, Any] = {"captured": 0, "painted": 0, "drops": {}, **dict.fromkeys(
    ("latency_ms_p50", "latency_ms_p95", "device", "model", "grid", "rss_mb"))}
"""What is reported when there is no camera."""


class UnattendedRun(QObject):
    """Watches a window for --quit-after, --stats-json and --screenshot. code: 0, or 1 when no picture was ever painted."""

    def __init__(self, window: MainWindow, options: Namespace) -> None:
        super().__init__(window)
        self._window, self._options = window, options
        self.code = 0
        self._first: float | None = None
        self._steady: tuple[float, int] | None = None
        window.page.view.painted.connect(self._painted)

    def start(self) -> None:
        """Begin to count down."""
        if self._options.quit_after is not None:
            QTimer.singleShot(round(self._options.quit_after * 1000), self.finish)

    def _painted(self, _moment: object) -> None:
        now, camera = monotonic(), self._window.cameras.current
        self._first = self._first or now
        if self._steady is None and now - self._first >= STEADY_AFTER and camera is not None:
            snapshot = camera.snapshot()
            self._steady = now, snapshot.flow.painted if snapshot is not None else 0

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
        if (self._options.source or self._options.more) and not results["painted"]:
            self.code = 1
            print(f"dehazer-gui: {self._why(results)}", file=sys.stderr, flush=True)
        self._window.close_without_asking()

    def _why(self, results: dict[str, Any]) -> str:
        text = results["sentence"] or self._window.start_page.error.text()
        return text or "No picture came within the time given by --quit-after."

    def results(self) -> dict[str, Any]:
        """What is known of the camera in view, and of the run.

        painted_fps: over the run, after the first seconds; painted_fps_now: over the last two. first_picture_s: from the
        start of the program.
        """
        camera = self._window.cameras.current
        snapshot = camera.snapshot() if camera is not None else None
        recent = snapshot.flow.painted_fps if snapshot is not None else None
        average = self._average_fps(snapshot)
        run = {"painted_fps": recent if average is None else average, "painted_fps_now": recent,
               "first_picture_s": None if self._first is None else self._first - self._options.started_at,
               "sentence": camera.state.sentence if camera is not None else "",
               "cameras": len(self._window.cameras.all)}
        return {**(NO_NUMBERS if snapshot is None else snapshot.as_json()), **run}

    def _average_fps(self, snapshot: SessionSnapshot | None) -> float | None:
        if self._steady is None or snapshot is None:
            return None
        since, painted = self._steady
        return (snapshot.flow.painted - painted) / max(1e-6, monotonic() - since)

    def _save_picture(self, path: Path) -> None:
        self._window.refresh.update()
        if not (self._window.review.window or self._window).grab().save(str(path)):
            raise OutputError(f"The screenshot {path} cannot be written; check the folder and the suffix (.png, .jpg).")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8", "backslashreplace")  # names of files may hold bytes that are no UTF-8
    except OSError as error:
        raise OutputError(f"{path} cannot be written; check the folder.", str(error)) from error
