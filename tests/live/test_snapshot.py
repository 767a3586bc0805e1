"""Snapshots: a pair of pictures with everything that explains them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dehazer.engine.engine import Engine
from dehazer.errors import OutputError, UsageError
from dehazer.field.haze_field import HazeMeter
from dehazer.frames.frame import VideoInfo
from dehazer.frames.rgb import packed_rgb
from dehazer.live.session import LiveSession
from dehazer.live.snapshot import save_pair
from tests.live.moments import moment
from tests.moments import moment_of
from tests.pictures import random_frame


def test_a_snapshot_is_a_pair_with_everything_that_explains_it(tmp_path: Path) -> None:
    frame = random_frame("yuv420p", 24, 32, captured=None)
    result = frame.with_planes((frame.planes[0] // 2, *frame.planes[1:]))
    instant = moment_of(frame, result, HazeMeter(0.5, 0.25), (1, 2))
    info = VideoInfo(32, 24, frame.format, rotation=90.0)
    secret = "rtsp://me:s3cr3t@cam.example/live"
    original, dehazed, note = save_pair(instant, tmp_path / "new folder", secret, info, {"strength": 80})
    assert [p.name.split("-2")[0] for p in (original, dehazed, note)] == ["cam.example-live"] * 3
    pixels = np.asarray(Image.open(original))
    assert np.array_equal(pixels, np.rot90(packed_rgb(frame)))
    assert pixels.shape == (32, 24, 3)
    assert np.array_equal(np.asarray(Image.open(dehazed)), np.rot90(packed_rgb(instant.result)))
    about = json.loads(note.read_text("utf-8"))
    assert about["strength"] == 80
    assert about["haze"] == 0.5
    assert about["software"].startswith("dehazer ")
    assert about["sha256"] == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (original, dehazed)}
    texts = Image.open(dehazed).text  # type: ignore[attr-defined]
    assert texts["Title"] == "dehazed (enhanced picture)"
    assert json.loads(texts["Description"])["visibility"] == 0.25
    assert "s3cr3t" not in note.read_text("utf-8") + str(texts)
    assert {p.suffix for p in note.parent.iterdir()} == {".png", ".json"}


def test_a_snapshot_into_nowhere_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        save_pair(moment(), tmp_path / "file", "cam", VideoInfo(32, 24, moment().original.format), {})


def test_nothing_to_save_yet(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no picture to save yet"):
        LiveSession("rtsp://cam/x", engine).save_snapshot(tmp_path)
