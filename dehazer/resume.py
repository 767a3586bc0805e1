"""Going on where an interrupted run stopped: what a journal belongs to, and what it is refused for.

A run with `--resume` works in segments of SEGMENT_SECONDS. Behind each, the packets of its pictures, the state of the field
stages and the number of frames are committed to a journal beside the output (OUT.resume). The next run with the same line
reads the input from its beginning, drops the frames that are done, takes their packets from the journal, and goes on; so the
finished file does not depend on where, or how often, it was interrupted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dehazer.config import Checked, DecodeOptions, EncodeOptions, EnhanceOptions, options_of
from dehazer.engine.engine import Engine
from dehazer.errors import InputError, UsageError
from dehazer.files.journal import Journal
from dehazer.files.pictures import pictures_in
from dehazer.frames.frame import VideoInfo

SEGMENT_SECONDS = 10.0
"""Of film: what is lost at most. Each segment begins with a key frame, which x264 sets as often by itself."""
_SAMPLES, _SAMPLE = 64, 1 << 16
"""Pieces of the input that are compared, and bytes of each: a file of up to 4 MiB is compared whole."""
_LONGEST_NAME = 190
"""Bytes of an output's name that its journal bears as they are: file systems take 255, and parts of a film add to it."""
_WHAT = {"version": "with another version", "input": "from another input, or the input has changed since",
         "network": "with another network", "options": "with other options", "segment": "for another frame rate"}


def journal_path(target: Path) -> Path:
    """Where the journal of an output lies: clear.mp4.resume; of a very long name, its beginning and a mark of all of it."""
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        mark = f"-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"
        while len(os.fsencode(name)) > _LONGEST_NAME - len(mark):
            name = name[:-1]
        name += mark
    return target.with_name(f"{name}.resume")


def forget_finished(target: Path) -> None:
    """Remove what a run left that was killed between giving `target` its name and tidying up. Raises UsageError, OutputError."""
    if (journal := _finished(target)) is not None:
        journal.remove_partials()
        journal.remove()


def is_finished(target: Path) -> bool:
    """Whether there is something for `forget_finished`. Raises UsageError, OutputError."""
    if (journal := _finished(target)) is None:
        return False
    journal.close()
    return True


def _finished(target: Path) -> Journal | None:
    """The journal beside `target`, open, if `target` is the film that it was for."""
    path = journal_path(target)
    if not (os.path.isfile(target) and os.path.isfile(path)):
        return None
    journal, found = Journal.open(path), target.stat()
    if journal.progress.complete == (found.st_ino, found.st_size):
        return journal
    journal.close()
    return None


@contextmanager
def resumable(source: Path, target: Path, info: VideoInfo, engine: Engine, *, enhance: EnhanceOptions, decode: DecodeOptions,
              encode: EncodeOptions) -> Iterator[Journal]:
    """The journal of a run, that of an interrupted one if it is there; closed at the end, removed if nothing is in it.

    Raises UsageError for an input that cannot be read again and for a journal that belongs to something else, each with one
    sentence; OutputError.
    """
    if not source.exists():  # standard input, a camera, an address, a rendered scene
        raise UsageError(f"--resume needs a file or a folder as its input, which can be read again; {source} is none.")
    expected = fingerprint(source, info, engine, enhance, decode, encode)
    path = journal_path(target)
    journal = Journal.open(path) if os.path.lexists(path) else Journal.create(path, expected)
    try:
        _check(journal, expected)
        yield journal
    finally:
        if journal.header == expected and journal.progress.frames == 0:
            journal.remove()
        else:
            journal.close()


def fingerprint(source: Path, info: VideoInfo, engine: Engine, *options: Checked) -> dict[str, Any]:
    """Everything that decides what the output will be, as JSON gives it back."""
    network = engine.describe() | {"sha256": engine.card.sha256}
    own = import_module("dehazer").__version__  # the package itself may not be imported from inside
    return {"version": f"dehazer {own}, av {version('av')}", "input": content_mark(source), "network": network,
            "options": {option.flag: asdict(kind)[name] for kind in options for name, option in options_of(kind).items()},
            "segment": segment_frames(info)}


def segment_frames(info: VideoInfo) -> int:
    """Frames of a segment."""
    return max(1, round(SEGMENT_SECONDS * float(info.rate or 25)))


def content_mark(path: Path) -> dict[str, Any]:
    """What a film, or a folder of pictures, is known by: sizes, and a hash of samples spread over it. Raises InputError."""
    digest = hashlib.sha256()
    try:
        files = pictures_in(path) if path.is_dir() else [path]
        for file in files:
            digest.update(os.fsencode(file.name) if len(files) > 1 else b"")
            _add_samples(digest, file, max(1, _SAMPLES // len(files)))
        return {"files": len(files), "size": sum(file.stat().st_size for file in files), "sha256": digest.hexdigest()}
    except OSError as error:
        raise InputError(f"{path} cannot be read.", str(error)) from error


def _add_samples(digest: Any, path: Path, count: int) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        for number in range(count):
            file.seek(max(number * _SAMPLE if size <= count * _SAMPLE else number * (size - _SAMPLE) // max(1, count - 1), 0))
            digest.update(file.read(_SAMPLE))


def _check(journal: Journal, expected: Mapping[str, Any]) -> None:
    for name, words in _WHAT.items():
        before, now = journal.header.get(name), expected[name]
        if before != now:
            raise UsageError(f"{journal.path} was begun {words}{_difference(before, now)}; go on as it was begun, or remove it "
                             "to begin anew.")


def _difference(before: Any, now: Any) -> str:
    """In brackets, what differs; the first of several."""
    if not (isinstance(before, dict) and isinstance(now, dict)):
        return f" ({before}, now {now})"
    name = next(name for name in now if before.get(name) != now[name])
    return f" ({name}: {_shown(before.get(name))}, now {_shown(now[name])})"


def _shown(value: Any) -> str:
    return "not given" if value is None else str(value)[:12] if len(str(value)) == 64 else str(value)
