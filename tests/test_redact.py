"""No password gets out, however odd it is."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from dehazer.redact import HIDDEN, redact_logging, redacted, remember
from dehazer.sources.request import SourceRequest

PASSWORDS = ["plain-one", "p@ss:word", "a%21b", "with/slash", "sp ace?and#hash", "ümlaut€", "x@y@z::", "100%"]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged anywhere, as text."""
    stream, root, factory = io.StringIO(), logging.getLogger(), logging.getLogRecordFactory()
    handler = logging.StreamHandler(stream)
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    logging.setLogRecordFactory(factory)


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_in_an_address_is_hidden_without_being_known(password: str) -> None:
    text = redacted(f"[Errno 111] Connection refused: 'rtsp://admin:{password.replace(' ', '')}@cam.example/live'")
    assert password.replace(" ", "") not in text
    assert HIDDEN in text
    assert "cam.example/live" in text


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_remembered_password_is_hidden_everywhere_in_every_spelling(password: str) -> None:
    request = SourceRequest("rtsp://cam.example/live", user="admin", password=password)
    assert password not in repr(request)
    for text in (f"login with {password} failed", request.address(), f"opened {request.address()} at last"):
        assert password not in redacted(text)
        assert request.address().split("@")[0].split(":")[-1] not in redacted(text)


@pytest.mark.parametrize("text", [
    "http://cam/video?user=admin&pwd=geheim1&x=1", "GET /?password=geheim1", "Authorization: Basic geheim1", "token=geheim1;",
])
def test_parameters_and_headers_are_hidden(text: str) -> None:
    assert "geheim1" not in redacted(text)


@pytest.mark.parametrize("text", ["rtsp://cam.example:554/live", "3 of 4 @ 25 fps", "a plain sentence: nothing in it"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert redacted(text) == text


def test_what_any_logger_says_is_clean(log: io.StringIO) -> None:
    redact_logging()
    redact_logging()
    logging.getLogger("some.library").warning("cannot open %s", "rtsp://me:s3cr3t@host/x")
    try:
        raise ValueError("http://me:s3cr3t@host/y")
    except ValueError:
        logging.getLogger("another").exception("failed with rtsp://me:s3cr3t@host/x")
    assert "s3cr3t" not in log.getvalue()
    assert log.getvalue().count(HIDDEN) == 4  # two messages, two lines of the traceback
    assert "Traceback" in log.getvalue()

def test_a_remembered_password_is_hidden_anywhere(log: io.StringIO) -> None:
    remember("another-secret")
    redact_logging()
    logging.getLogger("any").error("it was %s", "another-secret")
    assert log.getvalue() == f"it was {HIDDEN}\n"
