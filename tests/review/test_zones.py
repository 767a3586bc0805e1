"""Time zones by name, and that of the computer with its daylight saving time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dehazer.errors import UsageError
from dehazer.review import local_zone, zone_named


def test_a_zone_by_name() -> None:
    assert zone_named("Europe/Berlin") == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("name", ["Mars/Crater", "", "../etc", "Europe", "a\0b"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="There is no time zone"):
        zone_named(name)


def test_the_zone_of_the_computer_by_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":America/New_York")
    assert local_zone() == ZoneInfo("America/New_York")


def test_the_zone_of_the_computer_by_its_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    assert local_zone(tmp_path / "localtime") == ZoneInfo("Asia/Tokyo")


def test_without_a_name_it_is_the_offset_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "rule that is no name")
    now = datetime.now().astimezone()
    assert now.astimezone(local_zone(tmp_path / "localtime")).utcoffset() == now.utcoffset()
