"""Frames into a video file, with everything else of the input carried over.

The file is written as OUT.partial-….EXT and gets its name when it is complete. What the file type cannot hold is said in
`warnings` before the first frame, or refused.
"""

from __future__ import annotations

import errno
from pathlib import Path

from dehazer.config import DecodeOptions, EncodeOptions
from dehazer.errors import DehazerError, EncoderError, OutputError
from dehazer.files.containers import container_of
from dehazer.files.journal import Journal
from dehazer.files.output_paths import check_folder, check_space, identity, new_partial_file, put_in_place, reason
from dehazer.files.passing_streams import PassingStreams
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.sinks._film_journal import FilmJournal
from dehazer.sinks._film_writer import MUXING_ERRORS, FilmWriter
from dehazer.sinks._partial_file import PartialFile, plays
from dehazer.sinks.additions import Additions
from dehazer.sinks.base import Sink, SinkResult


class VideoSink(Sink):
    """Encodes frames; times, tags, shape and all other streams stay those of the input (`copy_from`, if given).

    info: of the frames that will come. decode: the span the source reads, so that sound is cut alike; with a start, the
    output begins at zero with its first frame. additions: what the film gets that its input does not have. journal: makes the
    work resumable; it is removed when the file is complete.

    Raises ConfigError, OutputError and EncoderError before the first frame where it can, UsageError for a journal of another film
    or other options.
    """

    def __init__(self, path: Path, info: VideoInfo, encode: EncodeOptions | None = None, decode: DecodeOptions | None = None,
                 copy_from: Path | PassingStreams | None = None, *, additions: Additions | None = None,
                 journal: Journal | None = None) -> None:
        self._journal = None if journal is None else FilmJournal(journal)
        self._path, self._before = path, identity(path)
        self._may_stay = additions is None or additions.keep_partial
        self._container = container_of(path)
        check_folder(path.parent)
        self._writer: FilmWriter | None = None
        self._done = self._lost = False
        self._partial = new_partial_file(path) if self._journal is None else new_partial_file(path, self._journal.begin_run)
        self._file = PartialFile(self._partial)
        try:
            self._room = check_space(path.parent, copy_from.stat().st_size if isinstance(copy_from, Path) else 0)
            self._writer = FilmWriter(self._file, self._container, info, encode=encode or EncodeOptions(),
                                      decode=decode or DecodeOptions(), copy_from=copy_from, additions=additions,
                                      journal=self._journal)
        except MUXING_ERRORS as error:
            failure = self._failure(error, "begun")
            self._release()
            raise failure from error
        except BaseException:
            self._release()
            raise

    @property
    def _film(self) -> FilmWriter:
        assert self._writer is not None
        return self._writer

    def write(self, frame: Frame) -> None:
        """Encode one frame. Raises EncoderError or OutputError; a first frame that fails goes to the next encoder."""
        try:
            self._follow_older_runs()
            self._film.write(frame)
        except EncoderError as error:
            raise self._with_what_is_kept(error) from error
        except MUXING_ERRORS as error:
            raise self._failure(error, "written" if self._film.frames else "begun") from error

    def end_segment(self, state: bytes) -> None:
        """Commit everything so far to the journal, if there is one."""
        try:
            self._film.end_segment(state)
        except EncoderError as error:
            raise self._with_what_is_kept(error) from error
        except MUXING_ERRORS as error:
            raise self._failure(error, "written") from error

    def _follow_older_runs(self) -> None:
        """Before the first frame: copy what the runs before had done, and remove their files."""
        if self._journal is not None and not self._film.begun:
            self._film.resume()
            self._journal.remove_older_partials(self._partial)

    def _with_what_is_kept(self, error: EncoderError) -> EncoderError:
        return EncoderError(f"{str(error).removesuffix('.')}; {self._keep_partial()}.", error.detail)

    def _failure(self, error: BaseException, deed: str) -> DehazerError:
        """The error to raise, after what can be saved was saved."""
        full = errno.ENOSPC in (getattr(error, "errno", None), getattr(self._file.error, "errno", None))
        why = f"The disk of {self._path.parent} is full" if full else (
            f"{self._path} cannot be {deed}: " + (reason(self._file.error) if self._file.error else
                                                  f"the {self._container.title} writer refused"))
        return OutputError(f"{why}; {self._keep_partial()}.", str(self._file.error or error))

    def _keep_partial(self) -> str:
        """Close everything, keep the partial file if it plays and may stay, and say which of both."""
        frames = self._writer.frames if self._writer is not None else 0
        self._close()
        if not frames or not self._may_stay or not plays(self._partial):
            self._lost = True
            return "nothing was kept"
        self._done = True
        return f"what was written until then ({frames} frames at most) is kept as {self._partial}"

    def finish(self) -> SinkResult:
        """Write what the encoder still holds and all remaining sound, and give the file its name."""
        if self._film.frames == 0 and not (self._journal and self._journal.frames):
            self.discard()
            return SinkResult(None, 0, warnings=self.warnings)
        self._complete(everything=True)
        self._done = True
        if self._journal is not None:
            self._journal.complete(self._film.frames, self._partial)
        put_in_place(self._partial, self._path, self._before)
        if self._journal is not None:
            self._journal.remove()
        return SinkResult(self._path, self._film.frames, warnings=self.warnings)

    def stop(self) -> SinkResult:
        """Make a playable file of what was written, under the partial name."""
        frames = self._film.frames
        if frames == 0 or self._done or self._lost:
            self.discard()
            return SinkResult(self._partial if self._done and frames else None, frames, False, self.warnings)
        self._complete(everything=False)
        self._done = True
        return SinkResult(self._partial, frames, False, self.warnings)

    def _complete(self, everything: bool) -> None:
        try:
            self._follow_older_runs()
            self._film.complete(everything)
        except EncoderError as error:
            raise self._with_what_is_kept(error) from error
        except MUXING_ERRORS as error:
            raise self._failure(error, "completed") from error
        self._file.close()
        try:
            self._film.correct(self._partial)
        except OSError as error:
            sentence = f"{self._path} cannot be completed: {reason(error)}; {self._keep_partial()}."
            raise OutputError(sentence, str(error)) from error

    def discard(self) -> None:
        """Remove the partial file, unless it was finished or stopped."""
        if not self._done:
            self._release()
            self._done = True

    def _release(self) -> None:
        self._close()
        self._partial.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._file.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is lost or different in this file type; complete before the first frame but for what frames bring."""
        return (*((self._room,) if self._room else ()), *self._film.warnings)
