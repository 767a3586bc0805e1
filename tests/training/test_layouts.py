"""Published layouts, both naming conventions, folders and tars, and what is wrong with them in words."""

from __future__ import annotations

import tarfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from dehazer.errors import ConfigError, InputError
from training.data.archive import open_archive
from training.data.layouts import find_pairs
from training.data.samples import centred, read_pair

GREY = cv2.imencode(".png", np.full((16, 20, 3), 128, np.uint8))[1].tobytes()

LAYOUTS = {
    "ITS": ({"ITS/hazy/1_1_0.90179.png": "ITS/clear/1.png", "ITS/hazy/12_3_0.7.png": "ITS/clear/12.png"}, ("ITS/trans/1_1.png",)),
    "ITS as published": ({"ITS/train/ITS_haze/7_2_0.8.png": "ITS/train/ITS_clear/7.png"}, ()),
    "OTS": ({"OTS/part1/0005_0.8_0.04.jpg": "OTS/clear/0005.jpg"}, ()),
    "SOTS indoor": ({"SOTS/indoor/hazy/1400_10.png": "SOTS/indoor/gt/1400.png"}, ()),
    "SOTS outdoor": ({"SOTS/outdoor/hazy/0018_0.9_0.2.jpg": "SOTS/outdoor/gt/0018.png"}, ()),
    "one name": ({"RESIDE-IN/test/hazy/1400_1.png": "RESIDE-IN/test/GT/1400_1.png"}, ()),
    "HSTS": ({"HSTS/synthetic/synthetic/0586.jpg": "HSTS/synthetic/original/0586.jpg"}, ()),
    "O-HAZE": ({"hazy/01_outdoor_hazy.JPG": "GT/01_outdoor_GT.jpg"}, ()),
    "Dense-Haze": ({"hazy/01_hazy.png": "GT/01_GT.png"}, ()),
    "Middlebury": ({"Middlebury_Hazy/Adirondack_Hazy.bmp": "Middlebury_GT/Adirondack_im0.png"}, ()),
    "D-HAZY": ({"NYU_Hazy/12_Hazy.bmp": "NYU_GT/12_Image_.bmp"}, ()),
}


def make(root: Path, names: list[str]) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(GREY)


@pytest.mark.parametrize("as_tar", [False, True], ids=["folder", "tar"])
@pytest.mark.parametrize("kind", LAYOUTS)
def test_partners_are_found(kind: str, as_tar: bool, tmp_path: Path) -> None:
    partners, more = LAYOUTS[kind]
    make(tmp_path / "set", [*partners, *partners.values(), *more])
    root = tmp_path / "set"
    if as_tar:
        root = tmp_path / "set.tar"
        with tarfile.open(root, "w") as tar:
            tar.add(tmp_path / "set", arcname=".")
    archive = open_archive(root)
    pairs = find_pairs(archive)
    assert {pair.hazy: pair.clear for pair in pairs} == partners
    assert [pair.trans for pair in pairs if pair.trans] == list(more)
    assert read_pair(archive, pairs[0])[0].shape == (16, 20, 3)


def test_named_set_must_be_complete(tmp_path: Path) -> None:
    names = [f"SOTS/indoor/hazy/{s}_{k}.png" for s in range(1400, 1450) for k in range(1, 11)]
    make(tmp_path, [*names, *(f"SOTS/indoor/gt/{s}.png" for s in range(1400, 1450)), "SOTS/outdoor/hazy/1_1.png"])
    assert len(find_pairs(open_archive(tmp_path), "sots-indoor")) == 500
    (tmp_path / names[0]).unlink()
    with pytest.raises(InputError, match="499 pairs of 50 clear pictures, published are 500 of 50"):
        find_pairs(open_archive(tmp_path), "sots-indoor")


def test_lonely_pictures_are_counted(tmp_path: Path) -> None:
    make(tmp_path, ["hazy/1_1.png", "hazy/2_1.png", "hazy/3_1.png", "clear/2.png"])
    with pytest.raises(InputError, match=r"2 of 3 hazy pictures .* the first is hazy/1_1.png"):
        find_pairs(open_archive(tmp_path))


def test_wrong_folders_and_names_are_said(tmp_path: Path) -> None:
    make(tmp_path, ["a/1.png", "clear/2.png"])
    with pytest.raises(InputError, match="found 0 hazy and 1 clear"):
        find_pairs(open_archive(tmp_path))
    with pytest.raises(ConfigError, match="choose one of: pairs, its, ots"):
        find_pairs(open_archive(tmp_path), "reside")
    with pytest.raises(InputError, match=r"neither a folder nor a .tar"):
        open_archive(tmp_path / "none.zip")


def test_unreadable_picture_is_named(tmp_path: Path) -> None:
    make(tmp_path, ["hazy/1_1.png", "clear/1.png"])
    (tmp_path / "clear/1.png").write_bytes(GREY[:60])
    archive = open_archive(tmp_path)
    with pytest.raises(InputError, match=r"clear/1.png .* cannot be read"):
        read_pair(archive, find_pairs(archive)[0])


def test_damaged_tar_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_bytes(b"no tar" * 200)
    with pytest.raises(InputError, match="damaged or compressed"):
        open_archive(tmp_path / "x.tar")


def test_truth_is_centre_cropped() -> None:
    clear = np.arange(20 * 24 * 3, dtype=np.uint8).reshape(20, 24, 3)
    assert (centred(clear, np.zeros((16, 20, 3), np.uint8), "clear/1.png") == clear[2:18, 2:22]).all()
    with pytest.raises(InputError, match=r"clear/1.png is 24×20, smaller"):
        centred(clear, np.zeros((21, 20, 3), np.uint8), "clear/1.png")
