"""What playback tells those who show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Literal

from dehazer.moment import Moment
from dehazer.review.recording import Recording

LaneKind = Literal["picture", "gap", "loading", "damaged"]


@dataclass(frozen=True, eq=False)
class ReviewedFrame:
    """One picture of a camera, before and after. when: wall clock of the picture, in UTC.

    number: its frame number in the file, from 0; None until the pictures of the file have been counted, which happens in the
    background. exact: it is the picture of the requested moment; False for the key picture before it, shown meanwhile.
    rotation: degrees counter-clockwise for display. sample_aspect: width : height of a pixel, None for 1.
    """

    moment: Moment = field(repr=False)
    recording: Recording
    when: datetime
    number: int | None
    exact: bool
    rotation: float = 0.0
    sample_aspect: Fraction | None = None


@dataclass(frozen=True)
class LaneState:
    """What one camera shows at the playhead. text: one sentence, empty for a picture.

    "gap": it has no recording there; until: start of its next one, None if there is none. "loading": a file or the network is
    being opened. "damaged": there is no picture, `text` says why (a damaged or vanished file, a failed device).
    """

    kind: LaneKind
    text: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class PlaybackStatus:
    """position: of the playhead, in UTC. skipped: pictures passed over since playing began, because the speed or the machine
    left no time for them, all cameras together. frames_per_second: camera → different pictures shown in the last two seconds.
    fields_every: in play, the haze field is estimated for every n-th picture; 1 unless the machine did not keep up.
    """

    position: datetime
    playing: bool
    speed: float
    skipped: int = 0
    frames_per_second: Mapping[str, float] = field(default_factory=dict)
    fields_every: int = 1
