"""One engine for many sessions: its thread computes the frames of all waiting sessions, where possible in one device call.

Every session has at most one frame here at a time, in order of arrival; so a slow, paused or closed session does not delay
the others, and a fast one cannot take their share.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field

from dehazer.config import MAX_CAMERAS, EngineOptions
from dehazer.engine.engine import Engine
from dehazer.engine.estimate import Begun, Estimate
from dehazer.errors import DeviceError
from dehazer.field.haze_field import HazeField
from dehazer.field.pyramid import SHORT_SIDE
from dehazer.frames.frame import Frame


@dataclass
class _EngineRequest:
    """One queued frame and its result. strength: for image networks, None asks for a field."""

    frame: Frame
    lines: int = SHORT_SIDE
    strength: float | None = None
    done: threading.Event = field(default_factory=threading.Event)
    estimate: Estimate | None = None
    picture: Frame | None = None
    error: BaseException | None = None


class SharedEngine:
    """Offers what `Engine` offers, to any number of threads. A context manager; `close` ends its thread.

    engine: one that is there, or options to load one from, in the background. calls, frames: so far; frames / calls is how
    many were answered at once on average.
    """

    def __init__(self, engine: Engine | EngineOptions) -> None:
        self._given = engine
        self._engine: Engine | None = None
        self._failure: BaseException | None = None
        self._loaded = threading.Event()
        self._waiting: deque[_EngineRequest] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self.calls = self.frames = 0
        self._thread = threading.Thread(target=self._work, name="dehazer-engine", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            self._engine = Engine(self._given) if isinstance(self._given, EngineOptions) else self._given
        except BaseException as error:  # noqa: BLE001  top of a thread: raised again in every thread that asks
            self._failure = error
        self._loaded.set()
        while (batch := self._next_batch()) and self._engine is not None:
            self._process(self._engine, batch)

    def _next_batch(self) -> list[_EngineRequest]:
        """Waiting requests of the same kind; empty when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return []
            first = self._waiting[0]
            same_kind = [t for t in self._waiting if t.lines == first.lines and t.strength is first.strength is None]
            batch = same_kind[: self._most_at_once()] or [first]
            for request in batch:
                self._waiting.remove(request)
            return batch

    def _most_at_once(self) -> int:
        """Frames that the device gains from: a graphics device from all in one call, a processor from a few side by side."""
        if self._engine is None:
            return 1
        return MAX_CAMERAS if self._engine.backend.batches else self._engine.at_once

    def _process(self, engine: Engine, batch: list[_EngineRequest]) -> None:
        self.calls += 1
        self.frames += len(batch)
        _compute_or_fail(engine, batch)
        for request in batch:
            request.done.set()

    def _submit(self, request: _EngineRequest) -> _EngineRequest:
        with self._changed:
            if self._closed:
                raise DeviceError("The engine of these cameras was closed.")
            self._waiting.append(request)
            self._changed.notify_all()
        request.done.wait()
        if request.error is not None:
            raise request.error
        return request

    def loaded(self, timeout: float) -> bool:
        """Whether loading has ended, well or not; waits for it up to `timeout` seconds."""
        return self._loaded.wait(timeout)

    def ready(self) -> Engine:
        """The engine, waiting until it is loaded; raises what its loading raised."""
        self._loaded.wait()
        if self._failure is not None:
            raise self._failure
        assert self._engine is not None
        return self._engine

    @property
    def gives_field(self) -> bool:
        """As of the engine; waits until it is loaded."""
        return self.ready().gives_field

    @property
    def at_once(self) -> int:
        """Each session brings one frame at a time."""
        return 1

    def begin(self, frame: Frame, lines: int = SHORT_SIDE) -> Begun | None:
        """Nothing is begun before its turn."""

    def estimate(self, frame: Frame, lines: int = SHORT_SIDE, begun: Begun | None = None) -> Estimate:
        """As `Engine` has it; waits for its turn."""
        self.ready()
        estimate = self._submit(_EngineRequest(frame, lines)).estimate
        assert estimate is not None
        return estimate

    def restore(self, frame: Frame, strength: float = 1.0) -> Frame:
        """As `Engine` has it; waits for its turn."""
        self.ready()
        picture = self._submit(_EngineRequest(frame, strength=strength)).picture
        assert picture is not None
        return picture

    def upload(self, frame: Frame) -> Frame:
        """Frames of shared sessions stay in main memory: each session applies the field in its own thread."""
        return frame

    def apply(self, field: HazeField, frame: Frame) -> Frame:
        """On the processor."""
        return field.apply(frame)

    def download(self, frame: Frame) -> Frame:
        """The frame itself."""
        return frame

    def describe(self) -> dict[str, str]:
        """As of the engine; while it loads, what was asked for."""
        if self._engine is not None:
            return self._engine.describe()
        return requested_engine(self._given) if isinstance(self._given, EngineOptions) else self._given.describe()

    @property
    def warnings(self) -> tuple[str, ...]:
        """As of the engine."""
        return self._engine.warnings if self._engine is not None else ()

    def close(self) -> None:
        """End the thread; waiting callers get DeviceError."""
        with self._changed:
            self._closed = True
            waiting = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
        for request in waiting:
            request.error = DeviceError("The engine of these cameras was closed.")
            request.done.set()
        self._thread.join(1.0)

    def __enter__(self) -> SharedEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _compute_or_fail(engine: Engine, batch: list[_EngineRequest]) -> None:
    """Compute results, or store the error of each request; after a failed batch each frame is computed alone."""
    try:
        _compute(engine, batch)
    except BaseException as error:  # noqa: BLE001  raised again in the thread that asked; this one serves all the others
        if len(batch) == 1:
            batch[0].error = error
            return
        for request in batch:
            _compute_or_fail(engine, [request])


def _compute(engine: Engine, batch: list[_EngineRequest]) -> None:
    """Store the results in the requests; requests for pictures come one at a time."""
    if batch[0].strength is not None:
        batch[0].picture = engine.restore(batch[0].frame, batch[0].strength)
        return
    for request, estimate in zip(batch, engine.estimate_many([t.frame for t in batch], batch[0].lines), strict=True):
        request.estimate = estimate


def requested_engine(options: EngineOptions) -> dict[str, str]:
    """What will run, before it does."""
    return {"model": options.model, "weights": options.weights or "", "device": options.device, "precision": options.precision}


