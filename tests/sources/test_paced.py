"""Files played as if they were live."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from dehazer.errors import InputError
from dehazer.sources import open_live
from dehazer.sources.request import SourceRequest
from tests.media import write_moving_texture


def test_a_file_takes_its_time(film: Path) -> None:
    began = time.monotonic()
    with open_live(SourceRequest(str(film))) as source:
        seen = list(source)
    assert len(seen) == 25
    assert source.info.live
    assert source.info.name == "film.mp4"
    assert 0.9 < time.monotonic() - began < 3
    stamps = np.diff([f.captured or 0 for f in seen])
    assert abs(stamps.mean() - 0.04) < 0.004


def test_another_rate_makes_it_faster(film: Path) -> None:
    began = time.monotonic()
    with open_live(SourceRequest(str(film), fps=100)) as source:
        assert len(list(source)) == 25
    assert time.monotonic() - began < 0.9


def test_a_loop_goes_on_with_rising_times(film: Path) -> None:
    with open_live(SourceRequest(str(film), fps=200, loop=True)) as source:
        frames = iter(source)
        seen = [next(frames) for _ in range(60)]
    assert [f.index for f in seen] == list(range(60))
    assert np.allclose(np.diff([f.seconds or 0 for f in seen]), 0.04)
    assert np.array_equal(seen[3].planes[0], seen[28].planes[0])


def test_resting_stops_the_play_where_it_is(film: Path) -> None:
    with open_live(SourceRequest(str(film))) as source:
        frames = iter(source)
        before = [next(frames) for _ in range(5)][-1]
        source.rest()
        threading.Timer(0.5, source.wake).start()
        began = time.monotonic()
        after = next(frames)
        assert time.monotonic() - began > 0.45
        assert after.index == before.index + 1
        began = time.monotonic()
        next(frames)
        assert 0.02 < time.monotonic() - began < 0.4  # at its pace again, without hurrying after the lost time


def test_closing_while_it_sleeps_ends_at_once(tmp_path: Path) -> None:
    slow = write_moving_texture(tmp_path / "slow.mp4", frames=4, rate=1)
    with open_live(SourceRequest(str(slow))) as source:
        threading.Timer(0.2, source.end).start()
        began = time.monotonic()
        assert len(list(source)) == 1
        assert time.monotonic() - began < 0.6


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_live(SourceRequest(str(tmp_path / "gone.mp4")))
