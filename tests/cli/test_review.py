"""dehazer-review scan: what it prints, remembers and refuses."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dehazer.cli.review import build_parser, main
from dehazer.review import Index
from tests.media import Film, write_film
from tests.waiting import until

FOGGY = Film(frames=50)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two recordings of one camera with a gap between them, and a file that is none."""
    folder = tmp_path / "store"
    folder.mkdir()
    for stamp in ("20240310_120000", "20240310_130000"):
        write_film(folder / f"gate_{stamp}.mp4", FOGGY)
    (folder / "text.mp4").write_bytes(b"no video" * 100)
    os.utime(folder / "text.mp4", (1_710_000_000,) * 2)
    return folder


@pytest.fixture
def scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> object:
    """scan(*arguments): (exit code, standard output, standard error)."""
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["scan", *map(str, arguments), "--index", str(tmp_path / "data" / "index.sqlite3")])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_json_says_everything(scan, store: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = scan(store, "--json", "--zone", "Europe/Berlin", "--interval", "1", "--device", "cpu", "-q")
    assert (code, err) == (0, "")
    report = json.loads(out)
    gate = report["cameras"]["gate"]
    assert [one["start"] for one in gate["recordings"]] == ["2024-03-10T12:00:00.000+01:00", "2024-03-10T13:00:00.000+01:00"]
    assert gate["gaps"] == [{"start": "2024-03-10T12:00:02.000+01:00", "end": "2024-03-10T13:00:00.000+01:00"}]
    assert len(gate["haze"]["times"]) == len(gate["haze"]["haze"]) == len(gate["haze"]["visibility"]) == 4
    assert gate["haze"]["foggiest_hour"]["haze"] == pytest.approx(max(gate["haze"]["haze"]), abs=1)
    assert "is not a video" in report["unreadable"][0]["reason"]
    assert report["zone"] == "Europe/Berlin"


def test_text_is_for_people(scan, store: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = scan(store, "--zone", "UTC", "--no-haze")
    assert code == 0
    assert "gate: 2 recordings, 0.0 h, 2024-03-10 12:00:00 to 2024-03-10 13:00:02, 1 gaps, 0 overlaps" in out
    assert "is not a video" in out
    assert "Times are those of UTC." in out


def test_patterns_and_offsets(scan, store: Path) -> None:  # type: ignore[no-untyped-def]
    (store / "north 10h00 24.12.23.mp4").write_bytes((store / "gate_20240310_120000.mp4").read_bytes())
    code, out, _ = scan(store, "--json", "--no-haze", "--zone", "UTC", "--offset", "gate=-90",
                        "--pattern", "{camera} {hour}h{minute} {day}.{month}.{yy}")
    cameras = json.loads(out)["cameras"]
    assert code == 0
    assert cameras["north"]["recordings"][0]["start"] == "2023-12-24T10:00:00.000+00:00"
    assert cameras["gate"]["recordings"][0]["start"] == "2024-03-10T11:58:30.000+00:00"
    assert cameras["gate"]["recordings"][0]["time_source"] == "user"


@pytest.mark.skipif(os.name != "posix", reason="names are text on Windows")
def test_names_that_are_no_text_can_be_printed(scan, store: Path) -> None:  # type: ignore[no-untyped-def]
    try:
        (store / "gate_20240310_120000.mp4").rename(store / os.fsdecode(b"gate\xff_20240310_120000.mp4"))
        os.rename(store / "text.mp4", os.fsencode(store) + b"/text\xff.mp4")
    except OSError:
        pytest.skip("this file system takes names of text only")
    code, out, _ = scan(store, "--no-haze")
    assert code == 0
    assert "gate?: 1 recordings" in out
    assert "text?.mp4 is not a video" in out
    code, out, _ = scan(store, "--no-haze", "--json")
    assert "gate\udcff" in json.loads(out)["cameras"]


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
def test_a_stop_ends_with_130_and_keeps_what_was_measured(store: Path, tmp_path: Path) -> None:
    for minute in range(30):
        shutil.copyfile(store / "gate_20240310_120000.mp4", store / f"gate_20240310_14{minute:02d}00.mp4")
    index = tmp_path / "index.sqlite3"
    arguments = ["scan", str(store), "--interval", "0.4", "--device", "cpu", "--index", str(index), "-v"]
    program = subprocess.Popen([sys.executable, "-m", "dehazer.cli.review", *arguments], stderr=subprocess.PIPE, text=True)
    try:
        until(lambda: index.exists() and measured(index) > 0, 120)
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=60)
    finally:
        program.kill()
    assert program.returncode == 130
    assert "Stopped. What was measured so far is kept in the index." in said
    assert measured(index) > 0


def measured(index: Path) -> int:
    """Recordings with haze in an index."""
    with Index(index) as kept:
        return sum(len(kept.haze(method)) for method in ("field real, every 300 s", "field real, every 0.4 s"))


@pytest.mark.parametrize(("arguments", "code", "sentence"), [
    (["--zone", "Mars/Crater"], 2, "There is no time zone 'Mars/Crater'; give one such as Europe/Berlin"),
    (["--interval", "0"], 2, "--interval must be above 0 seconds, got 0."),
    (["--offset", "gate"], 2, "--offset gate is no offset; give a camera and seconds"),
    (["--offset", "gate=soon"], 2, "--offset gate=soon is no offset"),
    (["--pattern", "{day}{what}"], 2, "{what}, which is not known"),
    (["--model", "student", "--device", "cpu"], 1, "choose a field model"),
])
def test_what_makes_no_sense_is_one_sentence(scan, store: Path, arguments: list[str], code: int,  # type: ignore[no-untyped-def]
                                             sentence: str) -> None:
    found, out, err = scan(store, *arguments)
    assert (found, out) == (code, "")
    assert sentence in err
    assert err.count("dehazer-review:") == 1


@pytest.mark.parametrize(("make", "sentence"), [
    (lambda folder: folder / "missing", "does not exist"),
    (lambda folder: folder, "There is no recording that can be read in"),
])
def test_nothing_to_read_is_exit_code_3(scan, tmp_path: Path, make, sentence: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty").mkdir()
    code, _, err = scan(make(tmp_path / "empty"))
    assert code == 3
    assert sentence in err


def test_the_help_loads_no_heavy_library() -> None:
    script = ("import sys\nfrom dehazer.cli.review import build_parser\nbuild_parser().format_help()\n"
              "print(*[m for m in ('torch', 'av', 'cv2', 'numpy', 'openvino') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""


def test_a_command_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([])
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err
