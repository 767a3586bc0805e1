"""Texts of the core's options and models in the user's language; the English ones stand in the core."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QCoreApplication

from dehazer import MODELS, EngineOptions, EnhanceOptions, Option, SourceRequest, options_of

SHOWN: dict[Any, tuple[str, ...]] = {
    EnhanceOptions: tuple(name for name, one in options_of(EnhanceOptions).items() if one.title),
    EngineOptions: ("model", "weights", "device", "precision"),
    SourceRequest: ("transport", "latency"),
}
"""The options that the window shows."""


def option_help(kind: Any, name: str) -> str:
    """What an option of SHOWN does, for a tool tip."""
    return QCoreApplication.translate("options", options_of(kind)[name].help)


def option_title(option: Option) -> str:
    """What the row of an option is called."""
    return QCoreApplication.translate("options", option.title)


def option_switch(option: Option) -> str:
    """What the switch of an option says."""
    return QCoreApplication.translate("options", option.switch)


def shown_scale(option: Option) -> tuple[float, str]:
    """What a numeric option is multiplied with to be shown, and what stands behind it: shares of 1 are shown in percent."""
    if option.high == 1:
        return 100, " %"
    if option.unit.startswith("percent"):
        return 1, " %"
    return 1, f" {option.unit}" if option.unit else ""


def model_title(name: str) -> str:
    """What a model is called."""
    return QCoreApplication.translate("options", MODELS[name].title)


def texts() -> list[str]:
    """Every English text that is translated here."""
    shown = [options_of(kind)[name] for kind, names in SHOWN.items() for name in names]
    words = [text for one in shown for text in (one.help, one.title, one.switch) if text]
    return [*words, *(spec.title for spec in MODELS.values() if spec.weights)]
