"""Exports: exact to the frame, over several recordings and gaps, stated honestly, and checked against the recordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from dehazer.config import EncodeOptions, EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.errors import InputError, UsageError
from dehazer.review.bookmarks import Bookmarks
from dehazer.review.burn_in import clock_text, labels_of
from dehazer.review.export_check import ExpectedFilm, check_computed
from dehazer.review.export_context import ExportContext, Product
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import NO_BURN_IN, BurnIn, ExportRequest
from dehazer.review.exporters import EXPORTERS
from dehazer.review.original_check import check_original
from dehazer.review.original_export import export_original
from dehazer.review.recording import Recording
from dehazer.review.span import Span
from dehazer.sources.file import FileSource
from dehazer.stages.labels import draw
from tests.review.footage import Recordings, at, record, span

LOSSLESS = EncodeOptions(codec="ffv1")
NOTHING = EnhanceOptions(strength=0.0)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(EngineOptions(device="cpu"))


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, ...]:
    """Two recordings of two seconds that follow each other, and one behind a gap, in another file type."""
    folder = tmp_path_factory.mktemp("gate")
    return (record(folder / "1.mp4"), record(folder / "2.mp4", start=2), record(folder / "3.mkv", start=20))


def export(request: ExportRequest, work: Path, engine: Engine, recordings: tuple[Recording, ...],
           bookmarks: Bookmarks | None = None) -> list[Product]:
    """Make it, in a folder."""
    work.mkdir(exist_ok=True)
    context = ExportContext(Recordings(recordings), engine, bookmarks=bookmarks)
    return EXPORTERS[request.kind](request, work, context, ExportControl())


def planes(path: Path) -> list[tuple[np.ndarray, ...]]:
    """Every picture of a film."""
    with FileSource(path) as source:
        return [tuple(plane.copy() for plane in frame.planes) for frame in source]


def same(one: tuple[np.ndarray, ...], other: tuple[np.ndarray, ...]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def failed(products: list[Product]) -> list[object]:
    return [check for product in products for check in product.checks if check.verdict == "FAIL"]


def marks_of(rate: Fraction, first: int, behind: int) -> Span:
    """The span of the frames from `first` on up to before `behind`, as marks are set: at times rounded to microseconds."""
    return Span(at(float(first / rate)), at(float(behind / rate)))


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30000, 1001), Fraction(7)])
@pytest.mark.parametrize(("first", "behind"), [(0, 1), (1, 2), (2, 30), (13, 14), (29, 41)])
def test_in_and_out_are_exact_to_the_frame(tmp_path: Path, engine: Engine, rate: Fraction, first: int, behind: int) -> None:
    one = record(tmp_path / "one.mp4", rate=rate, time_base=1 / (rate * 100), frames=45, sounds=())
    marks = marks_of(rate, first, behind)
    request = ExportRequest("dehazed", ("Gate",), marks, tmp_path / "out.mkv", {"Gate": NOTHING}, NO_BURN_IN, LOSSLESS)
    made = export(request, tmp_path / "work", engine, (one,))
    assert failed(made) == []
    expected = planes(one.path)[first:behind]
    found = planes(made[0].path)
    assert len(found) == len(expected)
    assert all(same(a, b) for a, b in zip(expected, found, strict=True))


def test_several_recordings_become_one_film_with_every_frame(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    marks = Bookmarks()
    marks.add("Gate", span(1.0, 1.5), "Lorry")
    marks.add("Yard", span(1.0, 1.5), "Not this camera")
    request = ExportRequest("dehazed", ("Gate",), span(0.4, 20.8), tmp_path / "out.mkv", {"Gate": NOTHING}, NO_BURN_IN, LOSSLESS)
    made = export(request, tmp_path / "work", engine, gate, marks)
    assert failed(made) == []
    expected = [*planes(gate[0].path)[10:], *planes(gate[1].path), *planes(gate[2].path)[:20]]
    found = planes(made[0].path)
    assert len(found) == len(expected) == 110
    assert all(same(a, b) for a, b in zip(expected, found, strict=True))
    assert any("no recording from 2026-01-31 12:00:04 to 12:00:20 UTC (16.0 s)" in note for note in made[0].notes)
    with av.open(str(made[0].path)) as film:
        times = sorted(packet.pts * packet.time_base for packet in film.demux(film.streams.video[0]) if packet.size)
        titles = [(round(float(c["start"] * c["time_base"]), 2), c["metadata"]["title"]) for c in film.chapters()]
        assert film.metadata["title"] == "Gate: dehazed (enhanced picture)"
    assert {b - a for a, b in pairwise(times)} == {Fraction(1, 25)}
    assert titles == [(0.0, "Beginning"), (0.6, "Lorry"), (3.6, "after a gap")]


def test_sound_goes_on_over_the_seam(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    request = ExportRequest("dehazed", ("Gate",), span(0.4, 3.6), tmp_path / "out.mp4")
    made = export(request, tmp_path / "work", engine, gate)
    assert [check.verdict for check in made[0].checks if check.property == "sound"] == ["PASS"]
    with av.open(str(made[0].path)) as film:
        heard = sum(frame.samples for frame in film.decode(film.streams.audio[0]))
    assert heard / 48000 == pytest.approx(3.2, abs=0.1)


def test_the_original_begins_at_its_key_frame_and_says_so(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    request = ExportRequest("original", ("Gate",), span(0.6, 3.0), tmp_path / "out.mp4")
    made = export(request, tmp_path / "work", engine, gate)
    assert failed(made) == []
    assert [product.name for product in made] == ["out-1.mp4", "out-2.mp4"]
    assert "out-1.mp4 begins 0.2 s before the in point, at the key frame that its pictures need." in made[0].notes
    assert any("2 recordings" in note for note in made[0].notes)
    expected = planes(gate[0].path)[10:]
    assert all(same(a, b) for a, b in zip(expected, planes(made[0].path), strict=True))
    assert [check.found for check in made[0].checks if check.property == "content"] == ["every byte"]


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".ts", ".avi", ".mov"])
@pytest.mark.parametrize("target", [".mkv", None])
def test_the_original_of_every_file_type_is_the_same_pictures(tmp_path: Path, engine: Engine, suffix: str,
                                                              target: str | None) -> None:
    one = record(tmp_path / f"one{suffix}", options={"bf": "0" if suffix == ".avi" else "2", "g": "12"})
    request = ExportRequest("original", ("Gate",), span(0.72, 1.32), tmp_path / f"out{target or suffix}")
    (made,) = export(request, tmp_path / "work", engine, (one,))
    assert failed([made]) == []
    source, result = planes(one.path), planes(made.path)
    assert any(same(source[18], picture) for picture in result)
    assert same(source[12], result[0])


def test_side_by_side_is_twice_as_wide_and_named_by_camera(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    yard = record(tmp_path / "yard.mp4", "Yard / North", start=0.5, rotation=90)
    request = ExportRequest("side", ("Gate", "Yard / North"), span(0.6, 1.4), tmp_path / "out.mp4")
    made = export(request, tmp_path / "work", engine, (*gate, yard))
    assert failed(made) == []
    assert [product.name for product in made] == ["out-Gate.mp4", "out-Yard-North.mp4"]
    with FileSource(made[0].path) as film, FileSource(made[1].path) as turned:
        assert (film.info.width, film.info.height) == (192, 64)
        assert (turned.info.width, turned.info.height, turned.info.rotation) == (96, 128, 90)


def test_pictures_are_named_by_camera_and_footage_time(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    request = ExportRequest("pictures", ("Gate",), span(1.92, 2.04), tmp_path / "pictures")
    made = export(request, tmp_path / "work", engine, gate)
    assert failed(made) == []
    assert sorted(path.name for path in made[0].path.iterdir()) == [
        "Gate-20260131-120001-920-000001.png", "Gate-20260131-120001-960-000002.png", "Gate-20260131-120002-000-000003.png"]


def test_a_mosaic_shows_the_same_instant_of_every_camera(tmp_path: Path, engine: Engine) -> None:
    """The smooth test picture is known by its luma; camera B started three frames later and runs at half the rate."""
    one = record(tmp_path / "a.mp4", "A", sounds=(), options={"qp": "0"})
    two = record(tmp_path / "b.mp4", "B", start=0.12, rate=Fraction(25, 2), frames=20, sounds=(), options={"qp": "0"})
    options = {"A": NOTHING, "B": NOTHING}
    request = ExportRequest("mosaic", ("A", "B", "C"), span(0, 2.0), tmp_path / "out.mkv", options, NO_BURN_IN, LOSSLESS)
    (made,) = export(request, tmp_path / "work", engine, (one, two))
    assert failed([made]) == []
    found, first, second = planes(made.path), planes(one.path), planes(two.path)
    assert len(found) == 50
    assert any("no recordings of C" in note for note in made.notes)
    for number, picture in enumerate(found):
        luma = picture[0].astype(float)
        assert nearest(luma[:64, :96], first) == number
        if 3 <= number < 43:
            assert nearest(luma[:64, 96:], second) == (number - 3) // 2


def nearest(tile: np.ndarray, film: list[tuple[np.ndarray, ...]]) -> int:
    """Number of the picture that is most like a tile."""
    return int(np.argmin([np.abs(tile - picture[0]).mean() for picture in film]))


def test_labels_change_nothing_but_what_lies_under_them(tmp_path: Path, engine: Engine) -> None:
    one = record(tmp_path / "one.mp4", width=320, height=240, sounds=())
    request = ExportRequest("dehazed", ("Gate",), span(0, 0.4), tmp_path / "out.mkv", {"Gate": NOTHING}, BurnIn(), LOSSLESS)
    (made,) = export(request, tmp_path / "work", engine, (one,))
    for before, after in zip(planes(one.path), planes(made.path), strict=False):
        changed = before[0] != after[0]
        assert changed[:30, 200:].any()
        assert changed[210:, :200].any()
        assert not changed[40:200].any()
        assert not changed[:40, :100].any()


@pytest.mark.parametrize("rotation", [90.0, 180.0, 270.0])
def test_labels_stand_upright_in_the_picture_as_it_is_shown(tmp_path: Path, rotation: float) -> None:
    one = record(tmp_path / "one.mp4", width=320, height=240, frames=1, sounds=())
    with FileSource(one.path) as source:
        frame = next(iter(source))
    turns = round(rotation / 90)
    shown = replace(frame, planes=tuple(np.ascontiguousarray(np.rot90(plane, turns)) for plane in frame.planes),
                    height=frame.width if turns % 2 else frame.height, width=frame.height if turns % 2 else frame.width)
    labels = labels_of(BurnIn(), "dehazed", "Gate", "2026-01-31 13:00:00.040 CET +01:00")
    turned, upright = draw(frame, labels, rotation), draw(shown, labels)
    assert all(np.array_equal(np.rot90(a, turns), b) for a, b in zip(turned.planes, upright.planes, strict=True))
    assert not np.array_equal(turned.planes[0], frame.planes[0])


def test_the_clock_says_its_zone() -> None:
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    assert clock_text(at(0.04), berlin) == "2026-01-31 13:00:00.040 CET +01:00"
    assert clock_text(at(0), berlin, "modified").endswith(" (file date)")
    twice = [clock_text(at(0).replace(month=10, day=25, hour=hour), berlin) for hour in (0, 1)]
    assert twice == ["2026-10-25 02:00:00.000 CEST +02:00", "2026-10-25 02:00:00.000 CET +01:00"]


def test_no_recording_in_the_span_is_a_sentence(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    request = ExportRequest("dehazed", ("Gate",), span(100, 101), tmp_path / "out.mp4")
    with pytest.raises(InputError, match="no recording of Gate in the chosen span"):
        export(request, tmp_path / "work", engine, gate)
    with pytest.raises(InputError, match="no recordings of Yard"):
        export(replace(request, cameras=("Yard",)), tmp_path / "work", engine, gate)


def test_a_recording_that_is_gone_is_a_sentence(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    gone = replace(gate[1], path=tmp_path / "gone.mp4")
    request = ExportRequest("dehazed", ("Gate",), span(0, 3), tmp_path / "out.mp4")
    with pytest.raises(InputError, match=r"A recording of Gate cannot be exported: .*gone.mp4 does not exist"):
        export(request, tmp_path / "work", engine, (gate[0], gone))


@pytest.mark.parametrize(("values", "sentence"), [
    ({"cameras": ()}, "at least one camera"), ({"cameras": ("A", "A")}, "each only once"), ({"span": span(1, 1)}, "empty"),
    ({"target": Path("out.txt")}, "no film that can be written"), ({"kind": "pictures"}, "must be a folder"),
    ({"kind": "evidence"}, "must be a ZIP file"), ({"kind": "nothing"}, "choose one of: dehazed"),
    ({"kind": "mosaic", "cameras": tuple("ABCDEFGHIJ")}, "at most 9")])
def test_an_impossible_request_says_why(values: dict[str, object], sentence: str) -> None:
    good: dict[str, object] = {"kind": "dehazed", "cameras": ("Gate",), "span": span(0, 1), "target": Path("out.mp4")}
    with pytest.raises(UsageError, match=sentence):
        ExportRequest(**{**good, **values})  # type: ignore[arg-type]


def shortened(path: Path, target: Path) -> Path:
    """The film without its last pictures."""
    with av.open(str(path)) as film, av.open(str(target), "w") as out:
        stream = out.add_stream_from_template(film.streams.video[0])
        packets = [packet for packet in film.demux(film.streams.video[0]) if packet.size][:-3]
        for packet in packets:
            packet.stream = stream
            out.mux(packet)
    return target


def test_the_check_sees_missing_pictures(tmp_path: Path, engine: Engine, gate: tuple[Recording, ...]) -> None:
    request = ExportRequest("dehazed", ("Gate",), span(0.4, 1.6), tmp_path / "out.mkv", encode=LOSSLESS)
    (made,) = export(request, tmp_path / "work", engine, gate)
    footage = ExportContext(Recordings(gate), engine).footage(request, "Gate")
    checks = check_computed(shortened(made.path, tmp_path / "short.mkv"), ExpectedFilm(footage, (96, 64), "ffv1"))
    assert {check.property for check in checks if check.verdict == "FAIL"} >= {"frames"}
    original = export_original(replace(request, kind="original"), footage, tmp_path / "original.mkv", ExportControl())[0]
    assert [check.verdict for check in check_original(original)] == ["PASS"] * 4
    short = replace(original, path=shortened(original.path, tmp_path / "short-original.mkv"))
    assert {check.property for check in check_original(short) if check.verdict == "FAIL"} >= {"packets", "frames"}


@pytest.fixture
def read_only(gate: tuple[Recording, ...]) -> Iterator[tuple[Recording, ...]]:
    folder = gate[0].path.parent
    for path in (*folder.iterdir(), folder):
        path.chmod(path.stat().st_mode & ~0o222)
    yield gate
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)


def test_recordings_are_only_ever_read(tmp_path: Path, engine: Engine, read_only: tuple[Recording, ...]) -> None:
    before = {one.path: (one.path.read_bytes(), one.path.stat().st_mtime_ns) for one in read_only}
    for kind, name in (("dehazed", "a.mp4"), ("original", "b.mp4"), ("side", "c.mp4"), ("pictures", "d"), ("mosaic", "e.mp4")):
        request = ExportRequest(kind, ("Gate",), span(1.9, 2.1), tmp_path / name)  # type: ignore[arg-type]
        assert failed(export(request, tmp_path / "work", engine, read_only)) == []
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert read_only[0].end == at(0) + timedelta(seconds=read_only[0].duration)
