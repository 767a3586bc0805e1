"""One camera of a playback: its thread finds pictures, dehazes them and works in advance while nothing is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from dehazer.config import EnhanceOptions
from dehazer.errors import Cancelled, DehazerError, UsageError
from dehazer.live.shared_engine import SharedEngine
from dehazer.moment import Size
from dehazer.redact import module_logger
from dehazer.review.camera_pictures import CameraPictures, FoundPicture
from dehazer.review.coverage import SEAM
from dehazer.review.lane_dehazing import LaneDehazing
from dehazer.review.passed_over import pictures_between
from dehazer.review.playback_state import LaneState, ReviewedFrame
from dehazer.runtime.mailbox import Mailbox

if TYPE_CHECKING:
    from dehazer.review.library import Library

log = module_logger(__name__)

PICTURE = LaneState("picture")
JOIN = 1.0


@dataclass(frozen=True)
class Ask:
    """What a lane is to show: the picture at `when`, `step` pictures on from the present one (which was shown at `when`), the one
    of that `number`, or, without any of these, the present one anew.

    exact: False takes a key picture before `when` where that is quicker. flowing: pictures follow each other in play, so that the
    dehazing may be smoothed over time; a picture at rest is dehazed on its own, whichever way it was reached.
    direction: of the work in advance afterwards, 1, -1 or 0 for both. fresh: in play, the haze field is estimated for this
    picture; else that of the one before is used, where there is one.
    """

    when: datetime | None = None
    step: int | None = None
    number: int | None = None
    exact: bool = True
    flowing: bool = False
    direction: int = 0
    fresh: bool = True


@dataclass(eq=False)
class Answer:
    """What came of an ask. frame: to be shown, None if there is no picture. following: when the next picture in the direction
    of play is due. behind: in a gap, where the footage behind the playhead ended. skipped: pictures passed over.
    error: the ask was impossible, for the one who asked.
    """

    ask: Ask
    done: bool = False
    cancelled: bool = False
    state: LaneState = field(default_factory=lambda: LaneState("loading", "Opening…"))
    frame: ReviewedFrame | None = None
    following: datetime | None = None
    behind: datetime | None = None
    skipped: int = 0
    error: UsageError | None = None


class Lane:
    """One camera. `ask` hands work to its thread; a newer ask interrupts the one before. changed: notified when one is done.

    numbered: called with the camera when the number of the picture shown has become known. cache: bytes of decoded pictures kept.
    frame: the newest published picture; mailbox: the same, to be taken once.
    """

    def __init__(self, library: Library, camera: str, engine: SharedEngine, options: EnhanceOptions, *, cache: int,
                 changed: threading.Condition, numbered: Callable[[str], None]) -> None:
        self.camera, self._changed, self._numbered = camera, changed, numbered
        self.state = LaneState("loading", f"Opening {camera}…")
        self.mailbox: Mailbox[ReviewedFrame] = Mailbox()
        self.frame: ReviewedFrame | None = None  # the newest one that was published
        self.last: Answer | None = None
        self._pictures = CameraPictures(library, camera, cache, self._interrupted)
        self._dehazing = LaneDehazing(engine, options, self._interrupted)
        self._found: FoundPicture | None = None
        self._waiting: Answer | None = None
        self._working: Answer | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name=f"dehazer-lane-{camera}", daemon=True)
        self._thread.start()

    @property
    def options(self) -> EnhanceOptions:
        """What is done with the pictures; a new value applies from the next one on."""
        return self._dehazing.options

    @options.setter
    def options(self, options: EnhanceOptions) -> None:
        self._dehazing.options = options

    def painted(self, size: Size | None) -> None:
        """A view has shown a picture of this camera in `size` (height, width); None: with every pixel."""
        self._dehazing.view_size.painted(size)

    def ask(self, ask: Ask) -> Answer:
        """Hand over work; what was asked before and is not done is cancelled."""
        answer = Answer(ask)
        with self._changed:
            self._waiting = answer
            self._changed.notify_all()
        return answer

    def set_cache(self, limit: int) -> None:
        """Keep at most so many bytes of decoded pictures from now on."""
        self._pictures.set_cache(limit)

    @property
    def busy(self) -> bool:
        """Whether an ask is waiting or worked on."""
        return self._waiting is not None or self._working is not None

    def _interrupted(self) -> bool:
        return self._stopping or self._waiting is not None

    def _work(self) -> None:
        try:
            while (answer := self._next()) is not None:
                self._run(answer)
                with self._changed:
                    answer.done, self._working = True, None
                    self._changed.notify_all()
        finally:
            self._pictures.close()

    def _next(self) -> Answer | None:
        """The next ask; works in advance while there is none."""
        more = True
        while True:
            with self._changed:
                if not more:
                    self._changed.wait_for(lambda: self._stopping or self._waiting is not None)
                if self._stopping:
                    return None
                if self._waiting is not None:
                    answer, self._waiting = self._waiting, None
                    self._working = answer
                    return answer
            more = self._prepare()
            if not more and self._found is not None and self._pictures.numbered(self._found) is not self._found:
                self._numbered(self.camera)

    def _prepare(self) -> bool:
        """One small piece of work in advance; what fails there is told when the picture itself is asked for."""
        if self.last is None or not self.last.ask.exact:
            return False  # the next key picture is elsewhere
        try:
            return self._pictures.prepare(self.last.ask.direction)
        except (DehazerError, Cancelled, OSError):
            return False

    def _run(self, answer: Answer) -> None:
        try:
            self._find_and_enhance(answer)
        except Cancelled:
            answer.cancelled = True
        except DehazerError as error:
            if isinstance(error, UsageError) and answer.ask.number is not None:
                answer.error = error
            else:
                answer.state, self._found = LaneState("damaged", str(error)), None
        except Exception as error:
            log.exception("The lane of %s met an error that was not expected", self.camera)
            answer.state, self._found = LaneState("damaged", f"Something unexpected happened with {self.camera}: {error}."), None
        self.last = answer

    def _find_and_enhance(self, answer: Answer) -> None:
        before, found = self._found, self._find(answer.ask)
        if found is not None and before is not None and _is_back(answer.ask, before, found):
            found = before
        if found is None:
            self._describe_gap(answer)
            return
        self._found = found
        moment = self._dehazing.moment(found, answer.ask.flowing, answer.ask.fresh)
        answer.frame = ReviewedFrame(moment, found.recording, found.when, found.number, found.exact, found.info.rotation,
                                     found.info.sample_aspect)
        answer.state = PICTURE
        if answer.ask.flowing:
            answer.following = self._pictures.beside(found, answer.ask.direction >= 0)
            answer.skipped = pictures_between(before, found)

    def _find(self, ask: Ask) -> FoundPicture | None:
        if ask.step is not None:
            return self._stepped(ask.step, ask.when)
        if ask.number is not None:
            return self._pictures.at_number(ask.number)
        if ask.when is None:
            return self._found and self._pictures.numbered(self._found)
        return self._pictures.at(ask.when, ask.exact) or self._held(ask.when, ask.direction >= 0)

    def _stepped(self, count: int, when: datetime | None) -> FoundPicture | None:
        """Pictures on or back; out of a gap, to the nearest picture in that direction."""
        if self._found is not None or when is None:
            return self._pictures.step(count)
        until = self._pictures.next_footage(when, count > 0)
        return None if until is None else self._pictures.at(until)

    def _held(self, when: datetime, forward: bool) -> FoundPicture | None:
        """The last picture, while the recorder changes files."""
        found, until = self._found, self._pictures.next_footage(when, forward)
        if found is None or until is None or not min(found.when, until) <= when <= max(found.when, until):
            return None
        seam = until - found.recording.end if forward else found.recording.start - until
        return found if seam <= SEAM else None

    def _describe_gap(self, answer: Answer) -> None:
        when = answer.ask.when
        self._found = None
        if when is None:
            answer.state = self.state
            return
        forward = answer.ask.direction >= 0
        until, answer.behind = (self._pictures.next_footage(when, way) for way in (forward, not forward))
        text = f"{self.camera} has no recording here." if until else f"{self.camera} has no recording from here on."
        answer.state, answer.following = LaneState("gap", text, until), until

    def publish(self, answer: Answer) -> bool:
        """Show the state and the picture of an answer; returns whether anything is new for the one who shows it."""
        changed, self.state = answer.state != self.state, answer.state
        if answer.frame is None or _same(answer.frame, self.frame):
            return changed
        self.frame = answer.frame
        self.mailbox.put(answer.frame)
        return True

    def stop(self) -> None:
        """Start to end the thread; `join` waits for it."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def join(self, timeout: float = JOIN) -> bool:
        """Wait for the end of the thread; returns whether it has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()


def _same(one: ReviewedFrame, other: ReviewedFrame | None) -> bool:
    return other is not None and one.moment is other.moment and (one.number, one.exact) == (other.number, other.exact)


def _is_back(ask: Ask, before: FoundPicture, found: FoundPicture) -> bool:
    """Whether fast play forward would show a key picture from before the picture it began with."""
    return ask.flowing and ask.direction > 0 and not found.exact and found.when < before.when <= (ask.when or before.when)
