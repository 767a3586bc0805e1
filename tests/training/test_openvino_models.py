"""The OpenVINO models beside the packaged weights answer as torch does; INT8 within what eyes and scores allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dehazer.config import EngineOptions
from dehazer.engine import openvino_library
from dehazer.engine.engine import Engine
from dehazer.errors import WeightsError
from dehazer.files.sample import SAMPLE_CLIP
from dehazer.frames.frame import frame_from_rgb
from dehazer.models.registry import model_spec
from dehazer.models.weights import find_weights, packaged_weights, ready_files, ready_model
from dehazer.sources.file import FileSource
from training.openvino_export import LIMITS

DATA = Path(__file__).parents[3] / "shared" / "data"
SPEC = model_spec("field")
SETS = packaged_weights(SPEC)
FORMS = {"float": "fp32", "int8": "int8"}
Picture = NDArray[np.uint8]

pytestmark = [
    pytest.mark.skipif(not openvino_library.available(), reason="OpenVINO is not installed"),
    pytest.mark.skipif(not SETS, reason="the packaged weights are not there"),
]
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the test data are not beside the repository")


@cache
def engine(weights: str, precision: str, backend: str = "openvino") -> Engine:
    return Engine(EngineOptions("field", weights, "cpu", precision, backend))


def cleared(one: Engine, picture: Picture) -> NDArray[np.float32]:
    frame = frame_from_rgb(picture)
    return one.estimate(frame).field.apply(frame).planes[0].astype(np.float32)


def read(path: Path) -> Picture:
    return np.asarray(Image.open(path).convert("RGB"))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("weights", SETS)
def test_every_packaged_set_has_its_models(weights: str, form: str) -> None:
    found = find_weights(SPEC, weights)
    assert ready_model(found, form) is not None
    assert found.card.openvino[form]["grey_levels_from_torch"] <= LIMITS[form]


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    found = find_weights(SPEC, SETS[0])
    copy = replace(found, path=tmp_path / found.path.name)
    for source, target in zip(ready_files(found.path, "int8"), ready_files(copy.path, "int8"), strict=True):
        target.write_bytes(source.read_bytes())
    assert ready_model(copy, "int8") is not None
    numbers = ready_files(copy.path, "int8")[1]
    numbers.write_bytes(numbers.read_bytes()[:-1] + b"?")
    with pytest.raises(WeightsError, match="damaged or altered"):
        ready_model(copy, "int8")


@pytest.mark.parametrize("weights", SETS)
def test_on_the_sample_clip_the_models_answer_as_torch(weights: str) -> None:
    with FileSource(SAMPLE_CLIP) as source:
        frames = list(source)[::25]
    for frame in frames:
        wanted = engine(weights, "fp32", "torch").estimate(frame).field
        for form, limit in (("fp32", 0.2), ("int8", 1.5)):
            planes = engine(weights, form).estimate(frame).field.apply(frame).planes
            luma, truth = (p[0].astype(np.float32) for p in (planes, wanted.apply(frame).planes))
            assert np.abs(luma - truth).mean() < limit


def pairs(folder: Path) -> Iterator[tuple[Picture, Picture]]:
    """Hazy pictures with their clear ones, cut to one size around the middle."""
    clear = {path.stem: path for path in (folder / "clear").iterdir()}
    for path in sorted((folder / "hazy").iterdir()):
        hazy, truth = read(path), read(clear.get(path.stem) or clear[path.stem.split("_")[0]])
        top, left = ((a - b) // 2 for a, b in zip(truth.shape[:2], hazy.shape[:2], strict=True))
        yield hazy, truth[top : top + hazy.shape[0], left : left + hazy.shape[1]]


def psnr(one: NDArray[np.float32], other: Picture) -> float:
    return float(-10 * np.log10(((one - other) ** 2).mean() / 255**2))


@needs_data
@pytest.mark.parametrize(("weights", "sample"), [("its", "sots-indoor-sample"), ("real", "hsts-synthetic")])
def test_int8_costs_at_most_a_tenth_of_a_decibel(weights: str, sample: str) -> None:
    scores = [[psnr(cleared(one, hazy), truth) for one in (engine(weights, "fp32", "torch"), engine(weights, "int8"))]
              for hazy, truth in pairs(DATA / sample)]
    assert fmean(exact for exact, _ in scores) - fmean(quantised for _, quantised in scores) <= 0.1


@needs_data
@pytest.mark.parametrize("weights", SETS)
def test_real_photographs_change_by_half_a_grey_level_at_most(weights: str) -> None:
    exact, quantised = engine(weights, "fp32", "torch"), engine(weights, "int8")
    pictures = [read(path) for path in sorted((DATA / "real-hazy").iterdir())[::2]]
    assert fmean(float(np.abs(cleared(exact, p) - cleared(quantised, p)).mean()) for p in pictures) <= 0.5
