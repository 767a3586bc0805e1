"""The frame of the review room: bar, library, pictures over the time line, controls; in full screen the pictures alone."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QByteArray, QEvent, QObject, QRect, Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from gui.review.transport_bar import HEIGHT as TRANSPORT_HEIGHT
from gui.theme import TOP_BAR_HEIGHT
from gui.widgets.floating_bars import CONTROLS_TIMEOUT

LIBRARY_WIDTH, CONTROLS_WIDTH, TIME_LINE_HEIGHT = 280, 288, 168


@dataclass(frozen=True)
class ReviewParts:
    """The five parts of the frame. lower: transport and time line together."""

    bar: QWidget
    library: QWidget
    pictures: QWidget
    lower: QWidget
    controls: QWidget


class ReviewFrame(QWidget):
    """Places its parts. has_library, has_controls: whether the columns at the sides are shown; fullscreen: full screen."""

    def __init__(self, parts: ReviewParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = parts
        self.fullscreen, self.has_library, self.has_controls = False, True, True
        self._columns, self._middle = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        self._fill_splitters()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(parts.bar)
        column.addWidget(self._columns, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._hide_floating)

    def _fill_splitters(self) -> None:
        parts = self.parts
        for splitter, widgets in ((self._middle, (parts.pictures, parts.lower)),
                                  (self._columns, (parts.library, self._middle, parts.controls))):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            for widget in widgets:
                splitter.addWidget(widget)
        self._middle.setStretchFactor(0, 1)
        self._columns.setStretchFactor(1, 1)
        self._middle.setSizes([10_000, TRANSPORT_HEIGHT + TIME_LINE_HEIGHT])
        self._columns.setSizes([LIBRARY_WIDTH, 10_000, CONTROLS_WIDTH])

    # what is remembered

    def save(self) -> tuple[QByteArray, QByteArray]:
        """Where the user put the divisions."""
        return self._columns.saveState(), self._middle.saveState()

    def restore(self, columns: QByteArray, middle: QByteArray) -> None:
        """Put the divisions where they were; empty leaves them."""
        for splitter, state in ((self._columns, columns), (self._middle, middle)):
            if not state.isEmpty():
                splitter.restoreState(state)

    # what is shown

    def show_columns(self, library: bool, controls: bool) -> None:
        """Which columns at the sides are there."""
        self.has_library, self.has_controls = library, controls
        self.parts.library.setVisible(library and not self.fullscreen)
        self.parts.controls.setVisible(controls and not self.fullscreen)

    def set_fullscreen(self, fullscreen: bool) -> None:
        """The pictures alone, with bar and time line over them while the mouse moves; or everything in its place."""
        if fullscreen == self.fullscreen:
            return
        sizes = self._middle.sizes()
        self.fullscreen = fullscreen
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if fullscreen else application.removeEventFilter)(self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        if fullscreen:
            self._sizes = sizes
            layout.removeWidget(self.parts.bar)
            self.parts.lower.setParent(self)
            self._show_floating(False)
        else:
            self._timer.stop()
            layout.insertWidget(0, self.parts.bar)
            self._middle.addWidget(self.parts.lower)
            self._middle.setSizes(self._sizes)
            self._show_floating(True)
        self.show_columns(self.has_library, self.has_controls)

    def _place_floating(self) -> None:
        height = TRANSPORT_HEIGHT + TIME_LINE_HEIGHT
        self.parts.bar.setGeometry(QRect(0, 0, self.width(), TOP_BAR_HEIGHT))
        self.parts.lower.setGeometry(QRect(0, self.height() - height, self.width(), height))

    def _show_floating(self, shown: bool) -> None:
        for part in (self.parts.bar, self.parts.lower):
            part.setVisible(shown)
            if self.fullscreen:
                part.raise_()

    def show_controls(self) -> None:
        """In full screen: show bar and time line for a while."""
        if self.fullscreen:
            self._place_floating()
            self._show_floating(True)
            self._timer.start(CONTROLS_TIMEOUT)

    def _hide_floating(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and any(part.isAncestorOf(focus) for part in (self.parts.bar, self.parts.lower)):
            self._timer.start(CONTROLS_TIMEOUT)  # the keyboard is in use there
        elif self.fullscreen:
            self._show_floating(False)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.MouseMove and self.fullscreen:
            self.show_controls()
        return False

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self.fullscreen:
            self._place_floating()
