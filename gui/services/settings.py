"""What is saved between runs, in QSettings: window, theme, sources, adjustments. Passwords never are."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import platformdirs
from PyQt6.QtCore import QByteArray, QSettings

from dehazer import (
    CAMERA_RATE,
    ConfigError,
    EngineOptions,
    EnhanceOptions,
    QualityTarget,
    UsageError,
    hide_parameters,
    options_of,
)
from gui.saved_source import SECRET, SavedSource, saved_source_from

MAX_RECENT = 12
ADJUSTMENTS, PRESETS = "looks", "presets"
"""Names of the tables in the settings file, by source; the first is older than its present name."""


@dataclass(frozen=True)
class Adjustments(EnhanceOptions):
    """How one camera is shown: the core's options, and alarm, the percentage of haze from which to warn; 0 is off."""

    alarm: float = 0.0

    def enhance_options(self) -> EnhanceOptions:
        """As the core wants it."""
        return EnhanceOptions(**{one.name: getattr(self, one.name) for one in fields(EnhanceOptions)})


def adjustments_from(data: Any) -> Adjustments:
    """Adjustments from the settings file; whatever is missing or not allowed takes its default."""
    rules, default = options_of(EnhanceOptions), Adjustments()
    if not isinstance(data, dict):
        return default
    valid: dict[str, Any] = {}
    for one in fields(Adjustments):
        value = data.get(one.name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                rules.get(one.name, rules["bypass"]).check(value)
                valid[one.name] = float(value)
            except ConfigError:
                continue  # a value from another version
    return replace(default, **valid)


class Settings:
    """Typed access to the settings file; `path` keeps tests and portable copies away from the user's own.

    data_folder: where what is too large for settings goes.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.store = QSettings(str(path), QSettings.Format.IniFormat) if path else QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "dehazer", "dehazer")
        self.data_folder = path.parent if path else Path(platformdirs.user_data_dir("dehazer"))

    @property
    def film_thumbnails(self) -> Path:
        """Where the small pictures for time lines are kept."""
        return self.data_folder / "review" / "thumbnails"

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
        """A structure saved as JSON; the default when there is none or it was damaged."""
        try:
            return json.loads(self.text(key))
        except ValueError:
            return default

    def put_data(self, key: str, value: Any) -> None:
        """Remember a structure as JSON, in ASCII: names of files may hold bytes that are no UTF-8."""
        self.store.setValue(key, json.dumps(value))

    def recent_sources(self) -> list[SavedSource]:
        """Sources used before, newest first."""
        found = self.data("sources/recent", [])
        made = [saved_source_from(one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return [one.without_secrets() for one in made if one is not None]

    def remember(self, source: SavedSource) -> None:
        """Put a source in front of the recent ones."""
        others = [one for one in self.recent_sources() if one.key != source.key]
        self.put_data("sources/recent", [one.to_dict() for one in [source.without_secrets(), *others][:MAX_RECENT]])

    def forget(self, source: SavedSource) -> None:
        """Remove a source, its adjustments and its presets."""
        self.put_data("sources/recent", [one.to_dict() for one in self.recent_sources() if one.key != source.key])
        for kind in (ADJUSTMENTS, PRESETS):
            saved = self._table(kind)
            saved.pop(source.key, None)
            self.put_data(f"sources/{kind}", saved)

    def _table(self, kind: str) -> dict[str, Any]:
        found = self.data(f"sources/{kind}", {})
        return {hide_parameters(key, SECRET): one for key, one in found.items()} if isinstance(found, dict) else {}

    def adjustments(self, source: SavedSource) -> Adjustments:
        """How this camera was last shown."""
        return adjustments_from(self._table(ADJUSTMENTS).get(source.key))

    def save_adjustments(self, source: SavedSource, adjustments: Adjustments) -> None:
        """Save how this camera is shown."""
        self.put_data(f"sources/{ADJUSTMENTS}", {**self._table(ADJUSTMENTS), source.key: asdict(adjustments)})

    def presets(self, source: SavedSource) -> dict[str, Adjustments]:
        """The presets of this camera: adjustments by name."""
        found = self._table(PRESETS).get(source.key, {})
        return {name: adjustments_from(one) for name, one in found.items()} if isinstance(found, dict) else {}

    def save_presets(self, source: SavedSource, presets: dict[str, Adjustments]) -> None:
        """Replace the presets of this camera."""
        saved = {name: asdict(one) for name, one in presets.items()}
        self.put_data(f"sources/{PRESETS}", {**self._table(PRESETS), source.key: saved})

    def engine(self) -> EngineOptions:
        """Model, weights, device and precision; the defaults where what was saved is not possible any more."""
        found = self.data("engine", {})
        known = {f.name for f in fields(EngineOptions)}
        try:
            return EngineOptions(**{k: v for k, v in found.items() if k in known})
        except (ConfigError, AttributeError, TypeError):
            return EngineOptions()

    def save_engine(self, options: EngineOptions) -> None:
        """Remember model, weights, device and precision."""
        self.put_data("engine", asdict(options))

    def target(self) -> QualityTarget:
        """What the governor is to hold; the camera's own rate unless something else was asked for."""
        found = self.data("governor", None)
        try:
            return CAMERA_RATE if found is None else QualityTarget(**found)
        except (UsageError, TypeError):
            return CAMERA_RATE

    def save_target(self, target: QualityTarget) -> None:
        """Remember what the governor is to hold."""
        self.put_data("governor", asdict(target))

    def save(self) -> None:
        """Write now."""
        self.store.sync()
