"""Numbers and times as people read them; pure functions."""

from __future__ import annotations

import math
from collections.abc import Mapping

THIN = " "


def number(value: float | None, digits: int = 1) -> str:
    """A number with a fixed count of digits; a dash for what is not known."""
    return "–" if value is None or not math.isfinite(value) else f"{value:.{digits}f}"


def percent(share: float | None) -> str:
    """A share of one as whole percent."""
    return "–" if share is None or not math.isfinite(share) else f"{round(share * 100)}{THIN}%"


def clock(seconds: float) -> str:
    """h:mm:ss or mm:ss."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def age(seconds: float) -> str:
    """How old something is: "0.4 s", "12 s", "3 min", "2 h"."""
    if seconds < 10:
        return f"{seconds:.1f}{THIN}s"
    if seconds < 120:
        return f"{int(seconds)}{THIN}s"
    return f"{int(seconds // 60)}{THIN}min" if seconds < 7200 else f"{int(seconds // 3600)}{THIN}h"


def size(count: float) -> str:
    """Bytes with a decimal unit."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f}{THIN}{unit}" if unit in ("B", "kB") else f"{count:.1f}{THIN}{unit}"
        count /= 1000
    return f"{count:.1f}{THIN}TB"


def drops(causes: Mapping[str, int]) -> str:
    """"12 (late 9, paint 3)", or "0"."""
    total = sum(causes.values())
    widgets = ", ".join(f"{cause} {count}" for cause, count in sorted(causes.items()) if count)
    return f"{total} ({widgets})" if widgets else "0"
