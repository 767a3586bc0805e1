"""A long film worked on in pieces at the same time, with exactly the result of one run from its beginning to its end.

What one frame owes to those before it is the state of the field stages. One pass over the film, with the network but without
applying fields and without encoding, finds that state at the begin of every piece (`find_states`). Each piece begins with its
state, as a run with --resume goes on (`make_piece`), with a journal of its own; the journals are joined to that of the film
(`join_pieces`), from which a run with --resume makes the file. Whatever is cut off goes on where it was when it is called again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

from dehazer.cli.jobs import Job
from dehazer.cli.one_file import RunOptions
from dehazer.cli.worker import engine_of, wait_until_free
from dehazer.enhance import Enhancer, device_decoding
from dehazer.errors import UsageError
from dehazer.files.journal import Journal, Progress
from dehazer.files.output_paths import write_in_place
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.pipeline import Pipeline
from dehazer.resume import content_mark, fingerprint, journal_path, segment_frames
from dehazer.sinks import kind_of
from dehazer.sinks.base import Sink, SinkResult
from dehazer.sinks.film_pieces import encoding_in, joined
from dehazer.sinks.video import VideoSink
from dehazer.sources import Source, open_source
from dehazer.sources.skipped import SkippedSource

LONG = 6
"""Segments from which a film is worth being worked on in pieces."""


@dataclass(frozen=True)
class Piece:
    """Frames `first` to `last`, which does not belong to it; None: to the end of the film.

    mark: of input and options; what lies beside the output under another mark belongs to another run.
    """

    number: int
    first: int
    last: int | None
    mark: str = ""


def planned(info: VideoInfo, machines: int, mark: str = "") -> tuple[Piece, ...]:
    """The pieces of a film, each of whole segments, two for every machine; none for a short one, or one of unknown length."""
    size = segment_frames(info)
    segments = -(-(info.frames or 0) // size)
    if segments < LONG or machines < 2:
        return ()
    count = min(2 * machines, segments)
    firsts = [segments * number // count * size for number in range(count)]
    ends = [*firsts[1:], None]
    return tuple(Piece(number, first, last, mark) for number, (first, last) in enumerate(zip(firsts, ends, strict=True)))


def plan_of(job: Job, run_options: RunOptions, machines: int) -> tuple[Piece, ...]:
    """The pieces that a job is to be worked on in; none where it is done in one. Raises InputError members."""
    if not is_divisible(job, run_options):
        return ()
    with open_source(job.source, run_options.decode) as source:
        info = source.info
    if not info.media_file or run_options.decode.start or run_options.decode.end:
        return ()  # how many frames a span has is not known beforehand
    options = (run_options.engine, run_options.enhance, run_options.decode, run_options.encode)
    asked = json.dumps([content_mark(Path(job.source)), *map(asdict, options)], sort_keys=True)
    return planned(info, machines, hashlib.sha256(asked.encode()).hexdigest()[:12])


def state_path(job: Job, piece: Piece) -> Path:
    """Where the state at the begin of a piece lies."""
    return _beside(job, f"state-{piece.mark}-{piece.first}")


def piece_path(job: Job, piece: Piece) -> Path:
    """Where the journal of a piece lies."""
    return _beside(job, f"piece-{piece.mark}-{piece.first}-{piece.last or 'end'}")


def _beside(job: Job, what: str) -> Path:
    journal = journal_path(Path(job.target))
    return journal.with_name(f"{journal.name}.{what}")


def find_states(job: Job, run_options: RunOptions, pieces: tuple[Piece, ...]) -> None:
    """Write the state at the begin of every piece but the first into its file, in their order. Raises members of `errors`."""
    known = list(takewhile(lambda piece: state_path(job, piece).exists(), pieces[1:]))
    wanted = {piece.first: piece for piece in pieces[1 + len(known):]}
    enhancer = Enhancer(engine_of(run_options.engine), run_options.enhance)
    with _opened(job, run_options, enhancer) as source:
        enhancer.state_every = segment_frames(source.info)
        begin = known[-1].first if known else 0
        if known:
            enhancer.restore(state_path(job, known[-1]).read_bytes())
        for frame in SkippedSource(source, begin):
            if not wanted:
                return
            state = enhancer.estimated(frame).state
            if state is not None and (piece := wanted.pop(frame.index + 1, None)) is not None:
                write_in_place(state_path(job, piece), state)


def _opened(job: Job, run_options: RunOptions, enhancer: Enhancer) -> Source:
    source = open_source(job.source, device_decoding(engine_of(run_options.engine), run_options.enhance, run_options.decode))
    enhancer.output_info(source.info)
    return source


def make_piece(job: Job, run_options: RunOptions, piece: Piece, first_piece: Piece) -> int:
    """Encode a piece into its journal; goes on behind what is done of it. Returns the number of its last frame, plus one."""
    encode = replace(run_options.encode, resume=True)
    engine = engine_of(run_options.engine)
    enhancer = Enhancer(engine, run_options.enhance)
    path = piece_path(job, piece)
    wait_until_free(path)
    with _opened(job, run_options, enhancer) as source:
        info = enhancer.output_info(source.info)
        header = fingerprint(Path(job.source), info, engine, run_options.enhance, run_options.decode, encode)
        with closing(_piece_journal(job, path, piece, header, first_piece)) as journal:
            done = journal.progress.frames
            if piece.last is not None and done >= piece.last:
                return done
            enhancer.state_every = header["segment"]
            if done:
                enhancer.restore(journal.progress.state)
            copied = Path(job.source) if info.media_file else None
            with VideoSink(Path(job.target), info, encode, run_options.decode, copied, journal=journal) as film:
                Pipeline(_Part(source, done, piece.last), enhancer, _PieceSink(film, enhancer)).run()
            return journal.progress.frames


def _piece_journal(job: Job, path: Path, piece: Piece, header: dict[str, Any], first_piece: Piece) -> Journal:
    """That of an earlier call, or one that begins with the state of the piece and the encoder of the first piece."""
    if path.exists():
        journal = Journal.open(path)
        if journal.header == header and (journal.progress.frames or not piece.first):
            return journal
        journal.remove()
    if not piece.first:
        return Journal.create(path, header)
    encoding, state = encoding_in(piece_path(job, first_piece)), state_path(job, piece).read_bytes()
    assert encoding is not None, "the first piece is begun before all others"
    journal = Journal.create(path, header)
    journal.append(*encoding)
    journal.commit(Progress(frames=piece.first, state=state))
    return journal


def is_begun(job: Job, first_piece: Piece) -> bool:
    """Whether the first piece has encoded enough to say how all are encoded."""
    path = piece_path(job, first_piece)
    return os.path.exists(path) and encoding_in(path) is not None


class _Part(Source):
    """The frames of a source from one number up to another."""

    def __init__(self, source: Source, first: int, last: int | None) -> None:
        self._source, self.done, self._last = source, first, last
        self.info = source.info

    def __iter__(self) -> Iterator[Frame]:
        for frame in SkippedSource(self._source, self.done) if self.done else self._source:
            yield frame
            if self._last is not None and frame.index + 1 >= self._last:
                return

    def close(self) -> None:
        self._source.close()


class _PieceSink(Sink):
    """A film that is only wanted for what its journal holds."""

    def __init__(self, film: VideoSink, enhancer: Enhancer) -> None:
        self._film, self._enhancer, self._open = film, enhancer, 0
        self.frames = 0

    def write(self, frame: Frame) -> None:
        """Encode one frame."""
        self._film.write(frame)
        self.frames, self._open = self.frames + 1, self._open + 1

    def end_segment(self, state: bytes) -> None:
        """Commit a segment."""
        self._film.end_segment(state)
        self._open = 0

    def finish(self) -> SinkResult:
        """Commit the rest, which is no whole segment at the end of the film."""
        if self._open:
            self.end_segment(self._enhancer.state())
        self._film.discard()
        return SinkResult(None, self.frames)

    def discard(self) -> None:
        """Keep what is committed."""
        self._film.discard()


def join_pieces(job: Job, pieces: tuple[Piece, ...]) -> None:
    """Make the journal of the film out of those of its pieces, which must be complete, and remove these.

    Raises UsageError where they do not fit to each other.
    """
    path = journal_path(Path(job.target))
    wait_until_free(path)
    journals = [Journal.open(piece_path(job, piece)) for piece in pieces]
    try:
        if any(journal.header != journals[0].header for journal in journals):
            raise UsageError(f"The machines work on {job.name} in different ways; give --device, --precision and --backend.")
        if any(before.progress.frames != piece.first for before, (_, piece) in zip(journals, pairwise(pieces), strict=False)):
            raise UsageError(f"The pieces of {job.name} do not follow each other; it has changed. Remove {path}.* to begin anew.")
        with suppress(FileNotFoundError):
            path.unlink()
        with closing(Journal.create(path, journals[0].header)) as whole:
            for record in joined(journals):
                whole.append(*record)
            whole.commit(replace(journals[-1].progress, partials=()))
    finally:
        for journal in journals:
            journal.close()
    remove_pieces(job, pieces)


def remove_pieces(job: Job, pieces: tuple[Piece, ...]) -> None:
    """Delete what was needed only for joining."""
    for piece in pieces:
        state_path(job, piece).unlink(missing_ok=True)
        if piece_path(job, piece).exists():
            journal = Journal.open(piece_path(job, piece))
            journal.remove_partials()
            journal.remove()


def is_divisible(job: Job, run_options: RunOptions) -> bool:
    """Whether the result is a film that pieces can be joined to, and nothing of it was begun in another way."""
    refused = os.path.lexists(job.target) and (run_options.flags.never or not run_options.encode.overwrite)
    begun = os.path.lexists(journal_path(Path(job.target)))
    return kind_of(job.target).resumable and not (refused or begun or run_options.flags.dry_run)
