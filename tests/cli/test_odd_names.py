"""Names and tags with control characters: no message gets a line more by them, and none commands the terminal."""

from __future__ import annotations

import logging
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from dehazer.cli import verify
from dehazer.cli.video import main
from dehazer.redact import escaped, module_logger
from tests.cli.conftest import Run, write_clip, write_picture
from tests.media import Film, write_film

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its file names hold no control characters")
ODD = "a\nERROR forged\x1b[2J\x9b1m\u202e"
SHOWN = r"a\nERROR forged\x1b[2J\x9b1m\u202e"


def lines_of(text: str) -> list[str]:
    """The lines, after a look at every character of them."""
    assert [c for c in text if not (c.isprintable() or c in "\n\t ")] == []
    assert [line for line in text.splitlines() if line.startswith("ERROR forged")] == []
    return text.splitlines()


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_what_is_escaped_is_one_line_and_nothing_else_changes(text: str) -> None:
    shown = escaped(text)
    assert len(shown.splitlines()) <= 1
    assert "\x1b" not in shown
    assert escaped(shown) == shown
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize("flags", [(), ("-v",), ("-vv",), ("--dry-run",), ("--verify", "-v")])
def test_names_of_films_are_shown_escaped(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                          flags: tuple[str, ...]) -> None:
    source = write_clip(tmp_path / f"{ODD}.mp4")
    assert run(*flags, source, tmp_path / f"{ODD} clear.mp4") == 0
    shown = capsys.readouterr().err
    lines_of(shown)
    assert SHOWN in shown


@pytest.mark.parametrize("words", [("{odd}", "out.mp4"), ("{odd}/", "in.png", "out"), ("in.png", "out.{odd}"),
                                   ("--config", "{odd}", "in.png", "out.png"), ("--codec", "{odd}", "in.mp4", "out.mp4"),
                                   ("--progress", "{odd}", "in.png", "out.png"), ("--{odd}", "in.png", "out.png")])
def test_what_was_typed_is_shown_escaped(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                         capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    write_picture(tmp_path / "in.png")
    write_clip(tmp_path / "in.mp4")
    monkeypatch.chdir(tmp_path)
    try:
        code = run(*[word.format(odd=ODD) for word in words])
    except SystemExit as left:
        code = int(str(left.code))
    assert code in (1, 2, 3)
    shown = capsys.readouterr().err
    said = [line for line in lines_of(shown) if line.startswith("dehazer-video: ")]
    assert len(said) == 1, shown


def test_tags_of_streams_are_shown_escaped(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_film(tmp_path / "in.mkv", Film(tags={"title": ODD}))
    assert run("--verify", "-v", source, tmp_path / "out.ts") == 0
    lines_of(capsys.readouterr().err)


@pytest.mark.parametrize("kind", ["bar", "json"])
def test_progress_shows_names_escaped(random_weights: object, tmp_path: Path, kind: str,
                                      capsys: pytest.CaptureFixture[str]) -> None:
    source = write_clip(tmp_path / f"{ODD}.mp4")
    assert main(["--device", "cpu", "--backend", "torch", "--progress", kind, str(source), str(tmp_path / "out.mp4")]) == 0
    lines_of(capsys.readouterr().err)


def test_members_of_a_pack_are_shown_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / f"{ODD}.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr(f"{ODD}.mp4", b"")
    assert verify.main([str(pack)]) == 1
    captured = capsys.readouterr()
    lines_of(captured.out)
    assert SHOWN in captured.out
    assert verify.main([str(tmp_path / f"{ODD} missing.zip")]) == 3
    assert len(lines_of(capsys.readouterr().err)) == 1


def test_a_log_line_stays_one(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="dehazer"):
        module_logger("dehazer.example").info("Opened %s", ODD)
    assert [record.getMessage() for record in caplog.records] == [f"Opened {SHOWN}"]
