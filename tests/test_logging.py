"""The core logs in library style: silent unless a program listens, decisions with their reasons, and never a password."""

from __future__ import annotations

import ast
import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from dehazer.config import EncodeOptions, EngineOptions
from dehazer.engine import engine as engine_module
from dehazer.engine.engine import Engine
from dehazer.errors import LinkError, ModelError
from dehazer.field.haze_field import HazeField
from dehazer.frames.frame import VideoInfo
from dehazer.live.reconnect import ReconnectingSource
from dehazer.runtime.backoff import Backoff
from dehazer.sinks import open_sink
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.request import SourceRequest
from dehazer.stages.base import FrameContext
from dehazer.stages.temporal import TemporalStage
from tests.pictures import frame_of, scene

ROOT = Path(__file__).parents[1]
CORE = sorted((ROOT / "dehazer").rglob("*.py"))
SPEAKS_TO_PEOPLE = ("cli", "bench")
SETS_UP = {"redact.py", "__init__.py", "messages.py"}
"""Files that may touch loggers themselves: the one that makes them, the package's own, and the command line's."""

LISTENING = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
factory = logging.getLogRecordFactory()
from dehazer import LiveSession, SourceRequest, EngineOptions
from dehazer.redact import module_logger
module_logger("dehazer.example").error("cannot open %s", "rtsp://admin:s3cr3t-one@host/x")
session = LiveSession(SourceRequest("rtsp://admin:s3cr3t-two@127.0.0.1:9/gate", deadline=1.0), EngineOptions(device="cpu"))
session.start()
import time
limit = time.monotonic() + 60
while session.state.kind != "reconnecting" and time.monotonic() < limit:
    time.sleep(0.02)
session.stop()
try:
    raise ValueError("http://me:s3cr3t-three@host/y")
except ValueError:
    module_logger("dehazer.example").exception("failed")
assert logging.getLogRecordFactory() is factory, "a library leaves the program's logging as it is"
"""
SILENT = """
from dehazer.redact import module_logger
module_logger("dehazer.example").error("nobody asked for this")
module_logger("dehazer.example").warning("nor for this")
"""


def stderr_of(program: str) -> str:
    """What a fresh interpreter writes on standard error."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120).stderr


def test_a_program_that_only_uses_the_library_logs_no_password() -> None:
    text = stderr_of(LISTENING)
    assert "s3cr3t" not in text
    assert "cannot open rtsp://•••@host/x" in text
    assert "ValueError: http://•••@host/y" in text
    assert "Using model field" in text
    assert "Attempt 1 follows" in text  # the lost connection was told, with the address's host


def test_without_listeners_nothing_is_printed() -> None:
    assert stderr_of(SILENT) == ""


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_log_through_their_own_clean_logger_and_print_nothing(path: Path) -> None:
    speaks = path.relative_to(ROOT / "dehazer").parts[0] in SPEAKS_TO_PEOPLE
    for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
        text = ast.unparse(call.func)
        assert text != "print" or speaks, f"{path}:{call.lineno} prints; log it, or raise it"
        if text == "module_logger":
            assert ast.unparse(call) == "module_logger(__name__)"
        if path.name not in SETS_UP:
            assert text not in ("logging.getLogger", "logging.basicConfig"), f"{path}:{call.lineno}: use module_logger(__name__)"


@pytest.mark.usefixtures("random_weights")
def test_the_engine_says_what_it_uses_and_why_it_falls_back(caplog: pytest.LogCaptureFixture,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    caplog.set_level(logging.INFO, "dehazer")
    engine = Engine(EngineOptions(device="cpu", backend="torch", precision="bf16"))
    assert caplog.messages == ["Using model field, weights real, device cpu, precision bf16, backend torch"]
    caplog.clear()

    def fail_once(*_: object) -> None:
        monkeypatch.undo()
        raise ModelError("It failed.")

    monkeypatch.setattr(engine.backend, "field", fail_once)
    engine.estimate(frame_of(scene(64, 96), "yuv420p"))
    warning, using = caplog.records
    assert (warning.levelname, warning.name) == ("WARNING", engine_module.__name__)
    assert warning.getMessage() == engine.warnings[0]
    assert using.getMessage() == "Using " + ", ".join(f"{k} {v}" for k, v in engine.describe().items())


def test_a_lost_connection_is_a_warning_with_the_attempt(caplog: pytest.LogCaptureFixture) -> None:
    answers = iter((LinkError("cam ended the stream."), LinkError("cam does not answer.")))

    def opener(request: SourceRequest, interrupt: Interrupt) -> LiveSource:
        error = next(answers, None)
        if error is None:
            source.close()
            raise LinkError("closed")
        raise error

    caplog.set_level(logging.INFO, "dehazer")
    source = ReconnectingSource(SourceRequest("rtsp://admin:geheim@cam/x"), lambda *_: None, Backoff(0.001, 0.002), opener)
    assert list(source) == []
    told = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [text.partition(" follows")[0] for text in told] == [
        "cam ended the stream. Attempt 1", "cam does not answer. Attempt 2"]


def test_a_cut_is_told_at_debug_level_only(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "dehazer")
    stage = TemporalStage(0.7)
    fields = HazeField(np.full((1, 6, 8), 2, np.float32), np.zeros((3, 6, 8), np.float32))
    for seconds, seed in ((0.0, 0), (0.04, 0), (0.08, 7)):
        picture = scene(12, 16, seed).transpose(2, 0, 1)
        stage(fields, FrameContext(picture if seed == 0 else 1 - picture, seconds))
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [
        ("DEBUG", "Cut or gap before the frame at 0.08 s: temporal smoothing starts anew")]


def test_the_encoder_is_told_with_its_pixel_format(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.INFO, "dehazer")
    frame = frame_of(scene(48, 64), "yuv420p")
    with open_sink(tmp_path / "out.mkv", VideoInfo(64, 48, frame.format), EncodeOptions(codec="ffv1")) as sink:
        sink.write(frame)
        sink.finish()
    assert "Encoder ffv1, pixel format yuv420p" in caplog.messages
    assert f"Finished {tmp_path / 'out.mkv'}" in caplog.messages
