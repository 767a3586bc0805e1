"""Texts of the core's options and models in the user's language; the English ones stand in the core."""

from __future__ import annotations

from typing import Any

from PyQt6.QtCore import QCoreApplication

from dehazer import MODELS, EngineOptions, EnhanceOptions, SourceRequest, options_of

SHOWN: dict[Any, tuple[str, ...]] = {
    EnhanceOptions: ("strength", "temporal", "bypass"),
    EngineOptions: ("model", "weights", "device", "precision"),
    SourceRequest: ("transport", "latency"),
}
"""The options that the window shows."""


def option_help(kind: Any, name: str) -> str:
    """What an option of SHOWN does, for a tool tip."""
    return QCoreApplication.translate("options", options_of(kind)[name].help)


def model_title(name: str) -> str:
    """What a model is called."""
    return QCoreApplication.translate("options", MODELS[name].title)


def texts() -> list[str]:
    """Every English text that is translated here."""
    helps = [options_of(kind)[name].help for kind, names in SHOWN.items() for name in names]
    return [*helps, *(spec.title for spec in MODELS.values() if spec.weights)]
