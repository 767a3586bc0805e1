"""Errors beside edges of depth: the pictures hold what they say, and the figures tell good fields from bad ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from tests.training.conftest import scenery
from training import edges as e
from training.batch import Prediction
from training.calibration import fitted
from training.data.random_draws import generator
from training.data.samples import as_tensor
from training.data.scenes import Picture
from training.report import edge_errors
from training.validation import VALIDATORS

ABOUT = ("background", "background's edge", "object", "object's edge")


@pytest.fixture(scope="module")
def cases() -> dict[str, e.EdgeCase]:
    """Dark objects, lit objects and wires before one photograph."""
    made = e.photograph_cases(fitted(scenery(4, 321, 481)), generator(7, 0))
    return dict(zip(("dark", "lit", "wires"), made, strict=True))


def test_objects_are_unhazed_as_large_as_stated_and_what_lies_behind_is_hazed(cases: dict[str, e.EdgeCase]) -> None:
    for name in ("dark", "lit"):
        case = cases[name]
        near = case.t == 1
        assert near.mean() == pytest.approx(e.SHARE, abs=0.03)
        assert np.array_equal(case.hazy[near], case.clear[near])
        expected = case.clear[~near] * e.BEHIND + 255 * case.air * (1 - e.BEHIND)
        assert np.abs(case.hazy[~near] - expected).max() <= 0.51
    assert 0.01 < (cases["wires"].t == 1).mean() < 0.2


def test_regions_are_all_of_the_picture_and_do_not_overlap(cases: dict[str, e.EdgeCase]) -> None:
    for name, case in cases.items():
        assert set(case.regions) == {f"{name}, {part}" for part in ABOUT}
        assert (np.stack(list(case.regions.values())).sum(axis=0) == 1).all()
        near = case.t == 1
        assert near[case.regions[f"{name}, object's edge"]].all()
        assert not near[case.regions[f"{name}, background's edge"]].any()


def test_outlines_follow_the_picture() -> None:
    """A dark half with a ragged border is the near object: its outline lies where the picture's own edge does."""
    border = 200 + (20 * np.sin(np.arange(608) / 40)).astype(int)
    below = np.arange(448)[:, None] >= border[None]
    picture = np.where(below[..., None], np.uint8(40), np.uint8(200)).repeat(3, axis=2)
    mask = e.followed_outline(picture, generator(0))
    assert not (mask & ~below).any()
    specks = np.zeros((60, 60), bool)
    specks[10:15, 10:15], specks[20:50, 20:50] = True, True
    assert e.without_specks(specks).sum() == 900


def test_a_perfect_picture_has_no_error_and_the_hazy_one_the_whole_veil(photos: Path, rooms: Path) -> None:
    chosen = list(e.edge_cases(str(photos), str(rooms), 2, 7))
    perfect = e.judged(chosen, lambda case: case.clear)
    assert set(perfect.values()) == {0.0}
    assert {f"edge error {kind}, {part}" for kind in ("dark", "lit") for part in ABOUT} <= set(perfect)
    validator = VALIDATORS["edges"](photos=str(photos), indoor=str(rooms), limit=2)
    untouched = validator(lambda picture: picture, lambda batch: Prediction(batch.hazy))
    assert set(untouched) == set(perfect)
    assert untouched["edge error dark, object"] == untouched["edge error lit, object's edge"] == 0
    assert untouched["edge error dark, background"] > 20


def test_rooms_are_judged_on_both_sides_of_a_jump_of_depth() -> None:
    depth = np.full((460, 620), 250, np.uint8)
    depth[100:300, 203:331] = 80
    case = e.room_case(scenery(3, 460, 620), depth, generator(1))
    far, near = (case.regions[f"rooms, {side} side of an edge"] for side in ("far", "near"))
    assert depth[near].max() == 80
    assert depth[far].min() == 250
    assert 0.4 < near.sum() / far.sum() < 1.2


def test_the_true_field_leaves_little_and_following_luma_pays_beside_edges(cases: dict[str, e.EdgeCase]) -> None:
    def errors(plain: bool) -> dict[str, float]:
        def restored(case: e.EdgeCase) -> Picture:
            field = e.true_field(case)
            return e.pixels((replace(field, guide=None) if plain else field).apply_rgb(as_tensor(case.hazy).numpy()[0]))

        return e.judged([cases["dark"]], restored)

    guided, plain = errors(False), errors(True)
    assert guided["edge error dark, background"] < 2
    assert guided["edge error dark, object"] < 2
    assert guided["edge error dark, object's edge"] < 0.7 * plain["edge error dark, object's edge"]
    assert guided["edge error dark, background's edge"] < 0.7 * plain["edge error dark, background's edge"]


def test_pictures_of_any_size_are_judged(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "one.png"), scenery(1, 90, 250))
    found = e.edges(str(tmp_path), count=1)(torch.zeros_like, None)
    assert found["edge error dark, background"] > 20


def test_they_are_reported_with_a_column_for_every_set() -> None:
    result = {"machine": "m", "command": "c", "figures": {
        "field, `real`": {"edge error dark, object": 4.21}, "true field on the grid": {"edge error dark, object": 0.68}}}
    text = edge_errors([result])
    assert "| | field, `real` | true field on the grid |" in text
    assert "| dark, object | 4.2 | 0.7 |" in text
    assert edge_errors([]) == ""
