"""A live session: one camera, stream or file, dehazed as it comes. Everything a live view needs, without a window.

    session = LiveSession("rtsp://camera/stream", EngineOptions(), EnhanceOptions(), on_change=wake_the_painter)
    session.start()
    …
    if (moment := session.take()) is not None:
        …paint packed_bgra(moment.result)…
        session.painted(moment)
    session.stop()
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.errors import Cancelled, ConfigError, DehazerError, UsageError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.live.governor import QualityTarget
from dehazer.live.metrics import SessionMetrics
from dehazer.live.packet_ring import PRE_ROLL
from dehazer.live.pause import PausedView
from dehazer.live.publisher import Publisher
from dehazer.live.quality import QualityController
from dehazer.live.reconnect import Opener, ReconnectingSource
from dehazer.live.recording import RecordedPictures
from dehazer.live.session_recording import SessionRecording
from dehazer.live.shared_engine import SharedEngine, requested_engine
from dehazer.live.snapshot import save_pair
from dehazer.live.state import SessionState, StateKeeper, StateKind
from dehazer.live.status import DropCounts, SessionSnapshot
from dehazer.live.view_size import ViewSize
from dehazer.moment import Moment, Size
from dehazer.pipeline import Pipeline
from dehazer.runtime.backoff import Backoff
from dehazer.runtime.mailbox import Mailbox
from dehazer.runtime.memory import resident_mb
from dehazer.sinks.null import NullSink
from dehazer.sources import open_live
from dehazer.sources.request import SourceRequest

JOIN = 1.0
"""Seconds within which `stop` has ended every thread."""


class LiveSession:
    """One live source through one enhancer. Methods and properties may be used from any thread.

    Args:
        where: what to show; a SourceRequest, or its `where`.
        engine: options to load one from (in the background, at `start`), an engine, or a SharedEngine that several sessions
            use at the same time.
        options: what is done with the field; `options` may be replaced at any time.
        on_change: called without arguments, from any thread, when `state` has changed or a new picture waits. Keep it
            short: schedule a repaint and return. It is not called again for pictures until one was taken.
        target: frame rate or latency to hold by giving up quality step by step; `target` may be replaced at any time.
        pre_roll: seconds of packets kept in memory for recordings of originals (RING_BYTES at most); may be replaced, too.
        backoff: waiting times between attempts to connect. opener: opens a request (tests give their own).

    Never raises for errors of source or device: `state` describes them in one sentence.
    """

    def __init__(self, where: str | SourceRequest, engine: Engine | SharedEngine | EngineOptions,
                 options: EnhanceOptions | None = None, *, on_change: Callable[[], None] | None = None,
                 target: QualityTarget | None = None, backoff: Backoff | None = None, opener: Opener = open_live,
                 pre_roll: float = PRE_ROLL) -> None:
        self.request = where if isinstance(where, SourceRequest) else SourceRequest(where)
        self._engine, self._options, self._target = engine, options or EnhanceOptions(), target or QualityTarget()
        self._on_change = on_change or (lambda: None)
        self._keeper = StateKeeper(self._on_change)
        self._backoff, self._opener = backoff, opener
        self._lock = threading.Lock()
        self._showing = threading.Lock()  # a pause, a step and a new picture come one after the other
        self._thread: threading.Thread | None = None
        self._paused = False
        self._recordings = SessionRecording(self.request.name, pre_roll)
        self.publisher = Publisher(lambda: self.info, self._on_change, self._rest_or_go_on)
        self._reset()

    def _reset(self) -> None:
        self.error: BaseException | None = None
        self._metrics = SessionMetrics()
        self._view_size = ViewSize()
        self._mailbox: Mailbox[Moment] = Mailbox()
        self._shown: Moment | None = None
        self._enhancer: Enhancer | None = None
        self._pipeline: Pipeline | None = None
        self._quality: QualityController | None = None
        self._source = ReconnectingSource(self.request, self._set_source_state, self._backoff, self._opener)
        self._source.on_frame, self._source.tap = self._captured, self._recordings.ring.add
        self._recordings.ring.clear()
        self._source_state: tuple[StateKind, str, int, float | None] = ("opening", "Starting…", 0, None)
        self._paused_view = PausedView()
        self._stopping = self._recordings.closed = False

    def start(self) -> None:
        """Load the engine and connect, in the background. Raises UsageError when running already."""
        with self._lock:
            if self.running:
                raise UsageError("This session is running; stop it before starting it again.")
            self._reset()
            self._thread = threading.Thread(target=self._run, name="dehazer-session", daemon=True)
            self._set_source_state("opening", "Starting…", 0, None)
            if self._paused:
                self._source.pause()
            self._thread.start()

    @property
    def running(self) -> bool:
        """Whether any thread of this session is alive."""
        return self._thread is not None and self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._run_pipeline(self._ready_engine())
            self._set_source_state("ended", f"{self.request.name} has ended.", 0, None)
        except Cancelled:
            self._set_source_state("ended", "Stopped.", 0, None)
        except BaseException as error:  # noqa: BLE001  top of a thread: kept for the error dialog
            self.error = error
            unknown = "Something unexpected happened; this session has ended."
            self._set_source_state("failed", str(error) if isinstance(error, DehazerError) else unknown, 0, None)

    def _run_pipeline(self, engine: Engine | SharedEngine) -> None:
        enhancer = self._enhancer = Enhancer(engine, self._options)
        enhancer.options = self._options  # may have changed since
        enhancer.view_size = self._needed_size
        self._quality = QualityController(engine, enhancer, self._source, self._metrics, target=self._target)
        self._quality.target = self._target  # likewise
        sink = NullSink(needs_pixels=False)  # `_deliver` asks for what is shown
        pipeline = self._pipeline = Pipeline(self._source, enhancer, sink, self._deliver, self._metrics.stats)
        self._check_stop()
        pipeline.run()

    def _check_stop(self) -> None:
        if self._stopping:
            raise Cancelled("Stopped before the first picture.")

    def _ready_engine(self) -> Engine | SharedEngine:
        engine = self._engine
        if not isinstance(engine, Engine):
            self._set_source_state("opening", f"Loading the model {self._engine_info()['model']}…", 0, None)
        if isinstance(engine, SharedEngine):
            while not engine.loaded(0.05):
                self._check_stop()
            engine.ready()
        if isinstance(engine, EngineOptions):
            engine = self._engine = Engine(engine)
        return engine

    def end(self) -> None:
        """Start to stop everything; returns at once. `stop` waits for it."""
        self._stopping = self._recordings.closed = True
        self._source.close()
        if self._pipeline is not None:
            self._pipeline.abort()

    def stop(self, timeout: float = JOIN) -> None:
        """End everything, recording included; threads are joined within a second (a frame being computed is waited for)."""
        self.end()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout)
        self.stop_recording()
        self.publisher.stop()
        self._recordings.ring.clear()

    def pause(self) -> None:
        """Hold the present picture. The connection is kept, at almost no cost; a recording continues."""
        with self._showing:
            self._paused = True
            self._paused_view.begin()
        self._rest_or_go_on()
        self._publish_state()

    def _rest_or_go_on(self) -> None:
        rests = self._paused and not (self.recording or self.publisher.active)
        (self._source.pause if rests else self._source.resume)()

    def resume(self) -> None:
        """Continue with the newest picture."""
        self._paused = False
        self._source.resume()
        self._publish_state()

    def seek(self, seconds: float, exact: bool = True) -> None:
        """Continue with the picture shown at `seconds` of a file, paused or not, or the key picture before it where not exact,
        which comes sooner. While searches follow each other quickly, pictures on the way are shown as far as they are ready.

        Raises UsageError for a live source.
        """
        self._paused_view.move(partial(self._source.move_to, seconds, exact))

    def step(self, count: int = 1) -> None:
        """Show the picture so many behind the one that was taken last, or before it where negative; the file is paused.

        Pictures that were on their way when the pause began are not counted. Raises UsageError for a live source.
        """
        with self._showing:
            shown = None if self._paused_view.moved or self._shown is None else self._shown.original.pts
            self._paused_view.move(partial(self._source.step, count, shown))
            if shown is not None:
                self._mailbox.take()  # it was never seen, and comes again if it is the next one

    def _set_source_state(self, kind: StateKind, sentence: str, attempt: int, wait: float | None) -> None:
        self._source_state = (kind, sentence, attempt, wait)
        self._publish_state()

    def _publish_state(self) -> None:
        kind, sentence, attempt, wait = self._source_state
        if self._paused and kind == "live":
            kind, sentence = "paused", f"{self.request.name} is paused."
        self._keeper.set(kind, sentence, attempt, wait)

    @property
    def state(self) -> SessionState:
        """What the session is doing, in one word and one sentence."""
        return self._keeper.state

    @property
    def info(self) -> VideoInfo:
        """Size, rate, rotation, pixel aspect of the source; zero size before the first connection."""
        return self._source.info

    @property
    def options(self) -> EnhanceOptions:
        """What is done with the field; a new value applies from the next frame on. compare must be None in live views."""
        return self._options

    @options.setter
    def options(self, options: EnhanceOptions) -> None:
        if options.compare is not None:
            raise ConfigError("A live view keeps original and result apart; leave --compare out.")
        self._options = options
        if self._enhancer is not None:
            self._enhancer.options = options
        if self._paused and not (self.recording or self.publisher.active):
            self._recompute()

    def _recompute(self) -> None:
        picture = self._paused_view.frame_to_recompute()
        if self._pipeline is not None and picture is not None:
            self._pipeline.feed(picture)

    @property
    def target(self) -> QualityTarget:
        """Frame rate or latency to hold; `snapshot` reports what is given up for it."""
        return self._target

    @target.setter
    def target(self, target: QualityTarget) -> None:
        self._target = target
        if self._quality is not None:
            self._quality.target = target

    def _captured(self, frame: Frame) -> None:
        """In the thread that captures: originals are recorded at the full rate, whatever the computing does."""
        self._recordings.offer_original(frame)

    @property
    def pre_roll(self) -> float:
        """Seconds that a recording of originals begins before it is asked for, where the source gives packets; 0 is off."""
        return self._recordings.ring.seconds

    @pre_roll.setter
    def pre_roll(self, seconds: float) -> None:
        self._recordings.ring.seconds = seconds

    @property
    def copies_packets(self) -> bool:
        """Whether originals of this source are recorded as the packets that come, not as pictures encoded again."""
        copyable = self._source.copyable
        return self.request.kind == "url" if copyable is None else copyable

    def _deliver(self, moment: Moment) -> None:
        self._metrics.computed(moment)
        if self._quality is not None:
            self._quality.update()
        self._recordings.offer(moment)
        if self.publisher.active:
            self.publisher.offer(moment.result)
        with self._showing:
            shown, recompute = self._paused_view.accept(moment, self._paused)
            waits = shown and self._mailbox.put(moment)
        if waits:
            self._on_change()
        if recompute:
            self._recompute()

    def take(self) -> Moment | None:
        """The newest instant, once; None if there is nothing new. One that was not taken in time counts as drop "paint"."""
        if (moment := self._mailbox.take()) is not None:
            self._shown = moment
            self._view_size.taken()
        return moment

    def _needed_size(self) -> Size | None:
        """Of results that are computed now: whole where they are recorded or sent, else as large as they are looked at."""
        return None if self._recordings.takes_results or self.publisher.active else self._view_size.needed

    def painted(self, moment: Moment, size: Size | None = None) -> None:
        """This instant is on the screen: its latency is counted, unless the view is paused.

        size: (height, width) of `Moment.result_for` that was painted. While all views are content with fewer pixels than the
        frames have, no more are computed for the pictures that follow; recordings and snapshots are whole all the same.
        """
        self._view_size.painted(size)
        if not self._paused:
            self._metrics.painted(moment)

    @property
    def recording(self) -> bool:
        """Whether a recording is running."""
        return self._recordings.active

    def start_recording(self, path: str | Path, what: RecordedPictures = "dehazed",
                        segment_minutes: float | None = None) -> None:
        """Record from the next instant on, to a .mkv or .mp4 that stays playable when the process is killed.

        "both" writes NAME-original beside NAME. Originals of a network source are its packets, with its sound, and begin
        `pre_roll` seconds ago, at a key frame; a name with date and time tells when. segment_minutes: length of each file.

        A paused source is resumed for it, the view stays paused. Raises UsageError when recording already or for another
        suffix, OutputExistsError, OutputError (folder, disk almost full). Later errors are reported by `snapshot`.
        """
        recorder = self._recordings.begin(path, what, segment_minutes, self.info, packets=self.copies_packets)
        if what != "original" or not recorder.copies_packets:
            self._source.resume()

    def stop_recording(self) -> tuple[Path, ...]:
        """End the recording and return its files; nothing happens when there is none."""
        if self._paused and not self.publisher.active:
            self._source.pause()
        return self._recordings.end()

    @property
    def recording_failed(self) -> bool:
        """Whether the last recording ended by itself, for a trouble that `snapshot` tells, and not by `stop_recording`."""
        return self._recordings.failed

    def save_snapshot(self, folder: str | Path) -> tuple[Path, Path, Path]:
        """Save the instant last taken (what the viewer sees): original PNG, dehazed PNG, JSON with all settings.

        Raises UsageError before the first picture, OutputError when the folder cannot be written.
        """
        moment = self._shown or self._mailbox.take()
        if moment is None:
            raise UsageError("There is no picture to save yet; wait for the first one.")
        return save_pair(moment, Path(folder), self.request.name, self.info, self._settings())

    def _settings(self) -> dict[str, Any]:
        now = self._options
        return {"engine": self._engine_info(), "strength": now.strength, "temporal": now.temporal, "bypass": now.bypass}

    def _engine_info(self) -> dict[str, str]:
        engine = self._engine
        return requested_engine(engine) if isinstance(engine, EngineOptions) else engine.describe()

    def snapshot(self) -> SessionSnapshot:
        """All present numbers."""
        pipeline, source, quality = self._pipeline, self._source, self._quality
        age, still = self._metrics.age()
        return SessionSnapshot(
            state=self.state.kind, captured=source.captured + source.overtaken, captured_fps=source.captured_fps,
            flow=self._metrics.flow(),
            drops=self._drops(), queue=pipeline.waiting if pipeline else 0, engine=self._engine_info(),
            scene=self._metrics.scene(),
            age_s=age, still_s=still, rss_mb=resident_mb(), governor=quality.status() if quality else None,
            recording=self._recordings.status(),
            pre_roll=self._recordings.pre_roll_status(self.copies_packets),
            warnings=(*source.warnings, *self._engine_warnings()), publication=self.publisher.status,
        )

    def _drops(self) -> DropCounts:
        pipeline = self._pipeline
        late = (pipeline.drops.get("late", 0) if pipeline else 0) + self._source.overtaken
        return DropCounts(late=late, decode=self._source.lost,
                          paint=self._mailbox.overwritten, governor=self._source.skipped,
                          record=self._recordings.dropped)

    def _engine_warnings(self) -> tuple[str, ...]:
        return () if isinstance(self._engine, EngineOptions) else tuple(self._engine.warnings)
