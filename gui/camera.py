"""One open camera: a LiveSession of the core, its source and adjustments, and at most one pending signal for the painter."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSignal

from dehazer import VIRTUAL_CAMERA, EnhanceOptions, SessionState, SourceRequest, UsageError
from gui.saved_source import SavedSource
from gui.services.settings import Adjustments
from gui.view.camera_state import Badge, CameraFacts, badge_of, state_of
from gui.view.modes import DEFAULT_VIEW
from gui.view.recording_badge import RecordingBadge

if TYPE_CHECKING:
    from dehazer import LiveSession, Moment, SessionSnapshot
    from gui.view.images import ImagePair

SessionFactory = Callable[[SourceRequest, EnhanceOptions, Callable[[], None]], "LiveSession"]
"""Makes a session from (request, options, on_change)."""


class Camera(QObject):
    """One source that is open. updated: a picture waits or the state changed; at most one such signal is ever pending.

    title: of the source, numbered where another open one has the same. view, divider: view mode and place of the wipe's
    divider. position: seconds of the file last shown. opened_at: time.monotonic() of its opening. numbers: as last read, for
    the tiles. slow: how many of its frames are painted and why, empty while it keeps up. recorded: what is shown of its
    recording. session: None until an engine is loaded; engine_error: why that failed. had_picture: whether a picture came since
    it was started. restart_requested: a file that has ended is to be played again. pictured: the first picture since it was
    started has come. taken: the newest pair of pictures, for whatever shows this camera, in either window. latest: that pair, the
    last one before it was started again included. view_changed: another view mode, or the divider moved. restarting: its session
    is being ended to be started again.
    """

    updated, restart_requested, pictured, view_changed = pyqtSignal(), pyqtSignal(), pyqtSignal(), pyqtSignal()
    taken = pyqtSignal(object)
    _notified = pyqtSignal()

    def __init__(self, source: SavedSource, password: str | None, adjustments: Adjustments, title: str = "") -> None:
        super().__init__()
        self.source, self.adjustments = source, adjustments
        self.title = title or source.title
        self.view, self.divider, self.position = DEFAULT_VIEW, 0.5, 0.0
        self.opened_at, self.had_picture = time.monotonic(), False
        self.numbers: SessionSnapshot | None = None
        self.latest: Moment | None = None
        self.slow = ""
        self.recorded = RecordingBadge()
        self._taken_at = 0.0  # time.monotonic() of its newest picture
        self._began_waiting = 0.0  # time.monotonic() since which pictures should have come
        self.session: LiveSession | None = None
        self.engine_error: BaseException | None = None
        self._request = source.request(password)
        self.restarting = False
        self._pending, self._lock = False, threading.Lock()
        self._pending_seek: float | None = None  # seconds of the file, done as soon as it is open
        self._pending_pause = False  # and whether it rests there
        self._user_paused = self._hidden = self._suspended = self._scrubbing = False
        self._notified.connect(self._deliver)

    def _notify(self) -> None:
        """From any thread: emit `updated` once, however much happens until it is delivered."""
        with self._lock:
            if self._pending:
                return
            self._pending = True
        self._notified.emit()

    def _deliver(self) -> None:
        with self._lock:
            self._pending = False
        self.updated.emit()

    def start(self, make_session: SessionFactory) -> None:
        """Connect. A session that was there must have ended."""
        self.opened_at, self.had_picture = time.monotonic(), False
        self.numbers = None
        self.restarting = False
        self.session = make_session(self._request, self.adjustments.enhance_options(), self._notify)
        self._suspended = False
        self._apply_suspension()
        self.session.start()

    def stop(self) -> tuple[Path, ...]:
        """End its threads, within a second or, while it records, a few; returns the files of the recording that ended with it."""
        if self.session is None:
            return ()
        recorded = self.recording
        self.session.stop()
        return self.session.stop_recording() if recorded else ()

    @property
    def state(self) -> SessionState:
        """What it is doing; before there is a session, what is known of the engine."""
        if self.session is not None:
            return self.session.state
        if self.engine_error is not None:
            return SessionState("failed", str(self.engine_error))
        return SessionState("opening", QCoreApplication.translate("Camera", "Loading the model…"))

    @property
    def error(self) -> BaseException | None:
        """Why it failed; None otherwise."""
        return self.session.error if self.session is not None else self.engine_error

    @property
    def facts(self) -> CameraFacts:
        """What decides how it is shown."""
        now = self.numbers
        waited = time.monotonic() - self._began_waiting
        silent, still = (min(seconds or 0.0, waited) for seconds in ((now.age_s, now.still_s) if now is not None else (0.0, 0.0)))
        silent = 0.0 if self._scrubbing else silent
        return CameraFacts(self.state.kind, self.is_seekable, self._user_paused, self.had_picture, self.latest is not None,
                           silent, still)

    @property
    def status(self) -> str:
        """The state as a name in `gui.view.camera_state.DISPLAYS`."""
        return state_of(self.facts)

    @property
    def since_picture(self) -> float | None:
        """Seconds since its newest picture was shown; None before the first."""
        return None if self.latest is None else time.monotonic() - self._taken_at

    @property
    def badge(self) -> Badge:
        """What stands over the picture about its state."""
        return badge_of(self.facts)

    @property
    def publishing(self) -> bool:
        """Whether its pictures are sent somewhere."""
        return self.session is not None and self.session.publisher.active

    @property
    def publishing_as_camera(self) -> bool:
        """Whether they are shown as a virtual camera."""
        status = self.session.publisher.status if self.session is not None else None
        return status is not None and not status.over and status.name.startswith(VIRTUAL_CAMERA)

    @property
    def recording(self) -> bool:
        """Whether it is being recorded."""
        return self.session is not None and self.session.recording

    def take(self) -> Moment | None:
        """The newest pair of pictures, once."""
        moment = self.session.take() if self.session is not None else None
        if moment is not None:
            self._taken_at = time.monotonic()
            self.position = moment.original.seconds or 0.0
            if not self.had_picture:
                self.had_picture = True
                self.pictured.emit()
            self._apply_pending_seek()
            self.latest = moment
            self.taken.emit(moment)
        return moment

    def _apply_pending_seek(self) -> None:
        seconds, self._pending_seek = self._pending_seek, None
        rests, self._pending_pause = self._pending_pause, False
        if seconds is not None and self.session is not None and self.is_seekable:
            if rests:
                self.set_paused(True)
            self._seek_now(self.session, seconds)

    def painted(self, pair: ImagePair) -> None:
        """A pair of pictures is on the screen."""
        if self.session is not None:
            self.session.painted(pair.moment, pair.frame_size)

    def set_view(self, view: str) -> None:
        """Look at it in another view mode."""
        self.view = view
        self.view_changed.emit()

    def set_divider(self, divider: float) -> None:
        """Put the division of the wipe somewhere, 0 to 1."""
        self.divider = divider
        self.view_changed.emit()

    def set_adjustments(self, adjustments: Adjustments) -> None:
        """Other adjustments count from the next picture on."""
        self.adjustments = adjustments
        if self.session is not None:
            self.session.options = adjustments.enhance_options()
        self._apply_suspension()

    @property
    def paused(self) -> bool:
        """Whether the user paused the picture."""
        return self._user_paused

    def set_paused(self, paused: bool) -> None:
        """Freeze the picture, or go on."""
        self._user_paused = paused
        self._apply_suspension()

    def set_hidden(self, hidden: bool) -> None:
        """Nobody can see this camera (window hidden, another one enlarged): suspend it, unless it records or has an alarm."""
        self._hidden = hidden
        self._apply_suspension()

    @property
    def suspended(self) -> bool:
        """Whether nothing should be computed."""
        needed = self.recording or self.publishing or self.adjustments.alarm > 0
        return self._user_paused or self._scrubbing or (self._hidden and not needed)

    @property
    def rests(self) -> bool:
        """Whether nothing of it changes until somebody wants it to: paused or over, and neither recorded nor sent anywhere."""
        return (self._user_paused or self.state.is_over) and not (self.recording or self.publishing)

    def _apply_suspension(self) -> None:
        if self.session is not None and self.suspended != self._suspended:
            self._suspended, self._began_waiting = self.suspended, time.monotonic()
            (self.session.pause if self.suspended else self.session.resume)()

    @property
    def shape(self) -> tuple[float, Fraction | None]:
        """How a picture is turned (degrees counter-clockwise) and the width : height of its pixels."""
        info = self.session.info if self.session is not None else None
        return (info.rotation, info.sample_aspect) if info is not None else (0.0, None)

    @property
    def is_seekable(self) -> bool:
        """Whether it is a file that can be searched and stepped."""
        return self._request.kind == "file" and not self.source.live

    @property
    def duration(self) -> float:
        """Seconds of the file, 0 if unknown."""
        info = self.session.info if self.session is not None else None
        return (info.duration or 0.0) if info is not None else 0.0

    @property
    def rate(self) -> float | None:
        """Frames per second of the source, None if unknown."""
        info = self.session.info if self.session is not None else None
        return float(info.rate) if info is not None and info.rate else None

    def seek(self, seconds: float) -> None:
        """Go on at `seconds` of the file; one that has ended plays again from there."""
        if self.session is None or not self.is_seekable:
            return
        if self.state.is_over:
            self._pending_seek, self._pending_pause = self._inside(seconds), False
            self.restart_requested.emit()
        else:
            self._seek_now(self.session, self._inside(seconds))
        self._hold(False)

    def scrub(self, seconds: float, exact: bool = False) -> None:
        """Show the picture at `seconds` while the time line is held, or the key picture before it; `seek` ends it."""
        if self.session is not None and self.is_seekable and not self.state.is_over:
            self._hold(True)
            self._seek_now(self.session, self._inside(seconds), exact)

    def _inside(self, seconds: float) -> float:
        """Half a second before the end of the file, at most: there must be something left to play."""
        return min(max(0.0, seconds), max(0.0, self.duration - 0.5) if self.duration else seconds)

    def _hold(self, scrubbing: bool) -> None:
        if scrubbing != self._scrubbing:
            self._scrubbing = scrubbing
            self._apply_suspension()

    def _seek_now(self, session: LiveSession, seconds: float, exact: bool = True) -> None:
        try:
            session.seek(seconds, exact)
        except UsageError:
            self._pending_seek = seconds  # it is just being opened

    def step(self, count: int) -> None:
        """Pictures on, or back where negative, from the one in view; the file is paused for it. One that has ended goes back."""
        if self.session is None or not self.is_seekable or not self.had_picture:
            return
        if self.state.is_over:
            self._step_from_end(count)
            return
        self.set_paused(True)
        with suppress(UsageError):  # it is just being opened: there is no picture to step on from
            self.session.step(count)

    def _step_from_end(self, count: int) -> None:
        """Open the file again for a picture so many before its last one, and rest there."""
        if count < 0 and self.state.kind == "ended" and self.rate:
            self._pending_seek, self._pending_pause = max(0.0, self.position + (count + 0.5) / self.rate), True
            self.restart_requested.emit()

    def snapshot(self) -> SessionSnapshot | None:
        """All numbers of now; None before there is a session."""
        return self.session.snapshot() if self.session is not None else None
