"""The chain answers as it did when the golden file was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.golden.cases import GOLDEN, TOLERANCE, compute


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NDArray[Any]]:
    return compute(tmp_path_factory.mktemp("golden"))


def golden() -> dict[str, NDArray[Any]]:
    with np.load(GOLDEN) as stored:
        return dict(stored)


@pytest.mark.parametrize("key", sorted(golden()) if GOLDEN.exists() else ["missing: run scripts/generate_goldens.py"])
def test_the_answer_is_the_golden_one(key: str, answers: dict[str, NDArray[Any]]) -> None:
    wanted, given = golden()[key], answers[key]
    assert given.shape == wanted.shape
    assert given.dtype == wanted.dtype
    difference = np.abs(given.astype(np.float64) - wanted.astype(np.float64)).max()
    assert difference <= TOLERANCE[key.split(maxsplit=1)[0]], f"{key} is off by {difference:g}; see tests/golden/cases.py"


def test_nothing_was_added_or_left_out(answers: dict[str, NDArray[Any]]) -> None:
    assert set(golden()) == set(answers)


def test_the_golden_answers_say_something() -> None:
    """A network that answers with a constant would hide every mistake behind it."""
    stored = golden()
    assert np.ptp(stored["field rgb24 gain"]) > 0.3
    assert np.ptp(stored["run luma"][:, 1]) > 1.0
    assert len(np.unique(stored["planes student 0"])) > 50


def test_the_file_is_small() -> None:
    assert GOLDEN.stat().st_size < 200_000
    assert Path(GOLDEN).name == "golden.npz"
