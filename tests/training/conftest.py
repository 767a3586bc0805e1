"""Small data sets made for the tests, in the layouts of the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from training.config import Config, load_config

SMALL_FIELD = ["network.widths=[8, 12, 16]", "network.blocks=[1, 1, 1]"]


def scenery(seed: int, height: int, width: int) -> NDArray[np.uint8]:
    """A picture with broad shapes and fine texture, (height, width, 3)."""
    rng = np.random.default_rng(seed)
    broad = cv2.resize(rng.integers(20, 235, (6, 8, 3), dtype=np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)
    textured = broad.astype(np.int16) + rng.integers(-12, 13, (height, width, 3))
    return np.asarray(np.clip(textured, 0, 255), np.uint8)


@pytest.fixture(scope="session")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Indoor scenes 1–4 and 1350–1352 with depth, as a folder."""
    root = tmp_path_factory.mktemp("rooms")
    for folder in ("clear", "depth"):
        (root / folder).mkdir()
    for number in (1, 2, 3, 4, 1350, 1351, 1352):
        cv2.imwrite(str(root / "clear" / f"{number}.jpg"), scenery(number, 480, 640))
        coarse = np.random.default_rng(number).integers(60, 255, (3, 4), dtype=np.uint8)
        depth: NDArray[np.uint8] = np.asarray(cv2.resize(coarse, (620, 460), interpolation=cv2.INTER_LINEAR), np.uint8)
        depth[100:300, 203:331] //= 3  # something near, with edges inside cells
        cv2.imwrite(str(root / "depth" / f"{number}.png"), depth)
    return root


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve photographs, upright and lying."""
    root = tmp_path_factory.mktemp("photos")
    for number in range(12):
        height, width = ((321, 481), (481, 321))[number % 2]
        cv2.imwrite(str(root / f"{number:02d}.png"), scenery(100 + number, height, width))
    return root


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is kept in the user's cache folder, by this process or by the commands it starts."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("user-cache")
        patch.setenv("XDG_CACHE_HOME", str(home))
        patch.setattr("training.data.shards.default_cache", lambda: home / "dehazer" / "shards")
        yield


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One shard cache for the session."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def student_config(rooms: Path, tmp_path: Path) -> Callable[..., Config]:
    """Make the config of a tiny student run; arguments are further --set changes."""
    def make(*changes: str, name: str = "student.toml") -> Config:
        path = Path(__file__).parents[2] / "training" / "configs" / name
        return load_config(path, [
            f"folder={tmp_path / 'run'}", f"data.indoor={rooms}", f"validate.0.indoor={rooms}", "validate.0.limit=1",
            "data.crop=32", "network.inner=1", "steps=4", "optimiser.batch=4", "optimiser.warmup=1", "optimiser.precision=fp32",
            "device=cpu", *changes])

    return make


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)
