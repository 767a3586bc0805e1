"""Files of several pictures keep all of them, with their times, and are played as often as before."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from dehazer.files.animations import animation_in
from dehazer.sources import open_source
from dehazer.sources.images import ImageSource
from dehazer.verification import Promised, verify
from tests.sinks.passing import passed

DURATIONS = (40, 120, 70)
LOOPS = 3


def pictures(height: int = 30, width: int = 40) -> list[np.ndarray]:
    """Three pictures of four colours each."""
    rng = np.random.default_rng(3)
    small = [rng.integers(0, 256, (2, 2, 3)).astype(np.uint8) for _ in DURATIONS]
    return [cv2.resize(one, (width, height), interpolation=cv2.INTER_NEAREST) for one in small]


def write(path: Path, **options: object) -> list[np.ndarray]:
    shown = pictures()
    first, *rest = [Image.fromarray(one) for one in shown]
    first.save(path, save_all=True, append_images=rest, **options)
    return shown


def read(path: Path) -> list[np.ndarray]:
    with Image.open(path) as opened:
        found = []
        for page in range(getattr(opened, "n_frames", 1)):
            opened.seek(page)
            found.append(np.asarray(opened.convert("RGB")))
    return found


@pytest.mark.parametrize(("ending", "options"), [("gif", {}), ("webp", {"lossless": True})])
def test_an_animation_keeps_pictures_times_and_repeats(tmp_path: Path, ending: str, options: dict[str, object]) -> None:
    given = write(tmp_path / f"in.{ending}", duration=list(DURATIONS), loop=LOOPS, **options)
    result = passed(tmp_path / f"in.{ending}", tmp_path / f"out.{ending}")
    assert (result.frames, result.warnings) == (3, ())
    assert animation_in(tmp_path / f"out.{ending}") == animation_in(tmp_path / f"in.{ending}")
    for before, after in zip(given, read(tmp_path / f"out.{ending}"), strict=True):
        assert np.abs(before.astype(int) - after).max() <= 2


def test_every_page_of_a_tiff_is_kept_and_stands_for_itself(tmp_path: Path) -> None:
    given = write(tmp_path / "in.tif", compression="tiff_lzw")
    assert passed(tmp_path / "in.tif", tmp_path / "out.tif").frames == 3
    assert all(np.array_equal(*pair) for pair in zip(given, read(tmp_path / "out.tif"), strict=True))
    with open_source(tmp_path / "in.tif") as source:
        seconds = [frame.seconds or 0.0 for frame in source]
    assert np.diff(seconds).min() > 1.0  # nothing is smoothed over so long a time


def test_pages_of_sixteen_bits_stay_so(tmp_path: Path) -> None:
    deep = [np.random.default_rng(i).integers(0, 65536, (20, 24, 3)).astype(np.uint16) for i in range(3)]
    cv2.imwritemulti(str(tmp_path / "in.tif"), deep)
    passed(tmp_path / "in.tif", tmp_path / "out.tif")
    _, found = cv2.imreadmulti(str(tmp_path / "out.tif"), flags=cv2.IMREAD_UNCHANGED)
    assert all(np.array_equal(*pair) for pair in zip(deep, found, strict=True))


def test_pages_into_a_folder_have_names_of_their_own(tmp_path: Path) -> None:
    write(tmp_path / "in.tif")
    passed(tmp_path / "in.tif", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"in-000{i}.tif" for i in (1, 2, 3)]


def test_the_small_copy_beside_a_picture_is_no_page(tmp_path: Path) -> None:
    full, small = Image.fromarray(pictures()[0]), Image.fromarray(pictures(10, 10)[0])
    small.encoderinfo = {"tiffinfo": {254: 1}}
    full.save(tmp_path / "in.tif", save_all=True, append_images=[small])
    with open_source(tmp_path / "in.tif") as source:
        assert isinstance(source, ImageSource)


def test_a_picture_becomes_a_gif(tmp_path: Path) -> None:
    Image.fromarray(pictures()[0]).save(tmp_path / "in.png")
    passed(tmp_path / "in.png", tmp_path / "out.gif")
    assert np.array_equal(read(tmp_path / "out.gif")[0], pictures()[0])


def test_nothing_is_left_of_an_animation_that_is_discarded(tmp_path: Path) -> None:
    from dehazer.sinks import open_sink

    write(tmp_path / "in.tif")
    with open_source(tmp_path / "in.tif") as source, open_sink(tmp_path / "out.gif", source.info) as sink:
        sink.write(next(iter(source)))
    assert [path.name for path in tmp_path.iterdir()] == ["in.tif"]


def test_a_file_for_one_picture_takes_the_first_and_says_so(tmp_path: Path) -> None:
    given = write(tmp_path / "in.tif")
    result = passed(tmp_path / "in.tif", tmp_path / "out.png")
    assert result.warnings == ("in.tif holds 3 pictures; only the first is used.",)
    assert np.array_equal(read(tmp_path / "out.png")[0], given[0])


@pytest.mark.parametrize("ending", ["png", "webp"])
def test_an_animation_named_apng_stays_one(tmp_path: Path, ending: str) -> None:
    write(tmp_path / "in.png", duration=list(DURATIONS), loop=LOOPS)
    (tmp_path / "in.png").rename(tmp_path / "in.apng")
    passed(tmp_path / "in.apng", tmp_path / f"out.{ending}")
    written = animation_in(tmp_path / f"out.{ending}")
    assert written is not None
    assert (written.durations, written.plays) == (DURATIONS, LOOPS)


@pytest.mark.parametrize("ending", ["gif", "tif", "webp"])
def test_the_self_check_counts_every_picture(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"in.{ending}", duration=40)
    passed(tmp_path / f"in.{ending}", tmp_path / f"out.{ending}")
    checks = verify(tmp_path / f"in.{ending}", tmp_path / f"out.{ending}", Promised(frames=3))
    assert [check.property for check in checks if check.verdict == "FAIL"] == []
    assert checks[0].given == "3"
