"""Batches made on the device: RESIDE's haze on whole crops, the same for any number of ranks, as the deployed code sees it."""

from __future__ import annotations

import tarfile
from pathlib import Path

import numpy as np
import pytest
import torch

from dehazer.errors import ConfigError
from dehazer.field.pyramid import picture_pyramid
from training.data.haze import AIRLIGHT, BETA
from training.data.pack import pack
from training.data.resident import ResidentStream
from training.data.scenes import IndoorScenes
from training.data.shards import Shard
from training.data.sources import SOURCES


def coordinates(count: int = 3, height: int = 96, width: int = 128) -> Shard:
    """Scenes whose colours say where a pixel is: red the row, green the column, blue the scene."""
    clear = np.zeros((count, height, width, 3), np.uint8)
    clear[..., 0], clear[..., 1] = np.arange(height)[None, :, None], np.arange(width)[None, None]
    clear[..., 2] = 40 * np.arange(count)[:, None, None]
    depth = np.broadcast_to((np.arange(height) * 2)[None, :, None], (count, height, width)).astype(np.uint8)
    return Shard(clear, depth, measured=True)


def test_crops_are_whole_parts_of_scenes_and_half_of_them_are_mirrored() -> None:
    batch = ResidentStream([coordinates()], 64, (1.0,), 64, seed=3)(0)
    rows, columns, scene = (batch.clear * 255).round().unbind(1)  # (64, 64, 64) each
    assert (rows.diff(dim=1) == 1).all()
    assert (rows.diff(dim=2) == 0).all()
    assert (scene == scene[:, :1, :1]).all()
    direction = columns.diff(dim=2)
    assert (direction.abs() == 1).all()
    mirrored = int((direction[:, 0, 0] == -1).sum())
    assert 16 < mirrored < 48
    assert len({(float(r[0, 0]), float(c.min())) for r, c in zip(rows, columns, strict=True)}) > 40


def test_the_haze_is_that_of_reside() -> None:
    batch = ResidentStream([coordinates()], 64, (1.0,), 64, seed=3)(1)
    t = batch.transmission
    assert t is not None
    airlight = ((batch.hazy - batch.clear * t) / (1 - t))[t.expand_as(batch.clear) < 0.9]
    assert AIRLIGHT[0] - 1e-3 <= airlight.min() <= airlight.max() <= AIRLIGHT[1] + 1e-3
    depth = (batch.clear[:, :1] * 255).round() * 2 / 255  # as `coordinates` has it
    beta = (-torch.log(t) / depth)[depth > 0.3]
    assert BETA[0] * 0.97 <= beta.min() <= beta.max() <= BETA[1] * 1.03
    per_sample = torch.stack([-torch.log(one).sum() / far.sum() for one, far in zip(t, depth, strict=True)])
    assert per_sample.std() > 0.2  # every sample its own


@pytest.mark.parametrize("pyramids", [False, True])
@pytest.mark.parametrize("scale", [0.7, 1.0, 1.5])
def test_scales_give_crops_of_one_size(scale: float, pyramids: bool) -> None:
    batch = ResidentStream([coordinates()], 64, (scale,), 4, pyramids=pyramids)(0)
    assert batch.hazy.shape == batch.clear.shape == ((4, 3, 16, 16) if pyramids else (4, 3, 64, 64))
    if not pyramids:
        step = float((batch.clear[:, 0] * 255).diff(dim=1).mean())
        assert step == pytest.approx(1 / scale, rel=0.05)


def test_ranks_share_one_batch() -> None:
    stream = ResidentStream([coordinates()], 64, (1.0, 1.5), 6, seed=9)
    whole, parts = stream(5), [stream(5, rank, 3) for rank in range(3)]
    for rank, part in enumerate(parts):
        assert torch.equal(part.clear, whole.clear[rank::3])
    assert torch.equal(stream(5).hazy, whole.hazy)
    assert not torch.equal(stream(6).clear, whole.clear)


def test_pyramids_are_those_of_the_deployed_code(rooms: Path, cache: Path) -> None:
    made = SOURCES["resident-its"](indoor=str(rooms), batch=2, seed=1, cache=str(cache), crop=128)(0)
    seen = SOURCES["resident-its"](indoor=str(rooms), batch=2, seed=1, cache=str(cache), crop=128, pyramids=True)(0)
    for index in range(2):
        picture = (made.hazy[index] * 255).round().byte().permute(1, 2, 0).numpy()
        small, stats = picture_pyramid(np.ascontiguousarray(picture))
        assert np.allclose(seen.hazy[index], small, atol=1e-5)
        assert seen.stats is not None
        assert np.allclose(seen.stats[index], stats, atol=1e-4)


def test_crops_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ConfigError, match="does not fit"):
        ResidentStream([coordinates()], 96, (0.5,), 1)
    with pytest.raises(ConfigError, match="multiple of 32"):
        ResidentStream([coordinates()], 72, (1.0,), 1, pyramids=True)


def test_a_pack_is_read_like_the_originals(rooms: Path, tmp_path: Path) -> None:
    told = pack(rooms, tmp_path / "pack")
    assert told["fits"]
    again = pack(rooms, tmp_path / "again")
    assert (tmp_path / "pack" / "scenes-pack.tar").read_bytes() == Path(str(again["file"])).read_bytes()
    for validation in (False, True):
        before, after = IndoorScenes(rooms, validation), IndoorScenes(tmp_path / "pack", validation)
        assert before.names == after.names
        one, other = before[0], after[0]
        assert other.clear.shape == (460, 620, 3)
        assert np.abs(one.clear.astype(int) - other.clear).mean() < 8
        assert one.depth is not None
        assert other.depth is not None
        assert np.abs(one.depth.astype(int) - other.depth).mean() < 2
    with tarfile.open(tmp_path / "pack" / "scenes-pack.tar") as tar:
        assert len(tar.getnames()) == told["scenes"] * 2 == 14
