"""Colours that can be read, figures that do not dance."""

from __future__ import annotations

import pytest
from PyQt6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette
from PyQt6.QtWidgets import QApplication

from gui.theme import DARK, FAMILY, LIGHT, Tokens, contrast, font, theme
from gui.widgets import paint

TEXTS = (
    *((role, ground) for role in ("text", "quiet", "accent", "warning", "fault") for ground in ("background", "panel")),
    ("text", "sunken"), ("quiet", "sunken"),  # fields, keys, the segmented choice
    ("text", "raised"), ("quiet", "raised"), ("accent", "raised"), ("fault", "raised"),  # buttons, menus, tool tips, hovered rows
    ("text", "line"),  # a pressed button
    ("on_accent", "accent"), ("on_canvas", "canvas"), ("quiet_on_canvas", "canvas"),
)
"""(text, ground) as they are used."""
SHAPES = (
    *((role, ground) for role in ("quiet", "text", "accent", "warning", "fault", "live") for ground in ("background", "panel")),
    ("quiet", "raised"), ("fault", "raised"), ("accent", "sunken"), ("accent", "raised"), ("accent", "canvas"),
    ("quiet", "sunken"),
)
"""(icon, mark or focus ring, ground)."""


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXTS), (3.0, SHAPES)], ids=["texts", "shapes"])
def test_all_that_is_used_together_can_be_told_apart(tokens: Tokens, least: float, pairs: tuple[tuple[str, str], ...]) -> None:
    weak = {pair: contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < least} == {}


def over_white(color: QColor) -> str:
    """What a half-transparent colour makes of the brightest picture."""
    shares = (round(channel * color.alphaF() + 255 * (1 - color.alphaF())) for channel in color.getRgb()[:3])
    return QColor(*shares).name()


def test_what_is_written_over_pictures_is_readable_on_the_brightest_one() -> None:
    plate = over_white(paint.PLATE)
    quiet = QColor(*(round(255 * paint.QUIET_INK.alphaF() + g * (1 - paint.QUIET_INK.alphaF()))  # type: ignore[operator]
                     for g in QColor(plate).getRgb()[:3])).name()
    for ink in (paint.INK.name(), quiet, paint.ALARM_INK.name()):
        assert contrast(ink, plate) >= 4.5
    assert contrast(paint.INK.name(), paint.RED.name()) >= 4.5
    for role in ("live", "accent", "warning", "fault", "quiet"):
        assert contrast(getattr(DARK, role), plate) >= 3  # marks of states, the curve of the haze


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
