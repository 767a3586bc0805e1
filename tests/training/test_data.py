"""Synthesis: the formula, the seeds, and that field networks are taught on what they will see."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from dehazer.errors import ConfigError, InputError
from dehazer.field.pyramid import analyse
from dehazer.frames.frame import frame_from_rgb
from training.batch import Batch
from training.data import crops, shards, weather
from training.data.crops import FieldStream, View
from training.data.haze import AIRLIGHT, BETA, Crop, Haze, Hazed, its_haze
from training.data.haze_check import veil_share
from training.data.loader import Steps, batches
from training.data.random_draws import Generator, generator, smooth_noise
from training.data.repeated import KEPT, Repeated
from training.data.scenes import IndoorScenes, Photographs
from training.data.shards import cached_shards, sky_likeness
from training.data.sources import SOURCES
from training.data.transmission import haze_transmission
from training.data.weather import Jittered, attainable, real_haze

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
        assert picture.dtype == torch.float32


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


def test_workers_change_nothing(rooms: Path, photos: Path, cache: Path) -> None:
    stream = SOURCES["field-real"](indoor=str(rooms), photos=str(photos), batch=4, seed=1, cache=str(cache))
    steps = Steps(stream, parts=2)
    cv2.GaussianBlur(np.zeros((2000, 2000, 3), np.float32), (0, 0), 5)  # OpenCV's threads are running when workers are forked
    alone = list(islice(batches(steps, 5), 3))
    helped = list(islice(batches(steps, 5, workers=2), 3))
    assert all(same(a, b) for one, other in zip(alone, helped, strict=True) for a, b in zip(one, other, strict=True))


def numbered(step: int, rank: int = 0, world: int = 1) -> Batch:
    """A batch that tells which it is: its number in the left column, its rank in the right one."""
    columns = torch.tensor([float(step), float(rank)]).expand(1, 3, 4, 2)
    return Batch(columns, columns, columns[:, :1], columns[:, :, :2])


def test_every_batch_comes_as_often_as_was_asked_for_within_its_block() -> None:
    stream = Repeated(numbered, times=3, seed=5)
    numbers = [int(stream(step).hazy.amax()) for step in range(2 * 3 * KEPT)]  # rank 0: mirrored or not, the number is larger
    assert numbers[:KEPT] == list(range(KEPT))
    for turn in range(6):
        assert sorted(numbers[turn * KEPT:(turn + 1) * KEPT]) == [turn // 3 * KEPT + place for place in range(KEPT)]
    assert numbers[KEPT:2 * KEPT] != numbers[2 * KEPT:3 * KEPT] != list(range(KEPT))


def test_batches_that_come_back_are_mirrored_half_of_the_time_and_in_all_they_hold() -> None:
    stream = Repeated(numbered, times=4, seed=5)
    later = [stream(step) for step in range(KEPT, 4 * KEPT) if int(stream(step).hazy.amax())]
    turned = [batch.hazy[0, 0, 0, 0] == 0 for batch in later]
    assert 0.3 < float(np.mean(turned)) < 0.7
    assert all((getattr(batch, name)[0, 0, 0, 0] == 0) == flip
               for batch, flip in zip(later, turned, strict=True) for name in ("clear", "transmission", "stats"))


def test_a_batch_that_comes_back_depends_on_its_number_alone() -> None:
    stream = Repeated(numbered, times=4, seed=5)
    wanted = [(int(batch.hazy[0, 0, 0, 0]), int(batch.hazy[0, 0, 0, 1])) for batch in map(stream, range(300))]
    again = Repeated(numbered, times=4, seed=5)
    for step in (299, 40, 131, 40, 0):
        batch = again(step)
        assert (int(batch.hazy[0, 0, 0, 0]), int(batch.hazy[0, 0, 0, 1])) == wanted[step]


def test_a_batch_is_made_once_for_all_its_turns() -> None:
    made: list[int] = []

    def counted(step: int, rank: int = 0, world: int = 1) -> Batch:
        made.append(step)
        return numbered(step, rank, world)

    stream = Repeated(counted, times=4)
    for step in range(2 * 4 * KEPT):
        stream(step)
    assert made == list(range(2 * KEPT))


def test_field_streams_can_be_sent_to_workers_that_are_not_forked(rooms: Path, photos: Path, cache: Path) -> None:
    wide = SOURCES["field-real"](indoor=str(rooms), photos=str(photos), batch=2, seed=1, cache=str(cache))
    changed = SOURCES["field-its"](indoor=str(rooms), batch=2, seed=1, cache=str(cache), jitter=0.5, mosaic=0.5)
    for stream in (wide, changed):
        assert same(pickle.loads(pickle.dumps(stream))(3), stream(3))


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
    def transmission(scale: float) -> Any:
        return SOURCES["rgbd-its"](indoor=str(rooms), batch=4, seed=0, crop=48, scales=[scale])(0).transmission

    far = [transmission(scale) for scale in (1.0, 0.2)]
    spread = [(t.amax(dim=(2, 3)) - t.amin(dim=(2, 3))).mean() for t in far]
    assert spread[1] > 1.5 * spread[0]
    assert SOURCES["rgbd-its"](indoor=str(rooms), batch=2, seed=0, crop=48, scales=[0.5, 1.0])(3).hazy.shape == (2, 3, 48, 48)


def remembered(haze: Haze, seen: list[Hazed]) -> Haze:
    def remembering(crop: Crop, rng: Generator) -> Hazed:
        seen.append(haze(crop, rng))
        return seen[-1]

    return remembering


@pytest.mark.parametrize("haze", [its_haze, real_haze])
def test_a_field_network_is_taught_on_what_it_will_see(rooms: Path, cache: Path, haze: Haze) -> None:
    """Small picture and statistics are those the deployed code makes of the hazy pixels, depth edges inside cells included."""
    seen: list[Hazed] = []
    views = [View(s) for s in cached_shards(IndoorScenes(rooms), str(cache))]
    batch = FieldStream(views, [(56, 76)], remembered(haze, seen), batch=2)(0)
    for i, hazed in enumerate(seen):
        pyramid = analyse(frame_from_rgb(hazed.hazy))
        assert batch.stats is not None
        assert batch.transmission is not None
        assert np.array_equal(batch.hazy[i].numpy(), pyramid.small[0])
        assert np.array_equal(batch.stats[i].numpy(), pyramid.stats[0])
        small = torch.from_numpy(hazed.clear.transpose(2, 0, 1)).unfold(1, 4, 4).unfold(2, 4, 4).mean((3, 4))
        assert torch.allclose(batch.clear[i], small, atol=1e-5)
        t = torch.from_numpy(hazed.transmission)[None].unfold(1, 4, 4).unfold(2, 4, 4).mean((3, 4))
        assert torch.allclose(batch.transmission[i], t, atol=1e-5)


def test_the_nearer_side_of_an_edge_keeps_its_own_haze() -> None:
    """A dark near pole before a bright far wall, inside one cell: its pixels are nearly clear, not averaged with the wall's."""
    clear, depth = np.full((32, 32, 3), 200, np.uint8), np.full((32, 32), 255, np.uint8)
    clear[:, 4:6], depth[:, 4:6] = 20, 0
    hazed = its_haze(Crop(clear, depth), generator(1))
    assert np.abs(hazed.hazy[:, 4:6].astype(int) - 20).max() <= 2
    assert hazed.transmission[:, 10:].max() < 0.6


