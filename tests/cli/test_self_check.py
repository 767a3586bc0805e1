"""--verify: a result is opened again; what changed silently is said, and is exit code 1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dehazer.sinks._stream_copier import StreamCopier
from tests.cli.conftest import Run, write_picture
from tests.media import Film, Sound, write_film


def test_a_good_result_is_said_to_be_one(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--verify", clip, tmp_path / "out.mp4") == 0
    assert "0 changed silently" in capsys.readouterr().err


def test_what_was_announced_is_named_and_no_failure(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_film(tmp_path / "in.mp4", Film(rotation=90, frames=4))
    assert run("--verify", source, tmp_path / "out.avi") == 0
    assert "ANNOUNCED display matrix" in capsys.readouterr().err


def test_sound_lost_on_the_way_is_exit_code_1(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    source = write_film(tmp_path / "in.mp4", Film(sounds=(Sound(),), frames=20))
    monkeypatch.setattr(StreamCopier, "_inside", lambda self, packet: packet.pts % 3 != 0)
    assert run("--verify", source, tmp_path / "out.mp4") == 1
    assert "FAIL      audio 1 (aac)" in capsys.readouterr().err


def test_every_report_holds_the_checks(run: Run, clip: Path, tmp_path: Path) -> None:
    write_picture(tmp_path / "in" / "a.png")
    (tmp_path / "in" / clip.name).write_bytes(clip.read_bytes())
    assert run("--report", tmp_path / "r.json", tmp_path / "in", tmp_path / "out") == 0
    files = json.loads((tmp_path / "r.json").read_text())["files"]
    assert [{check["verdict"] for check in entry["checks"]} for entry in files] == [{"PASS"}, {"PASS"}]
    assert {"property": "frames", "verdict": "PASS", "given": "8", "found": "8"} in files[1]["checks"]


def test_a_span_and_a_comparison_are_what_was_promised(run: Run, clip: Path, tmp_path: Path) -> None:
    assert run("--verify", "--start", "0.08", "--end", "0.24", "--compare", "side", clip, tmp_path / "out.mp4") == 0


def test_a_pipe_cannot_be_opened_again(run: Run, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--verify", clip, "-") == 2
    assert "--verify" in capsys.readouterr().err
