"""Where frames come from: the contract every source keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dehazer.errors import UsageError
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.redact import module_logger

if TYPE_CHECKING:
    from dehazer.files.passing_streams import PassingStreams

log = module_logger(__name__)


class Source(ABC):
    """An opened stream of frames; a context manager. One thread at a time may use it, `close` may come from any.

    `info` is known from construction on. Iterating yields every frame once, in presentation order, then ends; a live source ends
    only when closed. Errors are raised in the iterating thread as members of `dehazer.errors`, naming the source.
    done: frames at the beginning that an interrupted run worked on, and that are not given any more. passing: its other
    streams, where the input can be read only once.
    endless: it goes on until it is stopped, and what was made of it is complete then.
    """

    info: VideoInfo
    done = 0
    endless = False
    passing: PassingStreams | None = None

    @abstractmethod
    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames from the current position on."""

    @abstractmethod
    def close(self) -> None:
        """Release everything. May be called twice, and while another thread iterates: that iteration then ends."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per kind of trouble survived so far, with its count ("3 damaged packets were skipped")."""
        return ()

    def seek(self, seconds: float) -> None:
        """Continue with the frame shown at `seconds` from the start; raises UsageError where seeking is not possible."""
        raise UsageError(f"{self.info.name} cannot be searched: it is live or has no index.")

    def seek_key(self, seconds: float) -> None:
        """As `seek`, but a picture somewhat before will do, where that is found more quickly: for a look while dragging."""
        self.seek(seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
        log.debug("Closed %s", self.info.name)
