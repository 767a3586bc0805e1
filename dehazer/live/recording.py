"""Recording a live view in a thread of its own: the view never waits for the disk, and what was dropped is counted."""

from __future__ import annotations

import itertools
import json
import shutil
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from dehazer.enhance import Moment
from dehazer.errors import DehazerError, OutputError, OutputExistsError, UsageError
from dehazer.files.output_paths import size_text, utf8, write_in_place
from dehazer.frames.frame import Frame
from dehazer.live.snapshot import plain_name
from dehazer.live.status import RecordingStatus
from dehazer.redact import module_logger, redacted
from dehazer.runtime.channel import Channel, Closed
from dehazer.sinks.recorder import RecorderSink

log = module_logger(__name__)

RecordedPictures = Literal["dehazed", "original", "both"]
QUEUES = {"dehazed": 8, "original": 48}
"""Frames that may wait for the disk; two seconds of originals, because what they lack is missing for good."""
RESERVE = 300 << 20
"""Bytes left free on the disk: below, the recording is ended and kept."""
WATCH = 1.0
"""Seconds between two checks of the disk."""
TITLES = {"dehazed": "dehazed (enhanced picture)", "original": "original"}


class _KindRecorder:
    """One file of a recording, written in a thread of its own. trouble: why it ended by itself."""

    def __init__(self, sink: RecorderSink, queue: int, check: Callable[[], None]) -> None:
        self.sink, self.trouble, self.ended = sink, "", False
        self.queue: Channel[Frame] = Channel(queue, "latest")
        self._check = check
        self._thread = threading.Thread(target=self._work, name="dehazer-recorder", daemon=True)
        self._thread.start()

    def offer(self, frame: Frame) -> None:
        """Take one frame if there is room; never waits."""
        try:
            self.queue.put(frame)
        except Closed:
            return  # ended by itself; `trouble` says why

    def _work(self) -> None:
        try:
            self._record()
        except BaseException as error:  # top of a thread: reported by `trouble`
            self.trouble = _sentence(error)
            log.warning("The recording %s has ended by itself: %s", self.sink.path, self.trouble, exc_info=error)
        finally:
            self.queue.abort()
            self._finish()

    def _record(self) -> None:
        looked = time.monotonic()
        for frame in self.queue:
            self.sink.write(frame)
            if time.monotonic() - looked > WATCH:
                looked = time.monotonic()
                self._check()

    def _finish(self) -> None:
        try:
            self.sink.finish()
        except BaseException as error:  # noqa: BLE001  top of a thread: reported by `trouble`
            self.trouble = self.trouble or _sentence(error)
            log.warning("%s could not be completed: %s", self.sink.path, _sentence(error))
        self.ended = True
        log.info("Recorded %d frames into %s", self.sink.frames, ", ".join(map(str, self.sink.paths)))

    def end(self) -> None:
        """Take no more; returns at once."""
        self.queue.finish()

    def join(self, timeout: float) -> None:
        """Wait until the file is complete."""
        self._thread.join(timeout)


