"""Icons of one colour from SVG files, drawn sharp at every size and in the colour of the state they show."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer

ICONS = Path(__file__).parent / "icons"
"""Of the Material Design set, on a grid of 24 units, with the colour left open (`currentColor`)."""
SHARE = 0.875
"""Part of an icon's square that the grid covers; the rest is its margin."""


class SvgIconEngine(QIconEngine):
    """Draws one SVG. color: "#rrggbb"; active: the same under the mouse and in menus."""

    def __init__(self, svg: bytes, color: str, active: str) -> None:
        super().__init__()
        self._svg, self._color, self._active = svg, color, active

    def paint(self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = self._active if mode == QIcon.Mode.Active else self._color
        side = round(SHARE * min(rect.width(), rect.height()))  # whole pixels: straight lines stay sharp
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(rect).center())
        QSvgRenderer(QByteArray(self._svg.replace(b"currentColor", color.encode()))).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return SvgIconEngine(self._svg, self._color, self._active)


def svg_icon(name: str, color: str, active: str) -> QIcon:
    """The icon of gui/icons with this name; raises FileNotFoundError for others. Colours are "#rrggbb"."""
    return QIcon(SvgIconEngine((ICONS / f"{name}.svg").read_bytes(), color, active))
