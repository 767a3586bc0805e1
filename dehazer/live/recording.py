"""Recording a live view in a thread of its own: the view never waits for the disk, and what was dropped is counted."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import threading
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from dehazer.errors import OutputError, OutputExistsError, UsageError
from dehazer.files.output_paths import reason, size_text, utf8, write_in_place
from dehazer.frames.frame import Frame
from dehazer.live.recording_threads import FrameThread, PacketThread
from dehazer.live.snapshot import plain_name
from dehazer.live.status import RecordingStatus
from dehazer.moment import Moment
from dehazer.redact import module_logger, redacted
from dehazer.runtime.memory import free_closed_media
from dehazer.sinks.packet_recorder import PacketRecorder
from dehazer.sinks.recorder import RecorderSink, check_recordable
from dehazer.sinks.recording_files import remove_if_empty, wall_time
from dehazer.sinks.segment_names import SegmentNames, is_taken, report_path, stamped_path

if TYPE_CHECKING:
    from dehazer.files.packet_tap import TappedPacket
    from dehazer.sinks.recording_files import Segment

log = module_logger(__name__)

RecordedPictures = Literal["dehazed", "original", "both"]
QUEUES = {"dehazed": 8, "original": 48}
"""Frames that may wait for the disk; two seconds of originals, because what they lack is missing for good."""
RESERVE = 300 << 20
"""Bytes left free on the disk: below, the recording is ended and kept."""
TITLES = {"dehazed": "dehazed (enhanced picture)", "original": "original"}


class Recorder:
    """Records from now on the dehazed pictures, the originals, or both (then as NAME.mkv and NAME-original.mkv).

    Originals are the packets of the camera as they came, with its sound, where `packets` says so; else frames from the thread
    that captures, at the full rate. Neither waits for the computing: they are evidence. segment_seconds: length at which a new
    file begins. early: time.monotonic() of the first packet for `begin_with`. trouble: one sentence when one kind ended by itself
    (disk full, file gone), else None; the other kind goes on. stopped: `stop` was called. dropped: frames that the disk
    or encoder was too slow for; missing: those of them that are originals. pre_roll: seconds recorded from before now.

    Raises UsageError, OutputExistsError or OutputError when created.
    """

    def __init__(self, path: str | Path, what: RecordedPictures = "dehazed", rate: float | None = None, name: str = "",
                 reserve: int = RESERVE, *, packets: bool = False, segment_seconds: float | None = None,
                 early: float | None = None) -> None:
        if what not in get_args(RecordedPictures):
            raise UsageError(f"{what!r} cannot be recorded; choose one of: {', '.join(get_args(RecordedPictures))}.")
        self._zero, self._began, self._name = time.monotonic(), datetime.now(UTC), redacted(name)
        self.path, self.what = Path(path), what
        if packets and early is not None and what == "original":
            self.path = _early_path(self.path, early)
        self._reserve, self._rate, self._segment_seconds = reserve, rate, segment_seconds
        self._ended: float | None = None
        self.pre_roll, self.stopped = 0.0, False
        self._report, self._writing = report_path(self.path), threading.Lock()
        self._check_space()
        for target in self._targets().values():
            check_recordable(target)
        _claim_report(self._report)
        self._sizes = {kind: _WrittenBytes() for kind in self._targets()}
        self._kinds = {kind: self._thread(kind, target, packets) for kind, target in self._targets().items()}
        log.info("Recording %s into %s", what, self.path)

    def _thread(self, kind: str, target: Path, packets: bool) -> FrameThread | PacketThread:
        title = f"{self._name}: {TITLES[kind]}"
        if packets and kind == "original":
            sink = PacketRecorder(SegmentNames(target), title, self._segment_seconds, self._segment_changed)
            return PacketThread(sink, str(target), partial(self._check, kind))
        frames = RecorderSink(target, self._rate, title, self._zero, self._began,
                              segment_seconds=self._segment_seconds, changed=self._segment_changed)
        return FrameThread(frames, QUEUES[kind], partial(self._check, kind))

    def _targets(self) -> dict[str, Path]:
        if self.what != "both":
            return {self.what: self.path}
        return {"dehazed": self.path, "original": self.path.with_stem(f"{self.path.stem}-original")}

    def _check(self, kind: str) -> None:
        """Raise OutputError where this kind cannot go on. Files that are finished may be moved away at any time."""
        self._check_space()
        path = self._kinds[kind].open_path
        if path is not None and not path.exists():
            raise OutputError(f"{path} was taken away while it was recorded; the recording has ended.")

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

    @property
    def copies_packets(self) -> bool:
        """Whether originals are taken by `offer_packet`, else by `offer_original`."""
        return isinstance(self._kinds.get("original"), PacketThread)

    @property
    def takes_results(self) -> bool:
        """Whether dehazed pictures are recorded, alone or beside the originals."""
        return "dehazed" in self._kinds

    def begin_with(self, packets: list[TappedPacket]) -> None:
        """Packets from before now, from a key frame on; to be called once, before the first `offer_packet`."""
        original = self._kinds.get("original")
        if isinstance(original, PacketThread) and packets:
            self.pre_roll = max(0.0, self._zero - packets[0].arrived)
            original.begin_with(packets)

    def offer(self, moment: Moment) -> None:
        """Take the dehazed picture of one instant, if those are recorded; never waits."""
        if self.takes_results:
            self._offer("dehazed", moment.result)

    def offer_original(self, frame: Frame) -> None:
        """Take one frame as it was captured, if those are recorded as frames; never waits."""
        self._offer("original", frame)

    def _offer(self, kind: str, frame: Frame) -> None:
        thread = self._kinds.get(kind)
        if isinstance(thread, FrameThread) and not thread.trouble:
            thread.offer(frame)

    def offer_packet(self, packet: TappedPacket) -> None:
        """Take one packet as it came, if packets are recorded; never waits."""
        thread = self._kinds.get("original")
        if isinstance(thread, PacketThread) and not thread.trouble:
            thread.offer(packet)

    def stop(self, timeout: float = 5.0) -> tuple[Path, ...]:
        """Write what waits, end the files; returns their paths. The threads are joined. A second call changes nothing."""
        if self.stopped and all(one.ended for one in self._kinds.values()):
            return self.paths
        self.stopped = True
        for one in self._kinds.values():
            one.end()
        end = time.monotonic() + timeout
        for one in self._kinds.values():
            one.join(max(0.0, end - time.monotonic()))
        self._ended = self._ended or time.monotonic()
        self._write_report()
        return self.paths

    def _segment_changed(self, segment: Segment) -> None:
        """A file was begun or ended, in the thread that writes it: its report says how it stands, should nothing follow."""
        if report_path(segment.path) != self._report:
            write_report(report_path(segment.path), {"source": redacted(self._name), **segment.as_dict()})
        else:
            self._write_report()
        free_closed_media()

    def _write_report(self) -> None:
        """NAME.mkv.json: what is in the files, and what is missing."""
        kinds = {kind: {"files": [path.name for path in one.paths], "frames": one.frames, "dropped": one.dropped,
                        "copied": isinstance(one, PacketThread), "segments": [segment.as_dict() for segment in one.segments]}
                 for kind, one in self._kinds.items()}
        about = {"source": redacted(self._name), "began": self._began.isoformat(timespec="milliseconds"),
                 "seconds": round(self.seconds, 3), "pre_roll": round(self.pre_roll, 3), "missing_originals": self.missing,
                 "trouble": self.trouble, **kinds}
        with self._writing:
            if self.paths:
                write_report(self._report, about)
            elif self.stopped:
                remove_if_empty(self._report)

    @property
    def trouble(self) -> str | None:
        """Why one kind ended by itself; None as long as all are well."""
        return next((one.trouble for one in self._kinds.values() if one.trouble), None)

    @property
    def active(self) -> bool:
        """Whether frames of any kind are still taken."""
        if self._ended is None and all(one.ended for one in self._kinds.values()):
            self._ended = time.monotonic()
        return self._ended is None and any(not (one.ended or one.trouble) for one in self._kinds.values())

    @property
    def frames(self) -> int:
        """Frames written so far, of the kind of which there are fewer."""
        return min(one.frames for one in self._kinds.values())

    @property
    def dropped(self) -> int:
        """Frames dropped because a queue was full."""
        return sum(one.dropped for one in self._kinds.values())

    @property
    def missing(self) -> int:
        """Originals among them: what the recording lacks as evidence."""
        original = self._kinds.get("original")
        return 0 if original is None else original.dropped

    @property
    def damaged(self) -> int:
        """Packets of originals that came damaged; they are kept as they are."""
        original = self._kinds.get("original")
        return 0 if original is None else sum(segment.damaged for segment in original.segments)

    @property
    def seconds(self) -> float:
        """How long the recording lasts so far."""
        return (self._ended or time.monotonic()) - self._zero

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files written so far."""
        return tuple(path for one in self._kinds.values() for path in one.paths)

    def status(self) -> RecordingStatus:
        """How the recording stands."""
        free, left = _free_or_zero(self.path.parent), None
        written = sum(self._sizes[kind].of(one.segments) for kind, one in self._kinds.items())
        if self.seconds > 5 and written:
            left = max(0.0, (free - self._reserve) / (written / self.seconds) / 60)
        return RecordingStatus(self.what, str(self.path), self.seconds, self.frames, self.dropped, written, free / 2**20, left,
                               self.active, self.trouble, self.missing, self.damaged, self.pre_roll)


