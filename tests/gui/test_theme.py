"""Colours that can be read, figures that do not dance."""

from __future__ import annotations

import pytest
from PyQt6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PyQt6.QtWidgets import QApplication

from gui.theme import DARK, FAMILY, LIGHT, Tokens, contrast, font, theme

TEXT_ROLES = ("text", "quiet", "accent", "warning", "fault", "live")


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("ground", ["background", "panel"])
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_is_readable(tokens: Tokens, ground: str, role: str) -> None:
    assert contrast(getattr(tokens, role), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_quiet_text_is_readable_on_fields_and_hovered_rows_too(tokens: Tokens) -> None:
    assert contrast(tokens.quiet, tokens.sunken) >= 4.5
    assert contrast(tokens.text, tokens.raised) >= 4.5
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_canvas, tokens.canvas) >= 7


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_typeface_is_loaded_and_its_figures_have_one_width(themed_app: QApplication) -> None:
    assert QFontInfo(font()).family() == FAMILY
    metrics = QFontMetricsF(font())
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


@pytest.mark.parametrize(("requested", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_a_theme_reaches_palette_and_sheet(themed_app: QApplication, requested: str, tokens: Tokens) -> None:
    changes = []
    theme.changed.connect(lambda: changes.append(theme.tokens))
    theme.apply(requested)
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == tokens.background
    assert tokens.panel in themed_app.styleSheet()
    assert changes == [tokens]
    theme.changed.disconnect()
    theme.apply("dark")


def test_the_system_decides_when_asked_to(themed_app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.theme._system_is_light", lambda: True)
    theme.apply("system")
    assert theme.tokens is LIGHT
    monkeypatch.setattr("gui.theme._system_is_light", lambda: False)
    theme._follow()
    assert theme.tokens is DARK
    theme.apply("light")
    theme._follow()  # a wish of the user's outlives the system's change
    assert theme.tokens is LIGHT
    theme.apply("dark")