def test_wide_haze_leaves_some_pictures_alone_and_keeps_borders_black(rooms: Path, photos: Path, cache: Path) -> None:
    stream = SOURCES["field-real"](indoor=str(rooms), photos=str(photos), batch=64, seed=0, cache=str(cache))
    batch = stream(1)
    assert batch.transmission is not None
    clear = batch.transmission.amin((1, 2, 3)) == 1
    assert 6 <= int(clear.sum()) <= 30
    border = (batch.clear.amax((1, 2, 3)) > 0) & (batch.clear[:, :, :3].amax((1, 2, 3)) == 0)
    assert border.any()
    assert batch.hazy[border][:, :, :3].mean() < 0.02  # an encoder rings there, as with real films
    colours = batch.hazy.mean((2, 3))
    assert (colours[:, 0] > 1.25 * colours[:, 2]).any(), "no yellow or brown haze in 64 pictures"


def test_thin_haze_is_asked_for_whole_and_thick_haze_in_part() -> None:
    clear, air = np.full((1, 2, 3), 0.2, np.float32), np.full((1, 2, 3), 0.8, np.float32)
    target, t = attainable(clear, np.array([[0.9, 0.02]], np.float32), air, 1.0)
    assert target[0, 0, 0] == pytest.approx(0.2, abs=0.01)
    assert target[0, 1, 0] == pytest.approx(0.8, abs=0.16)
    assert t[0, 1] > 0.08
    untouched, one = attainable(clear, np.ones((1, 2), np.float32), air, 0.3)
    assert np.allclose(untouched, clear)
    assert (one == 1).all()


