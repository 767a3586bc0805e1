"""Four cameras with faults every few seconds, all recorded: what is lost, and what grows.

    python scripts/soak.py --minutes 30 [--write]

Cameras are RTSP servers of this machine, in a process of their own; every picture carries a number. Faults: the server is killed
and comes back, it stalls, it changes the size of its pictures, its password is changed. What was sent into each connection is
compared with what was recorded, and threads, open handles and memory of the recording process are read every five seconds.
--write puts the result into docs/measured/soak.json and docs/soak.md. Exit code 1: a limit was missed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import av
from _numbered_camera import PASSWORDS, number_of, serve
from _soak_page import LIMIT_MB, page, summary, verdict

from dehazer import EngineOptions, LiveSession, limit_memory_growth, recording_path
from dehazer.engine.devices import cpu_name
from dehazer.live.shared_engine import SharedEngine
from dehazer.runtime.memory import resident_mb
from dehazer.sources.request import SourceRequest

ROOT = Path(__file__).resolve().parents[1]
CAMERAS = 4
DEADLINE = 3.0
STALL = 5.0
EVERY = 5.0


@dataclass(frozen=True)
class Reading:
    """seconds: since the beginning. handles: open files and sockets, None where not told. load: of the machine."""

    seconds: float
    threads: int
    handles: int | None
    rss_mb: float
    load: float


class RecordedCamera:
    """One camera as a guard would keep it: recorded without end, opened anew with the right password when it was changed."""

    def __init__(self, url: str, folder: Path, name: str, engine: SharedEngine) -> None:
        self._url, self._folder, self._name, self._engine = url, folder, name, engine
        self._password = PASSWORDS[0]
        self.troubles: list[str] = []
        self.missing = self.sessions = 0
        self._open()

    def _open(self) -> None:
        self.sessions += 1
        request = SourceRequest(self._url, user="admin", password=self._password, deadline=DEADLINE)
        self.session = LiveSession(request, self._engine)
        self.session.start()
        self.session.start_recording(recording_path(self._folder, self._name), "original", segment_minutes=1)

    def look(self) -> None:
        """Open it anew where that is needed."""
        self.session.take()
        if self.session.state.is_over:
            self.stop()
            self._password = PASSWORDS[self._password == PASSWORDS[0]]
            self._open()

    def stop(self) -> None:
        """End recording and session."""
        recording = self.session.snapshot().recording
        self.session.stop(10)
        if recording is not None:
            self.missing += recording.missing
            self.troubles += [recording.trouble] if recording.trouble else []

    def recorded(self) -> tuple[list[int], int]:
        """Numbers of the recorded pictures in the order of the files, and how many files there are."""
        files = sorted(self._folder.glob(f"{self._name}-*.mkv"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        return [number for path in files for number in numbers_in(path)], len(files)


def numbers_in(path: Path) -> list[int]:
    """Numbers of the pictures in one file."""
    with av.open(str(path)) as file:
        found = [number_of(bytes(packet)) for packet in file.demux(video=0) if packet.size]
    return [number for number in found if number is not None]


def compared(sent: list[list[int]], recorded: list[int]) -> dict[str, int]:
    """What of the pictures sent into the connections of one camera was recorded.

    lost: pictures between, or before, recorded ones of their connection. at_the_cut: sent last into one that was then cut or
    given up, still on their way or waiting for their end. unopened: sent into connections that ended while they were being
    opened. doubled: recorded more than once.
    """
    kept, out = set(recorded), {"sent": 0, "recorded": len(recorded), "lost": 0, "at_the_cut": 0, "unopened": 0, "longest_cut": 0}
    for numbers in sent:
        out["sent"] += len(numbers)
        places = [place for place, number in enumerate(numbers) if number in kept]
        if not places:
            out["unopened"] += len(numbers)
            continue
        tail = len(numbers) - 1 - places[-1]
        out["lost"] += places[-1] + 1 - len(places)
        out["at_the_cut"] += tail
        out["longest_cut"] = max(out["longest_cut"], tail)
    out["doubled"] = len(recorded) - len(kept)
    return out


def reading(began: float) -> Reading:
    """The process as it is now."""
    handles = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else None
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return Reading(time.monotonic() - began, threading.active_count(), handles, resident_mb(), load)


def watched(cameras: list[RecordedCamera], seconds: float) -> list[Reading]:
    """Let the cameras run, and read the process every few seconds."""
    began, readings, due = time.monotonic(), list[Reading](), 0.0
    while (now := time.monotonic() - began) < seconds:
        for camera in cameras:
            camera.look()
        if now >= due:
            readings.append(reading(began))
            due += EVERY
        time.sleep(0.1)
    return readings


def run(minutes: float, seed: int, folder: Path) -> dict[str, Any]:
    """One soak; its result as it is written into the file."""
    limit_memory_growth()
    here, there = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, daemon=True,
                                                          args=(there, CAMERAS, minutes * 60, STALL, seed))
    server.start()
    engine = SharedEngine(EngineOptions(device="cpu"))
    cameras = [RecordedCamera(url, folder, f"camera{number}", engine) for number, url in enumerate(here.recv(), 1)]
    readings = watched(cameras, minutes * 60)
    here.send("end")
    sent, faults = here.recv()
    time.sleep(DEADLINE)  # what is on its way arrives
    for camera in cameras:
        camera.stop()
    server.join(20)
    tables = []
    for camera, numbers in zip(cameras, sent, strict=True):
        recorded, files = camera.recorded()
        tables.append({**compared(numbers, recorded), "files": files, "connections": len(numbers), "sessions": camera.sessions,
                       "left_out_by_the_recorder": camera.missing, "troubles": camera.troubles})
    return {**growth(readings), "cameras": tables, "faults": faults}


def growth(readings: list[Reading]) -> dict[str, Any]:
    """How much threads, handles and memory grew: the median of the last minute against that of the minute behind the fifth, or,
    in a short run, behind the first half.
    """
    end = readings[-1].seconds
    settled = min(300.0, end / 2)
    first = [one for one in readings if settled <= one.seconds < settled + 60]
    last = [one for one in readings if one.seconds >= end - 60]
    grown = {name: median(getattr(one, name) or 0 for one in last) - median(getattr(one, name) or 0 for one in first)
             for name in ("threads", "handles", "rss_mb")}
    return {"seconds": round(end), "settled_after_s": round(settled), "grown": {k: round(v, 1) for k, v in grown.items()},
            "readings": [{"s": round(one.seconds), "threads": one.threads, "handles": one.handles, "rss_mb": round(one.rss_mb, 1),
                          "load": round(one.load, 1)} for one in readings]}


def main() -> int:
    """Run, print, and write where asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--write", action="store_true", help="put the result into docs/measured/soak.json and docs/soak.md")
    options.add_argument("--keep", metavar="FOLDER", help="record into this folder and leave it there")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="dehazer-soak-") as temporary:
        folder = Path(asked.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        result = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "cpu": cpu_name(), "cores": os.cpu_count(),
                  **run(asked.minutes, asked.seed, folder)}
    print(page(result))
    if asked.write:
        measured = ROOT / "docs" / "measured" / "soak.json"
        if measured.exists():
            before = json.loads(measured.read_text("utf-8"))
            result["earlier"] = [*before.pop("earlier", []), summary(before)]
        measured.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        (ROOT / "docs" / "soak.md").write_text(page(result), "utf-8")
    faults = verdict(result)
    print(*faults or [f"All limits were kept (memory: at most {LIMIT_MB} MB)."], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
