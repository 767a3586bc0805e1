"""What every test may ask for: weights that need no training, and the promise of a GPU kept."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.media import write_moving_texture
from tests.networks import export_random

LONGEST = ("tests/training/test_commands.py", "tests/gui/test_program.py")
"""Files that processes side by side begin with, so that none of them works on one of these alone at the end."""


def pytest_configure() -> None:
    """What a shell starts in the background ignores Ctrl+C, and so would every program that tests start and stop."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # one of several processes
        items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    skip_without_cuda([item for item in items if item.get_closest_marker("cuda")])


def skip_without_cuda(marked: list[pytest.Item]) -> None:
    """Tests marked `cuda` are skipped on a machine without one, unless one was promised: then they run, and fail."""
    if not marked or os.environ.get("DEHAZER_REQUIRE_CUDA") == "1":
        return
    import torch

    if not torch.cuda.is_available():
        for item in marked:
            item.add_marker(pytest.mark.skip(reason="no CUDA device here (DEHAZER_REQUIRE_CUDA=1 makes this a failure)"))


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What tests cache stays out of the user's cache, also in programs they start (Linux; elsewhere it does no harm)."""
    folder = tmp_path_factory.mktemp("cache")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(folder))
    patch.setenv("XDG_CONFIG_HOME", str(folder))
    yield folder
    patch.undo()


@pytest.fixture(scope="session")
def random_weights_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the packaged one, with every set of every registered model, randomly initialised (seeded)."""
    folder = tmp_path_factory.mktemp("weights")
    export_random(folder)
    return folder


@pytest.fixture
def random_weights(random_weights_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make `dehazer.models.weights` find random weights instead of the packaged ones; gives their folder."""
    monkeypatch.setattr("dehazer.models.weights.FOLDER", random_weights_folder)
    return random_weights_folder


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One second of a moving texture at 25 frames per second, 128 × 96; to be read only."""
    return write_moving_texture(tmp_path_factory.mktemp("film") / "film.mp4")
