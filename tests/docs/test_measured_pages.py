"""Pages of measured figures are those that their scripts make of docs/measured: no figure is typed by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))


def test_encoders() -> None:
    from _encoder_tables import defaults, from_json, page

    text = (ROOT / "docs" / "measured" / "encoders.json").read_text("utf-8")
    assert (ROOT / "docs" / "encoders.md").read_text("utf-8") == page(from_json(text))
    assert json.loads(text)["defaults"] == defaults(from_json(text))


def test_history_of_speed() -> None:
    from bench_history import HISTORY, PAGE, kept, page

    assert PAGE.read_text("utf-8") == page(kept(HISTORY))


def test_size_of_an_installation() -> None:
    from check_wheel import MEASURED, PAGE, page

    assert PAGE.read_text("utf-8") == page(json.loads(MEASURED.read_text("utf-8")))


def test_fidelity() -> None:
    from _fidelity_page import page

    text = (ROOT / "docs" / "measured" / "fidelity.json").read_text("utf-8")
    assert (ROOT / "docs" / "fidelity.md").read_text("utf-8") == page(json.loads(text))


def test_soak() -> None:
    from _soak_page import page

    text = (ROOT / "docs" / "measured" / "soak.json").read_text("utf-8")
    assert (ROOT / "docs" / "soak.md").read_text("utf-8") == page(json.loads(text))
