"""The file that an output is written into until it is complete, and whether what is in it can be played."""

from __future__ import annotations

from pathlib import Path

from dehazer.errors import DehazerError
from dehazer.files.media import FFMPEG_ERRORS, open_input, picture_stream


class PartialFile:
    """A file for FFmpeg's muxers, written without a buffer of its own.

    error: the first failure of the system (disk full, too large a file). From then on nothing more is written, so that
    what the muxer does to end its work cannot spoil what is in the file.
    """

    def __init__(self, path: Path) -> None:
        """Open a file that is there. Raises OSError."""
        self.path = path
        self.error: OSError | None = None
        self._file = path.open("r+b", buffering=0)

    def restart(self) -> None:
        """Throw away what was written. Raises OSError."""
        self._file.seek(0)
        self._file.truncate()

    def write(self, data: bytes) -> int:
        """Write all of `data`; raises OSError the first time the system refuses."""
        rest = memoryview(data)
        try:
            while rest and self.error is None:
                rest = rest[self._file.write(rest) or 0:]
        except OSError as error:
            self.error = error
            raise
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As with every file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As with every file."""
        return self._file.tell()

    def close(self) -> None:
        """May be called twice."""
        self._file.close()


def plays(path: Path) -> bool:
    """Whether a picture can be decoded from the file."""
    try:
        with open_input(path) as container:
            return next(iter(container.decode(picture_stream(container, path))), None) is not None
    except (DehazerError, *FFMPEG_ERRORS):
        return False
