"""The speeds a recording is played at; pure functions."""

from __future__ import annotations

SPEEDS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0, 8.0, 16.0, 32.0)


def changed(speed: float, steps: int) -> float:
    """The speed so many steps faster (or slower, below 0) in the same direction; stops at the first and the last."""
    nearest = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - abs(speed)))
    found = SPEEDS[min(len(SPEEDS) - 1, max(0, nearest + steps))]
    return found if speed > 0 else -found


def text(speed: float) -> str:
    """"1×", "−0.25×"."""
    return f"{'−' if speed < 0 else ''}{abs(speed):g}×"
