"""Synthesis: the formula, the seeds, and that cells hazed are the cells of hazed pictures."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from dehazer.errors import ConfigError
from dehazer.pyramid import build_pyramid
from training.batch import Batch
from training.data import shards
from training.data.cells import CellStream
from training.data.dice import roll, smooth
from training.data.haze import AIRLIGHT, BETA, Cells, its_haze
from training.data.loader import Steps, batches
from training.data.samples import as_tensor
from training.data.scenes import IndoorScenes, Photographs, Scene
from training.data.shards import View, cached_shards, look, sky_likeness
from training.data.sources import SOURCES
from training.data.weather import attainable, real_haze

Maker = Callable[..., Any]


@pytest.fixture(params=["field-its", "field-real", "rgbd-its", "rgbd-real", "enlarging", "clear"])
def stream(request: pytest.FixtureRequest, rooms: Path, photos: Path, cache: Path) -> Any:
    settings: dict[str, dict[str, Any]] = {
        "field-its": {"cache": str(cache)}, "field-real": {"photos": str(photos), "cache": str(cache)},
        "rgbd-its": {"crop": 32}, "rgbd-real": {"crop": 32}, "enlarging": {"crop": 32}, "clear": {"crop": 32}}
    return SOURCES[request.param](indoor=str(rooms), batch=4, seed=7, **settings[request.param])


def same(one: Batch, other: Batch) -> bool:
    both = zip(vars(one).values(), vars(other).values(), strict=True)
    return all((a is None and b is None) or torch.equal(a, b) for a, b in both)


def test_batches_are_pictures(stream: Any) -> None:
    batch = stream(0)
    for picture in (batch.hazy, batch.clear):
        assert torch.isfinite(picture).all()
        assert picture.min() >= 0
        assert picture.max() <= 1 + 1e-6
        assert len(picture) == 4


def test_a_batch_depends_on_its_number_alone(stream: Any) -> None:
    first = stream(3)
    stream(0)
    assert same(stream(3), first)
    assert not torch.equal(stream(4).hazy[:, :, :32, :32], first.hazy[:, :, :32, :32])


def test_ranks_share_one_batch(stream: Any) -> None:
    whole, parts = stream(2), [stream(2, rank, 2) for rank in range(2)]
    for name in ("hazy", "clear", "transmission", "stats"):
        if (expected := getattr(whole, name)) is not None:
            together = torch.stack([getattr(p, name) for p in parts], dim=1).flatten(0, 1)
            assert torch.allclose(together, expected, atol=1e-6)


def test_workers_change_nothing(rooms: Path) -> None:
    steps = Steps(SOURCES["rgbd-its"](indoor=str(rooms), batch=4, seed=1, crop=32), parts=2)
    alone = list(islice(batches(steps, 5), 3))
    helped = list(islice(batches(steps, 5, workers=2), 3))
    assert all(same(a, b) for one, other in zip(alone, helped, strict=True) for a, b in zip(one, other, strict=True))


def test_indoor_haze_obeys_the_formula(rooms: Path) -> None:
    batch = SOURCES["rgbd-its"](indoor=str(rooms), batch=6, seed=0, crop=64)(0)
    t = batch.transmission
    assert t is not None
    solid = (t < 0.9).expand_as(batch.hazy)
    airlight = ((batch.hazy - batch.clear * t) / (1 - t).clamp(min=1e-3))
    for i in range(6):  # one airlight for all pixels and channels; 8-bit rounding over 1 − t is the tolerance
        values = airlight[i][solid[i]]
        assert values.std() < 0.02
        assert AIRLIGHT[0] - 0.02 <= values.mean() <= AIRLIGHT[1] + 0.02
    assert torch.exp(torch.tensor(-BETA[1])) - 0.01 <= t.min()


def test_a_small_crop_of_a_shrunk_scene_shows_the_whole_room(rooms: Path) -> None:
    far = [SOURCES["rgbd-its"](indoor=str(rooms), batch=4, seed=0, crop=48, scales=[scale])(0).transmission for scale in (1.0, 0.2)]
    spread = [(t.amax(dim=(2, 3)) - t.amin(dim=(2, 3))).mean() for t in far if t is not None]
    assert spread[1] > 1.5 * spread[0]
    assert SOURCES["rgbd-its"](indoor=str(rooms), batch=2, seed=0, crop=48, scales=[0.5, 1.0])(3).hazy.shape == (2, 3, 48, 48)


@pytest.mark.parametrize("cell", [8, 4])
def test_cells_hazed_are_the_cells_of_the_hazed_picture(rooms: Path, cell: int) -> None:
    """With one transmission per picture the shortcut is exact but for stored rounding."""
    scene = IndoorScenes(rooms)[0]
    flat = Scene(scene.name, scene.clear, np.full_like(scene.clear[..., 0], 255))
    arrays = {k: v.float()[None] / (255 if v.dtype == torch.uint8 else 1) for k, v in look(flat, View(cell=cell)).items()}
    batch = its_haze(Cells(**arrays, measured=torch.ones(1, 1, 1, 1, dtype=torch.bool), cell=cell), [roll(3)])
    assert batch.transmission is not None
    assert batch.stats is not None
    t = batch.transmission[0, 0, 0, 0]
    height, width = batch.stats.shape[2] * cell, batch.stats.shape[3] * cell
    clear = as_tensor(scene.clear)[..., :height, :width]
    airlight = ((batch.hazy - batch.clear * t) / (1 - t)).mean()
    truth = build_pyramid(clear * t + airlight * (1 - t), cell)
    assert torch.allclose(batch.hazy, truth.small, atol=4e-3)
    assert torch.allclose(batch.stats[:, :6], truth.stats[:, :6], atol=4e-3)
    assert torch.allclose(batch.stats[:, 6:], truth.stats[:, 6:], atol=0.02)


def test_wide_haze_leaves_some_pictures_alone_and_keeps_borders_black(rooms: Path, photos: Path, cache: Path) -> None:
    stream = SOURCES["field-real"](indoor=str(rooms), photos=str(photos), batch=64, seed=0, cache=str(cache))
    batch = stream(1)
    assert batch.transmission is not None
    clear = batch.transmission.amin((1, 2, 3)) == 1
    assert 2 <= int(clear.sum()) <= 20
    border = (batch.clear.amax((1, 2, 3)) > 0) & (batch.clear[:, :, :3].amax((1, 2, 3)) == 0)
    assert border.any()
    assert (batch.hazy[border][:, :, :3] == 0).all()
    colours = batch.hazy.mean((2, 3))
    assert (colours[:, 0] > 1.25 * colours[:, 2]).any(), "no yellow or brown haze in 64 pictures"


def test_thin_haze_is_asked_for_whole_and_thick_haze_in_part() -> None:
    clear, air, light = torch.full((1, 3, 1, 2), 0.2), torch.full((1, 3, 1, 2), 0.8), torch.ones(1, 1, 1, 1)
    target, t = attainable(clear, torch.tensor([[[[0.9, 0.02]]]]), air, light)
    assert target[0, 0, 0, 0] == pytest.approx(0.2, abs=0.01)
    assert target[0, 0, 0, 1] == pytest.approx(0.8, abs=0.16)
    assert t[0, 0, 0, 1] > 0.08
    untouched, one = attainable(clear, torch.ones(1, 1, 1, 2), air, torch.full((1, 1, 1, 1), 0.3))
    assert torch.equal(untouched, clear)
    assert (one == 1).all()


def test_wide_haze_is_finite_for_black_and_white() -> None:
    for value in (0.0, 1.0):
        small = torch.full((8, 3, 16, 16), value)
        cells = Cells(small, small[..., ::2, ::2], small[..., ::2, ::2], torch.zeros(8, 3, 8, 8), torch.ones(8, 1, 16, 16),
                      torch.ones(8, 1, 1, 1, dtype=torch.bool))
        batch = real_haze(cells, [roll(5, i) for i in range(8)])
        assert all(torch.isfinite(x).all() for x in vars(batch).values())


def test_sky_is_bright_smooth_and_above() -> None:
    picture = torch.full((3, 40, 40), 0.2)
    picture[:, :15] = torch.tensor([0.7, 0.75, 0.85])[:, None, None]
    picture[:, 30:35] = 0.9  # a bright floor
    sky = sky_likeness(picture)
    assert sky[0, 2:10].min() > 0.9
    assert sky[0, 20:].max() < 0.05


def test_jitter_scales_and_phases_make_more_of_few_scenes(rooms: Path, cache: Path) -> None:
    stream = SOURCES["field-its"](indoor=str(rooms), batch=12, seed=0, cache=str(cache), phases=4, scales=[1.0, 0.8], jitter=0.5,
                                  limit=1)
    batch = stream(0)
    assert batch.hazy.shape[2:] == (88, 120)
    assert torch.isfinite(batch.stats).all()
    assert len({round(float(x), 4) for x in batch.clear.mean((1, 2, 3))}) == 12


def test_a_mosaic_joins_two_scenes_along_one_straight_cut(rooms: Path, cache: Path) -> None:
    def build(share: float) -> Batch:
        return SOURCES["field-its"](indoor=str(rooms), batch=8, seed=0, cache=str(cache), mosaic=share)(0)

    alone, joined = build(0.0), build(1.0)
    assert torch.equal(build(0.0).clear, alone.clear)
    assert not torch.equal(joined.clear, alone.clear)
    assert torch.isfinite(joined.stats).all()
    same = (joined.clear == alone.clear).all(1)  # the first scene of a mosaic is the scene there was without it
    assert sum(not bool(picture.all()) for picture in same) >= 4  # the second may be the same again
    for picture in same:
        rows, columns = picture.all(1), picture.all(0)
        kept = rows if rows.any() else columns
        assert kept[0]
        assert (kept.int().diff() <= 0).all()


def test_shards_are_made_once(rooms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes = IndoorScenes(rooms, limit=2)
    made = cached_shards(scenes, View(), str(tmp_path))
    monkeypatch.setattr("training.data.shards.look", lambda *a: pytest.fail("computed again"))
    again = cached_shards(scenes, View(), str(tmp_path))
    assert len(again) == 1
    assert len(again[0]) == 2
    assert again[0].cells == (57, 77)
    assert all((made[0].arrays[k] == again[0].arrays[k]).all() for k in made[0].arrays)
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_who_shares_the_cache_folder_may_read_the_shards(rooms: Path, tmp_path: Path) -> None:
    (tmp_path / "ordinary").mkdir()
    cached_shards(IndoorScenes(rooms, limit=1), View(), str(tmp_path / "cache"))
    made = next((tmp_path / "cache").iterdir())
    assert made.stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_what_a_killed_run_left_is_swept_away(rooms: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "a.1.partial", tmp_path / "a.2.partial"  # the second may be another run's, at work now
    for left in (old, new):
        left.mkdir()
    os.utime(old, (0, 0))
    cached_shards(IndoorScenes(rooms, limit=1), View(), str(tmp_path))
    assert (old.exists(), new.exists()) == (False, True)


def test_two_runs_may_make_the_same_shards_at_once(rooms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes, save = IndoorScenes(rooms, limit=1), shards._save

    def save_while_another_finishes(folder: Path, made: Sequence[shards.Shard]) -> None:
        monkeypatch.setattr(shards, "_save", save)
        cached_shards(scenes, View(), str(tmp_path))
        save(folder, made)

    monkeypatch.setattr(shards, "_save", save_while_another_finishes)
    assert len(cached_shards(scenes, View(), str(tmp_path))[0]) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_validation_scenes_are_never_trained_on(rooms: Path, photos: Path) -> None:
    assert IndoorScenes(rooms).ids == [1, 2, 3, 4]
    assert IndoorScenes(rooms, validation=True).ids == [1350, 1351, 1352]
    assert not set(Photographs(photos).names) & set(Photographs(photos, validation=True).names)


def test_smooth_noise_is_smooth() -> None:
    noise = smooth([roll(1), roll(2)], 60, 80)
    assert noise.shape == (2, 1, 60, 80)
    assert noise.abs().max() <= 1
    assert noise.diff(dim=3).abs().max() < 0.2


def test_missing_folders_and_large_windows_are_said(rooms: Path, cache: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        SOURCES["rgbd-its"](indoor="/no/such/folder", batch=1, seed=0)
    with pytest.raises(ConfigError, match="exactly one of"):
        SOURCES["clear"](batch=1, seed=0)
    shards = cached_shards(IndoorScenes(rooms), View(), str(cache))
    with pytest.raises(ConfigError, match="No scene is as large"):
        CellStream(shards, [1.0], [(400, 400)], its_haze, 2)
    with pytest.raises(ConfigError, match="larger than a picture"):
        SOURCES["rgbd-its"](indoor=str(rooms), batch=1, seed=0, crop=4000)(0)
