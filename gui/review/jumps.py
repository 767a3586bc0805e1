"""The places that haze leads to, over several cameras."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PyQt6.QtCore import QCoreApplication

from dehazer.review import HazeCurve, Span

LENGTH = timedelta(minutes=10)
"""Of the foggiest and the clearest stretch: long enough not to be a single passing lorry's dust."""


@dataclass(frozen=True)
class Jump:
    """name: of the jump. text, tip: on the button. find: where it leads from a position, None for nowhere. nothing: says that.

    Texts are made when they are shown, in the language of that moment.
    """

    name: str
    text: Callable[[], str]
    tip: Callable[[], str]
    find: Callable[[Sequence[HazeCurve], datetime | None], datetime | None]
    nothing: Callable[[], str]


def haze_of(curve: HazeCurve, span: Span) -> float:
    """Mean haze of a span."""
    return float(curve.resampled(span, 1)[0])


def foggiest(curves: Sequence[HazeCurve], position: datetime | None) -> datetime | None:
    """Begin of the foggiest stretch of all."""
    found = [(haze_of(curve, span), span.start) for curve in curves if (span := curve.foggiest(LENGTH)) is not None]
    return max(found)[1] if found else None


def clearest(curves: Sequence[HazeCurve], position: datetime | None) -> datetime | None:
    """Begin of the clearest stretch of all."""
    found = [(haze_of(curve, span), span.start) for curve in curves if (span := curve.clearest(LENGTH)) is not None]
    return min(found)[1] if found else None


def next_foggy(curves: Sequence[HazeCurve], position: datetime | None) -> datetime | None:
    """Begin of the first foggy stretch behind the position, on any camera."""
    after = position or datetime.fromtimestamp(0, UTC)
    return min((span.start for curve in curves if (span := curve.next_foggy(after)) is not None), default=None)


def next_change(curves: Sequence[HazeCurve], position: datetime | None) -> datetime | None:
    """The first moment behind the position at which fog comes or goes, on any camera."""
    after = position or datetime.fromtimestamp(0, UTC)
    return min((when for curve in curves if (when := curve.next_change(after)) is not None), default=None)


JUMPS = (
    Jump("foggiest", lambda: QCoreApplication.translate("JumpControls", "Foggiest"),
         lambda: QCoreApplication.translate("JumpControls", "The foggiest ten minutes of the cameras shown"), foggiest,
         lambda: QCoreApplication.translate("JumpControls", "No haze was measured yet.")),
    Jump("clearest", lambda: QCoreApplication.translate("JumpControls", "Clearest"),
         lambda: QCoreApplication.translate("JumpControls", "The clearest ten minutes of the cameras shown"), clearest,
         lambda: QCoreApplication.translate("JumpControls", "No haze was measured yet.")),
    Jump("next_foggy", lambda: QCoreApplication.translate("JumpControls", "Next fog"),
         lambda: QCoreApplication.translate("JumpControls", "The next foggy stretch behind the playhead"), next_foggy,
         lambda: QCoreApplication.translate("JumpControls", "No foggy stretch behind the playhead.")),
    Jump("next_change", lambda: QCoreApplication.translate("JumpControls", "Next change"),
         lambda: QCoreApplication.translate("JumpControls", "Where fog comes or goes next"), next_change,
         lambda: QCoreApplication.translate("JumpControls", "The fog does not change behind the playhead.")),
)
"""Every jump there is."""
