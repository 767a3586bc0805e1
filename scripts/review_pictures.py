"""Pictures of the review window with a few recordings, with none and with what cannot be read; a part of `screenshots.py`.

`review_tour.py` shows the whole way through the window, with a day of footage and a real screen.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from studio import CLIP, Studio, pass_time, wait

from gui.main_window import MainWindow
from gui.review.window import ReviewWindow

NAMES = ("Yard_20260323060000_20260323060004_1.mp4", "Yard_20260323060010_20260323060014_2.mp4",
         "Gate_20260323060002_20260323060006_3.mp4")
LONG_AGO = datetime(2026, 3, 23, 12, tzinfo=UTC).timestamp()
BROKEN = "Gate_20260323060012_20260323060016_4.mp4"


def review(studio: Studio) -> None:
    """No recordings; only such that cannot be read; some of each, then with the dialogs for exports; then one that is gone."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for name, good, broken in (("empty", (), ()), ("unreadable", (), (BROKEN,))):
            window, room = _room(studio, place / name, good, broken)
            pass_time(2.0)
            studio.take(f"review-{name}", room)
            window.close_without_asking()
        window, room = _room(studio, place / "recordings", NAMES, (BROKEN,))
        wait(lambda: room.panes.pane is not None and room.panes.pane.pair is not None and room.exports.queue is not None)
        pass_time(2.0)
        studio.take("review", room)
        _exports(studio, room)
        window.close_without_asking()
        (place / "lost").mkdir()
        window, room = _room(studio, place / "lost", NAMES[:1], ())
        for path in (place / "lost").iterdir():
            path.unlink()
        pass_time(3.0)
        studio.take("review-lost", room)
        window.close_without_asking()


def _room(studio: Studio, folder: Path, good: Sequence[str], broken: Sequence[str]) -> tuple[MainWindow, ReviewWindow]:
    """The window with a folder of recordings. good: names of copies of the clip. broken: names of files without a picture."""
    folder.mkdir(exist_ok=True)
    for name in good:
        (folder / name).write_bytes(CLIP.read_bytes())
    for name in broken:
        (folder / name).write_bytes(b"no video" * 100)
    for path in folder.iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))  # what has just been written counts as growing still
    window = studio.open("--review", str(folder))
    window.settings.put("review/zone", "Europe/Berlin")
    assert window.review.window is not None
    return window, window.review.window


def _exports(studio: Studio, room: ReviewWindow) -> None:
    room.run_action("mark_in")
    room.playback.seek_by(2.0)
    pass_time(0.6)
    room.run_action("mark_out")
    for name in ("export", "evidence"):
        room.run_action(name)
        pass_time(0.5)
        studio.take(f"review-{name}", room, room.exports.dialog)
        if room.exports.dialog is not None:
            room.exports.dialog.close()
