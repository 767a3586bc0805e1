"""dehazer-video as people use it: what works, what is refused, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dehazer.cli.interrupts import InterruptHandler
from dehazer.cli.one_file import opened
from dehazer.cli.video import build_parser, read_run_options
from dehazer.config import DecodeOptions
from dehazer.engine.devices import Device
from dehazer.engine.engine import Engine
from dehazer.sources import Source, open_source
from tests.cli.conftest import ENVIRONMENT, Run, frame_count, write_clip, write_picture
from tests.media import Film, write_film


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What went to standard error."""
    return capsys.readouterr().err


def picture_of(path: Path) -> NDArray[np.uint8]:
    """The pixels of a picture file."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_a_clip_becomes_a_clip(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "klar ✓.mp4"
    assert run(clip, out) == 0
    assert frame_count(out) == 8
    assert "8 frames" in said(capsys)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([clip.name, out.name])


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_a_picture_becomes_a_picture(run: Run, tmp_path: Path, suffix: str) -> None:
    picture, out = write_picture(tmp_path / f"in{suffix}"), tmp_path / f"out{suffix}"
    assert run(picture, out) == 0
    assert picture_of(out).shape == (64, 96, 3)


def test_strength_zero_leaves_every_pixel(run: Run, tmp_path: Path) -> None:
    picture, out = write_picture(tmp_path / "in.png"), tmp_path / "out.png"
    assert run("--strength", 0, picture, out) == 0
    assert np.array_equal(picture_of(picture), picture_of(out))


def test_the_student_answers_too(run: Run, tmp_path: Path) -> None:
    picture, out = write_picture(tmp_path / "in.png"), tmp_path / "out.png"
    assert run("--model", "student", picture, out) == 0
    assert picture_of(out).shape == (64, 96, 3)


@pytest.mark.parametrize(("mode", "width"), [("side", 192), ("wipe", 96)])
def test_compare(run: Run, clip: Path, tmp_path: Path, mode: str, width: int) -> None:
    import av

    out = tmp_path / "out.mp4"
    assert run("--compare", mode, clip, out) == 0
    with av.open(str(out)) as container:
        assert container.streams.video[0].width == width
    assert frame_count(out) == 8


def test_a_folder_is_mirrored_and_one_bad_file_does_not_stop_the_rest(run: Run, tmp_path: Path,
                                                                    capsys: pytest.CaptureFixture[str]) -> None:
    write_clip(tmp_path / "in" / "a" / "one.mp4")
    write_picture(tmp_path / "in" / "b" / "two.png")
    (tmp_path / "in" / "a" / "bad.mp4").write_text("this is a text")
    (tmp_path / "in" / "notes.txt").write_text("no media")
    assert run(tmp_path / "in", tmp_path / "out") == 3
    assert frame_count(tmp_path / "out" / "a" / "one.mp4") == 8
    assert (tmp_path / "out" / "b" / "two.png").exists()
    assert not (tmp_path / "out" / "a" / "bad.mp4").exists()
    assert "bad.mp4" in said(capsys)


def test_a_folder_of_pictures_becomes_a_video(run: Run, tmp_path: Path) -> None:
    for index in range(3):
        write_picture(tmp_path / "in" / f"{index}.png")
    assert run(tmp_path / "in", tmp_path / "out.mp4") == 0
    assert frame_count(tmp_path / "out.mp4") == 3


def test_the_report_says_what_was_done(run: Run, clip: Path, tmp_path: Path) -> None:
    assert run("--report", tmp_path / "r.json", clip, tmp_path / "out.mp4") == 0
    report = json.loads((tmp_path / "r.json").read_text())
    entry = report["files"][0]
    assert (report["exit"], entry["frames"], entry["complete"], entry["engine"]["model"]) == (0, 8, True, "field")
    assert len(entry["flicker"]) == 2


def test_start_and_end_choose_a_span(run: Run, clip: Path, tmp_path: Path) -> None:
    assert run("--start", "0.08", "--end", "0:00.24", clip, tmp_path / "out.mp4") == 0
    assert frame_count(tmp_path / "out.mp4") == 4


@pytest.mark.parametrize(("arguments", "code", "words"), [
    ([], 2, "at least one input"),
    (["only.mp4"], 2, "at least one input"),
    (["none.mp4", "out.mp4"], 3, "none.mp4 does not exist"),
    (["-y", "-n", "a.mp4", "b.mp4"], 2, "contradict"),
    (["--strength", "151", "a.mp4", "b.mp4"], 2, "--strength 151"),
    (["--temporal", "-1", "a.mp4", "b.mp4"], 2, "--temporal -1"),
    (["--start", "5", "--end", "4", "a.mp4", "b.mp4"], 2, "--end 4"),
    (["--start", "1:99", "a.mp4", "b.mp4"], 2, "not a time"),
])
def test_wrong_use_is_one_sentence(run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int,
                                   words: str) -> None:
    assert run(*arguments) == code
    text = said(capsys)
    assert words in text
    assert text.count("\n") == 1


@pytest.mark.parametrize(("wish", "words"), [
    ("--model magic", "field"), ("--weights nowhere", "choose one of"), ("--device tpu", "cuda:N"),
    ("--device cuda:9", "--device cpu"), ("--codec nonsense", "nonsense"),
])
def test_what_is_not_there_is_said(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wish: str,
                                   words: str) -> None:
    assert run(*wish.split(), clip, tmp_path / "out.mp4") in (1, 2)
    assert words in said(capsys)
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.parametrize("content", [b"", b"hello\n"])
@pytest.mark.parametrize("name", ["in.mp4", "in.png", "in.jpg"])
def test_unreadable_inputs(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert run(tmp_path / name, tmp_path / f"out{Path(name).suffix}") == 3
    text = said(capsys)
    assert name in text
    assert text.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_folder_without_media(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert run(tmp_path / "in", tmp_path / "out") == 3
    assert "no video or picture" in said(capsys)


def test_an_existing_output_stays(run: Run, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    out.write_text("precious")
    assert run(clip, out) == 4
    assert run("-n", clip, out) == 4
    assert out.read_text() == "precious"
    assert run("-y", clip, out) == 0
    assert frame_count(out) == 8


@pytest.mark.parametrize("link", ["same", "symbolic", "hard"])
def test_the_input_is_never_overwritten(run: Run, clip: Path, tmp_path: Path, link: str) -> None:
    out, before = tmp_path / "link.mp4", clip.read_bytes()
    if link == "symbolic":
        out.symlink_to(clip)
    elif link == "hard":
        os.link(clip, out)
    else:
        out = clip
    assert run("-y", clip, out) == 2
    assert clip.read_bytes() == before


def test_a_dry_run_writes_nothing(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--dry-run", clip, tmp_path / "out.mp4") == 0
    assert "96×64" in said(capsys)
    assert [p.name for p in tmp_path.iterdir()] == [clip.name]


def test_quiet_is_quiet(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-q", clip, tmp_path / "out.mp4") == 0
    assert said(capsys) == ""


def test_lists(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--list-models") == 0
    assert run("--list-devices") == 0
    out = capsys.readouterr().out
    assert "field" in out
    assert "student" in out
    assert "cpu" in out


def test_json_progress_is_one_object_a_line(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--progress", "json", clip, tmp_path / "out.mp4") == 0
    lines = [json.loads(line) for line in said(capsys).splitlines() if line.startswith("{")]
    assert lines[-1]["frame"] == 8
    assert set(lines[0]) == {"event", "file", "frame", "frames", "fps", "percent", "speed", "eta"}


def test_help_loads_no_heavy_library() -> None:
    code = ("import sys; from dehazer.cli.video import build_parser; build_parser().format_help(); "
            "sys.exit(', '.join({'numpy', 'torch', 'av', 'cv2', 'PIL'} & set(sys.modules)) or None)")
    subprocess.run([sys.executable, "-c", code], check=True, timeout=200, env=ENVIRONMENT)
    assert "--strength" in build_parser().format_help()


@pytest.mark.parametrize(("compare", "stays"), [(None, True), ("side", False)])
def test_pictures_stay_on_the_device_that_decodes_and_computes(clip: Path, monkeypatch: pytest.MonkeyPatch, compare: str | None,
                                                               stays: bool) -> None:
    """As in `Dehazer.video`. No graphics card is needed: what the decoder is asked for is looked at."""
    asked: list[DecodeOptions] = []

    def looked(where: Path, options: DecodeOptions, interrupt: object) -> Source:
        asked.append(options)
        return open_source(where)

    monkeypatch.setattr("dehazer.live.files.open_source", looked)
    chosen = ["--compare", compare] if compare else []
    arguments = [str(clip), str(clip.with_name("out.mp4")), "--hwaccel", "cuda", *chosen]
    run_options = read_run_options(build_parser().parse_args(arguments))
    engine = cast("Engine", SimpleNamespace(device=Device("cuda"), gives_field=True))
    with opened(run_options.jobs[0], run_options, engine, InterruptHandler()):
        assert [options.resident for options in asked] == [stays]


def test_compare_of_a_turned_film_is_side_by_side_as_it_is_shown(run: Run, tmp_path: Path) -> None:
    import av

    source = write_film(tmp_path / "in.mp4", Film(frames=3, rotation=90))
    assert run("--compare", "side", source, tmp_path / "out.mp4") == 0
    with av.open(str(tmp_path / "out.mp4")) as container:
        picture = next(container.decode(video=0))
        assert (picture.width, picture.height, picture.rotation) == (64, 96, 90)


@pytest.mark.parametrize(("options", "words"), [
    (("--weights", "foo"), "choose one of: real, its"), (("--weights", "foo.safetensors"), "choose one of"),
    (("--model", "foo"), "foo"), (("--format", "nut"), "--format is for standard output"),
])
def test_wrong_names_are_wrong_usage(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                     options: tuple[str, ...], words: str) -> None:
    assert run(*options, clip, tmp_path / "out.mkv") == 2
    text = capsys.readouterr().err
    assert words in text
    assert text.count("\n") == 1


def test_options_that_an_encoder_does_not_have_are_said(run: Run, clip: Path, tmp_path: Path,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--codec", "ffv1", "--crf", "23", clip, tmp_path / "out.mkv") == 0
    assert "ffv1 has no choice of quality or speed; --crf changes nothing." in capsys.readouterr().err
