"""No password leaves the window: not by its settings, its titles or its reports on errors, however odd user and password are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from dehazer import ConfigError, redact
from dehazer.redact import remember
from gui.error_report import report, sentence_of
from gui.saved_source import SavedSource, parse_source
from gui.services.settings import Adjustments, Settings
from tests.logins import MARK, TypedLogin, typed_logins

FEW = settings(max_examples=25, deadline=None)


@pytest.fixture(autouse=True, scope="module")
def _no_secret_for_other_tests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redact, "_secrets", set())
        yield


def parsed(login: TypedLogin) -> tuple[SavedSource, str | None] | None:
    """As typed into the address field; None where it is refused because it is not clear where the password ends."""
    try:
        return parse_source(login.address("rtsp", "cam.example/live"))
    except ConfigError:
        return None


@FEW
@given(login=typed_logins())
def test_neither_settings_nor_titles_hold_it(login: TypedLogin) -> None:
    if (typed := parsed(login)) is None:
        return
    source, password = typed
    assert MARK in (password or "")
    assert MARK not in source.title + source.key + repr(source)
    with TemporaryDirectory() as folder:
        saved = Settings(Path(folder) / "settings.ini")
        saved.remember(source)
        saved.save_adjustments(source, Adjustments())
        saved.save_presets(source, {"fog": Adjustments()})
        saved.save()
        for path in Path(folder).iterdir():
            assert MARK.encode() not in path.read_bytes()
        assert Settings(Path(folder) / "settings.ini").recent_sources() == [source]


@FEW
@given(login=typed_logins())
def test_no_report_on_an_error_holds_it(login: TypedLogin) -> None:
    """Whoever raised it, in whatever text: an address, or the password alone once it is known."""
    remember(login.password)
    address = login.address("rtsp", "cam/live")
    for text in (f"cannot open {address}", f"401 for {login.password}", repr(login.password), json.dumps([login.password])):
        error = ValueError(text)
        assert MARK not in report(error, f"source: {address}") + sentence_of(error)
