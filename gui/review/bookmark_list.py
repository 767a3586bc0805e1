"""Bookmarks as a list: a flag in its colour, the first line of the note, camera and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetrics, QPainter, QPolygonF
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.review import typed_time
from gui.review.mark_painter import bookmark_color
from gui.theme import BASE, GAP, PAD, RADIUS, SMALL, font, theme

if TYPE_CHECKING:
    from dehazer.review import Bookmark

ROW_HEIGHT = 48
MARK = Qt.ItemDataRole.UserRole


class BookmarkModel(QAbstractListModel):
    """marks: what is shown, in order. zone: of the times."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: tuple[Bookmark, ...] = ()
        self.zone: tzinfo = UTC

    def show(self, marks: Sequence[Bookmark], zone: tzinfo) -> None:
        """Show other bookmarks."""
        self.beginResetModel()
        self.marks, self.zone = tuple(marks), zone
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.marks)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.marks):
            return None
        mark = self.marks[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{mark.title}, {about(mark, self.zone)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{mark.note or mark.camera}\n{about(mark, self.zone)}"
        return mark if role == MARK else None


class BookmarkDelegate(QStyledItemDelegate):
    """Paints one bookmark in two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        mark, model = index.data(MARK), index.model()
        if painter is None or mark is None or not isinstance(model, BookmarkModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), RADIUS, RADIUS)
        _paint_flag(painter, mark, QPointF(area.x() + PAD, area.y() + 10))
        _paint_lines(painter, area.adjusted(PAD + 20, 5, -GAP, -5), mark.title, about(mark, model.zone))
        painter.restore()


def _paint_flag(painter: QPainter, mark: Bookmark, at: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(bookmark_color(mark.color))
    x, y = at.x(), at.y()
    painter.drawRect(QRectF(x, y, 2, 14))
    painter.drawPolygon(QPolygonF([QPointF(x + 2, y), QPointF(x + 12, y + 4.5), QPointF(x + 2, y + 9)]))


def _paint_lines(painter: QPainter, area: QRectF, first: str, second: str) -> None:
    half = area.height() / 2
    for text, face, role, top in ((first, font(BASE), "text", 0.0), (second, font(SMALL), "quiet", half)):
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.setFont(face)
        painter.setPen(theme.color(role))
        painter.drawText(QRectF(area.x(), area.y() + top, area.width(), half), Qt.AlignmentFlag.AlignVCenter, shown)


def about(mark: Bookmark, zone: tzinfo) -> str:
    """Camera, time and length of a bookmark: "Gate north · 2026-11-24 08:14:03 · 12.4 s"."""
    length = typed_time.duration_text(mark.span.duration) if mark.span.duration > 0 else ""
    camera = mark.camera if mark.title != mark.camera else ""
    return " · ".join(part for part in (typed_time.clock_text(mark.span.start, zone)[:19], length, camera) if part)
