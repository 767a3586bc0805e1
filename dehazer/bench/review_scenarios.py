"""What is measured of the review of recordings: how long an operator waits for a step or a seek, and how many cameras play."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from dehazer.bench.case import CLIP, Case
from dehazer.bench.clip import LoopedSource, make_clip
from dehazer.bench.measure import Memory, NotMeasured, Timing, paced
from dehazer.live.shared_engine import SharedEngine
from dehazer.review.index import Index
from dehazer.review.library import Library
from dehazer.review.playback import Playback
from dehazer.review.span import Span
from dehazer.sinks.recorder import RecorderSink
from dehazer.sources import open_source

SECONDS = 10
"""Length of a recording; as the program records, with a key picture every two seconds."""
PATIENCE = 30.0
"""Seconds after which a picture that does not come ends the measurement."""
_ENOUGH = 12
"""Pictures of every camera from which a rate is told."""
NAMES = ("north", "east", "south", "west")


def recordings(case: Case, cameras: int) -> Path:
    """A folder with one recording of each camera, all with the same pictures; made once."""
    folder = case.folder / f"recordings-{case.width}x{case.height}"
    folder.mkdir(exist_ok=True)
    first = folder / f"{NAMES[0]}_20240310_120000.mkv"
    if not first.exists():
        clip = make_clip(case.folder, case.height, case.width, CLIP)
        with open_source(clip) as source, RecorderSink(first, rate=25, zero=0.0) as sink:
            for frame in LoopedSource(source, clip, 25 * SECONDS):
                sink.write(replace(frame, captured=frame.index / 25))
            sink.finish()
    shown = folder / str(cameras)
    shown.mkdir(exist_ok=True)
    for name in NAMES[:cameras]:
        if not (path := shown / first.name.replace(NAMES[0], name)).exists():
            path.hardlink_to(first)
    return shown


class Watched:
    """A playback of the first `cameras` recordings, and the times at which their pictures came."""

    def __init__(self, library: Library, engine: SharedEngine) -> None:
        self._came = threading.Event()
        self.moments: dict[str, list[float]] = {camera: [] for camera in library.cameras}
        self._newest: dict[str, tuple[datetime, bool]] = {}
        self.playback = Playback(library, engine, self._changed)

    def _changed(self) -> None:
        now = time.perf_counter()
        for camera, moments in self.moments.items():
            frame = self.playback.take(camera) if hasattr(self, "playback") else None
            if frame is not None:
                moments.append(now)
                self._newest[camera] = frame.when, frame.exact
        self._came.set()

    def wait_for(self, arrived: Callable[[datetime, bool], bool]) -> None:
        """Until the first camera shows what is wanted. Raises NotMeasured when it does not come."""
        end = time.perf_counter() + PATIENCE
        while not ((newest := self._newest.get(self.playback.cameras[0])) and arrived(*newest)):
            self._came.wait(0.1)
            self._came.clear()
            if time.perf_counter() > end:
                raise NotMeasured("The review of recordings gave no picture in time; nothing can be measured.")

    def played(self, pictures: int) -> bool:
        """Whether every camera has shown so many."""
        return all(len(moments) >= pictures for moments in self.moments.values())

    @property
    def when(self) -> datetime:
        """Of the newest picture of the first camera."""
        return self._newest[self.playback.cameras[0]][0]


@contextmanager
def watched(case: Case, cameras: int) -> Iterator[Watched]:
    """A playback that shows its first pictures."""
    with Index(case.folder / "index.sqlite3") as index, SharedEngine(case.engine) as engine:
        library = Library((recordings(case, cameras),), index)
        library.start()
        try:
            while library.progress.running or not library.recordings:
                time.sleep(0.01)
            review = Watched(library, engine)
            review.playback.show(library.cameras)
            try:
                review.wait_for(lambda _when, exact: exact)
                yield review
            finally:
                review.playback.stop()
        finally:
            library.stop()


def _steps(case: Case, count: int, start: float) -> Timing:
    """One step after the other, each when the one before is shown."""
    with watched(case, 1) as review:
        _seek(review, start)

        def step() -> None:
            before = review.when
            review.playback.step(count)
            review.wait_for(lambda when, exact: exact and when != before)

        return _limited(case, step, round(20 * (SECONDS - 1.5)))


def _seek(review: Watched, seconds: float) -> None:
    recording = review.playback.position.replace(microsecond=0, second=0)
    target = recording + timedelta(seconds=seconds)
    review.playback.seek(target)
    review.wait_for(lambda when, exact: exact and timedelta(0) <= target - when < timedelta(seconds=0.05))


def _limited(case: Case, work: Callable[[], None], most: int) -> Timing:
    """Repeat for the time of the case, but not more often than the recording has pictures for."""
    ms: list[float] = []
    memory, end = Memory(case.engine.device), time.perf_counter() + case.seconds
    work()
    while len(ms) < 3 or (time.perf_counter() < end and len(ms) < most):
        began = time.perf_counter()
        work()
        ms.append((time.perf_counter() - began) * 1000)
        memory.sample()
    return Timing(tuple(ms), memory.peak_mb, 1000 * len(ms) / sum(ms))


def review_step(case: Case) -> Timing:
    """From a step forward to its dehazed picture."""
    return _steps(case, 1, 0.5)


def review_back(case: Case) -> Timing:
    """From a step back to its dehazed picture."""
    return _steps(case, -1, SECONDS - 0.5)


def review_seek(case: Case) -> Timing:
    """From a seek to any moment of the recording to its exact picture, dehazed."""
    places = random.Random(1)
    with watched(case, 1) as review:
        return _limited(case, lambda: _seek(review, places.uniform(0, SECONDS - 0.1)), 1000)


def review_drag(case: Case) -> Timing:
    """Dragging over the recording: from a place to the picture that is shown at once."""
    places = random.Random(1)
    with watched(case, 1) as review:
        def scrub() -> None:
            before, noon = review.when, review.playback.position.replace(microsecond=0, second=0)
            far = [k for k in range(SECONDS) if abs(noon + timedelta(seconds=k) - before) > timedelta(seconds=3)]
            review.playback.scrub(noon + timedelta(seconds=places.choice(far) + 0.5))
            review.wait_for(lambda when, _exact: when != before)

        return _limited(case, scrub, 1000)


def review_four(case: Case) -> Timing:
    """Four cameras in step at their own speed; frames per second are those of the slowest, memory is that of the process."""
    with watched(case, 4) as review:
        memory, began = Memory(case.engine.device), time.perf_counter()
        start = review.when
        review.playback.loop = Span(start, start + timedelta(seconds=SECONDS - 0.5))
        for moments in review.moments.values():
            moments.clear()
        review.playback.play()
        while (passed := time.perf_counter() - began) < max(1.0, case.seconds) or not review.played(_ENOUGH):
            time.sleep(0.02)
            memory.sample()
            if passed > PATIENCE:
                raise NotMeasured("Four cameras are too much for this machine; their play cannot be measured.")
        return min((paced(moments, memory.peak_mb) for moments in review.moments.values()), key=lambda timing: timing.fps)
