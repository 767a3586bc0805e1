"""Presets of one camera, which are named adjustments: choose one, save the present ones, remove one."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from gui.services.settings import Adjustments
from gui.theme import GAP
from gui.widgets.buttons import IconButton
from gui.widgets.controls import DropDown

STANDARD_PRESETS = {
    QT_TRANSLATE_NOOP("PresetRow", "Standard"): Adjustments(),
    QT_TRANSLATE_NOOP("PresetRow", "Gentle"): Adjustments(strength=60.0),
    QT_TRANSLATE_NOOP("PresetRow", "Clear days untouched"): Adjustments(bypass=8.0),
}
"""What every camera has."""


class PresetRow(QWidget):
    """A list of presets. picked: adjustments to use. changed: the camera's own presets, name → Adjustments."""

    picked = pyqtSignal(object)
    changed = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own: dict[str, Adjustments] = {}
        self.current = Adjustments()
        self.box = DropDown(self.tr("Preset"))
        self.box.setToolTip(self.tr("Presets of this camera"))
        self.box.activated.connect(self._pick)
        self.more = IconButton("dots-horizontal", self.tr("Save or remove a preset"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.more.setMenu(menu)
        menu.aboutToShow.connect(self._fill_menu)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.box, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(QLabel(self.tr("Preset")))
        column.addLayout(row)
        column.addWidget(self._name_row())
        self.show_presets({}, Adjustments())

    def _name_row(self) -> QLineEdit:
        """Where the name of a new preset is typed; visible only meanwhile."""
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the preset"))
        self.name.setPlaceholderText(self.tr("name, then Enter"))
        self.name.setVisible(False)
        self.name.returnPressed.connect(self._named)
        self.name.editingFinished.connect(self.name.hide)
        return self.name

    def all_presets(self) -> dict[str, Adjustments]:
        """All presets to choose from, the standard ones first."""
        return {**{self.tr(name): adjustments for name, adjustments in STANDARD_PRESETS.items()}, **self.own}

    def show_presets(self, own: dict[str, Adjustments], current: Adjustments) -> None:
        """The camera's own presets, and the adjustments in use."""
        self.own, self.current = own, current
        name = next((n for n, adjustments in self.all_presets().items() if adjustments == current), None)
        entries: list[tuple[str, object]] = [(n, n) for n in self.all_presets()]
        self.box.fill(entries if name else [(self.tr("Custom"), ""), *entries], name or "")

    def _pick(self) -> None:
        adjustments = self.all_presets().get(self.box.currentData())
        if adjustments is not None:
            self.show_presets(self.own, adjustments)
            self.picked.emit(adjustments)

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        assert menu is not None
        menu.clear()
        keep = menu.addAction(self.tr("Save as preset…"))
        assert keep is not None
        keep.triggered.connect(self._ask)
        for name in self.own:
            remove = menu.addAction(self.tr("Remove “{}”").format(name))
            assert remove is not None
            remove.triggered.connect(lambda _=False, name=name: self.remove(name))

    def _ask(self) -> None:
        self.name.clear()
        self.name.show()
        self.name.setFocus()

    def _named(self) -> None:
        if self.name.text().strip():
            self.save(self.name.text().strip())
        self.box.setFocus()

    def save(self, name: str) -> None:
        """Save the present adjustments under a name; an own preset of that name is replaced."""
        self.show_presets({**self.own, name: self.current}, self.current)
        self.changed.emit(self.own)

    def remove(self, name: str) -> None:
        """Remove an own preset."""
        self.show_presets({n: adjustments for n, adjustments in self.own.items() if n != name}, self.current)
        self.changed.emit(self.own)
