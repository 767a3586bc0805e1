"""Picture files as results: options that change nothing are said, and animated pictures keep everything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from dehazer.files.animations import Animation, animation_in
from tests.cli.conftest import Run, write_picture


def shades(mode: str = "RGBA") -> list[Image.Image]:
    """Three pictures of one colour each, more and more opaque."""
    return [Image.fromarray(np.full((30, 40, 4), (value, 90, 30, value), np.uint8)).convert(mode) for value in (50, 120, 200)]


def save(path: Path, pictures: list[Image.Image], **options: object) -> Path:
    pictures[0].save(path, save_all=True, append_images=pictures[1:], **options)
    return path


@pytest.mark.parametrize("name", ["out.gif", "out.webp", "out.png", "out.tif", "pictures", "p_%02d.png"])
def test_options_of_encoders_are_said_to_change_nothing(run: Run, tmp_path: Path, name: str,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    source = write_picture(tmp_path / "in.png")
    assert run("--codec", "hevc", "--crf", "20", "--preset", "slow", source, tmp_path / name) == 0
    assert capsys.readouterr().err.count("Note: Picture files are made without an encoder of films; --codec, --crf and --preset "
                                         "change nothing.") == 1
    assert run("-y", "--tune", "grain", source, tmp_path / name) == 0
    assert "--tune changes nothing." in capsys.readouterr().err
    assert run("-y", source, tmp_path / name) == 0
    assert "nothing" not in capsys.readouterr().err


@pytest.mark.parametrize("first", [False, True])
def test_an_animated_png_keeps_pictures_times_repeats_and_transparency(run: Run, tmp_path: Path, first: bool,
                                                                       capsys: pytest.CaptureFixture[str]) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Title", "Nebel")
    pictures, times = shades(), [40, 120, 70]
    stands_in = [Image.new("RGBA", (40, 30), (1, 2, 3, 255))] if first else []
    source = save(tmp_path / "in.png", [*stands_in, *pictures], duration=times, loop=3, pnginfo=texts, default_image=first)
    assert run("--strength", "0", "--verify", source, tmp_path / "out.png") == 0
    assert ("programs without animation" in capsys.readouterr().err) == first
    assert animation_in(tmp_path / "out.png") == animation_in(source) == Animation(tuple(times), 3)
    with Image.open(tmp_path / "out.png") as opened:
        assert opened.text["Title"] == "Nebel"
        for page, picture in enumerate(pictures):
            opened.seek(page)
            assert np.array_equal(np.asarray(opened.convert("RGBA")), np.asarray(picture))


def test_an_animated_png_becomes_other_animations_and_films_do_not_become_one(run: Run, clip: Path, tmp_path: Path) -> None:
    source = save(tmp_path / "in.png", shades(), duration=[40, 120, 70], loop=3)
    assert run("--strength", "0", source, tmp_path / "out.webp") == 0
    assert animation_in(tmp_path / "out.webp") == animation_in(source)
    assert run(clip, tmp_path / "film.png") == 2


def test_several_pictures_of_a_camera_are_one_with_what_belongs_to_it(run: Run, tmp_path: Path,
                                                                      capsys: pytest.CaptureFixture[str]) -> None:
    """A JPEG of several pictures (MPO) holds previews and depth beside the picture, which are not pictures to be dehazed."""
    source = save(tmp_path / "in.jpg", shades("RGB"), format="MPO")
    assert run("--verify", source, tmp_path / "out.jpg") == 0
    assert "Note: in.jpg holds 3 pictures; only the first is used." in capsys.readouterr().err


def test_animated_webp_keeps_what_is_written_beside_its_pictures(run: Run, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "im Nebel"
    source = save(tmp_path / "in.webp", shades(), duration=[40, 120, 70], lossless=True, exif=exif.tobytes(), xmp=b"<x/>")
    assert run("--strength", "0", "--verify", source, tmp_path / "out.webp") == 0
    with Image.open(tmp_path / "out.webp") as opened:
        assert opened.getexif()[0x010E] == "im Nebel"


def test_a_gif_keeps_its_comment_and_says_that_others_lose_colours(run: Run, clip: Path, tmp_path: Path,
                                                                   capsys: pytest.CaptureFixture[str]) -> None:
    source = save(tmp_path / "in.gif", shades("RGB"), duration=[40, 120, 70], comment=b"im Nebel")
    assert run("--strength", "0", "--verify", source, tmp_path / "out.gif") == 0
    assert "256 colours" not in capsys.readouterr().err
    assert run(clip, tmp_path / "film.gif") == 0
    assert "Note: GIF files hold 256 colours a picture" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["gif", "webp", "apng", "tif"])
@pytest.mark.parametrize("asked", ["jpg", "bmp"])
def test_of_an_animation_a_file_for_one_picture_gets_the_first_and_that_is_said(run: Run, tmp_path: Path, given: str, asked: str,
                                                                                capsys: pytest.CaptureFixture[str]) -> None:
    kinds = {"apng": "PNG", "tif": "TIFF"}
    source = save(tmp_path / f"in.{given}", shades("RGB"), duration=[40, 120, 70], format=kinds.get(given, given))
    assert run("--strength", "0", "--verify", source, tmp_path / f"out.{asked}") == 0
    assert capsys.readouterr().err.count(f"Note: in.{given} holds 3 pictures; only the first is used.") == 1
    with Image.open(tmp_path / f"out.{asked}") as opened:
        assert getattr(opened, "n_frames", 1) == 1
        assert abs(int(np.asarray(opened.convert("RGB"))[15, 20, 0]) - 50) < 10


@pytest.mark.parametrize(("given", "asked"), [("gif", "png"), ("gif", "webp"), ("apng", "gif"), ("apng", "tif")])
def test_animations_stay_whole_in_files_of_several_pictures(run: Run, tmp_path: Path, given: str, asked: str) -> None:
    kinds = {"apng": "PNG"}
    source = save(tmp_path / f"in.{given}", shades("RGB"), duration=[40, 120, 70], format=kinds.get(given, given))
    assert run("--strength", "0", "--verify", source, tmp_path / f"out.{asked}") == 0
    with Image.open(tmp_path / f"out.{asked}") as opened:
        assert opened.n_frames == 3


@pytest.mark.parametrize("name", ["film.gif", "film.webp", "film.tif"])
def test_the_self_check_counts_what_a_film_became(run: Run, clip: Path, tmp_path: Path, name: str) -> None:
    assert run("--verify", clip, tmp_path / name) == 0
    with Image.open(tmp_path / name) as opened:
        assert opened.n_frames == 8
