"""No password leaves the core: not by errors, FFmpeg's lines, reports, recordings or pictures, whatever user and password are."""

from __future__ import annotations

import io
import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from dehazer import redact
from dehazer.cli.video import main
from dehazer.enhance import EnhanceOptions
from dehazer.errors import ConfigError, DehazerError
from dehazer.frames.frame import VideoInfo
from dehazer.live.recording import Recorder
from dehazer.live.snapshot import save_pair
from dehazer.redact import redact_logging
from dehazer.sources.request import SourceRequest
from dehazer.sources.stream import StreamSource
from tests.live.moments import moment
from tests.logins import MARK, TypedLogin, typed_logins
from tests.waiting import PATIENCE

CLOSED = "127.0.0.1:9/live"
"""Nobody answers at the discard port."""
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _no_secret_of_another_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redact, "_secrets", set())


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """All log records of all loggers, FFmpeg's own at its most talkative."""
    stream, root, factory = io.StringIO(), logging.getLogger(), logging.getLogRecordFactory()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    redact_logging()
    ffmpeg = av.logging.get_level()
    av.logging.set_level(av.logging.DEBUG)
    try:
        yield stream
    finally:
        av.logging.set_level(ffmpeg)
        root.removeHandler(handler)
        root.setLevel(level)
        logging.setLogRecordFactory(factory)


def texts_of(error: BaseException) -> str:
    detail = error.detail if isinstance(error, DehazerError) else ""
    return "\n".join([str(error), redact.redacted(detail), redact.redacted("".join(traceback.format_exception(error)))])


def texts_in(path: Path) -> str:
    """Of a picture, or of a text file."""
    if path.suffix != ".png":
        return path.read_text()
    with Image.open(path) as picture:
        return str(picture.info)


def taken_apart(address: str) -> SourceRequest | ConfigError:
    """What is opened for an address, or why not: where it is not clear where the password ends."""
    try:
        return SourceRequest(address)
    except ConfigError as error:
        return error


def try_to(act: Callable[[], object]) -> str:
    """What is raised, as texts; act must fail."""
    try:
        act()
    except DehazerError as error:
        return texts_of(error)
    raise AssertionError("It was opened, although nobody answers there.")


@FEW
@given(login=typed_logins())
def test_what_an_address_is_taken_apart_into_holds_the_password_nowhere_but_in_its_field(login: TypedLogin) -> None:
    made = taken_apart(login.address("rtsp", CLOSED))
    if isinstance(made, ConfigError):
        assert MARK not in texts_of(made)
    else:
        assert MARK not in repr(made) + made.where + made.name + str(made.user)
        assert MARK in (made.password or "")


@FEW
@given(login=typed_logins())
@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_no_error_and_no_line_of_ffmpeg_holds_it(scheme: str, login: TypedLogin) -> None:
    with everything_logged() as log:
        said = try_to(lambda: StreamSource(SourceRequest(login.address(scheme, CLOSED), deadline=2.0)))
    assert MARK not in said + log.getvalue()


@settings(FEW, max_examples=8)
@given(login=typed_logins())
def test_neither_the_command_nor_its_report_holds_it(login: TypedLogin) -> None:
    out = io.StringIO()
    with TemporaryDirectory() as folder, redirect_stdout(out), redirect_stderr(out), everything_logged() as log:
        report = Path(folder) / "report.json"
        code = main([login.address("rtsp", CLOSED), f"{folder}/out.mkv", "--duration", "1", "--report", str(report)])
        written = report.read_text() if report.exists() else ""
        names = [str(path) for path in Path(folder).iterdir()]
    assert code != 0
    assert MARK not in out.getvalue() + log.getvalue() + written + json.dumps(written) + "".join(names)


@settings(FEW, max_examples=8)
@given(login=typed_logins())
def test_no_recording_holds_it(login: TypedLogin) -> None:
    """The name of a recording comes from elsewhere: an address in it is cleaned there once more."""
    with TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder) / "a.mkv", "both", 25, login.address("rtsp", "cam/live"))
        shown = moment(time.monotonic())
        recorder.offer_original(shown.original)
        recorder.offer(shown)
        recorder.stop(PATIENCE)
        files = sorted(Path(folder).iterdir())
        assert len(files) >= 2
        for path in files:
            assert MARK.encode() not in path.read_bytes() + path.name.encode()


@settings(FEW, max_examples=8)
@given(login=typed_logins())
def test_no_saved_pair_of_pictures_holds_it(login: TypedLogin) -> None:
    with TemporaryDirectory() as folder:
        shown = moment()
        info = VideoInfo(shown.original.width, shown.original.height, shown.original.format)
        save_pair(shown, Path(folder), login.address("rtsp", "cam/live"), info, {"options": repr(EnhanceOptions())})
        for path in Path(folder).iterdir():
            assert MARK not in texts_in(path) + path.name
