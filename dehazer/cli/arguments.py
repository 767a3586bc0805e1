"""Command line flags made from the option sets of `dehazer.config`: one fact in one place."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import Any, TypeVar, get_args, get_type_hints

from dehazer.config import Option, options_of
from dehazer.errors import ConfigError

Kind = TypeVar("Kind")


def seconds(text: str) -> float:
    """"90", "1:30" or "0:01:30.5" as seconds; raises ConfigError for anything else."""
    try:
        parts = [float(p) for p in text.split(":")]
    except ValueError:
        parts = []
    if not 1 <= len(parts) <= 3 or any(p < 0 for p in parts) or any(p >= 60 for p in parts[1:]):
        raise ConfigError(f"{text!r} is not a time; give seconds (90.5) or [HH:]MM:SS (1:30).")
    return sum(p * 60.0**i for i, p in enumerate(reversed(parts)))


def _reader(option: Option, hint: Any) -> Any:
    if option.metavar == "TIME":
        return str  # read later, so that a wrong time is one sentence like every other wrong value
    return next((kind for kind in (float, int) if kind in (hint, *get_args(hint))), str)


def add_options(parser: argparse.ArgumentParser, title: str, kind: type[Any]) -> None:
    """One group of flags, one flag per Option of `kind`."""
    group, hints = parser.add_argument_group(title), get_type_hints(kind)
    defaults = {f.name: f.default for f in fields(kind)}
    for name, option in options_of(kind).items():
        default = defaults[name]
        if hints[name] is bool:
            group.add_argument(option.flag, dest=name, action="store_true", help=option.help)
            continue
        note = "" if default is None else f" (default {default:g})" if isinstance(default, float) else f" (default {default})"
        limited = option.low is not None and option.high is not None and option.metavar != "TIME"
        limits = f", {option.low:g} to {option.high:g}" if limited else ""
        group.add_argument(option.flag, dest=name, default=default, type=_reader(option, hints[name]),
                           choices=option.allowed() or None, metavar=option.metavar or (None if option.allowed() else "N"),
                           help=f"{option.help}{limits}{note}".replace("%", "%%"))


def read_options(kind: type[Kind], values: argparse.Namespace, **more: Any) -> Kind:
    """The option set from parsed flags; raises ConfigError naming the flag."""
    given = {name: _value(option, getattr(values, name)) for name, option in options_of(kind).items()}
    return kind(**given, **more)


def _value(option: Option, value: Any) -> Any:
    return seconds(value) if option.metavar == "TIME" and isinstance(value, str) else value
