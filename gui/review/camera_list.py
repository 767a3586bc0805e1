"""The cameras of a library as a list: a box to show each, its name, and a line about its footage."""

from __future__ import annotations

from collections.abc import Collection

from PyQt6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.review.camera_order import camera_order
from gui.review.camera_summary import CameraSummary
from gui.theme import BASE, GAP, PAD, RADIUS, SMALL, font, theme

ROW, BOX = 46, 16
Role = Qt.ItemDataRole


class CameraModel(QAbstractListModel):
    """Cameras with whether they are shown. toggled: the user checked or unchecked one."""

    toggled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.summaries: tuple[CameraSummary, ...] = ()
        self.shown: frozenset[str] = frozenset()

    def set_summaries(self, summaries: tuple[CameraSummary, ...]) -> None:
        """Other cameras, or other facts about them."""
        if summaries == self.summaries:
            return
        same = [s.camera for s in summaries] == [s.camera for s in self.summaries]
        if not same:
            self.beginResetModel()
        self.summaries = summaries
        if same:
            self._all_changed()
        else:
            self.endResetModel()

    def set_shown(self, cameras: Collection[str]) -> None:
        """Which cameras are shown, without a signal of ours."""
        if frozenset(cameras) != self.shown:
            self.shown = frozenset(cameras)
            self._all_changed()

    def _all_changed(self) -> None:
        if self.summaries:
            self.dataChanged.emit(self.index(0), self.index(len(self.summaries) - 1))

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.summaries)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> object:
        summary = self.summaries[index.row()]
        if role == Role.DisplayRole:
            return summary.camera
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if summary.camera in self.shown else Qt.CheckState.Unchecked
        if role == Role.ToolTipRole:
            return f"{summary.camera}\n{summary.about}\n{summary.explanation}"
        if role == Role.AccessibleDescriptionRole:
            return self.tr("{count} files, {about}").format(count=summary.files, about=summary.about)
        return summary if role == Role.UserRole else None

    def setData(self, index: QModelIndex, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole:
            return False
        camera = self.summaries[index.row()].camera
        self.set_shown(self.shown ^ {camera})
        self.toggled.emit()
        return True


class CameraDelegate(QStyledItemDelegate):
    """Paints a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        summary = index.data(Role.UserRole)
        if painter is None or not isinstance(summary, CameraSummary):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = index.data(Role.CheckStateRole) == Qt.CheckState.Checked
        self._paint_ground(painter, option)
        _paint_box(painter, box_of(option.rect), shown)
        area = option.rect.adjusted(PAD + BOX + GAP, 5, -PAD, -5)
        count = f"{summary.files:,}".replace(",", " ")
        width = QFontMetrics(font(SMALL)).horizontalAdvance(count)
        _paint_line(painter, summary.camera, QRect(area.x(), area.y(), area.width() - width - GAP, 18), font(BASE, shown), "text")
        _paint_line(painter, count, QRect(area.right() - width, area.y(), width + 2, 18), font(SMALL), "quiet")
        role = "warning" if summary.is_uncertain else "quiet"
        fits = QFontMetrics(font(SMALL)).horizontalAdvance(summary.about) <= area.width()
        about = summary.about if fits else summary.period  # the tool tip says the rest
        _paint_line(painter, about, QRect(area.x(), area.y() + 19, area.width(), 17), font(SMALL), role)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        area = QRectF(option.rect).adjusted(4, 1, -4, -1)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, RADIUS, RADIUS)

    def editorEvent(self, event: QEvent | None, model: QAbstractItemModel | None, option: QStyleOptionViewItem,
                    index: QModelIndex) -> bool:
        if isinstance(event, QMouseEvent):
            return False  # the list itself: Qt looks for the box where its own style has one
        return super().editorEvent(event, model, option, index)


def box_of(row: QRect) -> QRectF:
    """Where the box to check is in a row."""
    return QRectF(row.x() + PAD, row.center().y() - BOX / 2 + 0.5, BOX, BOX)


def in_box(row: QRect, point: QPoint) -> bool:
    """Whether a point is on or near the box of a row."""
    return box_of(row).adjusted(-PAD, -ROW / 2, GAP / 2, ROW / 2).contains(QPointF(point))


def _paint_box(painter: QPainter, box: QRectF, checked: bool) -> None:
    painter.setPen(QPen(theme.color("accent" if checked else "quiet"), 1.5))
    painter.setBrush(theme.color("accent" if checked else "sunken"))
    painter.drawRoundedRect(box, 4, 4)
    if checked:
        painter.setPen(QPen(theme.color("on_accent"), 2))
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x, y) for x, y in ((4, 8.5), (7, 11.5), (12, 5))]))


def _paint_line(painter: QPainter, text: str, area: QRect, face: QFont, role: str) -> None:
    painter.setFont(face)
    painter.setPen(theme.color(role))
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class CameraList(QListView):
    """cameras_chosen: names of the cameras to show, in the order of cameras.

    A click on a name, or Return, shows that camera only; a click on its box, or Space, adds it or takes it away.
    """

    cameras_chosen = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cameras, self._filtered = CameraModel(), QSortFilterProxyModel(self)
        self._filtered.setSourceModel(self.cameras)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._filtered)
        self.setItemDelegate(CameraDelegate(self))
        self.setObjectName("bare")
        self.setAccessibleName(self.tr("Cameras"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.cameras.toggled.connect(self._emit)
        theme.changed.connect(self.viewport().update)  # type: ignore[union-attr]

    def set_filter(self, text: str) -> None:
        """Show only cameras whose name holds a text, in whatever case."""
        self._filtered.setFilterFixedString(text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), min(8, max(1, self.cameras.rowCount())) * ROW + 2 * GAP)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint()) if event is not None else QModelIndex()
        if event is None or event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if in_box(self.visualRect(index), event.position().toPoint()):
            self._filtered.setData(index, None, Role.CheckStateRole)
        else:
            self._choose(index)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.cameras.set_shown({index.data()})
        self._emit()

    def _emit(self) -> None:
        self.cameras_chosen.emit(tuple(sorted(self.cameras.shown, key=camera_order)))
