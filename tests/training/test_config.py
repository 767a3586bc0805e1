"""Configs: files, changes, mistakes, and the copy in the run folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dehazer.errors import ConfigError
from training.config import Config, OptimiserConfig, load_config, write_config
from training.results import read_tables, row_config

CONFIGS = sorted((Path(__file__).parents[2] / "training" / "configs").glob("*.toml"))


@pytest.mark.parametrize("path", CONFIGS, ids=lambda p: p.stem)
def test_every_shipped_config_is_read_again_as_it_was_written(path: Path, tmp_path: Path) -> None:
    config = load_config(path)
    write_config(config, tmp_path / "copy.toml")
    assert load_config(tmp_path / "copy.toml") == config


def test_every_row_of_the_tables_is_a_config() -> None:
    rows = [row for table in read_tables() for row in table.rows]
    assert len(rows) > 30
    for row in rows:
        assert row_config(row, []).folder.endswith(f"{row.table}-{row.name}")


def test_changes_reach_nested_values_and_lists(student_config: Callable[..., Config]) -> None:
    config = student_config("optimiser.lr=1e-4", "loss.0.weight=0.5", "loss.1={name='l1'}",
                            "teacher={name='mc', checkpoint='random'}")
    assert config.optimiser.lr == 1e-4
    assert [(loss.name, loss.weight) for loss in config.loss] == [("mse", 0.5), ("l1", 1.0)]
    assert config.teacher is not None
    assert config.teacher.checkpoint == "random"


@pytest.mark.parametrize(("change", "words"), [
    ("optimiser.speed=3", "optimiser.speed is no option"),
    ("optimiser.lr=fast", "is not a float"),
    ("optimiser.precision=fp8", "choose one of: auto, fp32, bf16, fp16"),
    ("optimiser.accumulate=3", "not a multiple"),
    ("steps=0", "set steps or minutes"),
    ("steps", "write key=value"),
    ("loss=[]", "names no loss"),
    ("loss.7.weight=1", "numbered from 0"),
    ("network.name=3", "network.name = 3 is not a str"),
])
def test_mistakes_are_named(student_config: Callable[..., Config], change: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        student_config(change)


def test_missing_and_broken_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("folder = ")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_config(tmp_path / "bad.toml")
    (tmp_path / "short.toml").write_text("folder = 'x'\nsteps = 1")
    with pytest.raises(ConfigError, match="network is missing"):
        load_config(tmp_path / "short.toml")


def test_looking_at_every_loss_and_not_at_every_loss_exclude_each_other() -> None:
    with pytest.raises(ConfigError, match="spike needs every loss"):
        OptimiserConfig(check=10, spike=3.0)
    assert OptimiserConfig(check=10).check == 10
