"""The last row of a dialog that is answered or left: cancel, then the one button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from gui.theme import GAP


def button_row(cancel_text: str, cancel: Callable[[], object], primary: QPushButton, answer: Callable[[], object],
               *, note: QLabel | None = None, cancel_tip: str = "") -> QHBoxLayout:
    """At the right end. Enter presses `primary`, which calls `answer`; the other button calls `cancel`. note: left of both."""
    row, cancel_button = QHBoxLayout(), QPushButton(cancel_text)
    cancel_button.setAutoDefault(False)
    cancel_button.setToolTip(cancel_tip)
    cancel_button.clicked.connect(cancel)
    primary.setObjectName("primary")
    primary.setDefault(True)
    primary.clicked.connect(answer)
    row.setSpacing(GAP)
    if note is None:
        row.addStretch(1)
    else:
        row.addWidget(note, 1)
    row.addWidget(cancel_button)
    row.addWidget(primary)
    return row
