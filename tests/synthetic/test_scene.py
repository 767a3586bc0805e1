"""The rendered scene: exact fog, the same from the same seed, worth looking at."""

from __future__ import annotations

import numpy as np
import pytest

from dehazer.errors import UsageError
from dehazer.sources import open_source
from dehazer.sources.synthetic import SceneOptions, SyntheticSource, Truth

SMALL = SceneOptions(width=96, height=64, frames=6, fine=1)


def test_fog_is_exactly_the_scattering_model() -> None:
    with SyntheticSource(SMALL) as source:
        for frame in source:
            truth = frame.transfer
            assert isinstance(truth, Truth)
            t = np.exp(-truth.beta * truth.depth.astype(np.float64))
            assert np.abs(t - truth.transmission).max() < 1e-5
            hazy = truth.clear * t[..., None] + 255 * truth.airlight * (1 - t[..., None])
            assert np.abs(frame.planes[0] - hazy).max() <= 0.51


def test_the_seed_decides_everything() -> None:
    frames = [list(SyntheticSource(SceneOptions(width=96, height=64, frames=2, fine=1, seed=seed))) for seed in (3, 3, 4)]
    assert all(np.array_equal(a.planes[0], b.planes[0]) for a, b in zip(frames[0], frames[1], strict=True))
    assert not np.array_equal(frames[0][0].planes[0], frames[2][0].planes[0])


def test_depth_is_that_of_a_road() -> None:
    depth = SyntheticSource(SMALL).truth(0).depth
    assert depth.min() > 1.0
    assert depth[-1, 48] < 10 < depth[36, 48]
    column = depth[34:, 48]
    assert np.all(np.diff(column[column < 60]) <= 0.5)
    assert (depth[:8] > 500).mean() > 0.2


def test_things_come_nearer_and_the_sky_stays() -> None:
    source = SyntheticSource(SMALL)
    first, later = source.truth(0), source.truth(5)
    assert np.abs(first.clear.astype(int) - later.clear).mean() > 2
    assert 0.05 < (np.abs(first.depth - later.depth) > 1).mean() < 0.9


def test_fog_swings_when_asked() -> None:
    still = SyntheticSource(SMALL)
    swinging = SyntheticSource(SceneOptions(width=96, height=64, frames=60, fine=1, swing=0.5))
    assert {still.truth(k).beta for k in range(6)} == {SMALL.beta}
    betas = [swinging.truth(k).beta for k in (0, 31, 94)]
    assert betas[1] > 1.4 * betas[0] > 2 * betas[2]


def test_finer_rendering_is_the_same_scene_smoother() -> None:
    rough, fine = (SyntheticSource(SceneOptions(width=96, height=64, fine=k)).truth(0).clear.astype(int) for k in (1, 3))
    assert np.abs(rough - fine).mean() < 14
    assert np.abs(np.diff(fine, axis=1)).mean() < np.abs(np.diff(rough, axis=1)).mean()


def test_the_scene_has_colour_texture_and_contrast() -> None:
    clear = SyntheticSource(SceneOptions(width=192, height=108)).truth(0).clear.astype(float)
    assert clear.std() > 35
    assert np.abs(clear[..., 0] - clear[..., 2]).mean() > 12
    assert (clear.max(2) > 250).mean() < 0.02


def test_text_chooses_the_scene() -> None:
    with open_source("synthetic:width=48,height=32,frames=3,rate=10,beta=0.05,seed=9,fine=1") as source:
        assert (source.info.width, source.info.height, source.info.frames, source.info.rate) == (48, 32, 3, 10)
    for wrong in ("synthetic:size=9", "synthetic:width=wide", "synthetic:width=4", "synthetic:swing=3"):
        with pytest.raises(UsageError):
            open_source(wrong)


def test_the_packaged_clip_is_that_scene() -> None:
    from pathlib import Path

    import dehazer

    sample = Path(dehazer.__file__).parent / "data" / "sample.mp4"
    assert 100_000 < sample.stat().st_size < 600_000
    with open_source(sample) as source:
        info = source.info
        assert (info.width, info.height, info.frames, info.duration) == (640, 360, 100, 4.0)
        assert len(list(source)) == 100
