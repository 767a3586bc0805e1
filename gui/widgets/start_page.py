"""What is shown while nothing is open: where to drop a video, the cameras by name, the sources used before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dehazer import SAMPLE_CLIP
from gui.choice import Choice
from gui.commands import COMMANDS
from gui.theme import BASE, GAP, PAD, TITLE, WIDE, font, theme
from gui.webcams import Webcam
from gui.widgets.card import WIDTH, Card

MOST_RECENT_SHOWN = 8
"""A foggy drive that comes with the program, for whoever has nothing at hand."""


class StartPage(QScrollArea):
    """opened: a Choice to open. forgotten: a Choice to take out of the memory. browse, address: what else was asked for."""

    opened = pyqtSignal(object)
    forgotten = pyqtSignal(object)
    browse = pyqtSignal()
    address = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[Card] = []
        self._cameras: Sequence[Webcam] = ()
        self._recent: Sequence[Choice] = ()
        self._stills: dict[str, Path] = {}
        self.device, self.trouble, self.hint = QLabel(), QLabel(), QLabel()
        self._build()

    def _build(self) -> None:
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
        column.addLayout(self._ways())
        self.trouble.setObjectName("mistake")
        self.trouble.setVisible(False)
        column.addWidget(self.trouble, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(WIDE)
        self._shelves = QVBoxLayout()
        self._shelves.setSpacing(PAD)
        column.addLayout(self._shelves)
        column.addStretch(4)
        self.hint.setObjectName("quiet")
        column.insertWidget(column.indexOf(self.trouble) + 1, self.hint, 0, Qt.AlignmentFlag.AlignHCenter)
        self.sample = QPushButton(self.tr("Try it with the sample clip"))
        self.sample.setObjectName("link")
        sample = Choice(str(SAMPLE_CLIP), self.tr("Sample clip"), live=True, loop=True)
        self.sample.clicked.connect(lambda: self.opened.emit(sample))
        column.insertWidget(column.indexOf(self.hint) + 1, self.sample, 0, Qt.AlignmentFlag.AlignHCenter)
        self.device.setObjectName("quiet")
        column.addWidget(self.device, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(inside)

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch(1)
        self.file_button = QPushButton(self.tr("Open a file …"))
        self.address_button = QPushButton(self.tr("Camera or address …"))
        self.address_button.setObjectName("primary")
        self.address_button.setToolTip(COMMANDS["open"].tip)
        self.file_button.clicked.connect(self.browse)
        self.address_button.clicked.connect(self.address)
        for button in (self.address_button, self.file_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_device(self, words: str) -> None:
        """One line on the machine in use."""
        self.device.setText(words)

    def show_trouble(self, words: str) -> None:
        """Why the last thing could not be opened; empty hides it."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def show_sources(self, cameras: Sequence[Webcam], recent: Sequence[Choice], stills: dict[str, Path]) -> None:
        """Cameras plugged in, sources used before, and their stills by key."""
        self._cameras, self._recent, self._stills = cameras, recent, stills
        self._fill()

    def _fill(self) -> None:
        self._clear()
        here = self.tr("camera on this computer")
        cameras = [self._card(Choice(c.where, c.name), c.name, here, "webcam") for c in self._cameras]
        recent = [self._recent_card(choice) for choice in self._recent[:MOST_RECENT_SHOWN]]
        self.cards = cameras + recent
        self._show_hint(bool(self.cards))
        for words, cards in ((self.tr("Cameras"), cameras), (self.tr("Recent"), recent)):
            if cards:
                self._shelve(words, cards)

    def _show_hint(self, anything: bool) -> None:
        hint = self.tr("No camera is connected to this computer; one that is plugged in appears here.")
        self.hint.setText("" if self._cameras or anything else hint)
        self.sample.setVisible(not anything and SAMPLE_CLIP.exists())

    def _clear(self) -> None:
        while (item := self._shelves.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()

    def _shelve(self, words: str, cards: list[Card]) -> None:
        """A heading over rows of cards, as many side by side as the window is wide."""
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(PAD)
        heading = QLabel(words)
        heading.setFont(font(BASE, True))
        columns = max(1, min(4, len(cards), (self.width() - 2 * WIDE) // (WIDTH + PAD)))
        grid.addWidget(heading, 0, 0, 1, columns)
        for index, card in enumerate(cards):
            grid.addWidget(card, 1 + index // columns, index % columns)
        self._shelves.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)

    def _card(self, choice: Choice, title: str, about: str, icon: str) -> Card:
        card = Card(title, about, icon)
        card.clicked.connect(lambda: self.opened.emit(choice))
        return card

    def _recent_card(self, choice: Choice) -> Card:
        icons = {"camera": "webcam", "url": "cctv", "file": "filmstrip"}
        card = self._card(choice, choice.title, describe(choice), icons[choice.kind])
        still = self._stills.get(choice.key)
        if still is not None:
            card.show_picture(QPixmap(str(still)))
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(lambda at, card=card, choice=choice: self._card_menu(card, choice, at))
        return card

    def _card_menu(self, card: Card, choice: Choice, at: QPoint) -> None:
        menu = QMenu(card)
        forget = menu.addAction(theme.icon("close"), self.tr("Forget this source"))
        assert forget is not None
        forget.triggered.connect(lambda: self.forgotten.emit(choice))
        menu.popup(card.mapToGlobal(at))


def describe(choice: Choice) -> str:
    """A choice in a few quiet words: its address, or what is done with a file. Never holds a password."""
    if choice.kind == "file":
        playing = QCoreApplication.translate("StartPage", "file played as if live")
        return playing if choice.live else str(Path(choice.where).parent)
    return choice.request().name
