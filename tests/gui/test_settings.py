"""What is remembered, and what must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from dehazer.config import EngineOptions, Option
from dehazer.live.governor import CAMERA_RATE, QualityTarget
from gui.saved_source import SavedSource, parse_source
from gui.services import passwords
from gui.services.settings import MAX_RECENT, Adjustments, Settings
from gui.view.option_texts import shown_scale

SECRET = "correct-horse"


def test_no_password_is_ever_written(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    source, password = parse_source(f"rtsp://me:{SECRET}@cam/live")
    assert password == SECRET
    settings.remember(source)
    settings.save_adjustments(source, Adjustments(50))
    settings.save_presets(source, {"Fog": Adjustments(90)})
    settings.save()
    assert SECRET not in (tmp_path / "s.ini").read_text()
    assert Settings(tmp_path / "s.ini").recent_sources() == [source]


def test_recent_sources_are_few_unique_and_newest_first(settings: Settings) -> None:
    for number in range(MAX_RECENT + 4):
        settings.remember(SavedSource(f"/films/{number}.mp4"))
    settings.remember(SavedSource("/films/9.mp4", "Nine"))
    found = settings.recent_sources()
    assert len(found) == MAX_RECENT
    assert found[0] == SavedSource("/films/9.mp4", "Nine")
    assert len({c.key for c in found}) == MAX_RECENT


def test_looks_and_presets_belong_to_a_camera(settings: Settings) -> None:
    gate, bridge = SavedSource("rtsp://gate/live"), SavedSource("rtsp://bridge/live")
    settings.save_adjustments(gate, Adjustments(60, 0.2, 8, alarm=40))
    settings.save_presets(gate, {"Night": Adjustments(30)})
    assert settings.adjustments(gate) == Adjustments(60, 0.2, 8, alarm=40)
    assert settings.adjustments(bridge) == Adjustments()
    assert settings.presets(gate) == {"Night": Adjustments(30)}
    assert settings.presets(bridge) == {}


def test_forgetting_takes_everything(settings: Settings) -> None:
    gate = SavedSource("rtsp://gate/live")
    settings.remember(gate)
    settings.save_adjustments(gate, Adjustments(1))
    settings.save_presets(gate, {"a": Adjustments(2)})
    settings.forget(gate)
    assert settings.recent_sources() == []
    assert settings.adjustments(gate) == Adjustments()
    assert settings.presets(gate) == {}


@pytest.mark.parametrize("damage", ["no json", "[]", "{\"k\": 3}", "null"])
def test_a_damaged_file_gives_defaults(settings: Settings, damage: str) -> None:
    for key in ("sources/recent", "sources/looks", "sources/presets", "engine", "governor"):
        settings.store.setValue(key, damage)
    assert settings.recent_sources() == []
    assert settings.adjustments(SavedSource("k")) == Adjustments()
    assert settings.presets(SavedSource("k")) == {}
    assert settings.engine() == EngineOptions()
    assert settings.target() == CAMERA_RATE


def test_values_outside_what_is_allowed_are_not_taken_over(settings: Settings) -> None:
    settings.put_data("sources/looks", {"k": {"strength": 900, "temporal": 0.25, "bypass": "x", "alarm": -3}})
    assert settings.adjustments(SavedSource("k")) == Adjustments(temporal=0.25)


def test_engine_and_target_come_back(settings: Settings) -> None:
    settings.save_engine(EngineOptions("field", "its", "cpu", "fp32"))
    settings.save_target(QualityTarget(fps=25.0))
    assert settings.engine() == EngineOptions("field", "its", "cpu", "fp32")
    assert settings.target() == QualityTarget(fps=25.0)


class _Keyring:
    """What the keyring package offers, in memory."""

    class errors:  # noqa: N801  the package's own name
        class KeyringError(Exception):
            pass

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, password: str) -> None:
        self.kept[service, name] = password

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))


def test_passwords_go_into_the_keyring_by_user_and_host(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = _Keyring()
    monkeypatch.setattr(passwords, "_keyring", lambda: ring)
    source = SavedSource("rtsp://cam:554/live", user="me")
    assert passwords.load(source) is None
    assert passwords.store(source, SECRET)
    assert passwords.load(source) == SECRET
    assert list(ring.kept) == [("dehazer", "me@cam:554")]
    assert passwords.load(SavedSource("rtsp://other/live", user="me")) is None


def test_without_a_keyring_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_keyring", lambda: None)
    source = SavedSource("rtsp://cam/live", user="me")
    assert not passwords.available()
    assert not passwords.store(source, SECRET)
    assert passwords.load(source) is None


@pytest.mark.parametrize(("option", "shown"), [
    (Option("--a", "", unit="percent", low=0, high=150), (1, " %")),
    (Option("--b", "", low=0, high=1), (100, " %")),
    (Option("--c", "", low=1, high=20), (1, "")),
    (Option("--d", "", unit="s", low=0, high=60), (1, " s")),
])
def test_options_are_shown_in_percent_or_in_their_own_unit(option: Option, shown: tuple[float, str]) -> None:
    assert shown_scale(option) == shown
