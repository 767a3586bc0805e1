"""What the user says to the encoder in FFmpeg's own words: bit rate, tune, and any other option by name."""

from __future__ import annotations

import re

import av

from dehazer.config import EncodeOptions
from dehazer.errors import ConfigError
from dehazer.sinks._encoders import joined_options

_RATE = re.compile(r"(\d+(?:\.\d+)?)([kKM]?)")
_UNITS = {"": 1, "k": 1_000, "K": 1_000, "M": 1_000_000}
_QUALITY = ("crf", "cq", "global_quality", "qmin", "qmax", "qp_i", "qp_p", "rate_control", "flags")
"""Options that ask for a constant quality; a bit rate takes their place."""
_SHOWN = 12


def asked_options(encoder: str, options: EncodeOptions, others: dict[str, str]) -> dict[str, str]:
    """FFmpeg options of `encoder`: `others`, changed and completed by what the user asks for. Raises ConfigError."""
    merged = dict(others)
    if options.bitrate is not None:
        merged = {name: value for name, value in merged.items() if name not in _QUALITY and value != "cqp"}
        merged["b"] = str(bits(options.bitrate))
    asked = named_options(options.encoder_options or "") | ({"tune": options.tune} if options.tune else {})
    _check_known(encoder, asked, "--tune" if set(asked) == {"tune"} and options.tune else "--encoder-options")
    return joined_options(merged, asked)


def bits(text: str) -> int:
    """"4M", "800k" or "2500000" as bits a second; raises ConfigError."""
    found = _RATE.fullmatch(text)
    if found is None or not (rate := round(float(found[1]) * _UNITS[found[2]])):
        raise ConfigError(f"--bitrate {text} is not possible; give bits a second, for example 4M, 800k or 2500000.")
    return rate


def named_options(text: str) -> dict[str, str]:
    """"k=v,k=v" as a dictionary; "\\," is a comma in a value. Raises ConfigError."""
    named: dict[str, str] = {}
    for part in re.split(r"(?<!\\),", text) if text else []:
        name, mark, value = part.replace("\\,", ",").partition("=")
        if not (name.strip() and mark):
            raise ConfigError(f"--encoder-options {text} is not possible; give name=value,name=value, for example g=50,bf=2.")
        named[name.strip()] = value
    return named


def _check_known(encoder: str, asked: dict[str, str], flag: str) -> None:
    """FFmpeg takes any name and uses those it knows: a misspelt one would do nothing."""
    known = av.CodecContext.create(encoder, "w").supported_options
    names = {one.name for one in (*known.generic, *known.private)}
    if unknown := next((name for name in asked if name not in names), None):
        own = ", ".join(sorted(one.name for one in known.private)[:_SHOWN])
        raise ConfigError(f"{flag}: {encoder} has no option {unknown}; some that it has: {own}.")
