"""No password gets out, however odd it is."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings, strategies as st

from dehazer import redact
from dehazer.redact import HIDDEN, hide_parameters, redact_logging, redacted, remember
from dehazer.sources.request import SourceRequest

PASSWORDS = ["plain-one", "p@ss:word", "a%21b", "with/slash", "sp ace?and#hash", "ümlaut€", "x@y@z::", "100%"]

MARK = "Zq7"
"""Begins the passwords that are drawn, so that a rest of one is found in any text."""
_NO_BLANK = st.characters(exclude_categories=["C", "Z"], exclude_characters="'\"<>")
TYPED = st.text(_NO_BLANK, max_size=12).map(lambda rest: MARK + rest)
"""Passwords as they stand in an address: no blanks, no quotation marks."""
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda rest: MARK + rest)


@pytest.fixture(autouse=True)
def _no_secret_of_another_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redact, "_secrets", set())


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


@given(password=TYPED, scheme=st.sampled_from(["rtsp", "http", "srt"]), quote_mark=st.sampled_from(["'", '"', "", " "]))
def test_no_password_in_an_address_is_ever_seen(password: str, scheme: str, quote_mark: str) -> None:
    text = redacted(f"cannot open {quote_mark}{scheme}://admin:{password}@cam.example/live{quote_mark} at all")
    assert MARK not in text
    assert text == f"cannot open {quote_mark}{scheme}://{HIDDEN}@cam.example/live{quote_mark} at all"


@given(password=TYPED.filter(lambda text: not set("&;@") & set(text)),
       name=st.sampled_from(["password", "PASSWD", "pwd", "token", "auth", "secret", "api_key", "accesskey"]))
def test_no_value_of_a_telling_parameter_is_ever_seen(password: str, name: str) -> None:
    assert redacted(f"http://cam/video?user=admin&{name}={password}&x=1") == f"http://cam/video?user=admin&{name}={HIDDEN}&x=1"


@settings(max_examples=60)
@given(password=ANY)
def test_a_remembered_password_is_never_seen_however_it_is_written(password: str) -> None:
    remember(password)
    for spelling in (password, quote(password), quote(password, safe=""), quote_plus(password)):
        assert MARK not in redacted(f"login with {spelling} failed")


def test_a_password_that_begins_with_another_one_leaves_no_rest() -> None:
    for secret in ("lock", "lock-and-key"):
        remember(secret)
    assert redacted("it is lock-and-key or lock") == f"it is {HIDDEN} or {HIDDEN}"


@given(text=st.text(st.characters(exclude_characters="@=:")))
def test_text_without_an_address_a_parameter_or_a_header_stays_as_it_is(text: str) -> None:
    assert redacted(text) == text


@given(text=st.lists(st.sampled_from(["://", "@", "pwd=", "Authorization: ", "a", "'", " ", "\n", "&"])).map("".join))
def test_what_is_hidden_stays_as_it_is(text: str) -> None:
    assert redacted(redacted(text)) == redacted(text)


@pytest.mark.parametrize("secret", [None, "", "a", "ab", "%41%42", "%41"])
def test_what_is_too_short_to_hide_is_left_alone_also_in_other_spellings(secret: str | None) -> None:
    remember(secret)
    assert redacted("A drawn ABBA record, a and ab") == "A drawn ABBA record, a and ab"


def test_what_any_logger_says_is_clean(log: io.StringIO) -> None:
    redact_logging()
    redact_logging()
    logging.getLogger("another.package").warning("cannot open %s", "rtsp://me:s3cr3t@host/x")
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


@pytest.mark.parametrize("name", ["password", "loginpas", "pswd", "passw", "pwd"])
def test_a_password_in_the_path_behind_an_underscore_is_hidden_and_the_rest_stays(name: str) -> None:
    address = f"rtsp://10.0.0.1/user=admin_{name}={{}}_channel=1_stream=0.sdp"
    assert redacted(address.format("gehe_im1")) == address.format(HIDDEN)
    assert hide_parameters(address.format("gehe_im1"), "?") == address.format("?")
    assert redacted(address.format("")) == address.format("")
