"""Exports of every kind of film that cameras and recorders write, damaged ones among them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dehazer.config import EncodeOptions, EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.review.export_context import ExportContext, Product
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import NO_BURN_IN, ExportKind, ExportRequest
from dehazer.review.exporters import EXPORTERS
from dehazer.review.probe import probe
from dehazer.review.recording import Recording
from dehazer.review.span import Span
from dehazer.sources.file import FileSource
from tests.review.films import DAMAGED, FILMS, make_film
from tests.review.footage import Recordings, at

Times = list[tuple[float, tuple[np.ndarray, ...]]]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(EngineOptions(device="cpu"))


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def recording_of(path: Path) -> Recording:
    facts = probe(path)
    return Recording(path, "Gate", at(0), facts.duration, "name", path.stat().st_size, path.stat().st_mtime_ns)


def pictures(path: Path) -> Times:
    """Seconds since the first picture, and planes, of every picture in a film."""
    with FileSource(path) as source:
        zero = source.zero * source.info.time_base
        return [(float((frame.pts or 0) * frame.time_base - zero), frame.planes) for frame in source]


def export(kind: ExportKind, path: Path, marks: tuple[float, float], target: Path, engine: Engine) -> Product:
    span = Span(at(marks[0]), at(marks[1]))
    request = ExportRequest(kind, ("Gate",), span, target, {"Gate": EnhanceOptions(strength=0)}, NO_BURN_IN,
                            EncodeOptions(codec=None if kind == "original" else "ffv1"))
    target.parent.mkdir(exist_ok=True)
    (made,) = EXPORTERS[kind](request, target.parent, ExportContext(Recordings((recording_of(path),)), engine), ExportControl())
    return made


def same(one: tuple[np.ndarray, ...], other: tuple[np.ndarray, ...]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", FILMS)
def test_dehazed_frames_are_those_between_the_marks(films: Path, name: str, tmp_path: Path, engine: Engine) -> None:
    path = make_film(films, name)
    all_pictures = pictures(path)
    first, behind = 17, len(all_pictures) - 9
    made = export("dehazed", path, (all_pictures[first][0], all_pictures[behind][0]), tmp_path / "work" / "out.mkv", engine)
    assert [check for check in made.checks if check.verdict == "FAIL"] == []
    found = pictures(made.path)
    assert len(found) == behind - first
    assert all(same(a, b) for (_, a), (_, b) in zip(all_pictures[first:behind], found, strict=True))
    moved = [time - found[number][0] for number, (time, _) in enumerate(all_pictures[first:behind])]
    assert max(moved) - min(moved) < 0.0021  # Matroska's milliseconds on both sides


@pytest.mark.parametrize("name", FILMS)
def test_the_original_holds_every_picture_between_the_marks(films: Path, name: str, tmp_path: Path, engine: Engine) -> None:
    path = make_film(films, name)
    all_pictures = pictures(path)
    first, behind = 17, len(all_pictures) - 9
    marks = all_pictures[first][0], all_pictures[behind][0]
    made = export("original", path, marks, tmp_path / "work" / f"out{path.suffix}", engine)
    assert [check for check in made.checks if check.verdict == "FAIL"] == []
    found = [planes for _, planes in pictures(made.path)]
    start = next(number for number, planes in enumerate(found) if same(planes, all_pictures[first][1]))
    assert all(same(a, b) for (_, a), b in zip(all_pictures[first:behind], found[start:], strict=False))
    assert len(found) - start >= behind - first


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_said_and_never_hidden(films: Path, name: str, tmp_path: Path, engine: Engine) -> None:
    path = make_film(films, name)
    recording = recording_of(path)
    made = export("dehazed", path, (0.2, recording.duration + 1), tmp_path / "work" / "out.mkv", engine)
    assert [check for check in made.checks if check.verdict == "FAIL"] == []
    assert made.notes
    copied = export("original", path, (0.2, recording.duration + 1), tmp_path / "copy" / f"out{path.suffix}", engine)
    assert [check for check in copied.checks if check.verdict == "FAIL"] == []
