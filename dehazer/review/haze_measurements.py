"""What was measured of recordings: kept in memory, remembered in the index, joined to curves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

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

    method: what measured. interval: seconds of footage between two samples.
    """

    def __init__(self, index: Index, method: str, interval: float) -> None:
        self.interval = interval
        self._index, self._method = index, f"{method}, every {interval:g} s"
        self._samples = index.haze(self._method)
        self._versions: Counter[str] = Counter()

    def of(self, recording: Recording) -> HazeSamples:
        """What is known of a recording; nothing where the file is another one now. One that has grown is the same."""
        key, found = self._samples.get(str(recording.path), (None, NOTHING))
        return found if key == _key(recording) or (key is not None and key.size < recording.size) else NOTHING

    def add(self, recording: Recording, seconds: float, haze: float, visibility: float) -> None:
        """Keep the measurement of one picture, `seconds` after the first."""
        row = np.array([[seconds, haze, visibility]], np.float32)
        self._keep(recording, HazeSamples(seconds + self.interval, np.concatenate([self.of(recording).samples, row])))

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

    def value_at(self, recording: Recording, seconds: float) -> tuple[float, float] | None:
        """Haze and visibility of the picture at that time, None where it was not measured."""
        samples = self.of(recording).samples
        place = int(np.searchsorted(samples[:, 0], seconds - _SAME))
        if place == len(samples) or samples[place, 0] > seconds + _SAME:
            return None
        return float(samples[place, 1]), float(samples[place, 2])

    def version(self, camera: str) -> int:
        """Rises with every change of a camera's samples."""
        return self._versions[camera]

    def share(self, recordings: Iterable[Recording]) -> float:
        """Part of the footage that is measured, 0 to 1; 1 where there is none."""
        pairs = [(min(self.of(recording).reached, recording.duration), recording.duration) for recording in recordings]
        total = sum(duration for _, duration in pairs)
        return sum(reached for reached, _ in pairs) / total if total else 1.0

    def _keep(self, recording: Recording, samples: HazeSamples) -> None:
        self._samples[str(recording.path)] = _key(recording), samples
        self._versions[recording.camera] += 1


def joined(sets: Sequence[HazeMeasurements], recordings: Iterable[Recording]) -> HazeCurve:
    """Haze over the wall clock of one camera's recordings. sets: coarse to fine; coarse samples serve where fine ones end."""
    parts = [(recording.start.timestamp(), samples) for recording in recordings if len(samples := _finest(sets, recording))]
    if not parts:
        return HazeCurve()
    times = np.concatenate([start + samples[:, 0].astype(np.float64) for start, samples in parts])
    values = np.concatenate([samples[:, 1:] for _, samples in parts])
    steps = np.concatenate([np.diff(samples[:, 0]) for _, samples in parts])
    usual = max(sets[-1].interval, float(np.percentile(steps, 90)) if len(steps) else 0.0)  # key frames may be rarer
    order = np.argsort(times, kind="stable")
    return HazeCurve(times[order], values[order, 0], values[order, 1], _REACH * usual)


def _finest(sets: Sequence[HazeMeasurements], recording: Recording) -> NDArray[np.float32]:
    """(n, 3): the samples of the finest set, and behind its last those of coarser ones."""
    rows = sets[-1].of(recording).samples
    for coarser in reversed(sets[:-1]):
        more = coarser.of(recording).samples
        if len(more):
            rows = np.concatenate([rows, more[more[:, 0] > rows[-1, 0] + _SAME] if len(rows) else more])
    return rows


def sparse(recordings: Iterable[Recording], step: float) -> list[Recording]:
    """Those that are longer than `step` seconds, and of the shorter ones of a camera the first in every `step`."""
    chosen: dict[tuple[str, int], Recording] = {}
    for number, recording in enumerate(recordings):
        place = -number - 1 if recording.duration >= step else int(recording.start.timestamp() // step)
        chosen.setdefault((recording.camera, place), recording)
    return list(chosen.values())


def _key(recording: Recording) -> FileKey:
    return FileKey(str(recording.path), recording.size, recording.modified_ns)
