"""The kinds of scenes: near objects, frames, banks, skies and lamps are what they are called, and occur as often as stated."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from dehazer.errors import ConfigError
from tests.training.conftest import scenery
from training.data import near_objects
from training.data.haze import Crop, Plane
from training.data.random_draws import generator
from training.data.scene_kinds import (
    KINDS,
    Composition,
    Kind,
    any_haze,
    dark_objects_in_clear_air,
    dashboard,
    fog_bank,
    homogeneous_haze,
    light_haze,
    near_object,
    night_lamps,
    scope_border,
    several_near_objects,
    thin_structures,
    uniform_sky,
    window_frame,
)
from training.data.weather import SHARES, real_haze, shares_of

SIZE = (160, 224)


def crop(number: int = 1, measured: bool = True) -> Crop:
    depth = np.tile(np.linspace(255, 20, SIZE[0])[:, None], (1, SIZE[1])).astype(np.uint8)
    return Crop(scenery(number, *SIZE), depth, measured)


def composed(kind: Kind, number: int, measured: bool = True) -> Composition:
    one = crop(number, measured)
    return kind(one, one.clear.astype(np.float32) / 255, 1.0, generator(9, number))


def steepest(t: Plane) -> float:
    return float(max(np.abs(np.diff(t, axis=axis)).max() for axis in (0, 1)))


@pytest.mark.parametrize("measured", [True, False])
@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS], ids=lambda k: k.__name__)
def test_every_kind_makes_pictures(kind: Kind, measured: bool) -> None:
    for number in range(4):
        scene = composed(kind, number, measured)
        assert scene.clear.shape == (*SIZE, 3)
        assert scene.transmission.shape == SIZE
        assert scene.clear.dtype == scene.transmission.dtype == np.float32
        assert 0 <= scene.clear.min() <= scene.clear.max() <= 1
        assert 0 < scene.transmission.min() <= scene.transmission.max() <= 1
        again = composed(kind, number, measured)
        assert np.array_equal(scene.clear, again.clear)
        assert np.array_equal(scene.transmission, again.transmission)


def test_shares_add_up_and_names_are_different() -> None:
    assert sum(share for _, share in KINDS) == pytest.approx(1)
    assert len({kind for kind, _ in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", [near_object, several_near_objects, dashboard, window_frame, scope_border])
def test_near_things_stand_before_the_haze_with_hard_edges(kind: Kind) -> None:
    scenes = [composed(kind, number).transmission for number in range(24)]
    dense = [t for t in scenes if np.median(t) < 0.8 or t.min() < 0.5]
    assert dense
    assert np.median([steepest(t) for t in dense]) > 0.15
    assert all((t > 0.9).any() for t in dense)


def test_near_objects_and_dense_haze_occur_together() -> None:
    """What the earlier training data never showed: clear and veiled parts in one picture."""
    both = 0
    for number in range(100):
        t = real_haze(crop(number, measured=False), generator(3, number)).transmission
        both += (t > 0.9).mean() > 0.1 and (t < 0.7).mean() > 0.2
    assert both >= 10


def test_shares_can_be_given_by_a_config() -> None:
    """Other shares for some kinds, the rest in proportion; without any, what is drawn stays what it was."""
    assert np.allclose(shares_of({}), SHARES)
    names = [kind.__name__ for kind, _ in KINDS]
    shares = dict(zip(names, shares_of({"thin_structures": 1.0, "clear_picture": 0.0}), strict=True))
    assert shares["clear_picture"] == 0
    assert shares["thin_structures"] == pytest.approx(1 / 1.85)
    assert sum(shares.values()) == pytest.approx(1)
    with pytest.raises(ConfigError, match="thin_wires"):
        shares_of({"thin_wires": 0.1})
    with pytest.raises(ConfigError, match="0 or more"):
        shares_of({"fog_bank": -0.1})


def test_thin_structures_are_thin_dark_or_lit_and_stand_before_the_haze() -> None:
    areas = []
    for number in range(30):
        mask = near_objects.thin_mask(crop(number), generator(8, number))
        areas.append(mask.mean())
        thick = cv2.erode(mask.astype(np.uint8), np.ones((15, 15), np.uint8))
        assert thick.sum() <= 0.03 * mask.size
    assert 0.005 < np.median(areas) < 0.3
    assert max(areas) < 0.6
    dense = [t for n in range(24) if np.median(t := composed(thin_structures, n).transmission) < 0.8]
    assert dense
    assert all(t.max() > 0.85 and steepest(t) > 0.1 for t in dense)


def test_masks_follow_the_picture() -> None:
    """A dark block on a bright ground: most of the edge of the mask is the edge of the block, whatever is drawn."""
    clear = np.full((*SIZE, 3), 190, np.uint8)
    clear[60:140, 40:120] = 30
    one, block = Crop(clear, np.full(SIZE, 128, np.uint8)), np.zeros(SIZE, bool)
    block[60:140, 40:120] = True
    hits = [np.mean(near_objects.followed_mask(one, block.mean(), generator(n)) == block) for n in range(30)]
    assert sum(h > 0.97 for h in hits) >= 5
    labels = near_objects.superpixels(clear, generator(1))
    assert labels.min() >= 1
    whole = [np.mean(block[labels == label]) for label in np.unique(labels)]
    assert np.mean([min(w, 1 - w) for w in whole]) < 0.03  # superpixels lie on one side of the edge


def test_dark_objects_are_found_in_clear_air_too() -> None:
    scenes = [composed(dark_objects_in_clear_air, n) for n in range(20)]
    assert all((s.transmission == 1).all() for s in scenes)
    changed = [np.abs(s.clear - crop(n).clear / np.float32(255)).max(axis=2) > 0.02 for n, s in enumerate(scenes)]
    assert all(mask.mean() > 0.02 for mask in changed)


def test_light_haze_is_light_and_as_frequent_as_dense_haze() -> None:
    thin = [np.exp(np.log(composed(light_haze, n).transmission).mean()) for n in range(20)]
    assert min(thin) > 0.7
    assert max(thin) < 0.97
    means = [np.exp(np.log(any_haze(crop(n), generator(4, n))).mean()) for n in range(100)]
    assert 35 <= sum(m > 0.75 for m in means) <= 75


def test_homogeneous_haze_grows_with_distance_and_keeps_to_whole_objects() -> None:
    """One density, most often a grey airlight; photographs get edges of their own."""
    scenes = [composed(homogeneous_haze, n) for n in range(30)]
    for scene in scenes:  # the depth of `crop` falls from the top row to the bottom row
        rows = scene.transmission[:, 8:-8].mean(axis=1)
        assert rows[-10:].mean() > rows[:10].mean()
    grey = [s.grey for s in scenes if s.grey is not None]
    assert 0.5 < len(grey) / len(scenes) < 0.9
    assert all(0.7 <= g <= 1 for g in grey)
    edges = [steepest(composed(homogeneous_haze, n, measured=False).transmission) for n in range(30)]
    assert sum(edge > 0.02 for edge in edges) >= 10


def test_a_grey_airlight_leaves_thick_haze_grey() -> None:
    """Of a scene that asks for it, no tint: the channels of a picture behind hardly any transmission are alike."""
    def thick(one: Crop, clear: Plane, light: float, rng: np.random.Generator) -> Composition:
        return Composition(clear, np.full(SIZE, 0.02, np.float32), light, grey=0.8)

    hazy = real_haze(crop(), generator(2, 2), thick).hazy.astype(float)
    assert np.abs(hazy[40:-40, 60:-60].mean(axis=(0, 1)) - 0.8 * 255).max() < 6


def test_banks_have_clear_surroundings() -> None:
    for number in range(12):
        t = composed(fog_bank, number).transmission
        assert (t > 0.99).mean() > 0.05
        assert t.min() < 0.85


def test_lamps_glow_in_a_darkened_scene() -> None:
    scene = composed(night_lamps, 3)
    assert scene.light < 0.7
    assert scene.glow is not None
    assert scene.glow.max() > 0.15
    assert scene.clear.max() > 0.6


def test_a_uniform_sky_is_uniform() -> None:
    scene = composed(uniform_sky, 2)
    top = scene.clear[:4]
    assert top.std(axis=(0, 1)).max() < 0.05
    assert top.mean() > 0.4


@pytest.mark.parametrize("size", [(1, 7), (9, 9)])
@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS], ids=lambda k: k.__name__)
def test_kinds_take_pictures_of_any_size(kind: Kind, size: tuple[int, int]) -> None:
    one = Crop(np.full((*size, 3), 90, np.uint8), np.full(size, 128, np.uint8))
    for number in range(5):
        assert np.isfinite(real_haze(one, generator(number), kind).clear).all()
