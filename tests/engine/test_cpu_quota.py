"""A container may see many cores and be given the time of one; both versions of control groups tell."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from dehazer.engine import devices
from dehazer.engine.cpu_quota import cpu_quota


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.mark.parametrize(("own", "files", "expected"), [
    ("0::/a/b\n", {"a/b/cpu.max": "max 100000", "a/cpu.max": "150000 100000"}, 1.5),
    ("0::/\n", {"cpu.max": "50000 100000\n"}, 0.5),
    ("0::/host/name\n", {"cpu.max": "200000 100000"}, 2.0),
    ("4:memory:/x\n3:cpu,cpuacct:/docker/1\n0::/\n",
     {"cpu,cpuacct/cpu.cfs_quota_us": "300000\n", "cpu,cpuacct/cpu.cfs_period_us": "100000\n"}, 3.0),
    ("1:cpu:/\n", {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, math.inf),
    ("0::/\n", {"cpu.max": "nonsense"}, math.inf),
    ("", {}, math.inf),
])
def test_the_tightest_group_counts(tmp_path: Path, own: str, files: dict[str, str], expected: float) -> None:
    groups = written(tmp_path / "groups", files | {"other": ""})
    names = written(tmp_path, {"own": own}) / "own"
    assert cpu_quota(groups, names) == expected


def test_a_system_without_control_groups_limits_nothing(tmp_path: Path) -> None:
    assert cpu_quota(tmp_path / "none", tmp_path / "nowhere") == math.inf


@pytest.mark.parametrize(("quota", "expected"), [(math.inf, 4), (2.5, 3), (0.5, 1), (64.0, 4)])
def test_cores_are_those_bound_or_given(quota: float, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices.os, "sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(devices, "_quota", lambda: quota)
    assert devices.cores() == expected
