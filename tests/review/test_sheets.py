"""Snapshot pairs of the paused picture and contact sheets of a span."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PIL import Image

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.errors import Cancelled, InputError, OutputExistsError
from dehazer.frames.rgb import packed_rgb
from dehazer.review.contact_sheet import PAGE, SheetRequest, save_contact_sheet
from dehazer.review.export_context import ExportContext
from dehazer.review.export_control import ExportControl
from dehazer.review.playback_state import ReviewedFrame
from dehazer.review.recording import Recording
from dehazer.review.review_snapshot import save_reviewed_pair
from dehazer.sources.file import FileSource
from tests.review.footage import Recordings, at, record, span

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return record(tmp_path_factory.mktemp("gate") / "gate.mp4", "Gate / North")


@pytest.fixture(scope="module")
def context(gate: Recording) -> ExportContext:
    return ExportContext(Recordings((gate,)), Engine(EngineOptions(device="cpu")), BERLIN)


def test_a_pair_is_named_by_camera_and_footage_time(gate: Recording, context: ExportContext, tmp_path: Path) -> None:
    enhancer = Enhancer(context.engine, EnhanceOptions(strength=0))
    with FileSource(gate.path) as source:
        frame = list(source)[13]
    shown = ReviewedFrame(enhancer(frame), gate, at(0.52), 13, exact=True)
    original, dehazed, note = save_reviewed_pair(shown, tmp_path, BERLIN, {"engine": context.engine.describe()})
    assert original.name == "Gate-North-20260131-130000-520-original.png"
    assert (dehazed.name, note.name) == ("Gate-North-20260131-130000-520-dehazed.png", "Gate-North-20260131-130000-520.json")
    about = json.loads(note.read_text("utf-8"))
    assert (about["captured"], about["frame_number"], about["recording"]) == ("2026-01-31T12:00:00.520+00:00", 13, str(gate.path))
    with Image.open(original) as picture:
        assert np.array_equal(np.asarray(picture), packed_rgb(frame))


def test_a_pair_stands_upright(gate: Recording, context: ExportContext, tmp_path: Path) -> None:
    with FileSource(gate.path) as source:
        moment = Enhancer(context.engine, EnhanceOptions())(next(iter(source)))
    shown = ReviewedFrame(moment, gate, at(0), 0, exact=True, rotation=90.0)
    with Image.open(save_reviewed_pair(shown, tmp_path, BERLIN)[1]) as picture:
        assert picture.size == (64, 96)


def test_a_sheet_shows_the_moments_of_the_span(context: ExportContext, tmp_path: Path) -> None:
    """Two moments beside each other: the pictures at a quarter and at three quarters of the span, as they are."""
    target = save_contact_sheet(SheetRequest(("Gate / North",), span(0, 1), tmp_path / "sheet.png", 2, None), context)
    with FileSource(context.library.of("Gate / North")[0].path) as source:
        frames = [packed_rgb(frame) for frame in source]
    with Image.open(target) as page:
        assert page.size == PAGE
        pixels = np.asarray(page.convert("RGB"), float)
    width = (PAGE[0] - 180 - 24) // 2
    for number, expected in enumerate((6, 18)):
        left = 90 + number * (width + 24)
        shown = pixels[240 : 240 + round(width * 64 / 96), left : left + width]
        small = np.asarray(Image.fromarray(shown.astype(np.uint8)).resize((96, 64), Image.Resampling.BOX), float)
        assert int(np.argmin([np.abs(small - frame).mean() for frame in frames])) == expected


def test_gaps_and_unknown_cameras_are_empty_cells(context: ExportContext, tmp_path: Path) -> None:
    target = save_contact_sheet(SheetRequest(("Gate / North", "Yard"), span(1, 4), tmp_path / "sheet.jpg", 3), context)
    with Image.open(target) as page:
        assert (page.format, page.size) == ("JPEG", PAGE)


def test_what_cannot_be_a_sheet_is_one_sentence(context: ExportContext, tmp_path: Path) -> None:
    request = SheetRequest(("Gate / North",), span(50, 60), tmp_path / "sheet.png")
    with pytest.raises(InputError, match="no recording of any of these cameras"):
        save_contact_sheet(request, context)
    (tmp_path / "sheet.png").write_text("mine")
    with pytest.raises(OutputExistsError):
        save_contact_sheet(request, context)
    control = ExportControl()
    control.cancel()
    with pytest.raises(Cancelled):
        save_contact_sheet(SheetRequest(("Gate / North",), span(0, 1), tmp_path / "new.png"), context, control)
    assert not (tmp_path / "new.png").exists()
