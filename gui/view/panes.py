"""Where the pictures of each view go: pure geometry of panes, zoom and divider."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PyQt6.QtCore import QPointF, QRectF, QSizeF

from gui.view.modes import DEFAULT_VIEW, VIEW_MODES

PANE_GAP = 2.0
MAX_ZOOM = 16.0
MIN_STACK_GAIN = 1.2
"""Side by side becomes one above the other where that makes the pictures larger by this factor."""


@dataclass(frozen=True)
class Pane:
    """One picture on the screen.

    picture: its name in `gui.view.images.PICTURES`. area: what it may cover. target: where the whole picture lies, maybe beyond
    the area.
    """

    picture: str
    area: QRectF
    target: QRectF

    @property
    def shown(self) -> QRectF:
        """The part of the area that is picture."""
        return self.area.intersected(self.target)


@dataclass(frozen=True)
class Viewport:
    """What part of the picture is looked at. zoom: 1 fits the pane; x, y: point of the picture in the middle, 0 to 1."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def around(self, factor: float, at: QPointF, pane: Pane) -> Viewport:
        """Zoom by a factor so that what lies under `at` stays there."""
        zoom = min(MAX_ZOOM, max(1.0, self.zoom * factor))
        if zoom == 1.0:
            return Viewport()
        u, v = position_in(pane.target, at)
        real = zoom / self.zoom
        x = u + (self.x_of(pane) - u) / real
        y = v + (self.y_of(pane) - v) / real
        return Viewport(zoom, x, y)

    def x_of(self, pane: Pane) -> float:
        """Point of the picture that really lies in the middle of the pane, across."""
        return (pane.area.center().x() - pane.target.x()) / pane.target.width()

    def y_of(self, pane: Pane) -> float:
        """The same, down."""
        return (pane.area.center().y() - pane.target.y()) / pane.target.height()

    def moved(self, by: QPointF, pane: Pane) -> Viewport:
        """Drag the picture by so many pixels."""
        return replace(self, x=self.x_of(pane) - by.x() / pane.target.width(), y=self.y_of(pane) - by.y() / pane.target.height())


def fitted(picture: QSizeF, area: QRectF, viewport: Viewport) -> QRectF:
    """Where the picture lies for a lens; it never leaves a gap where it could fill one."""
    scale = min(area.width() / picture.width(), area.height() / picture.height()) * viewport.zoom
    width, height = picture.width() * scale, picture.height() * scale
    x = _placed(area.x(), area.width(), width, viewport.x)
    y = _placed(area.y(), area.height(), height, viewport.y)
    return QRectF(round(x), round(y), round(width), round(height))


def _placed(start: float, room: float, length: float, middle: float) -> float:
    if length <= room:
        return start + (room - length) / 2
    return min(start, max(start + room - length, start + room / 2 - middle * length))


def panes(view: str, picture: QSizeF, area: QRectF, viewport: Viewport, divider: float) -> list[Pane]:
    """The panes of a view mode, in painting order. divider: of the wipe, share of the visible picture, 0 to 1."""
    mode = VIEW_MODES[view]
    if mode.layout == "side by side":
        halves = zip(mode.pictures, _halves(picture, area), strict=True)
        return [Pane(name, half, fitted(picture, half, viewport)) for name, half in halves]
    target = fitted(picture, area, viewport)
    if mode.layout == "single":
        return [Pane(mode.pictures[0], area, target)]
    x = divider_x(Pane(DEFAULT_VIEW, area, target), divider)
    sides = QRectF(area.x(), area.y(), x - area.x(), area.height()), QRectF(x, area.y(), area.right() - x, area.height())
    return [Pane(name, side, target) for name, side in zip(mode.pictures, sides, strict=True)]


class KeptPanes:
    """As `panes`, computed anew only when something they depend on has changed: pictures come 25 times a second, and each asks
    several times."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._panes: list[Pane] = []

    def __call__(self, view: str, picture: QSizeF, area: QRectF, viewport: Viewport, divider: float) -> list[Pane]:
        """The very same list as long as nothing has changed."""
        key = (view, picture.width(), picture.height(), area.getRect(), viewport, divider)
        if key != self._key:
            self._key, self._panes = key, panes(view, picture, area, viewport, divider)
        return self._panes


def _halves(picture: QSizeF, area: QRectF) -> tuple[QRectF, QRectF]:
    """Two equal parts of the area, beside each other or, where that shows wide pictures larger, one above the other."""
    width, height = (area.width() - PANE_GAP) / 2, (area.height() - PANE_GAP) / 2
    beside = min(width / picture.width(), area.height() / picture.height())
    stacked = min(area.width() / picture.width(), height / picture.height())
    if stacked > MIN_STACK_GAIN * beside:
        return (QRectF(area.x(), area.y(), area.width(), height),
                QRectF(area.x(), area.y() + height + PANE_GAP, area.width(), height))
    return (QRectF(area.x(), area.y(), width, area.height()),
            QRectF(area.x() + width + PANE_GAP, area.y(), width, area.height()))


def divider_x(whole: Pane, divider: float) -> float:
    """Where the division is, in widget pixels."""
    return float(round(whole.shown.x() + divider * whole.shown.width()))


def divider_at(whole: Pane, x: float) -> float:
    """The division under a widget coordinate, 0 to 1."""
    return min(1.0, max(0.0, (x - whole.shown.x()) / max(1.0, whole.shown.width())))


def position_in(target: QRectF, at: QPointF) -> tuple[float, float]:
    """A point as shares of a rectangle."""
    return (at.x() - target.x()) / target.width(), (at.y() - target.y()) / target.height()
