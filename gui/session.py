"""One open camera in the window: a LiveSession of the core, its choice and look, and a coalesced wake-up for the painter."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSignal

from dehazer import EnhanceOptions, QualityTarget, SourceRequest, UsageError
from gui.choice import Choice
from gui.readout import Readout
from gui.settings import Look

if TYPE_CHECKING:
    from dehazer import Moment, RecordedPictures, SessionSnapshot, SessionState, VideoInfo


@dataclass(frozen=True)
class Status:
    """What a camera is doing: kind in one word, a sentence for people, attempts to connect, what went wrong.

    begun: whether a picture came since it was started.
    """

    kind: str
    sentence: str
    attempt: int = 0
    next_in_s: float | None = None
    error: BaseException | None = None
    begun: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come by itself."""
        return self.kind in ("ended", "failed")


class Session(Protocol):
    """What the window needs of `dehazer.live.session.LiveSession`; tests may give something smaller."""

    options: EnhanceOptions
    target: QualityTarget
    error: BaseException | None

    @property
    def state(self) -> SessionState: ...
    @property
    def info(self) -> VideoInfo: ...
    @property
    def recording(self) -> bool: ...
    @property
    def running(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def seek(self, seconds: float) -> None: ...
    def step(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def take(self) -> Moment | None: ...
    def painted(self, moment: Moment) -> None: ...
    def start_recording(self, path: str | Path, what: RecordedPictures = "dehazed") -> None: ...
    def stop_recording(self) -> tuple[Path, ...]: ...
    def save_snapshot(self, folder: str | Path) -> tuple[Path, Path, Path]: ...
    def snapshot(self) -> SessionSnapshot: ...


Maker = Callable[[SourceRequest, EnhanceOptions, Callable[[], None]], Session]
"""Makes a session from (request, options, on_change)."""


class Camera(QObject):
    """One source that is open. woken: a picture waits or the state changed; at most one such event is ever under way.

    view, divider: how it is looked at. position: seconds of the file last shown. opened: time.monotonic() of its opening.
    session: None while the program is still loading what it computes with; trouble: why that failed. begun: whether a picture
    came since it was started. again: a file that has ended is wanted once more.
    """

    woken, again = pyqtSignal(), pyqtSignal()
    _knock = pyqtSignal()

    def __init__(self, choice: Choice, password: str | None, look: Look) -> None:
        super().__init__()
        self.choice, self.look = choice, look
        self.request = choice.request(password)
        self.view, self.divider, self.position = "dehazed", 0.5, 0.0
        self.opened, self.begun = time.monotonic(), False
        self.session: Session | None = None
        self.trouble: BaseException | None = None
        self._waiting, self._lock = False, threading.Lock()
        self._place: float | None = None  # of the file, where to go on once it is open
        self._user_paused = self._unseen = self._resting = False
        self._knock.connect(self._answer)

    def _wake(self) -> None:
        """From any thread: knock once, however much has happened since."""
        with self._lock:
            if self._waiting:
                return
            self._waiting = True
        self._knock.emit()

    def _answer(self) -> None:
        with self._lock:
            self._waiting = False
        self.woken.emit()

    def start(self, make: Maker) -> None:
        """Connect. A session that was there must have ended."""
        self.opened, self.begun = time.monotonic(), False
        self.session = make(self.request, self.look.options(), self._wake)
        self._resting = False
        self._rest_or_run()
        self.session.start()

    def set_password(self, user: str | None, password: str | None) -> None:
        """Counts from the next start on."""
        self.request = self.request.with_password(user, password)

    def stop(self) -> tuple[Path, ...]:
        """End its threads, within a second or, while it records, a few; returns the files of the recording that ended with it."""
        if self.session is None:
            return ()
        recorded = self.recording
        self.session.stop()
        return self.session.stop_recording() if recorded else ()

    @property
    def status(self) -> Status:
        """What it is doing: kind, sentence, attempt, seconds until the next."""
        if self.session is None and self.trouble is not None:
            return Status("failed", str(self.trouble), error=self.trouble)
        if self.session is None:
            return Status("opening", "Loading the model …")
        state = self.session.state
        return Status(state.kind, state.sentence, state.attempt, state.next_in_s, self.session.error, self.begun)

    @property
    def kind(self) -> str:
        """The state in one word; a file that is played is not called live, and only what was there can be "reconnecting"."""
        kind = self.status.kind
        if kind == "reconnecting" and not self.begun:
            return "trying"
        return "playing" if kind == "live" and self.plays else kind

    @property
    def recording(self) -> bool:
        """Whether it is being recorded."""
        return self.session is not None and self.session.recording

    def take(self) -> Moment | None:
        """The newest instant, once."""
        moment = self.session.take() if self.session is not None else None
        if moment is not None:
            self.position, self.begun = moment.original.seconds or 0.0, True
            self._go_on()
        return moment

    def _go_on(self) -> None:
        place, self._place = self._place, None
        if place is not None:
            self.seek(place)

    def painted(self, moment: Moment) -> None:
        """An instant is on the screen."""
        if self.session is not None:
            self.session.painted(moment)

    def set_look(self, look: Look) -> None:
        """Another look counts from the next picture on."""
        self.look = look
        if self.session is not None:
            self.session.options = look.options()
        self._rest_or_run()

    @property
    def paused(self) -> bool:
        """Whether the user froze the picture."""
        return self._user_paused

    def set_paused(self, paused: bool) -> None:
        """Freeze the picture, or go on."""
        self._user_paused = paused
        self._rest_or_run()

    def set_unseen(self, unseen: bool) -> None:
        """Nobody can see this camera (window hidden, another one enlarged): rest, unless it records or watches for haze."""
        self._unseen = unseen
        self._rest_or_run()

    @property
    def rests(self) -> bool:
        """Whether nothing should be computed."""
        return self._user_paused or (self._unseen and not self.recording and self.look.alarm <= 0)

    def _rest_or_run(self) -> None:
        if self.session is not None and self.rests != self._resting:
            self._resting = self.rests
            (self.session.pause if self.rests else self.session.resume)()

    @property
    def shape(self) -> tuple[float, Fraction | None]:
        """How a picture is turned (degrees counter-clockwise) and the width : height of its pixels."""
        info = self.session.info if self.session is not None else None
        return (info.rotation, info.sample_aspect) if info is not None else (0.0, None)

    @property
    def plays(self) -> bool:
        """Whether it is a file that can be searched and stepped."""
        return self.choice.kind == "file" and not self.choice.live

    @property
    def duration(self) -> float:
        """Seconds of the file, 0 if unknown."""
        info = self.session.info if self.session is not None else None
        return (info.duration or 0.0) if info is not None else 0.0

    def seek(self, seconds: float) -> None:
        """Go on at `seconds` of the file; one that has ended plays again from there."""
        if self.session is None or not self.plays:
            return
        place = min(max(0.0, seconds), max(0.0, self.duration - 0.5) if self.duration else seconds)
        if self.status.is_over:
            self._place = place
            self.again.emit()
        else:
            self._move(self.session, place)

    def _move(self, session: Session, place: float) -> None:
        try:
            session.seek(place)
        except UsageError:
            self._place = place  # it is just being opened

    def step(self, count: int) -> None:
        """One picture on (1) or back (-1); the file is paused for it."""
        if self.session is None or not self.plays or self.status.is_over or not self.begun:
            return
        self.set_paused(True)
        if count < 0:
            self._move(self.session, max(0.0, self.position - 1 / float(self.session.info.rate or 25) + 1e-3))
            return
        with suppress(UsageError):  # it is just being opened: there is no picture to step on from
            self.session.step()

    def numbers(self) -> dict[str, Any] | None:
        """The core's snapshot of now."""
        return self.session.snapshot().as_json() if self.session is not None else None


def governed(status: dict[str, Any] | None) -> str:
    """What the governor gave up, in words; empty while it has nothing to hold."""
    if not status or (status["target_fps"] is None and status["target_latency_ms"] is None):
        return ""
    return ", ".join(status["given_up"][-1:]) or QCoreApplication.translate("overlay", "full quality")


def readout_from(found: dict[str, Any]) -> Readout:
    """A Readout from the core's snapshot of a session."""
    grid, flicker = found.get("grid"), (found.get("flicker_before") or 0.0, found.get("flicker_after") or 0.0)
    size = (found["width"], found["height"]) if found.get("width") else None
    return Readout(
        captured=found["captured"], painted=found["painted"], fps_in=found["captured_fps"], fps_computed=found["computed_fps"],
        fps_painted=found["painted_fps"], latency_p50=found["latency_ms_p50"], latency_p95=found["latency_ms_p95"],
        queue=found["queue"], drops=found["drops"], model=found["model"], weights=found["weights"], device=found["device"],
        precision=found["precision"], grid=(grid[0], grid[1]) if grid else None, governor=governed(found.get("governor")),
        haze=found["haze"], visibility=found["visibility"], history=tuple(found["haze_history"]), flicker=flicker,
        age=found["age_s"], still=found.get("still_s"), bypassed=found["bypassed"], size=size,
    )
