"""The script of the suite as a module."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    monkeypatch.delitem(sys.modules, "test", raising=False)  # Python has a package of this name
    import test as script

    assert Path(script.__file__ or "").parent == SCRIPTS
    monkeypatch.delitem(sys.modules, "test")
    return script