class _WrittenBytes:
    """Size of the files of one kind. A finished file is looked at once: there may be thousands, and who asks must not wait."""

    def __init__(self) -> None:
        self._finished = 0, 0  # how many, and their bytes; replaced as one, because any thread may ask

    def of(self, segments: list[Segment]) -> int:
        """Bytes of all; a file that was moved away before it was looked at counts 0."""
        count, size = self._finished
        later = segments[count:]
        size += sum(_size(segment.path) for segment in later[:-1])
        self._finished = count + len(later[:-1]), size
        return size + sum(_size(segment.path) for segment in later[-1:])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _free_or_zero(folder: Path) -> int:
    """Bytes free; 0 where the folder was taken away."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


def _claim_report(report: Path) -> None:
    """Make the report, empty, so that no other recording takes its name."""
    try:
        with report.open("xb"):
            return
    except FileExistsError as error:
        text = f"{report} exists already, and a recording never replaces a file; choose another name."
        raise OutputExistsError(text) from error
    except OSError as error:
        text = f"{report.parent} cannot be recorded to: {reason(error)}. Choose another folder."
        raise OutputError(text, str(error)) from error


def _early_path(path: Path, early: float) -> Path:
    """`path` with the time at which its first packet came, numbered where a recording that began with it is there."""
    stamped = stamped_path(path, wall_time(early))
    return path if stamped == path else _untaken(stamped.with_stem(re.sub(r"-take\d+$", "", stamped.stem)))


def recording_path(folder: Path, name: str, suffix: str = ".mkv", when: datetime | None = None) -> Path:
    """Where a recording that begins now is written: "FOLDER/gate-20260131-120000.mkv", numbered where such a file is there."""
    return _untaken(folder / f"{plain_name(name)}-{(when or datetime.now(UTC)).astimezone():%Y%m%d-%H%M%S}{suffix}")


def _untaken(path: Path) -> Path:
    """`path`, or the first of NAME-take2, NAME-take3, … that is free."""
    stems = itertools.chain([path.stem], (f"{path.stem}-take{number}" for number in itertools.count(2)))
    return next(one for stem in stems if not _taken(one := path.with_stem(stem)))


def _taken(path: Path) -> bool:
    return is_taken(path) or is_taken(path.with_stem(f"{path.stem}-original"))


def write_report(path: Path, about: dict[str, Any]) -> None:
    """Write a report on a recording. A failure here loses no picture, so it is logged."""
    try:
        write_in_place(path, utf8(json.dumps(about, indent=2, ensure_ascii=False) + "\n"))
    except OSError as error:
        log.warning("The report %s on a recording cannot be written: %s", path, error)