@pytest.mark.parametrize("value", [0, 255])
@pytest.mark.parametrize("measured", [True, False])
def test_wide_haze_is_finite_for_black_and_white(value: int, measured: bool) -> None:
    crop = Crop(np.full((64, 96, 3), value, np.uint8), np.full((64, 96), value, np.uint8), measured)
    for number in range(12):
        hazed = real_haze(crop, generator(5, number))
        assert hazed.hazy.shape == hazed.clear.shape == (64, 96, 3)
        assert np.isfinite(hazed.clear).all()
        assert 0 < hazed.transmission.min() <= hazed.transmission.max() <= 1


def test_wide_haze_has_depth_edges_indoors_and_none_in_photographs() -> None:
    depth = np.zeros((64, 96), np.uint8)
    depth[:, 48:] = 255
    def steepest(measured: bool, number: int) -> float:
        crop = Crop(np.zeros((64, 96, 3), np.uint8), depth, measured)
        return float(np.abs(np.diff(haze_transmission(crop, generator(number)), axis=1)).max())

    steps = {measured: [steepest(measured, n) for n in range(40)] for measured in (True, False)}
    assert np.median(steps[True]) > 0.3
    assert max(steps[False]) < 0.25


def test_cameras_soften_and_add_noise_but_keep_what_is_there() -> None:
    rng = np.random.default_rng(0)
    picture = np.full((64, 64, 3), (0.6, 0.5, 0.3), np.float32) + rng.normal(0, 0.02, (64, 64, 3)).astype(np.float32)
    before = picture.copy()
    made = [weather.stored(weather.seen(picture, generator(n)), generator(n, 1)).astype(float) / 255 for n in range(30)]
    assert np.array_equal(picture, before)
    assert all(np.abs(m.mean((0, 1)) - (0.6, 0.5, 0.3)).max() < 0.015 for m in made)
    spread = [m.std((0, 1)).mean() for m in made]
    assert min(spread) < 0.01
    assert max(spread) > 0.025


def test_noise_is_white_and_shared_noise_is_left_alone() -> None:
    before = weather.grain().copy()
    for size in ((40, 60), (8, 1100)):
        drawn = weather.noise(generator(1), *size)
        assert drawn.shape == (*size, 3)
        assert drawn.std() == pytest.approx(1, abs=0.05)
    weather.seen(np.zeros((64, 64, 3), np.float32), generator(2))
    assert np.array_equal(weather.grain(), before)


def test_jpeg_blocks_lie_anywhere_on_the_grid_of_cells() -> None:
    """Else every cell would be one block of the encoder, which scaled-down films never show."""
    ramp = np.linspace(0.2, 0.6, 96, dtype=np.float32)
    smooth_picture = np.stack([ramp[None] * ramp[:, None] * 2] * 3, axis=-1)
    steps = np.zeros(8)
    for number in range(120):
        codes = weather.stored(smooth_picture, generator(number)).astype(float)
        for column, step in enumerate(np.abs(np.diff(codes, axis=1)).mean((0, 2))):
            steps[column % 8] += step
    assert steps.max() < 1.35 * steps.min()


def test_distrust_leaves_minima_and_maxima_alone() -> None:
    stats = np.random.default_rng(0).random((9, 4, 6), np.float32)
    made = [weather.distrust(stats, generator(n)) for n in range(40)]
    assert all(np.array_equal(m[:6], stats[:6]) and m.dtype == np.float32 for m in made)
    assert sum(m[6:].std((1, 2)).max() < 1e-6 for m in made) in range(1, 14)
    assert all(np.abs(m[6:].mean((1, 2)) - stats[6:].mean((1, 2))).max() <= 0.351 for m in made)


@pytest.mark.parametrize("size", [(1, 7), (16, 16), (33, 100)])
def test_wide_haze_takes_pictures_of_any_size(size: tuple[int, int]) -> None:
    crop = Crop(np.full((*size, 3), 90, np.uint8), np.full(size, 128, np.uint8))
    for number in range(20):
        hazed = real_haze(crop, generator(number))
        assert np.isfinite(hazed.clear).all()
        assert np.isfinite(hazed.transmission).all()
        assert hazed.hazy.shape == (*size, 3)


def test_sky_is_bright_smooth_and_above() -> None:
    picture = np.full((160, 160, 3), 51, np.uint8)
    picture[:60] = (178, 191, 217)
    picture[120:140] = 230  # a bright floor
    sky = sky_likeness(picture)
    assert sky[8:40].min() > 230
    assert sky[80:].max() < 13


