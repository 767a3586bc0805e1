"""dehazer-video shows what the library logs when it is asked to, and leaves the program's logging as it was."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(("flags", "shown", "hidden"), [
    ((), (), ("INFO", "DEBUG", "Using")),
    (("-v",), ("Using model field", "Encoder libx264", "Opened", "Finished"), ("DEBUG",)),
    (("-vv",), ("Using model field", "DEBUG dehazer.sources.base: Closed"), ()),
    (("-v", "-q"), (), ("INFO", "Using")),
], ids=["plain", "-v", "-vv", "-v -q"])
def test_the_command_line_shows_the_log_with_v(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                               flags: tuple[str, ...], shown: tuple[str, ...], hidden: tuple[str, ...]) -> None:
    logger = logging.getLogger("dehazer")
    before = logger.level, list(logger.handlers)
    assert run(*flags, clip, tmp_path / "clear.mp4") == 0
    text = capsys.readouterr().err
    assert [word for word in shown if word not in text] == []
    assert [word for word in hidden if word in text] == []
    assert (logger.level, list(logger.handlers)) == before
