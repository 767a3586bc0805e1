"""Where frames come from: the contract every source keeps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from dehazer.errors import UsageError
from dehazer.frame import Frame, VideoInfo


@dataclass(frozen=True)
class SourceOptions:
    """What is read, and how.

    start, end: seconds from the first picture of the input; frames with start ≤ time < end are yielded. None: from the
    beginning, to the end. hwaccel: "none", "auto" (falls back to the processor, with a warning) or a device of FFmpeg
    ("cuda", "vaapi", …; cannot be met: an error). threads: for decoding, 0 lets FFmpeg choose.
    """

    start: float | None = None
    end: float | None = None
    hwaccel: str = "none"
    threads: int = 0

    def __post_init__(self) -> None:
        if self.start is not None and self.start < 0:
            raise UsageError(f"The start must be 0 seconds or later, got {self.start:g}.")
        if self.end is not None and self.end <= (self.start or 0.0):
            raise UsageError(f"The end ({self.end:g} s) must lie after the start ({self.start or 0:g} s).")
        if self.threads < 0:
            raise UsageError(f"The number of decoding threads must be 0 (automatic) or more, got {self.threads}.")


class Source(ABC):
    """An opened stream of frames; a context manager. One thread at a time may use it, `close` may come from any.

    `info` is known from birth. Iterating yields every frame once, in presentation order, then ends; a live source ends
    only when closed. Errors are raised in the iterating thread as members of `dehazer.errors`, naming the source.
    """

    info: VideoInfo

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
        """Continue with the frame shown at `seconds` from the start; raises UsageError where there is no going back."""
        raise UsageError(f"{self.info.name} cannot be searched: it is live or has no index.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
