#!/usr/bin/env python3
"""Drives the review room on a real screen with clicks and keys, from finding to a verified pack; a picture of every state.

    python scripts/review_tour.py OUT [--footage FOLDER] [--size 1280x720 1920x1080] [--theme dark light] [--guide]

Finds the foggiest stretch, steps, marks, exports and verifies, on two cameras of `make_recordings.py`. Without a screen it starts
Xvfb (Debian: apt install xvfb). Ends with 1 where an export or the pack does not pass.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from _review_footage import CAMERA, footage_start, make_footage
from bench_gui import screen

if TYPE_CHECKING:
    from PyQt6.QtCore import QPoint, Qt
    from PyQt6.QtWidgets import QWidget

    from gui.main_window import MainWindow

PATIENCE = 600.0
"""Seconds, for exports on a machine that others keep busy."""
RATE = FIRST = 25
"""Frames per second of the films; the first frame that is exported, a second after their beginning."""
LENGTH = timedelta(seconds=2)
"""Of what is exported."""


class Tour:
    """One run of the room at one size in one theme. start: when the films begin. failed: what did not pass."""

    def __init__(self, footage: Path, start: datetime, out: Path, *, size: str, theme: str, folder: Path) -> None:
        from PyQt6.QtTest import QTest

        from gui import app
        from gui.__main__ import parser

        self.hand: Any = QTest  # PyQt's stub asks for self where there is none
        self.start, self.out, self.prefix, self.folder = start, out, f"{size}-{theme}-", folder
        self.failed: list[str] = []
        options = parser().parse_args(["--settings", str(folder / "tour.ini"), "--size", size, "--theme", theme,
                                       "--review", str(footage)])
        self.main: MainWindow = app.make_window(options)
        self.main.settings.put("review/zone", "Europe/Berlin")
        self.main.settings.put("review/folder", str(folder / "exports"))
        (folder / "exports").mkdir()
        self.main.load()
        app.open_sources(self.main, options)
        assert self.main.review.window is not None
        self.room = self.main.review.window
        self.room.move(0, 0)

    @property
    def number(self) -> int | None:
        """Number of the frame of the current camera that is seen."""
        frame = self.room.playback.frame
        return frame.number if frame is not None else None

    # what a hand does

    def until(self, so: Callable[[], object], patience: float = PATIENCE) -> None:
        """Let the application work until something is so; raises TimeoutError when it never is."""
        from PyQt6.QtWidgets import QApplication

        limit = time.monotonic() + patience
        while not so():
            if time.monotonic() > limit:
                raise TimeoutError("the room never came into the state that was waited for")
            QApplication.processEvents()
            time.sleep(0.005)

    def rest(self, seconds: float = 0.4) -> None:
        """Let the application work for a while."""
        limit = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > limit)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """The left button on a widget, in its middle or at a point."""
        from PyQt6.QtCore import Qt

        self.hand.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
        self.rest(0.1)

    def drag(self, widget: QWidget, begin: QPoint, end: QPoint) -> None:
        """The left button held from one point of a widget to another."""
        from PyQt6.QtCore import Qt

        self.hand.mousePress(widget, Qt.MouseButton.LeftButton, pos=begin)
        for step in range(1, 9):
            self.hand.mouseMove(widget, begin + (end - begin) * step / 8)
            self.rest(0.03)
        self.hand.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)
        self.rest(0.1)

    def key(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        """A key, on the pictures unless another widget is given."""

        target = widget or self.room.panes.pane or self.room.panes
        target.setFocus()
        self.hand.keyClick(target, key)
        self.rest(0.1)

    def type(self, widget: QWidget, text: str) -> None:
        """Text into a field, then Enter."""
        from PyQt6.QtCore import Qt

        self.click(widget)
        self.hand.keyClicks(widget, text)
        self.hand.keyClick(widget, Qt.Key.Key_Return)
        self.rest(0.1)

    def take(self, name: str) -> None:
        """Save what the screen shows of the room, with whatever lies over it."""
        from PyQt6.QtWidgets import QApplication

        self.rest(0.3)
        display = QApplication.primaryScreen()
        assert display is not None
        area = self.room.frameGeometry()
        picture = display.grabWindow(0, area.x(), area.y(), area.width(), area.height())  # type: ignore[arg-type]  # 0: all of it
        picture.save(str(self.out / f"{self.prefix}{name}.png"))
        print(f"{self.prefix}{name}.png", flush=True)

    # the way through the room

    def open(self) -> None:
        """The room with its recordings read and their haze measured."""
        room = self.room
        self.until(lambda: room.panes.pane is not None and room.panes.pane.pair is not None and room.exports.queue is not None)
        self.take("1-opened")
        scan = room.room.scan
        assert scan is not None
        self.until(lambda: not scan.progress.running)
        self.take("2-measured")

    def find(self) -> None:
        """The foggiest stretch, then the film of it, seen in every view."""
        from PyQt6.QtCore import QPoint, Qt

        room = self.room
        layout = room.time_line.layout_of_parts
        lane = next(number for number, one in enumerate(room.time_line.content.lanes) if one.camera == CAMERA)
        self.click(room.time_line, QPoint(40, round(layout.lane(lane).center().y())))
        self.until(lambda: room.panes.current == CAMERA and room.playback.frame is not None)
        self.click(room.widgets.library.jumps.buttons["foggiest"])
        self.until(lambda: room.playback.frame is not None)
        self.rest(1)
        self.take("3-foggiest")
        self.type(room.transport.clock, f"{(self.start + timedelta(seconds=1)).astimezone(room.playback.zone):%Y-%m-%d %H:%M:%S}")
        self.until(lambda: self.number == FIRST)
        for view in ("original", "wipe", "side", "difference"):
            self.click(room.bar.views.buttons[view])
            self.take(f"4-{view}")
        self.click(room.bar.views.buttons["wipe"])
        pane = room.panes.pane
        assert pane is not None
        middle = pane.rect().center()
        self.drag(pane, middle, middle - QPoint(pane.width() // 5, 0))
        self.key(Qt.Key.Key_I)
        self.take("4-wipe-numbers")

    def look_closer(self) -> None:
        """Both cameras, zoomed in together; then full screen, and a small picture under the pointer."""
        from PyQt6.QtCore import QEvent, QPoint, Qt
        from PyQt6.QtWidgets import QApplication

        room = self.room
        room.library.show_cameras(room.room.library.cameras if room.room.library else ())
        self.until(lambda: all(pane.pair is not None for pane in room.panes.shown))
        self.key(Qt.Key.Key_I)
        self.take("5-two-cameras")
        for _ in range(4):
            self.key(Qt.Key.Key_Plus)
        self.take("5-zoomed")
        self.key(Qt.Key.Key_0)
        room.run_action("fullscreen")
        self.rest(0.6)
        self.take("5-full-screen")
        room.frame.show_controls()
        self.take("5-full-screen-controls")
        room.run_action("leave")
        line = room.time_line
        self.hand.mouseMove(line, QPoint(line.width() // 2, line.height() // 2))
        self.rest(1.5)
        self.take("5-pointer-on-time-line")
        QApplication.sendEvent(line, QEvent(QEvent.Type.Leave))

    def mark(self) -> None:
        """Step by step to the first frame, mark it, mark the last, bookmark what lies between."""
        from PyQt6.QtCore import Qt

        room = self.room
        self.until(lambda: self.number == FIRST)
        self.key(Qt.Key.Key_Period)
        self.until(lambda: self.number == FIRST + 1)
        self.key(Qt.Key.Key_Comma)
        self.until(lambda: self.number == FIRST)
        self.click(room.transport.buttons["mark_in"])
        self.type(room.transport.clock, f"+{LENGTH.total_seconds():g}")
        self.until(lambda: self.number == FIRST + round(RATE * LENGTH.total_seconds()))
        self.click(room.transport.buttons["mark_out"])
        assert room.marks.span is not None
        room.time_line.zoom_to(room.marks.span)
        self.click(room.bar.buttons["bookmark"])
        self.type(room.widgets.bookmarks.note, "Two cars in the fog")
        self.take("6-marked")

    def export(self) -> None:
        """A dehazed film and the untouched original, checked."""
        from PyQt6.QtCore import Qt

        room = self.room
        self.click(room.bar.buttons["export"])
        assert room.exports.dialog is not None
        self.take("7-export")
        self.click(room.exports.dialog.accept_button)
        self.rest(1.5)
        self.take("8-exporting")
        self.key(Qt.Key.Key_Space)  # the room stays in use meanwhile
        self._finish("film")
        for row in room.widgets.exports.rows.values():
            row.open_checks()
        self.take("9-exported")

    def verify(self) -> None:
        """An evidence pack, and the verdict on it."""
        room = self.room
        self.click(room.bar.buttons["evidence"])
        assert room.exports.dialog is not None
        room.exports.dialog.title.setText("2026-0417")  # type: ignore[union-attr]
        room.exports.dialog.operator.setText("A. Operator")  # type: ignore[union-attr]
        self.take("10-evidence")
        self.click(room.exports.dialog.accept_button)
        self._finish("evidence pack")
        self.take("11-packed")
        row = next(row for row in room.widgets.exports.rows.values() if row.status.request.kind == "evidence")
        room.verifying.verify(row.status.products[0])
        self.until(lambda: room.verifying.dialog is not None)
        self.take("12-verified")
        if room.verifying.dialog is not None:
            self.click(room.verifying.dialog.close_button)

    def _finish(self, what: str) -> None:
        queue = self.room.exports.queue
        assert queue is not None
        self.until(lambda: all(status.over for status in queue.jobs))
        self.room.exports.show()
        self.failed += [f"{what}: {status.sentence}" for status in queue.jobs if not status.passed]

    def lists(self) -> None:
        """The keys, and how names are read."""
        from gui.dialogs.keys import KeysDialog
        from gui.review.pattern_dialog import PatternDialog

        for name, kind in (("keys", KeysDialog), ("names", PatternDialog)):
            self.room.run_action(name)
            self.rest(0.5)
            dialog: QWidget = self.room.findChildren(kind)[-1]
            self.take(f"13-{name}")
            dialog.close()

    def close(self) -> None:
        """The end of this run."""
        self.main.close_without_asking()


STOPS = ("open", "find", "look_closer", "mark", "export", "verify", "lists")
"""The way through the room, in order."""
GUIDE = {"review": "4-wipe-numbers", "review-marked": "6-marked", "review-exported": "9-exported",
         "review-verified": "12-verified"}
README = "5-two-cameras"
"""Pictures for guide and README."""


def tour(footage: Path, start: datetime, out: Path, sizes: list[str], themes: list[str]) -> list[str]:
    """Every size in every theme; returns what did not pass."""
    failed = []
    for size in sizes:
        for theme in themes:
            with TemporaryDirectory() as folder:
                run = Tour(footage, start, out, size=size, theme=theme, folder=Path(folder))
                for stop in STOPS:
                    getattr(run, stop)()
                run.close()
                failed += [f"{size} {theme} {what}" for what in run.failed]
    return failed


def put_into_guide(out: Path) -> None:
    """The pictures that guide and README show, as small as they have to be."""
    from guide_pictures import IMAGES, store

    for target, name in GUIDE.items():
        store(out / f"1280x720-dark-{name}.png", IMAGES / f"{target}.jpg")
    store(out / f"1280x720-dark-{README}.png", IMAGES.parents[1] / "images" / "review.jpg")


def main() -> int:
    """The program; returns its exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", type=Path, metavar="OUT")
    options.add_argument("--footage", type=Path, metavar="FOLDER", help="recordings made before by this script, else made anew")
    options.add_argument("--size", nargs="+", default=["1280x720", "1920x1080"], metavar="WxH")
    options.add_argument("--theme", nargs="+", default=["dark", "light"], choices=("dark", "light"))
    options.add_argument("--guide", action="store_true", help="put pictures of 1280x720 in dark into guide and README, too")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made, screen():
        footage = given.footage or Path(made)
        if not (footage / "truth.json").exists():
            make_footage(footage)
        from gui import app

        application = app.make_application(["dehazer-gui"])
        application.setQuitOnLastWindowClosed(False)
        failed = tour(footage, footage_start(footage), given.out, given.size, given.theme)
    if given.guide:
        put_into_guide(given.out)
    print("\n".join(failed) or "everything passed")
    return 1 if failed else 0


if __name__ == "__main__":
    from gui.shutdown import end_process

    sys.exit(end_process(main()))
