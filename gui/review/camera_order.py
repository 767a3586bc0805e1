"""The order in which cameras are listed everywhere in the review room."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(\d+)")


def camera_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key as people count: "Gate 2" before "gate 10", capital letters or not."""
    parts = (part for part in _DIGITS.split(name.casefold()) if part)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
