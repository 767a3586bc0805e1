"""The validators that know the truth: their pictures hold what they say, and they tell a good network from a bad one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from dehazer.models import weights as packaged
from dehazer.models.registry import MODELS
from tests.training.conftest import scenery
from training import calibration as c, steadiness as s
from training.batch import Batch, Prediction
from training.data.random_draws import generator
from training.inference import forward_field
from training.validation import identity


def constant(t: float) -> Callable[[Batch], Prediction]:
    """A network that always answers the same transmission."""
    def prediction(batch: Batch) -> Prediction:
        height, width = (side // 2 for side in batch.hazy.shape[2:])
        return Prediction(batch.hazy, gain=torch.full((1, 1, height, width), 1 / t), offset=torch.zeros(1, 3, height, width))

    return prediction


def test_the_table_reports_what_a_network_says(photos: Path) -> None:
    found = c.calibration(str(photos), count=1)(None, constant(0.6))
    cells = {name: value for name, value in found.items() if name.startswith("t ")}
    assert len(cells) == 4 + 2 + 2 + 9
    assert all(value == pytest.approx(0.6, abs=1e-5) for value in cells.values())
    assert found["calibration worst"] == pytest.approx(0.4, abs=1e-5)  # outside the bank t = 1
    assert found["calibration worst behind"] == pytest.approx(0.2, abs=1e-5)


def test_test_pictures_hold_the_haze_they_are_said_to() -> None:
    """The least-squares slope of hazy over clear pixels is t, in every region of every case without a foreground."""
    clear = c.fitted(scenery(4, 321, 481))
    air = np.full(3, 0.8, np.float32)
    for case in (c.ramp_case(clear, air), c.bank_case(clear, air)):
        for true, region in case.regions.values():
            slope = np.cov(clear[region][:, 0], case.hazy[region][:, 0])
            assert slope[0, 1] / slope[0, 0] == pytest.approx(true, abs=0.03)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_foregrounds_are_dark_unhazed_and_as_large_as_stated(share: float) -> None:
    mask = c.silhouette(generator(1), *c.SIZE, share)
    assert mask.mean() == pytest.approx(share, abs=0.01)
    clear = c.fitted(scenery(4, 321, 481))
    case = next(x for x in c.cases(clear, 5, 0) if f"t foreground {share:.0%} 0.4" in x.regions)
    _, judged = case.regions[f"t foreground {share:.0%} 0.4"]
    assert case.hazy[~c.eroded(judged)].min() < 20
    assert case.hazy[judged].min() > 60


def test_a_passing_object_crosses_the_clip() -> None:
    depth, clear = np.full((96, 128), 200, np.uint8), np.full((96, 128, 3), 200, np.uint8)
    names = [f"clear/{n}.jpg" for n in range(5)]
    made = list(s.passing(names, lambda name, mode="RGB": depth if mode == "L" else clear))
    dark = [(hazy < 40).all(2).mean() for hazy, _ in made]
    assert dark[0] == dark[-1] == 0
    assert dark[2] > 0.08
    assert made[2][1] < made[0][1]  # less haze is seen where the object covers it


def test_a_steady_network_has_no_swing(tmp_path: Path) -> None:
    root = tmp_path / "clip"
    for folder in ("clear", "depth"):
        (root / folder).mkdir(parents=True)
    import cv2

    for number in range(6):
        cv2.imwrite(str(root / "clear" / f"{number}.jpg"), scenery(number, 96, 128))
        cv2.imwrite(str(root / "depth" / f"{number}.webp"), np.full((96, 128), 200, np.uint8))
    figures = s.steadiness(rgbd=str(root), every=1)(None, constant(0.6))
    assert figures["object passing haze"] == pytest.approx(40, abs=0.01)
    assert figures["object passing swing"] > 3  # the truth swings with the object, this prediction does not
    assert figures["object passing flicker after"] > 1.2 * figures["object passing flicker before"]  # contrast given back
    assert figures["object passing flicker after"] == pytest.approx(figures["object passing flicker level"])
    assert figures["object passing flicker smoothed"] == pytest.approx(figures["object passing flicker level"])  # one field


def test_smoothing_over_time_is_judged_beside_the_network_alone(tmp_path: Path) -> None:
    """A network that is sure of haze in every other frame only, on a clip that stands still."""
    gains = itertools.cycle([1.0, 2.0])

    def nervous(batch: Batch) -> Prediction:
        gain = torch.full((1, 1, *batch.stats.shape[2:]), next(gains))  # type: ignore[union-attr]
        return Prediction(batch.hazy, {}, gain, 0.5 * (1 - gain).repeat(1, 3, 1, 1))

    seen = c.as_batch(scenery(1, 96, 128))
    found = s.judged("still", (s.Seen(seen, number / 25) for number in range(20)), nervous)
    assert found["still swing"] == pytest.approx(50)
    assert found["still flicker before"] == found["still flicker level"] == 0
    assert found["still flicker smoothed"] < 0.2 * found["still flicker after"]
    assert found["still swing smoothed"] < 25


def test_clips_are_read(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "dehazer" / "data" / "sample.mp4"
    network, _ = packaged.load(MODELS["field"], "real")
    network.eval()
    with torch.inference_mode():
        figures = s.steadiness([str(sample)], every=10, limit=3)(None, lambda batch: forward_field(network, batch))
    assert 0 < figures["sample haze"] < 100
    assert set(figures) == {f"sample {name}" for name in (
        "haze", "swing", "flicker before", "flicker after", "swing smoothed", "flicker smoothed", "flicker level")}


def test_clear_photographs_are_judged_by_mean_share_and_tail(photos: Path) -> None:
    found = identity(photos=str(photos))(lambda picture: (picture + 0.01).clamp(0, 1), constant(1.0))
    assert found["identity psnr"] == pytest.approx(40, abs=0.2)
    assert found["identity share"] == 1
    assert found["identity worst"] <= found["identity p10"] <= 40.3
    assert identity(photos=str(photos))(lambda picture: picture * 0.9, constant(1.0))["identity share"] == 0


def test_pictures_that_were_learnt_are_told_apart_from_held_out_ones(photos: Path) -> None:
    seen: list[set[bytes]] = []
    for learnt, name in ((True, "learnt"), (False, "identity")):
        pictures: set[bytes] = set()
        found = identity(photos=str(photos), learnt=learnt)(
            lambda picture, pictures=pictures: pictures.add(picture.numpy().tobytes()) or picture, constant(1.0))
        assert set(found) == {f"{name} {figure}" for figure in ("psnr", "share", "p10", "worst")}
        seen.append(pictures)
    assert all(seen)
    assert not seen[0] & seen[1]
