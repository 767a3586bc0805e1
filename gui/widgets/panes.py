"""Where the pictures of each view go: pure geometry of panes, zoom and divider."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRectF, QSizeF

from gui.convert import Which

GAP = 2.0
MOST_ZOOM = 16.0
STACK_GAIN = 1.2
"""Side by side becomes one above the other where that makes the pictures larger by this factor."""


@dataclass(frozen=True)
class Pane:
    """One picture on the screen. area: what it may cover; target: where the whole picture lies, maybe beyond the area."""

    which: Which
    area: QRectF
    target: QRectF

    @property
    def shown(self) -> QRectF:
        """The part of the area that is picture."""
        return self.area.intersected(self.target)


@dataclass(frozen=True)
class Lens:
    """What part of the picture is looked at. zoom: 1 fits the pane; x, y: point of the picture in the middle, 0 to 1."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def around(self, factor: float, at: QPointF, pane: Pane) -> Lens:
        """Zoom by a factor so that what lies under `at` stays there."""
        zoom = min(MOST_ZOOM, max(1.0, self.zoom * factor))
        if zoom == 1.0:
            return Lens()
        u, v = position_in(pane.target, at)
        real = zoom / self.zoom
        x = u + (self.x_of(pane) - u) / real
        y = v + (self.y_of(pane) - v) / real
        return Lens(zoom, x, y)

    def x_of(self, pane: Pane) -> float:
        """Point of the picture that really lies in the middle of the pane, across."""
        return (pane.area.center().x() - pane.target.x()) / pane.target.width()

    def y_of(self, pane: Pane) -> float:
        """The same, down."""
        return (pane.area.center().y() - pane.target.y()) / pane.target.height()

    def moved(self, by: QPointF, pane: Pane) -> Lens:
        """Drag the picture by so many pixels."""
        return replace(self, x=self.x_of(pane) - by.x() / pane.target.width(), y=self.y_of(pane) - by.y() / pane.target.height())


def fitted(picture: QSizeF, area: QRectF, lens: Lens) -> QRectF:
    """Where the picture lies for a lens; it never leaves a gap where it could fill one."""
    scale = min(area.width() / picture.width(), area.height() / picture.height()) * lens.zoom
    width, height = picture.width() * scale, picture.height() * scale
    x = _placed(area.x(), area.width(), width, lens.x)
    y = _placed(area.y(), area.height(), height, lens.y)
    return QRectF(round(x), round(y), round(width), round(height))


def _placed(start: float, room: float, length: float, middle: float) -> float:
    if length <= room:
        return start + (room - length) / 2
    return min(start, max(start + room - length, start + room / 2 - middle * length))


def panes(view: str, picture: QSizeF, area: QRectF, lens: Lens, divider: float) -> list[Pane]:
    """The panes of a view, in painting order. divider: of the wipe, share of the visible picture, 0 to 1."""
    if view == "side":
        return [Pane(which, half, fitted(picture, half, lens)) for which, half in _halves(picture, area)]
    target = fitted(picture, area, lens)
    if view != "wipe":
        return [Pane("original" if view == "original" else "difference" if view == "difference" else "dehazed", area, target)]
    at = divider_x(Pane("dehazed", area, target), divider)
    left = QRectF(area.x(), area.y(), at - area.x(), area.height())
    right = QRectF(at, area.y(), area.right() - at, area.height())
    return [Pane("original", left, target), Pane("dehazed", right, target)]


def _halves(picture: QSizeF, area: QRectF) -> tuple[tuple[Which, QRectF], tuple[Which, QRectF]]:
    width, height = (area.width() - GAP) / 2, (area.height() - GAP) / 2
    beside = min(width / picture.width(), area.height() / picture.height())
    stacked = min(area.width() / picture.width(), height / picture.height())
    if stacked > STACK_GAIN * beside:
        return (("original", QRectF(area.x(), area.y(), area.width(), height)),
                ("dehazed", QRectF(area.x(), area.y() + height + GAP, area.width(), height)))
    return (("original", QRectF(area.x(), area.y(), width, area.height())),
            ("dehazed", QRectF(area.x() + width + GAP, area.y(), width, area.height())))


def divider_x(whole: Pane, divider: float) -> float:
    """Where the division is, in widget pixels."""
    return float(round(whole.shown.x() + divider * whole.shown.width()))


def divider_at(whole: Pane, x: float) -> float:
    """The division under a widget coordinate, 0 to 1."""
    return min(1.0, max(0.0, (x - whole.shown.x()) / max(1.0, whole.shown.width())))


def position_in(target: QRectF, at: QPointF) -> tuple[float, float]:
    """A point as shares of a rectangle."""
    return (at.x() - target.x()) / target.width(), (at.y() - target.y()) / target.height()