def test_windows_fit_the_smallest_scale(rooms: Path, cache: Path) -> None:
    stream = SOURCES["field-its"](indoor=str(rooms), batch=12, seed=0, cache=str(cache), scales=[1.0, 0.8], limit=1)
    batch = stream(0)
    assert batch.hazy.shape[2:] == (88, 120)
    assert torch.isfinite(batch.stats).all()


def test_a_mosaic_joins_two_scenes_along_one_straight_cut(rooms: Path, cache: Path) -> None:
    def build(share: float) -> Batch:
        return SOURCES["field-its"](indoor=str(rooms), batch=8, seed=0, cache=str(cache), mosaic=share)(0)

    alone, joined = build(0.0), build(1.0)
    assert torch.equal(build(0.0).clear, alone.clear)
    assert not torch.equal(joined.clear, alone.clear)
    assert torch.isfinite(joined.stats).all()
    kept = (joined.clear == alone.clear).all(1).float().mean((1, 2))  # the first scene is the one there was without a mosaic
    assert kept.min() > 0.005
    assert (kept < 1).sum() >= 4  # the second may be the same again


def test_a_mosaic_never_takes_what_looks_like_sky_for_depth() -> None:
    depth = np.zeros((3, 64, 64), np.uint8)
    views = [View(shards.Shard(np.zeros((3, 64, 64, 3), np.uint8), depth, measured)) for measured in (True, False)]
    choice = crops.Choice(views, (64, 64))
    for number in range(20):
        first = choice(generator(number))
        assert choice(generator(number, 1), first).measured == first.measured


@pytest.mark.parametrize("axis", [0, 1])
def test_a_mosaic_has_one_straight_cut(axis: int) -> None:
    dark, bright = (Crop(np.full((32, 64, 3), v, np.uint8), np.full((32, 64), v, np.uint8)) for v in (10, 200))
    made = crops.joined(dark, bright, axis, 7)
    for picture in (made.clear, made.depth):
        assert (np.take(picture, range(7), axis) == 10).all()
        assert (np.take(picture, range(7, picture.shape[axis]), axis) == 200).all()


@pytest.mark.parametrize("scale", [1.0, 0.7, 1.4])
def test_a_view_crops_picture_and_depth_alike(rooms: Path, cache: Path, scale: float) -> None:
    shard = cached_shards(IndoorScenes(rooms), str(cache))[0]
    alike = shards.Shard(np.stack([shard.depth] * 3, axis=-1), shard.depth, measured=True)
    for number in range(6):
        crop = View(alike, scale).crop(generator(number), (256, 320))
        assert crop.clear.shape == (256, 320, 3)
        assert np.abs(crop.clear[..., 0].astype(int) - crop.depth).max() <= 1
    assert not View(shard, scale).holds((700, 900))


def test_jitter_changes_a_share_of_the_crops() -> None:
    grey = np.tile(np.arange(0, 256, 4, dtype=np.uint8)[None], (64, 1))
    crop, seen = Crop(np.stack([grey] * 3, -1), grey), list[Hazed]()
    haze = Jittered(remembered(its_haze, seen), 0.5)
    for number in range(40):
        haze(crop, generator(number))
    changed = sum(not np.allclose(h.clear * 255, crop.clear, atol=0.5) for h in seen)
    assert 10 <= changed <= 30


