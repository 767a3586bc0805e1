"""What a film gets beside its frames and what is copied from its input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True)
class CopiedSpan:
    """Which part of an input is carried over: packets with start ≤ time < end, moved by `shift`. All in seconds.

    None: unlimited. shift is added to every time stamp.
    """

    start: Fraction | None = None
    end: Fraction | None = None
    shift: Fraction = Fraction(0)


@dataclass(frozen=True)
class FilmChapter:
    """A chapter of the output. start, end: seconds from its first frame."""

    start: Fraction
    end: Fraction
    title: str


@dataclass(frozen=True)
class FollowingFile:
    """A file whose sound goes on where that of the one before ended. span: shifted to the times of the frames as given."""

    path: Path
    span: CopiedSpan


def _no_file() -> FollowingFile | None:
    return None


@dataclass(frozen=True)
class Additions:
    """tags: descriptions of the file; the input's own win. chapters: in place of the input's own, where any are given.

    following: asked in the writing thread whenever the sound so far has ended; None for "none yet". keep_partial: whether what
    was written until a failure stays under its partial name.
    """

    tags: Mapping[str, str] = field(default_factory=dict)
    chapters: tuple[FilmChapter, ...] = ()
    following: Callable[[], FollowingFile | None] = _no_file
    keep_partial: bool = True
