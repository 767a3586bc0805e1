"""Options from files: config.toml in the user's folder for every run, and named profiles in it that --profile chooses.

    crf = 20                      # for every run
    [profiles.archive]            # dehazer-video --profile archive …
    codec = "ffv1"
    no-audio = true

Names are those of the flags without their dashes. What the command line says comes before a profile, and a profile before
the rest.
The flag is called --profile, as in mpv: --preset is the speed of the encoder, as in FFmpeg.
"""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dehazer.config import Option, options_of
from dehazer.errors import ConfigError, InputError

NO_FILE = "none"
_PROFILES = "profiles"


def add_flags(parser: argparse.ArgumentParser) -> None:
    """--config and --profile."""
    group = parser.add_argument_group("options from a file")
    group.add_argument("--config", metavar="FILE", help="read options from this TOML file instead of the user's, or none")
    group.add_argument("--profile", metavar="NAME", help="take the options under [profiles.NAME] of that file")


def defaults(words: Sequence[str], kinds: Sequence[type[Any]]) -> dict[str, Any]:
    """Defaults for the command line `words`, by field name. Raises ConfigError and InputError."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_flags(first)
    flags, _ = first.parse_known_args(list(words))
    path = config_path() if flags.config is None else Path(flags.config)
    content = {} if flags.config == NO_FILE or (flags.config is None and not os.path.isfile(path)) else _read(path)
    profiles = content.pop(_PROFILES, {})
    if flags.profile is not None and flags.profile not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        raise ConfigError(f"--profile {flags.profile} is not in {path}; that file has: {known}.")
    return _fields(content, kinds, path) | _fields(profiles.get(flags.profile, {}), kinds, path)


def config_path() -> Path:
    """Where the user's file lies, whether it is there or not."""
    from platformdirs import user_config_path

    return user_config_path("dehazer") / "config.toml"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"The file of options {path} cannot be read; check its name and permissions.", str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not written as TOML: {error}.") from error


def _fields(given: Mapping[str, Any], kinds: Sequence[type[Any]], path: Path) -> dict[str, Any]:
    known: dict[str, tuple[str, Option]] = {
        option.flag.lstrip("-"): (name, option) for kind in kinds for name, option in options_of(kind).items()}
    if unknown := next((name for name in given if name not in known), None):
        raise ConfigError(f"{path} names the option {unknown}, which there is not; possible are: {', '.join(sorted(known))}.")
    return {known[name][0]: value for name, value in given.items()}
