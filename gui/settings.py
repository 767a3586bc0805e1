"""What is remembered between runs, in QSettings: window, theme, sources, looks. Passwords never are (see gui.passwords)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QByteArray, QSettings

from dehazer import ConfigError, EngineOptions, EnhanceOptions, QualityTarget, UsageError, options_of
from gui.choice import Choice, from_dict

MOST_RECENT = 12
OVERLAY_ROWS = ("rates", "latency", "queue", "device", "haze", "flicker", "age")


@dataclass(frozen=True)
class Look:
    """How one camera is shown. strength: percent. temporal: 0 to 1. bypass, alarm: percent haze, 0 is off."""

    strength: float = EnhanceOptions.strength
    temporal: float = EnhanceOptions.temporal
    bypass: float = EnhanceOptions.bypass
    alarm: float = 0.0

    def options(self) -> EnhanceOptions:
        """As the core wants it."""
        return EnhanceOptions(self.strength, self.temporal, self.bypass)


def look_from(data: Any) -> Look:
    """A look from the settings file; whatever is missing or not allowed takes its default."""
    rules, default = options_of(EnhanceOptions), Look()
    if not isinstance(data, dict):
        return default
    kept = {}
    for one in fields(Look):
        value = data.get(one.name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                rules.get(one.name, rules["bypass"]).check(value)
                kept[one.name] = float(value)
            except ConfigError:
                continue  # a value from another version
    return replace(default, **kept)


class Settings:
    """Typed access to the settings file; `path` keeps tests and portable copies away from the user's own."""

    def __init__(self, path: Path | None = None) -> None:
        self.store = QSettings(str(path), QSettings.Format.IniFormat) if path else QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "dehazer", "dehazer")

    def text(self, key: str, default: str = "") -> str:
        """A string."""
        return str(self.store.value(key, default))

    def flag(self, key: str, default: bool) -> bool:
        """A yes or no."""
        return self.text(key, "true" if default else "false") == "true"

    def bytes(self, key: str) -> QByteArray:
        """What Qt saved of itself (geometry); empty if nothing."""
        value = self.store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, key: str, value: str | bool | QByteArray) -> None:
        """Remember a value."""
        self.store.setValue(key, ("true" if value else "false") if isinstance(value, bool) else value)

    def data(self, key: str, default: Any) -> Any:
        """A structure kept as JSON; the default when there is none or it was damaged."""
        try:
            return json.loads(self.text(key))
        except ValueError:
            return default

    def put_data(self, key: str, value: Any) -> None:
        """Remember a structure as JSON."""
        self.store.setValue(key, json.dumps(value, ensure_ascii=False))

    def recents(self) -> list[Choice]:
        """Sources used before, newest first."""
        found = self.data("sources/recent", [])
        made = [from_dict(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return [one for one in made if one is not None]

    def remember(self, choice: Choice) -> None:
        """Put a source in front of the recent ones."""
        others = [one for one in self.recents() if one.key != choice.key]
        self.put_data("sources/recent", [one.to_dict() for one in [choice, *others][:MOST_RECENT]])

    def forget(self, choice: Choice) -> None:
        """Take a source, its look and its presets out of the memory."""
        self.put_data("sources/recent", [one.to_dict() for one in self.recents() if one.key != choice.key])
        for kind in ("looks", "presets"):
            kept = self._table(kind)
            kept.pop(choice.key, None)
            self.put_data(f"sources/{kind}", kept)

    def _table(self, kind: str) -> dict[str, Any]:
        found = self.data(f"sources/{kind}", {})
        return found if isinstance(found, dict) else {}

    def look(self, choice: Choice) -> Look:
        """How this camera was last shown."""
        return look_from(self._table("looks").get(choice.key))

    def put_look(self, choice: Choice, look: Look) -> None:
        """Remember how this camera is shown."""
        self.put_data("sources/looks", {**self._table("looks"), choice.key: asdict(look)})

    def presets(self, choice: Choice) -> dict[str, Look]:
        """The named looks of this camera."""
        found = self._table("presets").get(choice.key, {})
        return {name: look_from(one) for name, one in found.items()} if isinstance(found, dict) else {}

    def put_presets(self, choice: Choice, presets: dict[str, Look]) -> None:
        """Replace the named looks of this camera."""
        kept = {name: asdict(one) for name, one in presets.items()}
        self.put_data("sources/presets", {**self._table("presets"), choice.key: kept})

    def engine(self) -> EngineOptions:
        """Model, weights, device and precision; the defaults where what was kept is not possible any more."""
        found = self.data("engine", {})
        known = {f.name for f in fields(EngineOptions)}
        try:
            return EngineOptions(**{k: v for k, v in found.items() if k in known})
        except (ConfigError, AttributeError, TypeError):
            return EngineOptions()

    def put_engine(self, options: EngineOptions) -> None:
        """Remember model, weights, device and precision."""
        self.put_data("engine", asdict(options))

    def target(self) -> QualityTarget:
        """What the governor is to hold; nothing unless it was asked for."""
        found = self.data("governor", {})
        try:
            return QualityTarget(**found)
        except (UsageError, TypeError):
            return QualityTarget()

    def put_target(self, target: QualityTarget) -> None:
        """Remember what the governor is to hold."""
        self.put_data("governor", asdict(target))

    def save(self) -> None:
        """Write now."""
        self.store.sync()
