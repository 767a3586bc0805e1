"""The self-check: a faithful result passes, and every single change is found, silent or announced."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from dehazer.config import DecodeOptions
from dehazer.errors import InputError
from dehazer.verification import Check, Promised, verify
from tests.ffmpeg import ffmpeg, make, needs_ffmpeg
from tests.media import Film, Sound, write_film
from tests.sinks.passing import passed

WHOLE = Film(frames=20, sounds=(Sound(), Sound("libmp3lame", 44100, start=0.25, language="fra")), captions=("Nebel", "klar"),
             chapters=("fog", "sun"), tags={"title": "Der Weg", "comment": "im Nebel"})


def verdicts(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.property: check.verdict for check in checks}


def silent(checks: tuple[Check, ...]) -> set[str]:
    return {check.property for check in checks if check.verdict == "FAIL"}


@pytest.mark.parametrize("ending", ["mp4", "mov", "mkv"])
def test_a_faithful_result_passes_everything(tmp_path: Path, ending: str) -> None:
    film = replace(WHOLE, color=(1, 1, 1, 1), aspect=Fraction(16, 11), rotation=90)
    source, result = write_film(tmp_path / f"in.{ending}", film), tmp_path / f"out.{ending}"
    done = passed(source, result)
    checks = verify(source, result, Promised(done.frames, notes=done.warnings))
    assert {check.verdict for check in checks} == {"PASS"}, [check for check in checks if check.verdict != "PASS"]
    assert {"frames", "times", "start", "chapters", "tags", "pixel shape", "display matrix", "colour tags", "depth", "codec",
            "chroma"} <= set(verdicts(checks))
    assert sum("audio" in name and name.endswith(")") for name in verdicts(checks)) == 2


CHANGES: dict[str, tuple[Film, set[str]]] = {
    "a frame less": (replace(WHOLE, frames=19), {"frames"}),
    "a frame shown later": (replace(WHOLE, time_base=Fraction(1, 1000), times=(*range(0, 760, 40), 790)), {"times"}),
    "pictures shifted against the sound": (replace(WHOLE, start=0.2, time_base=Fraction(1, 1000)),
                                           {"start", "audio 1 (aac) times"}),
    "a title changed": (replace(WHOLE, tags={"title": "Weg", "comment": "im Nebel"}), {"tags"}),
    "a chapter renamed": (replace(WHOLE, chapters=("fog", "rain")), {"chapters"}),
    "a track left out": (replace(WHOLE, sounds=(Sound(),)), {"audio 2 (mp3)"}),
    "other sound": (replace(WHOLE, sounds=(Sound(rate=32000), WHOLE.sounds[1])), {"audio 1 (aac)"}),
    "another language": (replace(WHOLE, sounds=(Sound(language="deu"), WHOLE.sounds[1])), {"audio 1 (aac) language"}),
    "other words": (replace(WHOLE, captions=("Nebel", "trüb")), {"subtitle 3 (mov_text)"}),
    "turned": (replace(WHOLE, rotation=90), {"display matrix"}),
    "squeezed": (replace(WHOLE, aspect=Fraction(4, 3)), {"pixel shape"}),
    "other colours": (replace(WHOLE, color=(1, 1, 1, 1)), set()),
    "half the chroma": (replace(WHOLE, pix_fmt="yuv444p"), set()),
    "another size": (replace(WHOLE, width=96), {"size"}),
    "another codec": (replace(WHOLE, codec="mpeg4"), {"codec"}),
}


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_silent_change_is_a_failure(tmp_path: Path, change: str) -> None:
    film, expected = CHANGES[change]
    source, result = write_film(tmp_path / "in.mp4", WHOLE), write_film(tmp_path / "out.mp4", film)
    assert silent(verify(source, result, Promised())) >= expected
    back = silent(verify(result, source, Promised()))
    assert back, f"{change} is not seen the other way round"


def test_depth_and_chroma_may_grow_but_not_shrink(tmp_path: Path) -> None:
    fine = write_film(tmp_path / "fine.mkv", Film(codec="ffv1", pix_fmt="yuv444p10le"))
    coarse = write_film(tmp_path / "coarse.mkv", Film(codec="ffv1", pix_fmt="yuv420p"))
    assert silent(verify(fine, coarse, Promised())) == {"depth", "chroma"}
    assert silent(verify(coarse, fine, Promised())) == set()


@needs_ffmpeg
@pytest.mark.parametrize(("given", "changed", "expected"), [
    (["-c:v", "libx265", "-tag:v", "hvc1"], ["-c:v", "libx265", "-tag:v", "hev1"], "codec tag"),
    (["-c:v", "libx264", "-chroma_sample_location", "topleft"], ["-c:v", "libx264", "-chroma_sample_location", "left"],
     "chroma location"),
    (["-c:v", "libx264", "-flags", "+ildct+ilme", "-vf", "setfield=tff"], ["-c:v", "libx264"], "field order"),
    (["-c:v", "prores_ks", "-profile:v", "hq"], ["-c:v", "prores_ks", "-profile:v", "lt"], "profile"),
    (["-c:v", "libx264", "-timecode", "10:00:00:00"], ["-c:v", "libx264"], "timecode"),
])
def test_marks_of_the_pictures(tmp_path: Path, given: list[str], changed: list[str], expected: str) -> None:
    source, result = make(tmp_path / "in.mov", *given, frames=3), make(tmp_path / "out.mov", *changed, frames=3)
    assert expected in silent(verify(source, result, Promised()))


@needs_ffmpeg
def test_sound_that_lost_packets_is_found(tmp_path: Path) -> None:
    source = write_film(tmp_path / "in.mkv", WHOLE)
    ffmpeg("-i", source, "-map", "0", "-c", "copy", "-bsf:a:0", "noise=drop=eq(mod(n\\,7)\\,3)", tmp_path / "out.mkv")
    assert "audio 1 (aac)" in silent(verify(source, tmp_path / "out.mkv", Promised()))


def test_what_was_announced_is_no_failure(tmp_path: Path) -> None:
    source, result = write_film(tmp_path / "in.mp4", replace(WHOLE, rotation=90)), tmp_path / "out.avi"
    done = passed(source, result)
    checks = verify(source, result, Promised(done.frames, notes=done.warnings))
    assert silent(checks) == set()
    assert {name for name, verdict in verdicts(checks).items() if verdict == "ANNOUNCED"} >= {
        "display matrix", "chapters", "subtitle 3 (mov_text)"}
    assert silent(verify(source, result, Promised(done.frames))) >= {"display matrix", "chapters", "subtitle 3 (mov_text)"}


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a_span_is_compared_with_its_part_of_the_input(tmp_path: Path, ending: str) -> None:
    film = replace(WHOLE, frames=75, sounds=(Sound(seconds=3.0),), chapters=("a", "b", "c", "d"))
    source, result = write_film(tmp_path / f"in.{ending}", film), tmp_path / f"out.{ending}"
    done = passed(source, result, DecodeOptions(start=1.0, end=2.0))
    checks = verify(source, result, Promised(done.frames, 1.0, 2.0, notes=done.warnings))
    assert silent(checks) == set(), checks
    assert next(c for c in checks if c.property == "frames").found == "25"


def test_a_result_that_cannot_be_opened_fails_and_an_input_raises(tmp_path: Path) -> None:
    source, broken = write_film(tmp_path / "in.mp4", Film(frames=3)), tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    assert verdicts(verify(source, broken, Promised())) == {"opens": "FAIL"}
    with pytest.raises(InputError):
        verify(broken, source, Promised())


def _plain(picture: Image.Image, path: Path) -> None:
    picture.save(path)


def _smaller(picture: Image.Image, path: Path) -> None:
    picture.resize((10, 10)).save(path)


def _described(picture: Image.Image, path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Nikon"
    picture.save(path, exif=exif, dpi=(300, 300), icc_profile=b"profile")


@pytest.mark.parametrize(("write", "expected"), [
    (_plain, {"transparency", "EXIF", "ICC profile", "resolution"}), (_smaller, {"size"})])
def test_pictures_are_compared(tmp_path: Path, write: Callable[[Image.Image, Path], None], expected: set[str]) -> None:
    picture = Image.new("RGBA", (32, 24), (10, 20, 30, 40))
    _described(picture, tmp_path / "in.png")
    write(picture.convert("RGB"), tmp_path / "out.png")
    assert silent(verify(tmp_path / "in.png", tmp_path / "out.png", Promised())) >= expected
    passed(tmp_path / "in.png", tmp_path / "kept.png")
    assert silent(verify(tmp_path / "in.png", tmp_path / "kept.png", Promised())) == set()


def test_folders_are_compared_picture_by_picture(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.png"):
        (tmp_path / "in").mkdir(exist_ok=True)
        Image.new("RGB", (32, 24)).save(tmp_path / "in" / name)
    shutil.copytree(tmp_path / "in", tmp_path / "out")
    assert silent(verify(tmp_path / "in", tmp_path / "out", Promised())) == set()
    Image.new("L", (32, 24)).save(tmp_path / "out" / "b.png")
    assert silent(verify(tmp_path / "in", tmp_path / "out", Promised())) == {"one channel"}
    (tmp_path / "out" / "c.png").unlink()
    assert "frames" in silent(verify(tmp_path / "in", tmp_path / "out", Promised()))


def test_a_folder_made_into_a_film_has_a_frame_for_every_picture(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for index in range(4):
        Image.new("RGB", (32, 24), (index * 40, 0, 0)).save(tmp_path / "in" / f"{index}.png")
    passed(tmp_path / "in", tmp_path / "out.mp4")
    assert verdicts(verify(tmp_path / "in", tmp_path / "out.mp4", Promised())) == {"frames": "PASS"}
    (tmp_path / "in" / "0.png").unlink()
    assert verdicts(verify(tmp_path / "in", tmp_path / "out.mp4", Promised())) == {"frames": "FAIL"}
