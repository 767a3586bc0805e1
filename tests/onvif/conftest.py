"""Cameras on loopback answer late on a busy machine; a test that wants a quick end says so."""

from __future__ import annotations

import pytest

from dehazer.onvif import soap


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soap, "TIMEOUT", 60.0)
    monkeypatch.setattr(soap, "LONGEST", 60.0)
