"""While another network is loaded and timed: that this is so, what it will give, and whether to take it."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.theme import GAP


class EngineOffer(QWidget):
    """Hidden while nothing is loaded. accepted, cancelled: by its buttons."""

    accepted, cancelled = pyqtSignal(), pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.accept, self.cancel = QPushButton(self.tr("Use it")), QPushButton()
        self.accept.setObjectName("primary")
        self.accept.clicked.connect(self.accepted)
        self.cancel.clicked.connect(self.cancelled)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        for button in (self.accept, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(GAP)
        for widget in (self.label, self.busy):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_loading(self, name: str) -> None:
        """A network is being loaded and timed; the one in use goes on."""
        self.label.setText(self.tr("Loading and timing {}…").format(name))
        self._show(offered=False)
        self.cancel.setText(self.tr("Cancel"))

    def show_offer(self, name: str, fps: str, rate: str, present: str) -> None:
        """What was timed: frames per second as texts; present: the network in use."""
        text = self.tr("{name}: about {fps} fps on this machine; the camera sends {rate}.")
        self.label.setText(text.format(name=name, fps=fps, rate=rate))
        self._show(offered=True)
        self.cancel.setText(self.tr("Keep {}").format(present))
        self.cancel.setFocus()

    def _show(self, offered: bool) -> None:
        self.busy.setVisible(not offered)
        self.accept.setVisible(offered)
        self.show()
