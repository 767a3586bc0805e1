"""Recording a live view in a thread of its own: the view never waits for the disk, and what was dropped is counted."""

from __future__ import annotations

import itertools
import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from dehazer.enhance import Moment
from dehazer.errors import DehazerError, OutputError, UsageError
from dehazer.files.output_paths import size_text
from dehazer.live.snapshot import plain_name
from dehazer.live.status import RecordingStatus
from dehazer.redact import module_logger
from dehazer.runtime.channel import Channel, Closed
from dehazer.sinks.recorder import RecorderSink

log = module_logger(__name__)

RecordedPictures = Literal["dehazed", "original", "both"]
QUEUE = 8
RESERVE = 300 << 20
"""Bytes left free on the disk: below, the recording is ended and kept."""
WATCH = 1.0
"""Seconds between two checks of the disk."""
TITLES = {"dehazed": "dehazed (enhanced picture)", "original": "original"}


class Recorder:
    """Records instants from now on, dehazed, original or both (then as NAME.mkv and NAME-original.mkv, frame by frame
    in step).

    trouble: one sentence when the recording ended by itself (disk full, folder gone), else None. dropped: instants the
    disk or encoder was too slow for. Raises UsageError, OutputExistsError or OutputError when created.
    """

    def __init__(self, path: str | Path, what: RecordedPictures = "dehazed", rate: float | None = None, name: str = "",
                 reserve: int = RESERVE) -> None:
        if what not in get_args(RecordedPictures):
            raise UsageError(f"{what!r} cannot be recorded; choose one of: {', '.join(get_args(RecordedPictures))}.")
        self.path, self.what = Path(path), what
        self.trouble: str | None = None
        self._reserve = reserve
        self._zero, now = time.monotonic(), datetime.now(UTC)
        self._check_space()
        self._sinks = {kind: RecorderSink(target, rate, f"{name}: {TITLES[kind]}", self._zero, now)
                       for kind, target in self._targets().items()}
        self._queue: Channel[Moment] = Channel(QUEUE, "latest")
        self._ended: float | None = None
        self._thread = threading.Thread(target=self._work, name="dehazer-recorder", daemon=True)
        self._thread.start()
        log.info("Recording %s into %s", what, self.path)

    def _targets(self) -> dict[str, Path]:
        if self.what != "both":
            return {self.what: self.path}
        return {"dehazed": self.path, "original": self.path.with_stem(f"{self.path.stem}-original")}

    def _check_space(self) -> None:
        free = self._free()
        if free < self._reserve:
            raise OutputError(f"There are only {size_text(free)} free in {self.path.parent}; {size_text(self._reserve)} must "
                              "stay free. Choose another disk or make room.")

    def _free(self) -> int:
        try:
            return shutil.disk_usage(self.path.parent).free
        except OSError as error:
            raise OutputError(f"The folder {self.path.parent} cannot be used; choose another one.", str(error)) from error

    def offer(self, moment: Moment) -> None:
        """Take one instant if there is room; never waits."""
        try:
            self._queue.put(moment)
        except Closed:
            return  # ended by itself; `trouble` says why

    def _work(self) -> None:
        try:
            self._record()
        except BaseException as error:  # top of a thread: reported by `trouble`
            self.trouble = _sentence(error)
            log.warning("The recording %s has ended by itself: %s", self.path, self.trouble, exc_info=error)
        finally:
            self._queue.abort()
            self._finish()

    def _record(self) -> None:
        looked = time.monotonic()
        for moment in self._queue:
            for kind, sink in self._sinks.items():
                sink.write(moment.result if kind == "dehazed" else moment.original)
            if time.monotonic() - looked > WATCH:
                looked = time.monotonic()
                self._check_space()

    def _finish(self) -> None:
        self._ended = time.monotonic()
        for sink in self._sinks.values():
            try:
                sink.finish()
            except BaseException as error:  # noqa: BLE001  top of a thread: the other file has to be ended too
                self.trouble = self.trouble or _sentence(error)
                log.warning("%s could not be completed: %s", sink.path, _sentence(error))
        log.info("Recorded %d frames into %s", self.frames, ", ".join(map(str, self.paths)))

    def stop(self, timeout: float = 5.0) -> tuple[Path, ...]:
        """Write what waits, end the files; returns their paths. The thread is joined."""
        self._queue.finish()
        self._thread.join(timeout)
        return self.paths

    @property
    def active(self) -> bool:
        """Whether instants are still taken."""
        return self._ended is None

    @property
    def frames(self) -> int:
        """Instants written so far."""
        return min(sink.frames for sink in self._sinks.values())

    @property
    def dropped(self) -> int:
        """Instants dropped because the queue was full."""
        return self._queue.dropped

    @property
    def seconds(self) -> float:
        """How long the recording lasts so far."""
        return (self._ended or time.monotonic()) - self._zero

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files written so far."""
        return tuple(p for sink in self._sinks.values() for p in sink.paths)

    def status(self) -> RecordingStatus:
        """How the recording stands."""
        (free, written), left = _disk_use(self.path.parent, self.paths), None
        if self.seconds > 5 and written:
            left = max(0.0, (free - self._reserve) / (written / self.seconds) / 60)
        return RecordingStatus(self.what, str(self.path), self.seconds, self.frames, self.dropped, written, free / 2**20, left,
                               self.active, self.trouble)


def _disk_use(folder: Path, files: tuple[Path, ...]) -> tuple[int, int]:
    """Bytes free and bytes written; 0 and 0 where the folder or a file was taken away."""
    try:
        return shutil.disk_usage(folder).free, sum(file.stat().st_size for file in files)
    except OSError:
        return 0, 0


def _sentence(error: BaseException) -> str:
    if isinstance(error, DehazerError):
        return str(error)
    return "The recording has ended: something unexpected happened. What was recorded until then is kept."


def recording_path(folder: Path, name: str, suffix: str = ".mkv", when: datetime | None = None) -> Path:
    """Where a recording that begins now is written: "FOLDER/gate-20260131-120000.mkv", numbered where such a file is there."""
    begin = f"{plain_name(name)}-{(when or datetime.now(UTC)).astimezone():%Y%m%d-%H%M%S}"
    stems = itertools.chain([begin], (f"{begin}-take{number}" for number in itertools.count(2)))
    return next(path for stem in stems if not _taken(path := folder / f"{stem}{suffix}"))


def _taken(path: Path) -> bool:
    return any(one.exists() for one in (path, path.with_stem(f"{path.stem}-original")))
