"""Design tokens: every colour, distance, radius and type size of the application, and the style sheet made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PyQt6.QtWidgets import QApplication, QStyleFactory

from dehazer import FONTS
from gui.style_sheet import style_sheet
from gui.svg_icon import svg_icon

FAMILY = "Inter"

STEP = 4  # every distance is a multiple
GAP, PAD, WIDE = 8, 12, 16
RADIUS = 6
TOP_BAR_HEIGHT, STATUS_BAR_HEIGHT, INSPECTOR_WIDTH = 40, 28, 272
CONTROL = 28
ICON = 18
BASE, SMALL, LARGE, TITLE = 13, 12, 16, 22


@dataclass(frozen=True)
class Tokens:
    """Colours by role. canvas: behind pictures, near-black in both themes. sunken: fields and tracks; raised: hovered."""

    dark: bool
    background: str
    panel: str
    sunken: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    live: str
    warning: str
    fault: str
    canvas: str = "#07090c"
    on_canvas: str = "#e6edf3"
    quiet_on_canvas: str = "#9aa6b2"


DARK = Tokens(True, background="#0e1116", panel="#161b22", sunken="#0e1116", raised="#212833", line="#262d37", text="#e6edf3",
              quiet="#8b98a5", accent="#4da3ff", on_accent="#06121f", live="#3fb950", warning="#d29922", fault="#fb5f57")
LIGHT = Tokens(False, background="#f3f5f7", panel="#ffffff", sunken="#eef1f4", raised="#e6eaef", line="#d3d9e0", text="#1b222a",
               quiet="#57626e", accent="#0b66c3", on_accent="#ffffff", live="#1a7f37", warning="#8a5a00", fault="#c9252d")


class Theme(QObject):
    """The theme in use; `changed` is emitted after another one was applied."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens, self.requested = DARK, "system"
        self._following = False

    def start(self, requested: str) -> None:
        """Load the typeface and apply `requested` ("system", "light" or "dark"); needs a QApplication."""
        application = _application()
        for file in sorted(FONTS.glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(font(BASE))
        hints = QGuiApplication.styleHints()
        if hints is not None and not self._following:
            hints.colorSchemeChanged.connect(self._follow)
            self._following = True
        self.apply(requested)

    def apply(self, requested: str) -> None:
        """Apply "light", "dark", or what the system uses."""
        self.requested = requested
        self.tokens = LIGHT if (requested == "light" or (requested == "system" and _system_is_light())) else DARK
        application = _application()
        application.setPalette(palette(self.tokens))
        application.setStyleSheet(style_sheet(vars(self.tokens)))
        _coloured_icon.cache_clear()
        self.changed.emit()

    def _follow(self) -> None:
        if self.requested == "system":
            self.apply("system")

    def icon(self, name: str, role: str = "quiet") -> QIcon:
        """An icon of the Material Design set in the colour of a role; hovered and checked states in stronger ones."""
        return _coloured_icon(name, getattr(self.tokens, role), self.tokens.text)

    def color(self, role: str, alpha: float = 1.0) -> QColor:
        """The colour of a role."""
        found = QColor(getattr(self.tokens, role))
        found.setAlphaF(alpha)
        return found


theme = Theme()
"""The one theme of the process."""


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def _system_is_light() -> bool:
    hints = QGuiApplication.styleHints()
    return hints is not None and hints.colorScheme() == Qt.ColorScheme.Light


def font(size: int = BASE, strong: bool = False) -> QFont:
    """The interface's type in pixels, with figures of equal width so that numbers do not dance."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def palette(tokens: Tokens) -> QPalette:
    """What Qt's own drawing uses where the style sheet is silent."""
    role, made = QPalette.ColorRole, QPalette()
    for one, name in ((role.Window, tokens.background), (role.WindowText, tokens.text), (role.Base, tokens.sunken),
                      (role.AlternateBase, tokens.panel), (role.Text, tokens.text), (role.Button, tokens.panel),
                      (role.ButtonText, tokens.text), (role.Highlight, tokens.accent), (role.HighlightedText, tokens.on_accent),
                      (role.ToolTipBase, tokens.raised), (role.ToolTipText, tokens.text), (role.PlaceholderText, tokens.quiet),
                      (role.Link, tokens.accent), (role.Mid, tokens.line), (role.Dark, tokens.line), (role.Light, tokens.raised)):
        made.setColor(one, QColor(name))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.quiet))
    return made


@lru_cache(maxsize=256)
def _coloured_icon(name: str, color: str, active: str) -> QIcon:
    return svg_icon(name, color, active)


def luminance(color: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.1)."""
    widgets = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in widgets]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
