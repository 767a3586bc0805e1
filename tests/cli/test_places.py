"""Where things come from and go to: paths that are nothing, too long, loops, pipes, addresses, or somebody else's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image

from dehazer.cli.messages import shown_as
from dehazer.cli.video import main
from tests.cli.conftest import ROOT, Run, frame_count, write_clip, write_picture

LONG = "a" * 300 + ".mp4"


def tree(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    text = capsys.readouterr().err
    assert text.count("\n") == 1, text
    return text


@pytest.mark.parametrize(("given", "code", "words"), [
    ("", 2, "empty"), (LONG, 3, "does not exist"), ("loop.mp4", 3, "does not exist"),
    ("pipe.mp4", 3, "pipe"), ("http://me:secret@127.0.0.1:1/a.mp4", 3, "127.0.0.1"), ("rtsp://127.0.0.1:1/a", 3, "127.0.0.1"),
    ("camera:none", 3, "camera"), ("/dev/null", 3, "device"),
])
def test_what_is_no_input_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
                                  given: str, code: int, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.mp4")
    Path("loop.mp4").symlink_to("loop.mp4")
    before = tree(tmp_path)
    assert run(given, "out.mp4") == code
    text = sentence(capsys)
    assert words in text
    assert "secret" not in text
    assert tree(tmp_path) == before


@pytest.mark.parametrize(("given", "code", "words"), [
    ("", 2, "empty"), (LONG, 1, "name"), ("b" * 252 + ".mp4", 1, "name"), ("http://host/out.mp4", 2, "addresses"),
    ("file.txt/out.mp4", 1, "file.txt"), ("loop/out.mp4", 1, "loop"), ("new/folder/out.xyz", 1, ".xyz"), ("pipe.mp4", 1, "pipe"),
    ("file", 1, "folder"), ("loop", 1, "folder"),
])
@pytest.mark.parametrize("dry", [False, True])
def test_what_is_no_output_leaves_nothing(run: Run, clip: Path, monkeypatch: pytest.MonkeyPatch, dry: bool, given: str,
                                          capsys: pytest.CaptureFixture[str], code: int, words: str) -> None:
    monkeypatch.chdir(clip.parent)
    Path("file.txt").touch()
    Path("file").touch()
    os.mkfifo("pipe.mp4")
    Path("loop").symlink_to("loop")
    before = tree(clip.parent)
    assert run("-y", *(["--dry-run"] if dry else []), clip.name, given) == code
    assert words in sentence(capsys)
    assert tree(clip.parent) == before


def test_a_folder_into_a_loop_of_links(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert run(tmp_path, tmp_path / "loop") == 2
    assert "loop" in sentence(capsys)


def test_a_dry_run_makes_no_folder_and_keeps_an_older_partial_file(run: Run, clip: Path, tmp_path: Path,
                                                                  capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "out.partial.mp4"
    kept.write_text("an hour of work")
    before = tree(tmp_path)
    assert run("--dry-run", clip, tmp_path / "out.mp4") == 0
    assert run("--dry-run", clip, tmp_path / "new" / "deeper" / "out.mp4") == 0
    assert "will be made" in capsys.readouterr().err
    assert run("--dry-run", clip, tmp_path / "new" / "frames") == 0
    assert tree(tmp_path) == before
    assert kept.read_text() == "an hour of work"


def test_folders_are_made_for_the_output(run: Run, clip: Path, tmp_path: Path) -> None:
    assert run(clip, tmp_path / "new" / "deeper" / "out.mp4") == 0
    assert frame_count(tmp_path / "new" / "deeper" / "out.mp4") == 8


def test_options_may_stand_between_the_paths(run: Run, clip: Path, tmp_path: Path) -> None:
    assert run(clip, "--strength", "50", tmp_path / "out.mp4", "--crf", "30") == 0
    assert frame_count(tmp_path / "out.mp4") == 8


def test_a_name_that_begins_with_a_dash(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_clip(Path("-x.mp4"))
    assert run("--", "-x.mp4", "-y.mp4") == 0
    assert frame_count(tmp_path / "-y.mp4") == 8


def test_no_result_goes_over_another_input(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, other = write_clip(tmp_path / "in" / "a.mp4"), write_clip(tmp_path / "out" / "sub" / "a.mp4", frames=3)
    (tmp_path / "in" / "sub").mkdir()
    first.rename(tmp_path / "in" / "sub" / "a.mp4")
    before = other.read_bytes()
    assert run("-y", tmp_path / "in", other, tmp_path / "out") == 2
    assert "overwrite the input" in sentence(capsys)
    assert other.read_bytes() == before


def test_unfinished_results_in_a_folder_are_left_alone(run: Run, clip: Path, tmp_path: Path) -> None:
    for name in ("a.partial.mp4", "b.partial-0123abcd.mp4"):
        write_clip(tmp_path / "in" / name)
    clip.rename(tmp_path / "in" / "a.mp4")
    assert run(tmp_path / "in", tmp_path / "out") == 0
    assert tree(tmp_path / "out") == ["a.mp4"]


def test_hidden_files_are_left_alone(run: Run, clip: Path, tmp_path: Path) -> None:
    for name in ("._foggy day.mp4", ".trash/old.mp4"):
        write_clip(tmp_path / "in" / name).write_text("what file managers leave behind")
    clip.rename(tmp_path / "in" / "a.mp4")
    assert run(tmp_path / "in", tmp_path / "out") == 0
    assert tree(tmp_path / "out") == ["a.mp4"]


def test_what_has_no_writer_becomes_matroska_in_a_folder(run: Run, tmp_path: Path) -> None:
    write_clip(tmp_path / "in" / "old.mpg", codec="mpeg2video")
    write_clip(tmp_path / "in" / "old.mkv")
    assert run(tmp_path / "in", tmp_path / "out") == 0
    assert tree(tmp_path / "out") == ["old.mkv", "old.mpg.mkv"]
    (tmp_path / "in" / "old.mkv").rename(tmp_path / "noname")
    assert run(tmp_path / "noname", f"{tmp_path}/out/") == 0
    assert frame_count(tmp_path / "out" / "noname.mkv") == 8


@pytest.mark.parametrize(("where", "words"), [
    ("in", "input"), ("out", "output"), ("folder", "folder"), ("none/report.json", "does not exist"), ("", "empty"),
    ("/", "folder"),
])
def test_a_report_that_cannot_be_is_refused_before_the_work(run: Run, clip: Path, tmp_path: Path, where: str, words: str,
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    places = {"in": clip, "out": tmp_path / "out.mp4", "": "", "/": "/"}
    before = clip.read_bytes()
    assert run("--report", places.get(where, tmp_path / where), clip, tmp_path / "out.mp4") in (1, 2)
    assert words in sentence(capsys)
    assert tree(tmp_path) == [clip.name, "folder"]
    assert clip.read_bytes() == before


def test_a_report_into_a_pipe_goes_through_it(run: Run, clip: Path, tmp_path: Path) -> None:
    """As with --report /dev/stdout: what is there is written to, not replaced."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("--report", pipe, clip, tmp_path / "out.mp4") == 0
        assert json.loads(os.read(reader, 1 << 16))["exit"] == 0
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_report_tells_names_that_are_no_text(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.mp4")
    try:
        write_clip(tmp_path / "in.mp4").rename(tmp_path / name)
    except OSError:
        pytest.skip("this file system takes text only")
    assert run("--report", tmp_path / "r.json", tmp_path / name, tmp_path / "out.mp4") == 0
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["files"][0]["input"] == str(tmp_path / name)


@pytest.mark.parametrize("wish", ["--start inf", "--start 1e300", "--end inf", "--end 1e300", "--end 0", "--start 9:99"])
def test_impossible_times(run: Run, clip: Path, tmp_path: Path, wish: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*wish.split(), clip, tmp_path / "out.mp4") == 2
    sentence(capsys)


@pytest.mark.parametrize("wish", ["--preset warp", "--pix-fmt rgb565le", "--codec aac"])
def test_wrong_names_are_wrong_usage(run: Run, clip: Path, tmp_path: Path, wish: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*wish.split(), clip, tmp_path / "out.mp4") == 2
    assert wish in sentence(capsys)


def test_a_note_is_said_once(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write_picture(tmp_path / "a.png"), tmp_path / "out.mp4") == 0
    assert capsys.readouterr().err.count("stored as yuv420p") == 1


def test_never_overwrite_with_several(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = write_clip(tmp_path / "b.mp4")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / clip.name).write_text("precious")
    assert run("-n", clip, other, tmp_path / "out") == 0
    assert "left alone" in capsys.readouterr().err
    assert (tmp_path / "out" / clip.name).read_text() == "precious"
    assert frame_count(tmp_path / "out" / "b.mp4") == 8


def test_help_is_plain_text() -> None:
    """Every terminal and every pipe can show it."""
    from dehazer.cli.video import build_parser

    assert build_parser().format_help().isascii()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_standard_output_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with open("/dev/full", "w") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert main(["--list-models"]) == 1
        monkeypatch.undo()
        with pytest.raises(OSError, match="space"):
            full.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert "standard output" in sentence(capsys)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only the administrator can become nobody")
def test_folders_without_permission(random_weights: Path) -> None:
    """Neither can be read what lies in a locked folder, nor anything be written there."""
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        clip, locked = write_clip(Path(place, "in.mp4")), Path(place, "locked")
        shutil.copytree(random_weights, Path(place, "weights")).chmod(0o755)
        write_clip(locked / "in.mp4")
        locked.chmod(0o700)
        weights = shutil.copy(random_weights / "field-real.safetensors", Path(place, "own.safetensors"))
        shutil.copy(random_weights / "field-real.json", Path(place, "own.json"))
        weights.chmod(0o600)
        said = as_nobody(Path(place, "weights"), [str(clip), "null:"], [
            [locked / "in.mp4", "out.mp4"], [clip, locked / "out.mp4"], [clip, locked / "new" / "out.mp4"],
            [clip, Path(place, "out.mp4")], ["--report", locked / "r.json", clip, "out.mp4"],
            ["--weights", weights, clip, Path(place, "out.mp4")]])
    assert [code for code, _ in said] == [3, 1, 1, 1, 1, 1]
    assert all("permissions" in text and text.count("\n") == 1 for _, text in said), said


def as_nobody(weights: Path, first: list[str], commands: list[list[object]]) -> list[tuple[int, str]]:
    """Exit code and words for every command, in a process that loads all with a `first` one and then drops its rights."""
    code = ("import contextlib, io, json, os, pathlib, sys, dehazer.models.weights as w; w.FOLDER = pathlib.Path(sys.argv[1])\n"
            "from dehazer.cli.video import main\n"
            "def said(words):\n"
            "    with contextlib.redirect_stderr(io.StringIO()) as text: number = main(['--device', 'cpu', *words])\n"
            "    return number, text.getvalue()\n"
            "first, commands = json.loads(sys.argv[2])\n"
            "said(first)\n"
            "os.setresuid(65534, 65534, 65534)\n"
            "print(json.dumps([said(words) for words in commands]))")
    words = json.dumps([[*first], [[str(word) for word in command] for command in commands]])
    done = subprocess.run([sys.executable, "-c", code, weights, words], capture_output=True, text=True, timeout=100, check=True,
                          cwd=weights.parent, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return [(number, text) for number, text in json.loads(done.stdout)]


def test_names_that_look_like_protocols_are_files(run: Run, clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clip.parent)
    assert run(clip, "./pipe:2.mp4") == 0
    assert run("./pipe:2.mp4", "./tcp:x.mkv") == 0
    assert sorted(path.name for path in clip.parent.iterdir()) == sorted([clip.name, "pipe:2.mp4", "tcp:x.mkv"])


def test_raw_streams_and_gif_in_a_folder_are_dehazed(run: Run, tmp_path: Path) -> None:
    write_clip(tmp_path / "in" / "a.h264")
    Image.new("RGB", (64, 48)).save(tmp_path / "in" / "b.gif", save_all=True, append_images=[Image.new("RGB", (64, 48), "white")])
    assert run(tmp_path / "in", tmp_path / "out") == 0
    assert tree(tmp_path / "out") == ["a.h264.mkv", "b.gif"]
    assert frame_count(tmp_path / "out" / "a.h264.mkv") == 8


def test_signs_that_a_terminal_cannot_show_are_spelled() -> None:
    assert shown_as("96×64 → clear, 90°", "ascii") == "96x64 -> clear, 90 degrees"
    assert shown_as("96×64 → clear", "utf-8") == "96×64 → clear"


def test_what_a_folder_holds_besides_films_and_pictures_is_said_in_one_line(run: Run, clip: Path, tmp_path: Path,
                                                                            capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    write_clip(folder / "sub" / "a.mp4")
    for name in ("notes.txt", "more.TXT", "readme", ".hidden.txt", "b.partial-1a2b3c4d.mp4", "sub/list.csv"):
        (folder / name).touch()
    assert run(folder, tmp_path / "out") == 0
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "Passed over" in line]
    assert line.endswith("1 .csv, 2 .txt, 1 unfinished results, 1 without an ending.")
    assert run(folder, tmp_path / "again", "-q") == 0
    assert "Passed over" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["film.mp4", "picture.png", "p_%04d.png"])
def test_several_results_make_no_folder_that_is_named_like_a_file(run: Run, clip: Path, tmp_path: Path, name: str,
                                                                  capsys: pytest.CaptureFixture[str]) -> None:
    other = write_picture(tmp_path / "other.png")
    assert run(clip, other, tmp_path / name) == 2
    assert "named like one file" in sentence(capsys)
    assert not (tmp_path / name).exists()
    assert run("--dry-run", clip, other, f"{tmp_path / name}/") == 0
