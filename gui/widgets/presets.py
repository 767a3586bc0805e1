"""Named looks of one camera: choose, keep the present one, take one out."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from gui.settings import Look
from gui.theme import GAP
from gui.widgets.buttons import IconButton
from gui.widgets.controls import DropDown

STANDARD = {"Standard": Look(), "Gentle": Look(strength=60.0), "Clear days untouched": Look(bypass=8.0)}
"""What every camera begins with."""


class PresetRow(QWidget):
    """A list of looks. picked: a Look to wear. changed: the camera's own looks, name → Look, after keeping or taking out."""

    picked = pyqtSignal(object)
    changed = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own: dict[str, Look] = {}
        self.current = Look()
        self.box = DropDown(self.tr("Preset"))
        self.box.setToolTip(self.tr("Looks kept for this camera"))
        self.box.activated.connect(self._pick)
        self.more = IconButton("dots-horizontal", self.tr("Keep or take out a preset"))
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
        self.show_presets({}, Look())

    def _name_row(self) -> QLineEdit:
        """Where the name of a look to keep is typed; there only while it is."""
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the preset"))
        self.name.setPlaceholderText(self.tr("name, then Enter"))
        self.name.setVisible(False)
        self.name.returnPressed.connect(self._named)
        self.name.editingFinished.connect(self.name.hide)
        return self.name

    def looks(self) -> dict[str, Look]:
        """All looks to choose from, the standard ones first."""
        return {**{self.tr(name): look for name, look in STANDARD.items()}, **self.own}

    def show_presets(self, own: dict[str, Look], current: Look) -> None:
        """The camera's own looks, and the one it wears."""
        self.own, self.current = own, current
        name = next((n for n, look in self.looks().items() if look == current), None)
        entries: list[tuple[str, object]] = [(n, n) for n in self.looks()]
        self.box.fill(entries if name else [(self.tr("As set above"), ""), *entries], name or "")

    def _pick(self) -> None:
        look = self.looks().get(self.box.currentData())
        if look is not None:
            self.show_presets(self.own, look)
            self.picked.emit(look)

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        assert menu is not None
        menu.clear()
        keep = menu.addAction(self.tr("Keep this look as …"))
        assert keep is not None
        keep.triggered.connect(self._ask)
        for name in self.own:
            remove = menu.addAction(self.tr("Take out “{}”").format(name))
            assert remove is not None
            remove.triggered.connect(lambda _=False, name=name: self.remove(name))

    def _ask(self) -> None:
        self.name.clear()
        self.name.show()
        self.name.setFocus()

    def _named(self) -> None:
        if self.name.text().strip():
            self.keep(self.name.text().strip())
        self.box.setFocus()

    def keep(self, name: str) -> None:
        """Keep the present look under a name; an own look of that name is replaced."""
        self.show_presets({**self.own, name: self.current}, self.current)
        self.changed.emit(self.own)

    def remove(self, name: str) -> None:
        """Take an own look out."""
        self.show_presets({n: look for n, look in self.own.items() if n != name}, self.current)
        self.changed.emit(self.own)