class Recorder:
    """Records from now on the dehazed pictures, the originals, or both (then as NAME.mkv and NAME-original.mkv, which share
    their clock).

    Originals come from the thread that captures, at the full rate, whatever the computing does: they are evidence. trouble:
    one sentence when the recording ended by itself (disk full, folder gone), else None. dropped: frames that the disk or
    encoder was too slow for; missing: those of them that are originals. Raises UsageError, OutputExistsError or OutputError
    when created.
    """

    def __init__(self, path: str | Path, what: RecordedPictures = "dehazed", rate: float | None = None, name: str = "",
                 reserve: int = RESERVE) -> None:
        if what not in get_args(RecordedPictures):
            raise UsageError(f"{what!r} cannot be recorded; choose one of: {', '.join(get_args(RecordedPictures))}.")
        self.path, self.what = Path(path), what
        self._reserve = reserve
        self._zero, self._began, self._name = time.monotonic(), datetime.now(UTC), name
        self._ended: float | None = None
        self._report = report_path(self.path)
        if self._report.exists():
            raise OutputExistsError(f"{self._report} exists already, and a recording never replaces a file; choose another name.")
        self._check_space()
        sinks = {kind: RecorderSink(target, rate, f"{name}: {TITLES[kind]}", self._zero, self._began)
                 for kind, target in self._targets().items()}
        self._kinds = {kind: _KindRecorder(sink, QUEUES[kind], self._check_space) for kind, sink in sinks.items()}
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
        """Take the dehazed picture of one instant, if those are recorded; never waits."""
        self._offer("dehazed", moment.result)

    def offer_original(self, frame: Frame) -> None:
        """Take one frame as it was captured, if those are recorded; never waits."""
        self._offer("original", frame)

    def _offer(self, kind: str, frame: Frame) -> None:
        if kind in self._kinds and self.trouble is None:
            self._kinds[kind].offer(frame)

    def stop(self, timeout: float = 5.0) -> tuple[Path, ...]:
        """Write what waits, end the files; returns their paths. The threads are joined."""
        for one in self._kinds.values():
            one.end()
        end = time.monotonic() + timeout
        for one in self._kinds.values():
            one.join(max(0.0, end - time.monotonic()))
        self._ended = self._ended or time.monotonic()
        self._write_report()
        return self.paths

    def _write_report(self) -> None:
        """NAME.mkv.json: what is in the files, and what is missing. A failure here loses no picture, so it is logged."""
        files = {kind: {"files": [p.name for p in one.sink.paths], "frames": one.sink.frames, "dropped": one.queue.dropped}
                 for kind, one in self._kinds.items()}
        about = {"source": redacted(self._name), "began": self._began.isoformat(timespec="milliseconds"),
                 "seconds": round(self.seconds, 3), "missing_originals": self.missing, "trouble": self.trouble, **files}
        try:
            if self.paths:
                write_in_place(self._report, utf8(json.dumps(about, indent=2, ensure_ascii=False) + "\n"))
        except OSError as error:
            log.warning("The report of the recording %s cannot be written: %s", self.path, error)

    @property
    def trouble(self) -> str | None:
        """Why a file ended by itself; None as long as all are well."""
        return next((one.trouble for one in self._kinds.values() if one.trouble), None)

    @property
    def active(self) -> bool:
        """Whether frames are still taken."""
        if self._ended is None and all(one.ended for one in self._kinds.values()):
            self._ended = time.monotonic()
        return self._ended is None and self.trouble is None

    @property
    def frames(self) -> int:
        """Frames written so far, of the kind of which there are fewer."""
        return min(one.sink.frames for one in self._kinds.values())

    @property
    def dropped(self) -> int:
        """Frames dropped because a queue was full."""
        return sum(one.queue.dropped for one in self._kinds.values())

    @property
    def missing(self) -> int:
        """Originals among them: what the recording lacks as evidence."""
        original = self._kinds.get("original")
        return 0 if original is None else original.queue.dropped

    @property
    def seconds(self) -> float:
        """How long the recording lasts so far."""
        return (self._ended or time.monotonic()) - self._zero

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files written so far."""
        return tuple(p for one in self._kinds.values() for p in one.sink.paths)

    def status(self) -> RecordingStatus:
        """How the recording stands."""
        (free, written), left = _disk_use(self.path.parent, self.paths), None
        if self.seconds > 5 and written:
            left = max(0.0, (free - self._reserve) / (written / self.seconds) / 60)
        return RecordingStatus(self.what, str(self.path), self.seconds, self.frames, self.dropped, written, free / 2**20, left,
                               self.active, self.trouble, self.missing)


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
    return any(one.exists() for one in (path, path.with_stem(f"{path.stem}-original"), report_path(path)))


def report_path(path: Path) -> Path:
    """Where the report on a recording is written."""
    return path.with_name(f"{path.name}.json")
