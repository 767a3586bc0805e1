"""Measures the haze of whole libraries in the background: a key frame every few seconds of footage, remembered in the index."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dehazer.engine.engine import Estimate
from dehazer.errors import DehazerError, InputError, UsageError
from dehazer.frames.frame import Frame
from dehazer.redact import module_logger
from dehazer.review.coverage import Coverage
from dehazer.review.haze_curve import HazeCurve
from dehazer.review.haze_measurements import HazeMeasurements, joined, sparse
from dehazer.review.index import Index
from dehazer.review.library import Library
from dehazer.review.recording import Recording
from dehazer.sources.key_frames import KeyFrame, KeyFrames

_STORED = 30.0
"""Seconds of work after which what was measured of a recording is stored, though it is not at its end."""
_ANNOUNCED = 1.0
"""Seconds between two announcements."""
_LOOK = 1.0
"""Seconds between two looks for new recordings."""
_SHARE = 0.1
"""Part of the time that is worked while somebody watches."""
_LONGEST_REST = 2.0
_COARSE = 300.0
"""Seconds between the measurements of a first pass, which shows the fog of a week in minutes; the second fills in the rest."""
_PATIENCE = 5.0
"""Seconds to wait for a drive that does not answer, when the thread is to end; it ends by itself when the drive does."""
log = module_logger(__name__)


class FieldEngine(Protocol):
    """What measures: a SharedEngine, or an Engine used by nobody else."""

    def estimate(self, frame: Frame) -> Estimate:
        """The haze field of a frame."""

    def describe(self) -> dict[str, str]:
        """Names of model and weights, among others."""

    @property
    def gives_field(self) -> bool:
        """Whether the network answers with a field; waits until it is loaded."""


@dataclass(frozen=True)
class HazeProgress:
    """Seconds of footage measured so far, and in all; whether there is more to do. trouble: why the scan ended early, else ""."""

    measured: float = 0.0
    total: float = 0.0
    running: bool = False
    trouble: str = ""


class HazeScan:
    """Measures the recordings of a library, the latest first, in a thread of its own; answers from any thread.

    All recordings are measured coarsely, then at the interval asked for. interval: seconds of footage between two measurements,
    at least. throttled: somebody watches, so that it works a tenth of the time only. on_change: called in its thread when curves
    or progress have changed. A stopped scan goes on where it was when another one is started on the same index. Files that grow
    are measured on, files that changed otherwise anew.
    """

    def __init__(self, library: Library, index: Index, engine: FieldEngine, interval: float = 10.0,
                 on_change: Callable[[], None] = lambda: None) -> None:
        if not interval > 0:
            raise UsageError(f"The haze scan needs an interval above 0 s, got {interval:g}.")
        self.throttled = False
        self.interval = interval
        self._library, self._index, self._engine, self._on_change = library, index, engine, on_change
        self._passes: tuple[HazeMeasurements, ...] = ()
        self._progress = HazeProgress()
        self._curves: dict[str, tuple[tuple[Coverage, list[int]], HazeCurve]] = {}
        self._announced = 0.0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to measure. Once; a stopped scan stays stopped."""
        self._progress = HazeProgress(running=True)
        self._thread = threading.Thread(target=self._work, name="dehazer-haze-scan", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread after the picture at hand; what was measured is stored. May be called twice."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_PATIENCE)

    @property
    def progress(self) -> HazeProgress:
        """How far the scan is."""
        return self._progress

    def curve(self, camera: str) -> HazeCurve:
        """What is known of a camera by now; empty where nothing is."""
        passes, coverage = self._passes, self._library.coverage
        if not passes:
            return HazeCurve()
        state = (coverage, [measurements.version(camera) for measurements in passes])
        kept = self._curves.get(camera)
        if kept is None or kept[0] != state:
            kept = self._curves[camera] = state, joined(passes, coverage.by_camera.get(camera, ()))
        return kept[1]

    def _work(self) -> None:
        trouble = ""
        try:
            self._passes = self._recalled()
            while not self._stopping.is_set():
                coverage = self._library.coverage
                self._measure_all(coverage)
                while self._library.coverage is coverage and not self._stopping.wait(_LOOK):
                    pass
        except DehazerError as error:  # the engine failed, or was closed before the scan
            trouble = f"The haze of recordings is not measured any more: {error}"
            log.warning("%s", trouble)
        finally:
            self._announce(self._library.coverage, running=False, trouble=trouble)

    def _recalled(self) -> tuple[HazeMeasurements, ...]:
        """What the engine measured before, coarsely and finely; waits until it is loaded."""
        if not self._engine.gives_field:
            raise UsageError("the model answers with pictures, not with haze; choose a field model.")
        described = self._engine.describe()
        method = f"{described['model']} {described['weights']}"
        steps = (_COARSE, self.interval) if self.interval < _COARSE else (self.interval,)
        return tuple(HazeMeasurements(self._index, method, step) for step in steps)

    def _measure_all(self, coverage: Coverage) -> None:
        """Everything that is not measured yet; ends early when there are other recordings, which are due coarsely first."""
        self._announce(coverage, running=True)
        for measurements in self._passes:
            for recording in reversed(self._due(coverage, measurements)):
                if self._stopping.is_set() or self._library.coverage is not coverage:
                    return
                if measurements.of(recording).reached < recording.duration:
                    self._measure(recording, measurements, coverage)
        self._announce(coverage, running=self._library.progress.running)

    def _due(self, coverage: Coverage, measurements: HazeMeasurements) -> Sequence[Recording]:
        fine = measurements is self._passes[-1]
        return coverage.recordings if fine else sparse(coverage.recordings, measurements.interval)

    def _measure(self, recording: Recording, measurements: HazeMeasurements, coverage: Coverage) -> None:
        stored = time.monotonic()
        try:
            with KeyFrames(recording.path, recording.duration) as frames:
                for found in frames.pictures(measurements.of(recording).reached, measurements.interval):
                    started = time.monotonic()
                    self._add(recording, found, measurements)
                    if started - stored > _STORED:
                        measurements.store(recording)
                        stored = started
                    if started - self._announced > _ANNOUNCED:
                        self._announce(coverage, running=True)
                    if self._rest(time.monotonic() - started):
                        return
            if _is_there(recording):
                measurements.complete(recording)
        except InputError as error:  # the library lists it with its reason at its next look
            log.info("No haze of %s: %s", recording.path, error)
        finally:
            measurements.store(recording)

    def _add(self, recording: Recording, found: KeyFrame | None, measurements: HazeMeasurements) -> None:
        """Measure one picture, unless it cannot be decoded or was measured before the scan was resumed, or coarsely."""
        if found is None or measurements.has(recording, found.seconds):
            return
        known = self._passes[0].value_at(recording, found.seconds)
        if known is None:
            meter = self._engine.estimate(found.frame).field.meter()
            known = meter.haze, meter.visibility
        measurements.add(recording, found.seconds, *known)

    def _rest(self, worked: float) -> bool:
        """Wait while somebody watches; whether the scan is to stop."""
        return self._stopping.wait(min(_LONGEST_REST, worked * (1 / _SHARE - 1)) if self.throttled else 0.0)

    def _announce(self, coverage: Coverage, running: bool, trouble: str = "") -> None:
        self._announced = time.monotonic()
        total = sum(recording.duration for recording in coverage.recordings)
        self._progress = HazeProgress(total * self._share(coverage), total, running, trouble)
        self._on_change()

    def _share(self, coverage: Coverage) -> float:
        """Part of the work that is done; a pass counts by how densely it measures."""
        weights = [1 / measurements.interval for measurements in self._passes]
        shares = [measurements.share(self._due(coverage, measurements)) for measurements in self._passes]
        return sum(w * share for w, share in zip(weights, shares, strict=True)) / sum(weights) if weights else 0.0


def _is_there(recording: Recording) -> bool:
    """Whether the file is still within reach: what could not be read of a drive that is away is not taken for damaged."""
    try:
        return recording.path.stat().st_size >= recording.size
    except OSError:
        return False
