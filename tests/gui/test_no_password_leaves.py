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
from gui.main_window import MainWindow
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


@pytest.mark.parametrize("address", ["http://cam.example/mjpeg?user=me&pwd={}", "http://cam.example/live?password={}",
                                     "rtsp://cam.example/user=admin_password={}_channel=1_stream=0.sdp"])
def test_settings_hold_no_password_of_a_parameter(address: str, tmp_path: Path) -> None:
    source, _ = parse_source(address.format("Zq7secret"))
    saved = Settings(tmp_path / "settings.ini")
    saved.put_data("sources/recent", [source.to_dict()])  # as an earlier version wrote it
    saved.put_data("sources/looks", {source.where: {"strength": 30.0}})
    assert saved.adjustments(source).strength == 30.0
    saved.remember(source)
    saved.save_adjustments(source, Adjustments(strength=40.0))
    saved.save_presets(source, {"fog": Adjustments()})
    saved.save()
    assert b"Zq7secret" not in (tmp_path / "settings.ini").read_bytes()
    known, = Settings(tmp_path / "settings.ini").recent_sources()
    assert known.lacks_secret
    assert saved.adjustments(known).strength == 40.0
    assert known.with_secret("Zq7secret") == (source, None)


def test_a_recent_source_asks_for_the_password_of_its_address(window: MainWindow) -> None:
    source = SavedSource("http://127.0.0.1:9/mjpeg?user=me&pwd=Zq7secret")
    window.settings.remember(source)
    window.opening.open(window.settings.recent_sources()[0])
    assert window.cameras.all == []
    dialog = window.opening.dialog
    assert dialog is not None
    assert "needed again" in dialog.error.text()
    dialog.address.password.setText("Zq7secret")
    dialog.accept()
    assert [camera.source.where for camera in window.cameras.all] == [source.where]
