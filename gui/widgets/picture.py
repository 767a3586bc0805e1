"""The picture: every view of one instant, zoom and pan, divider, loupe, and what is written over it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PyQt6.QtWidgets import QWidget

from gui.convert import Pair, faded
from gui.readout import Row
from gui.theme import PAD, theme
from gui.widgets import paint
from gui.widgets.overlay import paint_rows
from gui.widgets.panes import Lens, Pane, divider_at, divider_x, panes, position_in

if TYPE_CHECKING:
    from dehazer import Moment

GRIP = 10.0
SHRINK_BELOW = 0.6
WHEEL_STEP = 1.0015
DIVIDER_STEP = 0.02


class PictureView(QWidget):
    """Shows a Pair. The pair is kept: a moved divider, a zoom, another view only repaint what is there.

    painted: emitted with the moment once, after its first painting. divided: the divider was moved. chosen: double click.
    """

    painted = pyqtSignal(object)
    divided = pyqtSignal(float)
    chosen = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair: Pair | None = None
        self.view, self.divider, self.lens = "dehazed", 0.5, Lens()
        self.peeking = self.loupe = False
        self.captions = True
        self.interactive = True
        self.rows: Sequence[Row] = ()
        self.history: Sequence[float | None] = ()
        self.threshold = 0.0
        self.badge, self.badge_alarm = "", False
        self.rotation: float = 0.0
        self.aspect: Fraction | None = None
        self._ghost: QImage | None = None
        self._fresh = self._dividing = False
        self._drag: QPointF | None = None
        self._pointer: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 90)
        self.setAccessibleName(self.tr("Picture"))

    # what is shown

    def show_moment(self, moment: Moment) -> None:
        """A new instant; nothing is converted before it is painted."""
        self.pair = Pair(moment, self.rotation, self.aspect, self._shrink(moment))
        self._ghost, self._fresh = None, True
        self.update()

    def _shrink(self, moment: Moment) -> float:
        """How much smaller pictures may be converted: half the work for small views of large pictures."""
        if self.lens.zoom > 1 or self.loupe:
            return 1.0
        size = Pair(moment, self.rotation, self.aspect).size
        target = panes(self.shown_view, size, QRectF(self.rect()), self.lens, self.divider)[0].target
        scale = target.width() * self.devicePixelRatioF() / size.width()
        return scale if scale < SHRINK_BELOW else 1.0

    def _sharpen(self) -> None:
        """A closer look at a kept instant needs all its pixels."""
        if self.pair is not None and self.pair.shrink < 1:
            self.pair = Pair(self.pair.moment, self.rotation, self.aspect)

    def clear(self) -> None:
        """No picture."""
        self.pair = self._ghost = None
        self.update()

    def fade(self, gone: bool) -> None:
        """Show the last picture without its colours while there is trouble, or as it was again."""
        if gone and self._ghost is None and self.pair is not None:
            self._ghost = faded(self.pair.image("dehazed"))
            self.update()
        elif not gone and self._ghost is not None:
            self._ghost = None
            self.update()

    @property
    def faded(self) -> bool:
        """Whether the last good picture is shown as one of the past."""
        return self._ghost is not None

    @property
    def shown_view(self) -> str:
        """The view in use; while peeking, the original."""
        return "original" if self.peeking else self.view

    def set_view(self, view: str) -> None:
        """Change the view of what is shown; the pair stays."""
        self.view = view
        self.update()

    def set_peeking(self, peeking: bool) -> None:
        """See the original for as long as a key is held."""
        if peeking != self.peeking:
            self.peeking = peeking
            self.update()

    def set_loupe(self, on: bool) -> None:
        """Show a loupe at the pointer."""
        self.loupe = on
        if on:
            self._sharpen()
        self.update()

    def set_divider(self, divider: float) -> None:
        """Put the division of the wipe somewhere, 0 to 1."""
        self.divider = min(1.0, max(0.0, divider))
        self.divided.emit(self.divider)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor around a point of the widget, the middle if none."""
        pane = self._pane_at(at or QRectF(self.rect()).center())
        if pane is not None:
            self.lens = self.lens.around(factor, at or pane.area.center(), pane)
            if self.lens.zoom > 1:
                self._sharpen()
            self.update()

    def zoom_fit(self) -> None:
        """See the whole picture."""
        self.lens = Lens()
        self.update()

    def pan(self, x: float, y: float) -> None:
        """While zoomed in: look at what lies further right and down, by shares of the view."""
        pane = self._pane_at(QRectF(self.rect()).center())
        if pane is not None and self.lens.zoom > 1:
            self.lens = self.lens.moved(QPointF(-x * pane.area.width(), -y * pane.area.height()), pane)
            self.update()

    # geometry

    def panes(self) -> list[Pane]:
        """The panes as they are painted; empty without a picture."""
        if self.pair is None:
            return []
        return panes(self.shown_view, self._size(), QRectF(self.rect()), self.lens, self.divider)

    def _size(self) -> QSizeF:
        assert self.pair is not None
        return self.pair.size

    def _pane_at(self, at: QPointF) -> Pane | None:
        found = self.panes()
        return next((p for p in found if p.area.contains(at)), found[0] if found else None)

    def _whole(self) -> Pane:
        """Both panes of the wipe taken together."""
        return Pane("dehazed", QRectF(self.rect()), self.panes()[0].target)

    def _on_divider(self, at: QPointF) -> bool:
        if self.pair is None or self.shown_view != "wipe" or self.faded:
            return False
        return abs(at.x() - divider_x(self._whole(), self.divider)) <= GRIP

    # painting

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens.canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.pair is not None:
            self._paint_picture(painter)
        self._paint_notes(painter)
        painter.end()
        if self._fresh and self.pair is not None:
            self._fresh = False
            self.painted.emit(self.pair.moment)

    def _paint_picture(self, painter: QPainter) -> None:
        assert self.pair is not None
        if self._ghost is not None:
            area = QRectF(self.rect())
            paint.image(painter, self._ghost, panes("dehazed", self._size(), area, Lens(), 0.5)[0].target, area)
            return
        found = self.panes()
        for pane in found:
            paint.image(painter, self.pair.image(pane.which), pane.target, pane.area)
        if self.shown_view == "wipe":
            whole = self._whole()
            paint.divider(painter, divider_x(whole, self.divider), whole.shown, self._dividing)
        if self.captions:
            self._paint_captions(painter, found)
        if self.loupe:
            self._paint_loupe(painter, self._pointer or QRectF(self.rect()).center())

    def _paint_loupe(self, painter: QPainter, at: QPointF) -> None:
        under = self._pane_at(at)
        if under is None or self.pair is None:
            return
        picture = self.pair.image(under.which)
        shown = under.target.width() * self.devicePixelRatioF() / picture.width()
        times = 1 if shown < 1 else int(shown) + 1  # where pixels are shown larger already, larger still
        paint.loupe(painter, picture, position_in(under.target, at), at, QRectF(self.rect()), times=times)

    def _paint_captions(self, painter: QPainter, found: list[Pane]) -> None:
        names = {"original": self.tr("Original"), "dehazed": self.tr("Dehazed"), "difference": self.tr("Difference ×2")}
        for index, pane in enumerate(found):
            if pane.shown.width() < 90 or (len(found) == 1 and pane.which == "dehazed"):
                continue
            right = self.shown_view == "wipe" and index == 1
            corner = QPointF(pane.shown.right() - PAD if right else pane.shown.x() + PAD, pane.shown.bottom() - PAD)
            paint.label(painter, names[pane.which], corner, right=right, bottom=True)

    def _paint_notes(self, painter: QPainter) -> None:
        if self.rows and not self.faded:
            paint_rows(painter, self.rows, self.history, self.threshold, QPointF(PAD, PAD))
        if self.badge and not self.faded:
            color = QColor(218, 54, 51, 235) if self.badge_alarm else paint.PLATE
            paint.label(painter, self.badge, QPointF(self.width() - PAD, PAD), right=True, color=color, strong=self.badge_alarm)

    # hands

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None or event.button() != Qt.MouseButton.LeftButton or not self.interactive:
            super().mousePressEvent(event)
            return
        self._dividing = self._on_divider(event.position())
        self._drag = event.position()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        self._pointer = event.position()
        if self._dividing:
            self.set_divider(divider_at(self._whole(), event.position().x()))
        elif self._drag is not None and self.lens.zoom > 1 and (pane := self._pane_at(self._drag)) is not None:
            self.lens = self.lens.moved(event.position() - self._drag, pane)
            self._drag = event.position()
            self.update()
        else:
            self.setCursor(Qt.CursorShape.SplitHCursor if self._on_divider(self._pointer) else Qt.CursorShape.ArrowCursor)
        if self.loupe:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self._dividing, self._drag = False, None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        self.chosen.emit()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None and self.interactive and self.pair is not None:
            self.zoom(WHEEL_STEP ** event.angleDelta().y(), event.position())
            event.accept()
