"""A long film worked on in parts at the same time, with exactly the result of one run from its beginning to its end.

What one frame owes to those before it is the state of the field stages. One pass over the film, with the network but without
applying fields and without encoding, finds that state at the begin of every part (`find_states`). Each part begins with its
state, as a run with --resume goes on (`make_part`), with a journal of its own; the journals are joined to that of the film
(`join_parts`), from which a run with --resume makes the file. Whatever is cut off goes on where it was when it is called again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
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
from dehazer.sinks.film_parts import encoding_in, joined
from dehazer.sinks.video import VideoSink
from dehazer.sources import Source, open_source
from dehazer.sources.skipped import SkippedSource

LONG = 6
"""Segments from which a film is worth being worked on in parts."""


@dataclass(frozen=True)
class FilmPart:
    """Frames `first` to `last`, which does not belong to it; None: to the end of the film.

    mark: of input and options; what lies beside the output under another mark belongs to another run.
    """

    number: int
    first: int
    last: int | None
    mark: str = ""


def planned(info: VideoInfo, machines: int, mark: str = "") -> tuple[FilmPart, ...]:
    """The parts of a film, each of whole segments, two for every machine; none for a short one, or one of unknown length."""
    size = segment_frames(info)
    segments = -(-(info.frames or 0) // size)
    if segments < LONG or machines < 2:
        return ()
    count = min(2 * machines, segments)
    firsts = [segments * number // count * size for number in range(count)]
    ends = [*firsts[1:], None]
    return tuple(FilmPart(number, first, last, mark) for number, (first, last) in enumerate(zip(firsts, ends, strict=True)))


def plan_of(job: Job, run_options: RunOptions, machines: int) -> tuple[FilmPart, ...]:
    """The parts that a job is to be worked on in; none where it is done in one. Raises InputError members."""
    if not is_divisible(job, run_options):
        return ()
    with open_source(job.source, run_options.decode) as source:
        info = source.info
    if not info.media_file or run_options.decode.start or run_options.decode.end:
        return ()  # how many frames a span has is not known beforehand
    options = (run_options.engine, run_options.enhance, run_options.decode, run_options.encode)
    asked = json.dumps([content_mark(Path(job.source)), *map(asdict, options)], sort_keys=True)
    return planned(info, machines, hashlib.sha256(asked.encode()).hexdigest()[:12])


def state_path(job: Job, part: FilmPart) -> Path:
    """Where the state at the begin of a part lies."""
    return _beside(job, f"state-{part.mark}-{part.first}")


def part_path(job: Job, part: FilmPart) -> Path:
    """Where the journal of a part lies."""
    return _beside(job, f"part-{part.mark}-{part.first}-{part.last or 'end'}")


def _beside(job: Job, what: str) -> Path:
    journal = journal_path(Path(job.target))
    return journal.with_name(f"{journal.name}.{what}")


def find_states(job: Job, run_options: RunOptions, parts: tuple[FilmPart, ...]) -> None:
    """Write the state at the begin of every part but the first into its file, in their order. Raises members of `errors`."""
    known = list(takewhile(lambda part: state_path(job, part).exists(), parts[1:]))
    wanted = {part.first: part for part in parts[1 + len(known):]}
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
            if state is not None and (part := wanted.pop(frame.index + 1, None)) is not None:
                write_in_place(state_path(job, part), state)


def _opened(job: Job, run_options: RunOptions, enhancer: Enhancer) -> Source:
    source = open_source(job.source, device_decoding(engine_of(run_options.engine), run_options.enhance, run_options.decode))
    enhancer.output_info(source.info)
    return source


def make_part(job: Job, run_options: RunOptions, part: FilmPart, first_part: FilmPart) -> int:
    """Encode a part into its journal; goes on behind what is done of it. Returns the number of its last frame, plus one."""
    encode = replace(run_options.encode, resume=True)
    engine = engine_of(run_options.engine)
    enhancer = Enhancer(engine, run_options.enhance)
    path = part_path(job, part)
    wait_until_free(path)
    with _opened(job, run_options, enhancer) as source:
        info = enhancer.output_info(source.info)
        header = fingerprint(Path(job.source), info, engine, run_options.enhance, run_options.decode, encode)
        with closing(_part_journal(job, path, part, header, first_part)) as journal:
            done = journal.progress.frames
            if part.last is not None and done >= part.last:
                return done
            enhancer.state_every = header["segment"]
            if done:
                enhancer.restore(journal.progress.state)
            copied = Path(job.source) if info.media_file else None
            with VideoSink(Path(job.target), info, encode, run_options.decode, copied, journal=journal) as film:
                Pipeline(_FramesOfPart(source, done, part.last), enhancer, _PartSink(film, enhancer)).run()
            return journal.progress.frames


def _part_journal(job: Job, path: Path, part: FilmPart, header: dict[str, Any], first_part: FilmPart) -> Journal:
    """That of an earlier call, or one that begins with the state of the part and the encoder of the first part."""
    if path.exists():
        journal = Journal.open(path)
        if journal.header == header and (journal.progress.frames or not part.first):
            return journal
        journal.remove()
    if not part.first:
        return Journal.create(path, header)
    encoding, state = encoding_in(part_path(job, first_part)), state_path(job, part).read_bytes()
    assert encoding is not None, "the first part is begun before all others"
    journal = Journal.create(path, header)
    journal.append(*encoding)
    journal.commit(Progress(frames=part.first, state=state))
    return journal


def is_begun(job: Job, first_part: FilmPart) -> bool:
    """Whether the first part has encoded enough to say how all are encoded."""
    path = part_path(job, first_part)
    return os.path.exists(path) and encoding_in(path) is not None


class _FramesOfPart(Source):
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


class _PartSink(Sink):
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


def join_parts(job: Job, parts: tuple[FilmPart, ...]) -> None:
    """Make the journal of the film out of those of its parts, which must be complete, and remove these.

    Raises UsageError where they do not fit to each other.
    """
    path = journal_path(Path(job.target))
    wait_until_free(path)
    journals = [Journal.open(part_path(job, part)) for part in parts]
    try:
        if any(journal.header != journals[0].header for journal in journals):
            raise UsageError(f"The machines work on {job.name} in different ways; give --device, --precision and --backend.")
        if any(before.progress.frames != part.first for before, (_, part) in zip(journals, pairwise(parts), strict=False)):
            raise UsageError(f"The parts of {job.name} do not follow each other; it has changed. Remove {path}.* to begin anew.")
        with suppress(FileNotFoundError):
            path.unlink()
        with closing(Journal.create(path, journals[0].header)) as whole:
            for record in joined(journals):
                whole.append(*record)
            whole.commit(replace(journals[-1].progress, partials=()))
    finally:
        for journal in journals:
            journal.close()
    remove_parts(job, parts)


def remove_parts(job: Job, parts: tuple[FilmPart, ...]) -> None:
    """Delete what was needed only for joining."""
    for part in parts:
        state_path(job, part).unlink(missing_ok=True)
        if part_path(job, part).exists():
            journal = Journal.open(part_path(job, part))
            journal.remove_partials()
            journal.remove()


def remove_foreign_parts(job: Job) -> None:
    """Delete what runs with another input or other options left beside the output: the film is complete. Those in use stay."""
    journal = journal_path(Path(job.target))
    for path in journal.parent.iterdir():
        if re.fullmatch(re.escape(journal.name) + r"\.state-[0-9a-f]*-\d+", path.name):
            path.unlink(missing_ok=True)
        elif re.fullmatch(re.escape(journal.name) + r"\.part-[0-9a-f]*-\d+-(\d+|end)", path.name):
            with suppress(UsageError):  # another run works on it, or it is damaged
                left = Journal.open(path)
                left.remove_partials()
                left.remove()


def is_divisible(job: Job, run_options: RunOptions) -> bool:
    """Whether the result is a film that parts can be joined to, and nothing of it was begun in another way."""
    refused = os.path.lexists(job.target) and (run_options.flags.never or not run_options.encode.overwrite)
    begun = os.path.lexists(journal_path(Path(job.target)))
    return kind_of(job.target).resumable and not (refused or begun or run_options.flags.dry_run)
