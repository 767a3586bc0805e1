"""What was measured of recordings by one method: kept in memory, remembered in the index, joined to curves."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from dehazer.review.haze_curve import HazeCurve
from dehazer.review.index import FileKey, HazeSamples, Index
from dehazer.review.recording import Recording

_REACH = 1.6
"""Measurements that are further apart than so many usual steps leave haze unknown between them."""
_SAME = 0.02
"""Seconds; two times in a recording that are nearer to each other are those of one picture."""
NOTHING = HazeSamples(0.0, np.empty((0, 3), np.float32))


class HazeMeasurements:
    """Samples of recordings. One thread changes them, any may read.

    method: what measured, how densely. interval: seconds of footage between two samples. version: rises with every change.
    """

    def __init__(self, index: Index, method: str, interval: float) -> None:
        self.version = 0
        self._index, self._method, self._interval = index, method, interval
        self._samples = index.haze(method)

    def of(self, recording: Recording) -> HazeSamples:
        """What is known of a recording; nothing where the file is another one now. One that has grown is the same."""
        key, found = self._samples.get(str(recording.path), (None, NOTHING))
        return found if key == _key(recording) or (key is not None and key.size < recording.size) else NOTHING

    def add(self, recording: Recording, seconds: float, haze: float, visibility: float) -> None:
        """Keep the measurement of one picture, `seconds` after the first."""
        row = np.array([[seconds, haze, visibility]], np.float32)
        self._keep(recording, HazeSamples(seconds + self._interval, np.concatenate([self.of(recording).samples, row])))

    def has(self, recording: Recording, seconds: float) -> bool:
        """Whether the picture at that time, or a later one, was measured."""
        samples = self.of(recording).samples
        return bool(len(samples)) and seconds <= samples[-1, 0] + _SAME

    def complete(self, recording: Recording) -> None:
        """Note that there is no more to measure, as the file is now."""
        self._keep(recording, HazeSamples(recording.duration, self.of(recording).samples))

    def store(self, recording: Recording) -> None:
        """Remember what was measured of a recording for the next time."""
        self._index.store_haze(_key(recording), self._method, self.of(recording))

    def seconds(self, recordings: Iterable[Recording]) -> float:
        """Seconds of footage that are measured."""
        return sum(min(self.of(recording).reached, recording.duration) for recording in recordings)

    def curve(self, recordings: Iterable[Recording]) -> HazeCurve:
        """Haze over the wall clock of one camera's recordings."""
        parts = [(recording.start.timestamp(), self.of(recording).samples) for recording in recordings]
        parts = [(start, samples) for start, samples in parts if len(samples)]
        if not parts:
            return HazeCurve()
        times = np.concatenate([start + samples[:, 0].astype(np.float64) for start, samples in parts])
        values = np.concatenate([samples[:, 1:] for _, samples in parts])
        steps = np.concatenate([np.diff(samples[:, 0]) for _, samples in parts])
        usual = max(self._interval, float(np.percentile(steps, 90)) if len(steps) else 0.0)  # key frames may be rarer
        order = np.argsort(times, kind="stable")
        return HazeCurve(times[order], values[order, 0], values[order, 1], _REACH * usual)

    def _keep(self, recording: Recording, samples: HazeSamples) -> None:
        self._samples[str(recording.path)] = _key(recording), samples
        self.version += 1


def _key(recording: Recording) -> FileKey:
    return FileKey(str(recording.path), recording.size, recording.modified_ns)
