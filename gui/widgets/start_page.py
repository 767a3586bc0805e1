"""What is shown while nothing is open: where to drop a video, the cameras by name, the sources used before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dehazer import SAMPLE_CLIP
from gui.saved_source import SavedSource
from gui.services.webcams import Webcam
from gui.theme import BASE, GAP, PAD, TITLE, WIDE, font, theme
from gui.widgets.card import WIDTH, Card
from gui.widgets.drop_button import DropButton

MAX_RECENT_SHOWN = 8


class StartPage(QScrollArea):
    """source_chosen: a SavedSource to open. forget_requested: a SavedSource to remove from the settings.

    wall_chosen: the name of a wall to open. find_requested: look for cameras on the network. review_requested: recordings are
    to be reviewed in a window of their own; review_dropped: these ones (list of paths).
    """

    source_chosen = pyqtSignal(object)
    forget_requested = pyqtSignal(object)
    browse_requested = pyqtSignal()
    address_requested = pyqtSignal()
    wall_chosen = pyqtSignal(str)
    find_requested = pyqtSignal()
    review_requested = pyqtSignal()
    review_dropped = pyqtSignal(list)

    def __init__(self, open_tip: str, parent: QWidget | None = None) -> None:
        """open_tip: tool tip of the button that opens a camera."""
        super().__init__(parent)
        self.setObjectName("page")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[Card] = []
        self._cameras: Sequence[Webcam] = ()
        self._recent: Sequence[SavedSource] = ()
        self._walls: Sequence[tuple[str, Sequence[str]]] = ()
        self._thumbnails: dict[str, Path] = {}
        self.device, self.error, self.hint = QLabel(), QLabel(), QLabel()
        self._build(open_tip)

    def _build(self, open_tip: str) -> None:
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(PAD)
        column.addStretch(3)
        title = QLabel(self.tr("Drop a video here, or choose a camera"))
        title.setObjectName("title")
        title.setFont(font(TITLE, True))
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._open_buttons(open_tip))
        self.error.setObjectName("error")
        self.error.setVisible(False)
        column.addWidget(self.error, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(WIDE)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(PAD)
        column.addLayout(self._sections)
        column.addStretch(4)
        self.hint.setObjectName("quiet")
        column.insertWidget(column.indexOf(self.error) + 1, self.hint, 0, Qt.AlignmentFlag.AlignHCenter)
        self.find_button = QPushButton(self.tr("Find cameras on the network…"))
        self.find_button.setObjectName("link")
        self.find_button.clicked.connect(self.find_requested)
        column.insertWidget(column.indexOf(self.hint), self.find_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.sample = QPushButton(self.tr("Try it with the sample clip"))
        self.sample.setObjectName("link")
        sample = SavedSource(str(SAMPLE_CLIP), self.tr("Sample clip"), live=True, loop=True)
        self.sample.clicked.connect(lambda: self.source_chosen.emit(sample))
        column.insertWidget(column.indexOf(self.hint) + 1, self.sample, 0, Qt.AlignmentFlag.AlignHCenter)
        self.device.setObjectName("quiet")
        column.addWidget(self.device, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inside)

    def _open_buttons(self, tip: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch(1)
        self.file_button = QPushButton(self.tr("Open a file…"))
        self.address_button = QPushButton(self.tr("Camera or address…"))
        self.address_button.setObjectName("primary")
        self.address_button.setToolTip(tip)
        self.file_button.clicked.connect(self.browse_requested)
        self.address_button.clicked.connect(self.address_requested)
        self.review_button = DropButton(self.tr("Review recordings…"))
        self.review_button.setToolTip(self.tr("Search, dehaze and export folders of recordings; or drop folders here"))
        self.review_button.clicked.connect(self.review_requested)
        self.review_button.dropped.connect(self.review_dropped)
        for button in (self.address_button, self.file_button, self.review_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_device(self, text: str) -> None:
        """One line on the device in use."""
        self.device.setText(text)

    def show_error(self, text: str) -> None:
        """Why the last thing could not be opened; empty hides it."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def show_sources(self, cameras: Sequence[Webcam], recent: Sequence[SavedSource], thumbnails: dict[str, Path]) -> None:
        """Cameras plugged in, sources used before, and their thumbnails by key."""
        self._cameras, self._recent, self._thumbnails = cameras, recent, thumbnails
        self._fill()

    def show_walls(self, walls: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Saved walls as (name, titles of the cameras); shown with the next `show_sources`."""
        self._walls = walls

    def _wall_card(self, name: str, titles: Sequence[str]) -> Card:
        card = Card(name, ", ".join(titles), "view-grid-outline")
        card.clicked.connect(lambda: self.wall_chosen.emit(name))
        return card

    def _fill(self) -> None:
        self._clear()
        here = self.tr("camera on this computer")
        cameras = [self._card(SavedSource(c.where, c.name), c.name, here, "webcam") for c in self._cameras]
        recent = [self._recent_card(source) for source in self._recent[:MAX_RECENT_SHOWN]]
        walls = [self._wall_card(*wall) for wall in self._walls]
        self.cards = walls + cameras + recent
        self._show_hint(bool(self.cards))
        for text, cards in ((self.tr("Walls"), walls), (self.tr("Cameras"), cameras), (self.tr("Recent"), recent)):
            if cards:
                self._add_section(text, cards)

    def _show_hint(self, anything: bool) -> None:
        hint = self.tr("No camera is connected to this computer; one that is plugged in appears here.")
        self.hint.setText("" if self._cameras or anything else hint)
        self.sample.setVisible(not anything and SAMPLE_CLIP.exists())

    def _clear(self) -> None:
        while (item := self._sections.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _add_section(self, text: str, cards: list[Card]) -> None:
        """A heading over rows of cards, as many side by side as the window is wide."""
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(PAD)
        heading = QLabel(text)
        heading.setFont(font(BASE, True))
        columns = max(1, min(4, len(cards), (self.width() - 2 * WIDE) // (WIDTH + PAD)))
        grid.addWidget(heading, 0, 0, 1, columns)
        for index, card in enumerate(cards):
            grid.addWidget(card, 1 + index // columns, index % columns)
        self._sections.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)

    def _card(self, source: SavedSource, title: str, about: str, icon: str) -> Card:
        card = Card(title, about, icon)
        card.clicked.connect(lambda: self.source_chosen.emit(source))
        return card

    def _recent_card(self, source: SavedSource) -> Card:
        icons = {"camera": "webcam", "url": "cctv", "file": "filmstrip"}
        card = self._card(source, source.title, describe(source), icons[source.kind])
        thumbnail = self._thumbnails.get(source.key)
        if thumbnail is not None:
            card.show_picture(QPixmap(str(thumbnail)))
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(lambda at, card=card, source=source: self._card_menu(card, source, at))
        return card

    def _card_menu(self, card: Card, source: SavedSource, at: QPoint) -> None:
        menu = QMenu(card)
        forget = menu.addAction(theme.icon("close"), self.tr("Forget this source"))
        assert forget is not None
        forget.triggered.connect(lambda: self.forget_requested.emit(source))
        menu.popup(card.mapToGlobal(at))


def describe(source: SavedSource) -> str:
    """A source in a few words: its address, or what is done with a file. Never holds a password."""
    if source.kind == "file":
        playing = QCoreApplication.translate("StartPage", "file played like a live camera")
        return playing if source.live else str(Path(source.where).parent)
    return source.request().name
