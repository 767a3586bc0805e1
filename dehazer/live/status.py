"""All numbers of a live session at one instant, as frozen dataclasses; `as_json` gives them as one flat object."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from dehazer.live.state import StateKind


@dataclass(frozen=True)
class FrameFlow:
    """Frames so far, and frames per second over the last two seconds. Latency: capture → paint, None before the first.

    painted: put on the screen by the program that takes the frames.
    """

    computed: int = 0
    computed_fps: float = 0.0
    painted: int = 0
    painted_fps: float = 0.0
    latency_ms_p50: float | None = None
    latency_ms_p95: float | None = None


@dataclass(frozen=True)
class DropCounts:
    """Frames that were dropped, by cause.

    late: a newer frame overtook it before it was decoded or computed. decode: it could not be decoded. paint: it was not
    painted in time. governor: left out on purpose to hold the target. record: the recording was too slow for it.
    """

    late: int = 0
    decode: int = 0
    paint: int = 0
    governor: int = 0
    record: int = 0

    def as_dict(self) -> dict[str, int]:
        """Cause → count, in order of declaration."""
        return asdict(self)


@dataclass(frozen=True)
class SceneReading:
    """What the newest frame shows; None where the model gives no field, or before the first frame.

    haze, visibility: 0 to 1. haze_history: one value per second, two minutes, oldest first, None for seconds without a frame.
    flicker_before, flicker_after: see `runtime.stats.Flicker`, over the last 250 frames. bypassed: the frame was clear and
    went through untouched. grid: rows, columns of the field. width, height: pixels of the frame.
    """

    haze: float | None = None
    visibility: float | None = None
    haze_history: tuple[float | None, ...] = ()
    flicker_before: float = 0.0
    flicker_after: float = 0.0
    bypassed: bool = False
    grid: tuple[int, int] | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class GovernorStatus:
    """What is to be held, what is given up for it at present, and the last steps as (seconds ago, sentence)."""

    target_fps: float | None = None
    target_latency_ms: float | None = None
    given_up: tuple[str, ...] = ()
    steps: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class RecordingStatus:
    """A recording that runs or has ended. bytes: written so far. free_mb: left on the disk, MiB.

    minutes_left: until the disk is full at this rate, None in the first seconds. trouble: why it ended by itself, None if it
    did not. missing: originals that were dropped. damaged: packets of originals that came damaged and were kept. pre_roll:
    seconds from before its beginning that it holds.
    """

    what: str
    path: str
    seconds: float
    frames: int
    dropped: int
    bytes: int
    free_mb: float
    minutes_left: float | None
    active: bool
    trouble: str | None
    missing: int = 0
    damaged: int = 0
    pre_roll: float = 0.0


@dataclass(frozen=True)
class PreRollStatus:
    """What is kept for a recording that begins before it is asked for. possible: whether this source's packets can be kept.

    seconds: kept now; wanted: to be kept. bytes: what that takes in memory.
    """

    possible: bool
    wanted: float
    seconds: float
    bytes: int


PublicationKind = Literal["connecting", "connected", "retrying", "stopped", "failed"]


@dataclass(frozen=True)
class PublicationStatus:
    """How a publication stands. name: of the receiver, without a password. sentence: for people. frames: sent so far.

    dropped: pictures that came while the receiver was away or slower.
    """

    name: str
    kind: PublicationKind
    sentence: str
    frames: int = 0
    dropped: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing more is sent."""
        return self.kind in ("stopped", "failed")


@dataclass(frozen=True)
class SessionSnapshot:
    """A live session at one instant.

    captured: frames that arrived so far, captured_fps: per second over the last two seconds. queue: frames between the
    threads. engine: what runs where (see `Engine.describe`). age_s: seconds since the newest picture was captured; still_s: since
    its content last changed at all (a camera that hangs repeats its picture). rss_mb: memory of this process, MiB.
    """

    state: StateKind
    captured: int
    captured_fps: float
    flow: FrameFlow
    drops: DropCounts
    queue: int
    engine: dict[str, str]
    scene: SceneReading
    age_s: float | None
    still_s: float | None
    rss_mb: float
    governor: GovernorStatus | None
    recording: RecordingStatus | None
    warnings: tuple[str, ...]
    publication: PublicationStatus | None = None
    pre_roll: PreRollStatus = PreRollStatus(False, 0.0, 0.0, 0)

    def as_json(self) -> dict[str, Any]:
        """Every number under its own name, flow, engine and scene on the same level, ready for `json.dumps`."""
        flat = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("flow", "engine", "scene")}
        parts = ("drops", "governor", "recording", "publication", "pre_roll")
        nested = {name: None if flat[name] is None else asdict(flat[name]) for name in parts}
        return {**flat, **asdict(self.flow), **self.engine, **asdict(self.scene), **nested}
