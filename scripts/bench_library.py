"""Measure how long a library of many recordings takes to open: for the first time, again, and at each later look.

    python scripts/bench_library.py [--files 10000] [--folder FOLDER]

The files are one short clip under many names of four recorders. What is printed is wall clock of this machine, and the time of
the processor, which other programs do not change.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from _recordings_week import CAMERAS
from make_recordings import SMALL, MountedCamera, write_video

from dehazer.engine.devices import cpu_name
from dehazer.review import Index, Library, LibraryOptions

FIRST = datetime(2026, 1, 5, tzinfo=UTC)


def make_files(folder: Path, count: int) -> None:
    """So many names for one clip, a minute apart, over four cameras."""
    clip = folder / "clip.mp4"
    mounted = MountedCamera(CAMERAS[0], SMALL)
    write_video(clip, [mounted.picture(FIRST, 0)[0]] * 6, Fraction(1, 10), {"g": "1"})
    for number in range(count):
        camera, start = CAMERAS[number % len(CAMERAS)], FIRST + timedelta(minutes=number // len(CAMERAS))
        path = folder / "store" / camera.path(start, start + timedelta(minutes=1), number)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(clip, path)
        os.utime(path, (start.timestamp() + 60,) * 2)


def measured(name: str, work: Callable[[], object]) -> None:
    wall, busy = time.perf_counter(), time.process_time()
    found = work()
    print(f"{name:32} {time.perf_counter() - wall:6.2f} s, processor {time.process_time() - busy:6.2f} s   {found}", flush=True)


def opened(store: Path, index: Path) -> str:
    """Open the index and the library, and wait until everything is listed."""
    with Index(index) as kept:
        library = Library([store], kept, LibraryOptions(follow=0))
        library.start()
        while library.progress.running:
            time.sleep(0.005)
        library.stop()
    return f"{len(library.recordings)} recordings of {len(library.cameras)} cameras, {len(library.days())} days"


def main() -> None:
    """The program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where to put the files (default: the system's temporary folder)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        make_files(folder, given.files)
        print(f"{cpu_name()}, {os.cpu_count()} cores, {given.files} files, {datetime.now():%Y-%m-%d}")
        for title in ("first time", "again", "once more"):
            measured(f"opened, {title}", lambda: opened(folder / "store", folder / "index.sqlite3"))


if __name__ == "__main__":
    main()
