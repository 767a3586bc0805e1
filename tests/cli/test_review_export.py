"""dehazer-review export and key: from folders to checked files, without a window."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from dehazer.cli import review_export
from dehazer.cli.review import main
from dehazer.cli.verify import main as verify
from dehazer.review import EXPORT_KINDS, Bookmarks, Span
from tests.media import Film, Sound, write_film
from tests.review.footage import at

BEGIN = "2026-01-31T13:00:01"
ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two recordings of a gate that follow each other, and one of a yard."""
    folder = tmp_path / "store"
    folder.mkdir()
    for name in ("gate_20260131_130000", "gate_20260131_130002", "yard_20260131_130001"):
        write_film(folder / f"{name}.mp4", Film(frames=50, width=96, height=64, sounds=(Sound(seconds=2.0),)))
    return folder


@pytest.fixture
def run(tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """run(*arguments): export from the store in the zone of Berlin; (exit code, standard output, standard error)."""
    where = [str(store), "--zone", "Europe/Berlin", "--index", str(tmp_path / "index.sqlite3"), "--device", "cpu"]

    def export(*arguments: object, start: str = BEGIN, end: str = "2026-01-31T13:00:02.4") -> tuple[int, str, str]:
        code = main(["export", *where, "--from", start, "--to", end, *map(str, arguments)])
        return code, *capsys.readouterr()

    return export


def test_the_kinds_are_those_of_the_review() -> None:
    assert review_export.KINDS == EXPORT_KINDS


def test_a_span_over_two_recordings_becomes_one_checked_film(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("--camera", "gate", "--output", tmp_path / "out.mp4", "--strength", 80)
    assert code == 0
    assert "PASS       frames: 35 → 35" in out
    assert "Done; 5 properties checked, none failed." in out
    with av.open(str(tmp_path / "out.mp4")) as film:
        assert sum(1 for _ in film.decode(film.streams.video[0])) == 35


@pytest.mark.parametrize(("kind", "name", "products"), [
    ("original", "o.mkv", ["o-1.mkv", "o-2.mkv"]), ("side", "s.mp4", ["s.mp4"]), ("pictures", "p", ["p"])])
def test_every_kind_is_said_as_json(run: Run, tmp_path: Path, kind: str, name: str, products: list[str]) -> None:
    code, out, err = run("--camera", "gate", "--kind", kind, "--output", tmp_path / name, "--json", "-q")
    said = json.loads(out)
    assert (code, err, said["state"]) == (0, "", "done")
    assert said["products"] == [str(tmp_path / one) for one in products]
    assert {check["verdict"] for check in said["checks"]} <= {"PASS", "ANNOUNCED"}


def test_a_mosaic_takes_all_cameras(run: Run, tmp_path: Path) -> None:
    times = {"start": "2026-01-31T12:00:00Z", "end": "2026-01-31T12:00:03Z"}
    code, out, _ = run("--kind", "mosaic", "--output", tmp_path / "m.mp4", **times)
    assert code == 0
    assert "PASS       size: 192×64" in out


def test_an_evidence_pack_is_verified_by_the_other_command(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marks = Bookmarks()
    marks.add("gate", Span(at(1.5), at(1.5)), "Lorry")
    marks.to_csv(tmp_path / "marks.csv")
    case = ("--case", "Collision", "--operator", "A. Example", "--bookmarks", tmp_path / "marks.csv")
    code, out, _ = run("--camera", "gate", "--kind", "evidence", "--output", tmp_path / "pack.zip", *case)
    assert code == 0
    assert "PASS       evidence pack" in out
    assert verify([str(tmp_path / "pack.zip")]) == 0
    capsys.readouterr()
    data = bytearray((tmp_path / "pack.zip").read_bytes())
    data[5000] ^= 1
    (tmp_path / "pack.zip").write_bytes(data)
    assert verify([str(tmp_path / "pack.zip")]) == 1
    assert "ALTERED" in capsys.readouterr().out


def test_a_signed_pack(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("cryptography", reason='signing needs cryptography: pip install "dehazer[signature]"')
    assert main(["key", str(tmp_path / "key.pem")]) == 0
    fingerprint = capsys.readouterr().out.strip()
    assert main(["key", str(tmp_path / "key.pem")]) == 4
    code, _, _ = run("--camera", "gate", "--kind", "evidence", "--output", tmp_path / "pack.zip", "--sign", tmp_path / "key.pem")
    assert code == 0
    assert verify(["--key", fingerprint, str(tmp_path / "pack.zip")]) == 0


@pytest.mark.parametrize(("arguments", "times", "code", "sentence"), [
    ((), {}, 2, "several cameras; name one with --camera: gate, yard"),
    (("--camera", "roof"), {}, 3, "no recordings of roof; there are of: gate, yard"),
    (("--camera", "gate"), {"start": "yesterday"}, 2, "--from yesterday is no date and time"),
    (("--camera", "gate"), {"end": "2026-01-31T12:00:00"}, 2, "must lie behind --from"),
    (("--camera", "gate"), {"start": "2025-10-26T02:30:00"}, 2, "show twice or never"),
    (("--camera", "gate"), {"start": "2025-03-30T02:30:00"}, 2, "show twice or never"),
    (("--camera", "gate"), {"start": "2026-01-31T14:00:00", "end": "2026-01-31T14:01:00"}, 1, "no recording of gate in the"),
    (("--camera", "gate", "--compare", "side"), {}, 2, "here --kind and the name of --output decide")])
def test_what_cannot_be_done_is_one_sentence(run: Run, tmp_path: Path, arguments: tuple[str, ...], times: dict[str, str],
                                             code: int, sentence: str) -> None:
    found, out, err = run(*arguments, "--output", tmp_path / "out.mp4", "-q", **times)
    assert (found, out) == (code, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out.mp4").exists()


def test_an_output_that_is_there_needs_permission(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.mp4").write_text("mine")
    code, _, err = run("--camera", "gate", "--output", tmp_path / "out.mp4")
    assert (code, "exists already" in err) == (4, True)
    assert run("--camera", "gate", "--output", tmp_path / "out.mp4", "-y")[0] == 0


@pytest.mark.skipif(os.name != "posix", reason="Ctrl+C is sent as a POSIX signal")
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    write_film(tmp_path / "store" / "gate_20260131_130000.mp4", Film(frames=1500, width=640, height=360))
    (tmp_path / "exports").mkdir()
    command = [sys.executable, "-m", "dehazer.cli.review", "export", str(tmp_path / "store"), "--zone", "UTC", "--index",
               str(tmp_path / "index.sqlite3"), "--device", "cpu", "--from", "2026-01-31T13:00:00", "--to", "2026-01-31T13:01:00",
               "--output", str(tmp_path / "exports" / "out.mp4")]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    while not any((tmp_path / "exports").iterdir()) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, "Stopped; nothing was kept." in err) == (130, True)
    assert list((tmp_path / "exports").iterdir()) == []
