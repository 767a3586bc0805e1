"""What one live session sends to others: at most one publication at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from dehazer.config import EncodeOptions
from dehazer.errors import UsageError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.live.publication import Publication
from dehazer.live.status import PublicationStatus
from dehazer.stages.labels import marked


class Publisher:
    """Dehazed pictures of a session, to an address or a virtual camera. Methods and properties may be used from any thread.

    info: of the source at present. changed: called at every change of the state, from any thread. needed: called when pictures
    begin or cease to be needed.
    """

    def __init__(self, info: Callable[[], VideoInfo], changed: Callable[[], None], needed: Callable[[], None]) -> None:
        self._info, self._changed, self._needed = info, changed, needed
        self._publication: Publication | None = None

    @property
    def status(self) -> PublicationStatus | None:
        """How the sending of pictures stands; None before it was ever begun."""
        return self._publication.status() if self._publication is not None else None

    @property
    def active(self) -> bool:
        """Whether pictures are sent somewhere, or it is tried."""
        status = self.status
        return status is not None and not status.over

    def start(self, where: str, label: bool = True, encode: EncodeOptions | None = None) -> None:
        """Send pictures to an address ("rtsp://…") or show them as "virtualcam:", from the next instant on.

        A receiver that is lost is tried again. A paused source goes on for it, the view stays paused. label: "ENHANCED" and a
        clock are drawn into them. Raises UsageError when publishing already, and for addresses that nothing can be sent to.
        """
        if self.active:
            raise UsageError("The pictures of this camera are published already; stop that first.")
        info = self._info()
        prepare = partial(marked, rotation=info.rotation) if label else _unchanged
        self._publication = Publication(where, info, encode, prepare=prepare, report=lambda _status: self._changed())
        self._needed()

    def stop(self) -> None:
        """Send no more pictures; nothing happens when none are sent. Returns within seconds, whatever the network does."""
        if self._publication is not None:
            self._publication.stop()
            self._needed()

    def offer(self, frame: Frame) -> None:
        """One dehazed picture; never waits."""
        if self._publication is not None:
            self._publication.offer(frame)


def _unchanged(frame: Frame) -> Frame:
    return frame
