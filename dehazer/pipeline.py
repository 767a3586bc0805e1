"""The whole flow on one screen:

    source ─▶ [channel] ─▶ estimate ─▶ [channel] ─▶ apply ─▶ [channel] ─▶ sink
    reader thread          compute thread           apply thread          writer thread

An estimate is a frame with its haze field; on the processor the next frame is estimated while the field of this one is applied,
and the networks of the next frames of a file run side by side.

Files block (nothing is lost), live sources keep the newest frame (drops are counted). The first error of any thread
ends all four and is raised unchanged; no thread outlives `run`.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer.config import DecodeOptions, EncodeOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer, EstimatedFrame, device_decoding
from dehazer.errors import Cancelled, NoVideoError, UsageError
from dehazer.files.journal import Journal
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.moment import Moment
from dehazer.resume import forget_finished, resumable
from dehazer.runtime.channel import Channel, Closed
from dehazer.runtime.stats import Flicker, Stats
from dehazer.runtime.workers import WorkerGroup
from dehazer.sinks import check_output, kind_of, open_sink, output_name
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sources import is_live, open_source
from dehazer.sources.base import Source
from dehazer.sources.skipped import SkippedSource

if TYPE_CHECKING:
    from dehazer.sources.interrupt import Interrupt

Observer = Callable[[Moment], None]
POLL = 0.2
"""Seconds between two looks for a stop; the end of the threads is seen at once. A session that is paused does nothing else."""
PATIENCE = 0.5
"""Seconds a cancelled or failed reader may take before its source is closed under it."""


@dataclass
class Report:
    """What a run did. frames: written. seconds: wall time of the run. haze: mean over frames, None for image networks.

    flicker: index before and after, in 8-bit grey levels (see `runtime.stats.Flicker`). busy: seconds of work per
    thread; the largest names the slowest stage. complete: False when the user stopped. resumed: how many of the frames an
    interrupted run had made before; haze and flicker are those of the others.
    """

    frames: int = 0
    seconds: float = 0.0
    haze: float | None = None
    flicker: tuple[float, float] = (0.0, 0.0)
    busy: dict[str, float] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    engine: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    output: str | None = None
    complete: bool = True
    resumed: int = 0

    @property
    def fps(self) -> float:
        """Frames per second over the whole run."""
        return (self.frames - self.resumed) / self.seconds if self.seconds > 0 else 0.0


class Pipeline:
    """One run of one source through one enhancer into one sink; the caller opens and closes source and sink.

    observer: called in the writer thread with every Moment after it was written. stats: shared counters to watch.
    """

    def __init__(self, source: Source, enhancer: Enhancer, sink: Sink, observer: Observer | None = None,
                 stats: Stats | None = None) -> None:
        self.source, self.enhancer, self.sink, self.observer = source, enhancer, sink, observer
        self.stats = stats or Stats()
        live = source.info.live
        self._read: Channel[Frame] = Channel(1, "latest") if live else Channel(2)
        self._estimates: Channel[EstimatedFrame] = Channel(1)
        self._done: Channel[Moment] = Channel(1 if live else 2)
        self._workers = WorkerGroup(on_stop=self._abort)
        self._cancelled = threading.Event()
        self._exhausted = False  # the source was read to its end before a stop was requested, or a stop is its end
        self._flickers = Flicker(), Flicker()
        self._haze: list[float] = [0.0, 0.0]  # sum, count

    @property
    def drops(self) -> dict[str, int]:
        """Frames dropped so far, by cause; "late" are those that a newer one overtook before they were computed."""
        return {"late": self._read.dropped} if self._read.dropped else {}

    @property
    def waiting(self) -> int:
        """Frames between the threads at this moment."""
        return len(self._read) + len(self._estimates) + len(self._done)

    def cancel(self) -> None:
        """Read no further; what was read is finished and written. May be called from any thread or a signal handler."""
        self._cancelled.set()

    def feed(self, frame: Frame) -> None:
        """Compute one more frame beside those of the source: one that was seen before, with other options."""
        try:
            self._read.put(frame)
        except Closed:
            return  # it ended meanwhile

    def abort(self) -> None:
        """End at once; `run` raises Cancelled and the output is discarded."""
        self._cancelled.set()
        self._workers.stop(Cancelled("Stopped at once; nothing was kept."))

    def run(self) -> Report:
        """Run to the end; raises the first error of any thread, or Cancelled after `abort`."""
        started = time.monotonic()
        threads = {"reader": self._reading, "compute": self._computing, "apply": self._applying, "writer": self._writing}
        try:
            for name, work in threads.items():
                self._workers.start(name, work)
            self._wait()
        except BaseException:  # raised into this thread from outside, such as Ctrl+C in a calling program
            self.abort()
            self._wait()
            raise
        self._workers.check()
        if self._exhausted and not self.stats.frames["written"] and not self.source.done:
            raise NoVideoError(f"{self.source.info.name} holds no frame in the chosen span.")
        result = self.sink.finish() if self._exhausted else self.sink.stop()
        return self._report(result, time.monotonic() - started)

    def _wait(self) -> None:
        """Wait for the threads; a reader stuck in its source gets PATIENCE, then the source is closed under it."""
        waiting_since: float | None = None
        while not self._workers.wait(POLL):
            if self._cancelled.is_set() or self._workers.error is not None:
                waiting_since = waiting_since or time.monotonic()
                if time.monotonic() - waiting_since > PATIENCE:
                    self.source.close()

    def _abort(self) -> None:
        for channel in (self._read, self._estimates, self._done):
            channel.abort()

    def _reading(self) -> None:
        started = time.monotonic()
        for frame in self.source:
            self.stats.tick("read", time.monotonic() - started)
            self._read.put(self.enhancer.engine.upload(frame))  # beside what is computed; nothing happens on the processor
            if self._cancelled.is_set():
                break
            started = time.monotonic()
        self._exhausted = self.source.endless or not self._cancelled.is_set()
        self._read.finish()

    def _begun(self) -> Iterator[Frame]:
        """The frames that were read. Those of files are begun before it is their turn, as many as the engine computes side by
        side; a live frame waits for nothing."""
        ahead = 0 if self.source.info.live or self.enhancer.engine.at_once == 1 else self.enhancer.engine.at_once
        begun: deque[Frame] = deque()
        for frame in self._read:
            if ahead:
                self.enhancer.begin(frame)
            begun.append(frame)
            if len(begun) > ahead:
                yield begun.popleft()
        yield from begun

    def _computing(self) -> None:
        for frame in self._begun():
            started = time.monotonic()
            estimated = self.enhancer.estimated(frame)
            self.stats.tick("computed", time.monotonic() - started)
            self._estimates.put(estimated)
            if self.source.info.live:
                self._estimates.wait_taken()  # frames must not wait here: the next one is then the newest
        self._estimates.finish()

    def _applying(self) -> None:
        for estimated in self._estimates:
            started = time.monotonic()
            moment = self.enhancer.finished(estimated)
            self.stats.tick("applied", time.monotonic() - started)
            self._done.put(moment)
        self._done.finish()

    def _writing(self) -> None:
        for moment in self._done:
            started = time.monotonic()
            self.sink.write(self._in_main_memory(moment.output) if self.sink.needs_pixels else moment.original)
            if moment.state is not None:
                self.sink.end_segment(moment.state)
            self._count_written(moment, time.monotonic() - started)
            if self.observer is not None:
                self.observer(moment)

    def _in_main_memory(self, frame: Frame) -> Frame:
        """For the sink: frames that were decoded on a device come to main memory here, beside the work on the next one."""
        return frame if frame.on_host else self.enhancer.engine.download(frame)

    def _count_written(self, moment: Moment, busy: float) -> None:
        self.stats.tick("written", busy)
        for flicker, luma in zip(self._flickers, moment.luma, strict=True):
            flicker.add(luma)
        if moment.meter is not None:
            self._haze[0] += moment.meter.haze
            self._haze[1] += 1

    def _report(self, result: SinkResult, seconds: float) -> Report:
        return Report(
            frames=result.frames, seconds=seconds, haze=self._haze[0] / self._haze[1] if self._haze[1] else None,
            flicker=(self._flickers[0].index, self._flickers[1].index), busy=self.stats.busy_seconds(), dropped=self.drops,
            engine=self.enhancer.engine.describe(),
            warnings=(*self.source.warnings, *self.enhancer.engine.warnings, *result.warnings),
            output=None if result.path is None else str(result.path), complete=result.complete and self._exhausted,
            resumed=self.source.done,
        )


@contextmanager
def open_files(source: str | Path, target: str | Path, engine: Engine, *, enhance: EnhanceOptions, decode: DecodeOptions,
               encode: EncodeOptions, interrupt: Interrupt | None = None,
               label: bool = True, open_input: Callable[..., Source] = open_source,
               open_output: Callable[..., Sink] = open_sink) -> Iterator[tuple[Source, Enhancer, Sink]]:
    """Input, enhancer and output for one run over a file, ready for a Pipeline; closed at the end of the block.

    interrupt: ends the waiting for an input that says nothing. label: whether pictures that are shown as they come
    are marked as enhanced. open_input, open_output: in place of `open_source` and
    `open_sink`.

    Raises UsageError, InputError, OutputExistsError, OutputError or ConfigError before the first frame.
    """
    if encode.resume and is_live(str(source)):
        raise UsageError("--resume reads the input again, which a camera or stream does not allow; leave it out.")
    enhancer, live = Enhancer(engine, enhance), kind_of(target).live
    enhancer.marking = live and label
    with open_input(source, device_decoding(engine, enhance, decode), interrupt) as opened:
        if live and is_live(str(source)):
            opened.info = replace(opened.info, live=True)  # what is late is left out
        info = enhancer.output_info(opened.info)
        with _journal(Path(source), target, info, engine, enhance=enhance, decode=decode, encode=encode) as journal:
            reader = opened if journal is None else _resumed(opened, enhancer, journal)
            with open_output(target, info, encode, decode, copy_from=opened.passing or Path(source), journal=journal) as sink:
                yield reader, enhancer, sink


def _journal(source: Path, output: str | Path, info: VideoInfo, engine: Engine, *, enhance: EnhanceOptions, decode: DecodeOptions,
             encode: EncodeOptions) -> AbstractContextManager[Journal | None]:
    """The journal where the run is to be resumable; raises UsageError where the output has no use for it."""
    kind, target = kind_of(output), Path(output)
    if not encode.resume or kind.whole:
        return nullcontext()
    if not kind.resumable:
        raise UsageError(f"--resume works for results that are video files; {output_name(output)} is none. Leave --resume out.")
    forget_finished(target)
    check_output([source], target, encode.overwrite)
    return resumable(source, target, info, engine, enhance=enhance, decode=decode, encode=encode)


def _resumed(source: Source, enhancer: Enhancer, journal: Journal) -> Source:
    """The source behind what is done, and the enhancer in the state it had there."""
    enhancer.state_every = journal.header["segment"]
    done = journal.progress
    if done.frames == 0:
        return source
    enhancer.restore(done.state)
    return SkippedSource(source, done.frames)
