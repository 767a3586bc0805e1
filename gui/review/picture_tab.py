"""How the pictures of one camera are dehazed: the rows of the live room's inspector, remembered for every camera."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.services.settings import Adjustments
from gui.theme import PAD, WIDE
from gui.widgets.adjustment_rows import AdjustmentRows
from gui.widgets.collapsible import quiet_label


class PictureTab(QScrollArea):
    """changed: adjustments by the user. spread_requested: the same for all cameras."""

    changed = pyqtSignal(object)
    spread_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector_page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows = AdjustmentRows(self)
        self.rows.changed.connect(self.changed)
        self.camera, self.facts = QLabel(), quiet_label("")
        self.camera.setObjectName("heading")
        self.camera.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.spread = QPushButton(self.tr("Use for all cameras"))
        self.spread.clicked.connect(self.spread_requested)
        self._arrange()

    def _arrange(self) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(WIDE, PAD, WIDE, WIDE)
        column.setSpacing(PAD)
        column.addWidget(self.camera)
        for widget in (*self.rows.sliders.values(), *self.rows.thresholds.values(), self.spread, self.facts):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inside)

    def show_camera(self, camera: str, adjustments: Adjustments, several: bool) -> None:
        """The adjustments of a camera; several: whether there are other cameras."""
        self.camera.setText(camera)
        self.rows.show(adjustments)
        self.spread.setVisible(several)

    def show_facts(self, text: str) -> None:
        """What is known of the recording that is seen."""
        if text != self.facts.text():
            self.facts.setText(text)
