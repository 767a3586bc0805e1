"""The picture: every view mode of one instant, zoom and pan, divider, loupe, and what is written over it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QRegion, QWheelEvent
from PyQt6.QtWidgets import QWidget

from gui.theme import DARK, GAP, PAD, theme
from gui.view.images import PICTURES, ImagePair, display_size, faded
from gui.view.modes import DEFAULT_VIEW, VIEW_MODES
from gui.view.panes import KeptPanes, Pane, Viewport, divider_at, divider_x, panes, position_in
from gui.view.readout import OverlayRow
from gui.widgets import paint
from gui.widgets.controls import focus_ring
from gui.widgets.overlay import paint_rows

if TYPE_CHECKING:
    from dehazer import Moment

GRIP = 10.0
"""Pixels beside the divider within which the mouse takes hold of it."""
WHEEL_STEP, WHEEL_NOTCH = 1.0015, 120
LOUPE_LEAST, LOUPE_MOST = 2.0, 8.0
"""How many times larger than beside it the loupe shows the picture."""
DIVIDER_STEP = 0.02


class PictureView(QWidget):
    """Shows an ImagePair. The pair is kept: a moved divider, a zoom, another view mode only repaint what is there.

    painted: emitted with the pair of a moment after its first painting, and after that in another size. divider_moved: to
    this share of the picture. viewport_changed: another part is looked at, by hand. rows_top, badge_top: pixels above the
    rows of the overlay and above the badge.
    """

    painted = pyqtSignal(object)
    divider_moved = pyqtSignal(float)
    viewport_changed = pyqtSignal(object)
    double_clicked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pair: ImagePair | None = None
        self.view, self.divider, self.viewport = DEFAULT_VIEW, 0.5, Viewport()
        self.peeking = self.loupe = False
        self.loupe_factor = LOUPE_LEAST
        self.captions = True
        self.interactive = True
        self.rows: Sequence[OverlayRow] = ()
        self.rows_top = float(PAD)
        self.history: Sequence[float | None] = ()
        self.threshold = 0.0
        self.badge, self.badge_alarm, self.badge_top = "", False, float(PAD)
        self.rotation: float = 0.0
        self.aspect: Fraction | None = None
        self._faded_image: QImage | None = None
        self._panes = KeptPanes()
        self._covering: list[Pane] = []
        self._around = QRegion()  # what these panes leave free
        self._fresh = self._dividing = False
        self._drag: QPointF | None = None
        self._pointer: QPointF | None = None
        self.ringed = False  # the keyboard has come here by Tab or a key for areas
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 90)
        self.setAccessibleName(QCoreApplication.translate("PictureView", "Picture"))  # tr() in a subclass has its name

    # what is shown

    def show_moment(self, moment: Moment) -> None:
        """A new instant; nothing is converted before it is painted."""
        self.pair = ImagePair(moment, self.rotation, self.aspect, self._shown_size(moment))
        self._faded_image, self._fresh = None, True
        self.update()

    def _shown_size(self, moment: Moment) -> tuple[int, int] | None:
        """(height, width) on the screen of a picture that is shown smaller than it is; None where all its pixels are needed."""
        if self.viewport.zoom > 1 or self.loupe:
            return None
        size = display_size(moment, self.rotation, self.aspect)
        target = self._laid_out(size)[0].target
        height, width = (max(1, round(side * self.devicePixelRatioF())) for side in (target.height(), target.width()))
        return (height, width) if width < size.width() and height < size.height() else None

    def _fit_pair(self) -> None:
        """The kept instant in the size it is shown in by now: after a closer look, another view, another size of the window."""
        if self.pair is not None and self.pair.shown != (shown := self._shown_size(self.pair.moment)):
            self.pair, self._fresh = ImagePair(self.pair.moment, self.rotation, self.aspect, shown), True

    def clear(self) -> None:
        """No picture."""
        self.pair = self._faded_image = None
        self.update()

    def fade(self, gone: bool) -> None:
        """Show the last picture without its colours while the source fails, or as it was again."""
        if gone and self._faded_image is None and self.pair is not None:
            self._faded_image = faded(self.pair.image(DEFAULT_VIEW))
            self.update()
        elif not gone and self._faded_image is not None:
            self._faded_image = None
            self.update()

    @property
    def faded(self) -> bool:
        """Whether the last good picture is shown as one of the past."""
        return self._faded_image is not None

    @property
    def shown_view(self) -> str:
        """The view in use; while peeking, the original."""
        return "original" if self.peeking else self.view

    def set_badge(self, text: str, alarm: bool = False) -> None:
        """What stands in the upper right corner; alarm: in red."""
        if (text, alarm) != (self.badge, self.badge_alarm):
            self.badge, self.badge_alarm = text, alarm
            self.update()

    def set_view(self, view: str) -> None:
        """Change the view of what is shown; the pair stays."""
        self.view = view
        self.update()

    def set_peeking(self, peeking: bool) -> None:
        """See the original for as long as a key is held."""
        if peeking != self.peeking:
            self.peeking = peeking
            self.update()

    def toggle_loupe(self) -> None:
        """Show a loupe, or hide it."""
        self.set_loupe(not self.loupe)

    def set_loupe(self, on: bool) -> None:
        """Show a loupe at the pointer."""
        self.loupe = on
        self._fit_pair()
        self.update()

    def enlarge_loupe(self, steps: float) -> None:
        """Make the loupe stronger or weaker: 2 to 8 times what the picture is shown at."""
        self.loupe_factor = min(LOUPE_MOST, max(LOUPE_LEAST, self.loupe_factor + steps))
        self.update()

    def set_divider(self, divider: float) -> None:
        """Put the division of the wipe somewhere, 0 to 1."""
        self.divider = min(1.0, max(0.0, divider))
        self.divider_moved.emit(self.divider)
        self.update()

    def move_divider(self, by: float) -> None:
        """Move the division of the wipe by a share of the picture."""
        self.set_divider(self.divider + by)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor around a point of the widget, the middle if none."""
        pane = self._pane_at(at or QRectF(self.rect()).center())
        if pane is not None:
            self._look_at(self.viewport.around(factor, at or pane.area.center(), pane))

    def zoom_fit(self) -> None:
        """See the whole picture."""
        self._look_at(Viewport())

    def pan(self, x: float, y: float) -> None:
        """While zoomed in: look at what lies further right and down, by shares of the view."""
        pane = self._pane_at(QRectF(self.rect()).center())
        if pane is not None and self.viewport.zoom > 1:
            self._look_at(self.viewport.moved(QPointF(-x * pane.area.width(), -y * pane.area.height()), pane))

    def _look_at(self, viewport: Viewport) -> None:
        self.set_viewport(viewport)
        self.viewport_changed.emit(viewport)

    def set_viewport(self, viewport: Viewport) -> None:
        """Look at another part of the picture, without a signal."""
        self.viewport = viewport
        self._fit_pair()
        self.update()

    # geometry

    def panes(self) -> list[Pane]:
        """The panes as they are painted; empty without a picture."""
        return [] if self.pair is None else self._laid_out(self._size())

    def _laid_out(self, picture: QSizeF) -> list[Pane]:
        return self._panes(self.shown_view, picture, QRectF(self.rect()), self.viewport, self.divider)

    def _size(self) -> QSizeF:
        assert self.pair is not None
        return self.pair.size

    def _pane_at(self, at: QPointF) -> Pane | None:
        found = self.panes()
        return next((p for p in found if p.area.contains(at)), found[0] if found else None)

    def _whole(self) -> Pane:
        """Both panes of the wipe taken together."""
        return Pane(DEFAULT_VIEW, QRectF(self.rect()), self.panes()[0].target)

    @property
    def _has_divider(self) -> bool:
        return VIEW_MODES[self.shown_view].layout == "divided"

    def _on_divider(self, at: QPointF) -> bool:
        if self.pair is None or not self._has_divider or self.faded:
            return False
        return abs(at.x() - divider_x(self._whole(), self.divider)) <= GRIP

    # painting

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setClipRegion(self._uncovered())
        painter.fillRect(self.rect(), QColor(theme.tokens.canvas))
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.pair is not None:
            self._paint_picture(painter)
        self._paint_notes(painter)
        if self.ringed:
            focus_ring(painter, QRectF(self.rect()), 0, QColor(DARK.accent))  # the canvas is dark in both themes
        painter.end()
        if self._fresh and self.pair is not None:
            self._fresh = False
            self.painted.emit(self.pair)

    def _uncovered(self) -> QRegion:
        """What no picture will cover, and a little more along its edges, which may lie between pixels."""
        found = [] if self.faded else self.panes()
        if not found:
            return QRegion(self.rect())
        if found is not self._covering:  # the list is another one as soon as anything has changed
            self._covering, self._around = found, QRegion(self.rect())
            for pane in found:
                self._around -= QRegion(pane.shown.toRect().adjusted(2, 2, -2, -2))
        return self._around

    def _paint_picture(self, painter: QPainter) -> None:
        assert self.pair is not None
        if self._faded_image is not None:
            area = QRectF(self.rect())
            paint.image(painter, self._faded_image, panes(DEFAULT_VIEW, self._size(), area, Viewport(), 0.5)[0].target, area)
            return
        self._fit_pair()
        found = self.panes()
        for pane in found:
            paint.image(painter, self.pair.image(pane.picture), pane.target, pane.area)
        if self._has_divider:
            whole = self._whole()
            paint.divider(painter, divider_x(whole, self.divider), whole.shown, self._dividing)
        if self.captions:
            self._paint_captions(painter, found)
            if zoomed := self.zoom_text():
                paint.label(painter, zoomed, self.zoom_corner(), right=True, bottom=True)
        if self.loupe:
            self._paint_loupe(painter, self._pointer or QRectF(self.rect()).center())

    def _paint_loupe(self, painter: QPainter, at: QPointF) -> None:
        under = self._pane_at(at)
        if under is None or self.pair is None:
            return
        picture = self.pair.image(under.picture)
        times = self._scale(under) * self.loupe_factor
        paint.loupe(painter, picture, position_in(under.target, at), at, QRectF(self.rect()), times=times,
                    caption=f"{self.loupe_factor:g} ×")

    def _scale(self, pane: Pane) -> float:
        """Device pixels a pixel of the picture is shown by."""
        assert self.pair is not None
        return pane.target.width() * self.devicePixelRatioF() / self.pair.image(pane.picture).width()

    def zoom_text(self) -> str:
        """How large pixels are shown, in percent; empty while the whole picture is in view."""
        found = self.panes() if self.viewport.zoom > 1 else []
        return f"{self._scale(found[0]):.0%}" if found else ""

    def zoom_corner(self) -> QPointF:
        """Lower right corner of the percentage; where a caption stands in the corner of the widget, above it."""
        caption = paint.PLATE_HEIGHT + GAP if self._has_divider else 0.0
        return QPointF(self.width() - PAD, self.height() - PAD - caption)

    def _paint_captions(self, painter: QPainter, found: list[Pane]) -> None:
        for index, pane in enumerate(found):
            if pane.shown.width() < 90 or (len(found) == 1 and pane.picture == DEFAULT_VIEW):
                continue
            right = self._has_divider and index == 1
            corner = QPointF(pane.shown.right() - PAD if right else pane.shown.x() + PAD, pane.shown.bottom() - PAD)
            caption = QCoreApplication.translate("PictureView", PICTURES[pane.picture].caption)
            paint.label(painter, caption, corner, right=right, bottom=True)

    def _paint_notes(self, painter: QPainter) -> None:
        if self.rows and not self.faded:
            paint_rows(painter, self.rows, self.history, self.threshold, QPointF(PAD, self.rows_top))
        if self.badge and not self.faded:
            color = paint.RED if self.badge_alarm else paint.PLATE
            paint.label(painter, self.badge, QPointF(self.width() - PAD, self.badge_top), right=True, color=color,
                        strong=self.badge_alarm)

    # focus

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._set_ringed(event is not None and event.reason() in by_key)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._set_ringed(False)

    def _set_ringed(self, ringed: bool) -> None:
        self.ringed = ringed
        self.update()

    # mouse

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
        elif self._drag is not None and self.viewport.zoom > 1 and (pane := self._pane_at(self._drag)) is not None:
            self._look_at(self.viewport.moved(event.position() - self._drag, pane))
            self._drag = event.position()
        else:
            self.setCursor(Qt.CursorShape.SplitHCursor if self._on_divider(self._pointer) else Qt.CursorShape.ArrowCursor)
        if self.loupe:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self._dividing, self._drag = False, None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        self.double_clicked.emit()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is None or not self.interactive or self.pair is None:
            return
        turned = event.angleDelta().y()
        if self.loupe:
            self.enlarge_loupe(turned / WHEEL_NOTCH)
        else:
            self.zoom(WHEEL_STEP**turned, event.position())
        event.accept()
