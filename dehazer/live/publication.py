"""Sending dehazed pictures somewhere as they come, in a thread of its own: the newest wins, and a receiver that is lost is tried
again, so that neither the view nor the work ever waits for a network.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dehazer.config import EncodeOptions
from dehazer.errors import DehazerError, ReceiverError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.live.status import PublicationKind, PublicationStatus
from dehazer.redact import module_logger
from dehazer.runtime.backoff import Backoff
from dehazer.runtime.channel import Channel, Closed
from dehazer.sinks import open_sink, output_name
from dehazer.sinks.base import Sink, SinkResult

log = module_logger(__name__)

QUEUE = 2
"""Pictures that may wait: more would only be old when they arrive."""
HEALTHY = 5.0
"""Seconds a connection must have lasted before the next failure starts again with the shortest wait."""
PATIENCE = 3.0


def _nothing(_status: PublicationStatus) -> None:
    return


class Publication:
    """Pictures to `where` from now on. Any thread may offer them; one thread sends.

    info: of the pictures. prepare: done to every picture before it is sent, in the thread that sends. report: called at every
    change of kind, from that thread. Raises UsageError for an address that nothing can be sent to; later errors are in `status`.
    """

    def __init__(self, where: str, info: VideoInfo, encode: EncodeOptions | None = None, *,
                 prepare: Callable[[Frame], Frame] = lambda frame: frame,
                 report: Callable[[PublicationStatus], None] = _nothing, backoff: Backoff | None = None) -> None:
        self.name, self._info, self._prepare, self._report = output_name(where), info, prepare, report
        self._where, self._encode, self._backoff = where, encode or EncodeOptions(), backoff or Backoff()
        self._sink: Sink | None = self._opened()
        self._frames, self._again, self._connected = 0, 0.0, 0.0
        self.error: DehazerError | None = None
        self._kind: PublicationKind = "connecting"
        self._sentence = f"Connecting to {self.name}…"
        self._missed = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._channel: Channel[Frame] = Channel(QUEUE, "latest")
        self._thread = threading.Thread(target=self._work, name="dehazer-publication", daemon=True)
        self._thread.start()

    def _opened(self) -> Sink:
        return open_sink(self._where, self._info, self._encode)

    def offer(self, frame: Frame) -> None:
        """Take one picture; never waits."""
        try:
            self._channel.put(frame)
        except Closed:
            return  # ended by itself; `status` says why

    def _work(self) -> None:
        try:
            for frame in self._channel:
                self._send(frame)
        except DehazerError as error:
            self.error = error
            self._set("failed", str(error))
        except BaseException as error:  # top of a thread: reported by `status`
            self._set("failed", "Publishing has ended: something unexpected happened.")
            log.error("Publishing to %s has ended by itself", self.name, exc_info=error)
        finally:
            self._channel.abort()
            self._close()

    def _send(self, frame: Frame) -> None:
        if time.monotonic() < self._again or self._stopping.is_set():
            self._missed += 1
            return
        try:
            self._write(self._prepare(frame))
        except ReceiverError as error:
            self._lost(error)

    def _write(self, frame: Frame) -> None:
        with self._lock:
            sink = self._sink = self._sink or self._opened()
        sink.write(frame)
        self._frames += 1
        if self._kind != "connected":
            self._connected = time.monotonic()
            self._set("connected", f"Pictures are sent to {self.name}.")
        elif self._backoff.attempt and time.monotonic() - self._connected > HEALTHY:
            self._backoff.reset()

    def _lost(self, error: ReceiverError) -> None:
        self._missed += 1
        self._discard()
        if self._stopping.is_set():
            return
        seconds = self._backoff.next()
        self._again = time.monotonic() + seconds
        log.warning("%s Attempt %d follows in %.1f s.", error, self._backoff.attempt, seconds)
        self._set("retrying", str(error))

    def _discard(self) -> None:
        with self._lock:
            sink, self._sink = self._sink, None
        if sink is not None:
            sink.discard()

    def _close(self) -> None:
        with self._lock:
            sink, self._sink = self._sink, None
        if sink is not None:
            sink.finish()
        if self._kind != "failed":
            self._set("stopped", f"No more pictures are sent to {self.name}.")

    def _set(self, kind: PublicationKind, sentence: str) -> None:
        changed, self._kind, self._sentence = kind != self._kind, kind, sentence
        if changed:
            self._report(self.status())

    def status(self) -> PublicationStatus:
        """How it stands now."""
        return PublicationStatus(self.name, self._kind, self._sentence, self._frames, self._missed + self._channel.dropped)

    def end(self) -> None:
        """Send what waits, and no more; returns at once."""
        self._channel.finish()

    def stop(self, patience: float = PATIENCE) -> None:
        """End it within about `patience` seconds, whatever the network does; the thread is joined."""
        self.end()
        self._thread.join(patience)
        if self._thread.is_alive():
            self._stopping.set()
            with self._lock:
                if self._sink is not None:
                    self._sink.abort()
            self._thread.join()


class PublicationSink(Sink):
    """A publication as the output of a pipeline: pictures that nobody receives are dropped and counted, and the work goes on.

    tell: gets a sentence at every change. Raises from `write` what trying again cannot solve.
    """

    def __init__(self, where: str, info: VideoInfo, encode: EncodeOptions, tell: Callable[[str], None]) -> None:
        self._publication = Publication(where, info, encode, report=lambda status: tell(status.sentence))

    def write(self, frame: Frame) -> None:
        """Offer one picture."""
        self._check()
        self._publication.offer(frame)

    def _check(self) -> None:
        if self._publication.error is not None:
            raise self._publication.error

    def finish(self) -> SinkResult:
        """Send what waits, and end."""
        self._publication.stop()
        self._check()
        return SinkResult(None, self._publication.status().frames, warnings=self.warnings)

    def stop(self) -> SinkResult:
        """The same; what was sent cannot be called back."""
        self._publication.stop()
        return SinkResult(None, self._publication.status().frames, complete=False, warnings=self.warnings)

    def discard(self) -> None:
        """End at once."""
        self._publication.stop(0.0)

    @property
    def warnings(self) -> tuple[str, ...]:
        """How many pictures were not sent."""
        status = self._publication.status()
        if not status.dropped:
            return ()
        return (f"{status.dropped} pictures were not sent: {status.name} was away, or slower than they came.",)
