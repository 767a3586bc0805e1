"""`Dehazer.frames`: a film frame by frame for programs."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from dehazer import Dehazer
from dehazer.errors import InputError, UsageError
from tests.cli.conftest import write_clip, write_picture


@pytest.fixture
def clear(random_weights: Path) -> Dehazer:
    return Dehazer(device="cpu", backend="torch")


def test_every_frame_comes_with_its_result_and_its_time(clear: Dehazer, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "in.mp4", frames=5)
    found = list(clear.frames(clip))
    assert [moment.time for moment in found] == pytest.approx([k / 25 for k in range(5)])
    with av.open(str(clip)) as file:
        truth = [picture.to_ndarray(format="rgb24") for picture in file.decode(video=0)]
    for (frame, result, _), expected in zip(found, truth, strict=True):
        assert frame.shape == result.shape == (64, 96, 3)
        assert frame.dtype == result.dtype == np.uint8
        assert np.abs(frame.astype(int) - expected).mean() < 5  # FFmpeg interpolates chroma in its own way
        assert not np.array_equal(frame, result)


def test_the_results_are_those_of_video(clear: Dehazer, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "in.mp4", frames=4)
    clear.video(clip, tmp_path / "out.mkv", codec="ffv1")
    results = [moment.result for moment in clear.frames(clip)]
    read = [moment.frame for moment in Dehazer(device="cpu", backend="torch", strength=0).frames(tmp_path / "out.mkv")]
    assert len(read) == len(results) == 4
    assert all(np.array_equal(one, two) for one, two in zip(read, results, strict=True))


def test_a_span_and_a_picture(clear: Dehazer, tmp_path: Path) -> None:
    clip, picture = write_clip(tmp_path / "in.mp4"), write_picture(tmp_path / "in.png")
    assert [round(moment.time or 0, 2) for moment in clear.frames(clip, start=0.08, end=0.2)] == [0.08, 0.12, 0.16]
    assert len(list(clear.frames(picture))) == 1


def test_leaving_the_loop_closes_the_source(clear: Dehazer, tmp_path: Path) -> None:
    frames = clear.frames(write_clip(tmp_path / "in.mp4"))
    next(frames)
    frames.close()  # type: ignore[attr-defined]
    assert list(frames) == []
    (tmp_path / "in.mp4").unlink()


def test_wrong_use_is_a_sentence(clear: Dehazer, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing is written"):
        clear.frames("in.mp4", codec="h264")
    with pytest.raises(UsageError, match="Unknown option"):
        clear.frames("in.mp4", colour=3)
    with pytest.raises(InputError, match="does not exist"):
        next(clear.frames(tmp_path / "none.mp4"))