def test_shards_are_made_once(rooms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes = IndoorScenes(rooms, limit=2)
    made = cached_shards(scenes, str(tmp_path))
    monkeypatch.setattr("training.data.shards.build_shards", lambda *a: pytest.fail("computed again"))
    again = cached_shards(scenes, str(tmp_path))
    assert len(again) == 1
    assert len(again[0]) == 2
    assert again[0].size == (460, 620)
    assert (made[0].clear == again[0].clear).all()
    assert (made[0].depth == again[0].depth).all()
    assert not list(tmp_path.glob("*.partial"))


def test_a_shard_travels_to_other_processes_as_an_address(rooms: Path, cache: Path) -> None:
    shard = cached_shards(IndoorScenes(rooms), str(cache))[0]
    letter = pickle.dumps(shard)
    assert len(letter) < 2000
    assert (pickle.loads(letter).clear == shard.clear).all()
    in_memory = shards.Shard(np.array(shard.clear), np.array(shard.depth), measured=True)
    assert (pickle.loads(pickle.dumps(in_memory)).depth == shard.depth).all()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_who_shares_the_cache_folder_may_read_the_shards(rooms: Path, tmp_path: Path) -> None:
    (tmp_path / "ordinary").mkdir()
    cached_shards(IndoorScenes(rooms, limit=1), str(tmp_path / "cache"))
    made = next((tmp_path / "cache").iterdir())
    assert made.stat().st_mode == (tmp_path / "ordinary").stat().st_mode


def test_what_a_killed_run_left_is_swept_away(rooms: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "a.1.partial", tmp_path / "a.2.partial"  # the second may be another run's, at work now
    for left in (old, new):
        left.mkdir()
    os.utime(old, (0, 0))
    cached_shards(IndoorScenes(rooms, limit=1), str(tmp_path))
    assert (old.exists(), new.exists()) == (False, True)


def test_two_runs_may_make_the_same_shards_at_once(rooms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes, save = IndoorScenes(rooms, limit=1), shards._save

    def save_while_another_finishes(folder: Path, made: Sequence[shards.Shard]) -> None:
        monkeypatch.setattr(shards, "_save", save)
        cached_shards(scenes, str(tmp_path))
        save(folder, made)

    monkeypatch.setattr(shards, "_save", save_while_another_finishes)
    assert len(cached_shards(scenes, str(tmp_path))[0]) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_validation_scenes_are_never_trained_on(rooms: Path, photos: Path) -> None:
    assert IndoorScenes(rooms).ids == [1, 2, 3, 4]
    assert IndoorScenes(rooms, validation=True).ids == [1350, 1351, 1352]
    assert not set(Photographs(photos).names) & set(Photographs(photos, validation=True).names)


def test_smooth_noise_is_smooth() -> None:
    noise = smooth_noise(generator(1), 60, 80)
    assert noise.shape == (60, 80)
    assert 0.3 < np.abs(noise).max() <= 1
    assert np.abs(np.diff(noise, axis=1)).max() < 0.3  # two units within twelve pixels, cubic


def test_missing_folders_and_large_windows_are_said(rooms: Path, cache: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        SOURCES["rgbd-its"](indoor="/no/such/folder", batch=1, seed=0)
    with pytest.raises(ConfigError, match="exactly one of"):
        SOURCES["clear"](batch=1, seed=0)
    views = [View(s) for s in cached_shards(IndoorScenes(rooms), str(cache))]
    with pytest.raises(ConfigError, match="No scene holds a crop of 3200×3200"):
        FieldStream(views, [(400, 400)], its_haze, 2)
    with pytest.raises(ConfigError, match="No scene holds"):
        SOURCES["rgbd-its"](indoor=str(rooms), batch=1, seed=0, crop=4000)
    with pytest.raises(ConfigError, match="No scene holds"):
        SOURCES["field-its"](indoor=str(rooms), batch=1, seed=0, cache=str(cache), scales=[0.05])
    with pytest.raises(ConfigError, match="larger than a picture"):
        SOURCES["clear"](indoor=str(rooms), batch=1, seed=0, crop=4000)(0)


@pytest.mark.parametrize("missing", ["clear", "depth"])
def test_a_scene_without_its_depth_is_named(rooms: Path, tmp_path: Path, missing: str) -> None:
    for folder in ("clear", "depth"):
        (tmp_path / folder).mkdir()
    (tmp_path / "clear" / "7.jpg").write_bytes((rooms / "clear" / "1.jpg").read_bytes())
    scenes = IndoorScenes(tmp_path)
    if missing == "clear":
        (tmp_path / "clear" / "7.jpg").rename(tmp_path / "clear" / "7.bmp")
    with pytest.raises(InputError, match=rf"Scene 7 in .* has no {missing}/7"):
        scenes[0]


def test_photographs_that_are_hazy_themselves_are_left_out(photos: Path, tmp_path: Path) -> None:
    for number, source in enumerate(sorted(photos.glob("*.png"))[:4]):
        name = "55067.png" if number == 1 else source.name
        (tmp_path / name).write_bytes(source.read_bytes())
    assert "55067.png" in {p.name for p in tmp_path.iterdir()}
    assert len(Photographs(tmp_path)) + len(Photographs(tmp_path, validation=True)) == 3


def test_a_veil_is_found_by_its_measure() -> None:
    texture = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (320, 480), dtype=np.uint8), (0, 0), 1.5)
    clear = np.stack([texture, texture // 2, texture // 3], axis=-1)
    hazy = (clear * 0.25 + 150).astype(np.uint8)
    assert veil_share(clear) < 0.05
    assert veil_share(hazy) > 0.5
