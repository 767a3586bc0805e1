"""Icons: every one that is asked for is there, in the colour of its state, in the middle of its square."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QIcon, QImage
from PyQt6.QtWidgets import QApplication

from gui.svg_icon import ICONS, svg_icon

GUI = ICONS.parent
NAMES = sorted(path.stem for path in ICONS.glob("*.svg"))


def drawn(icon: QIcon, side: int, mode: QIcon.Mode = QIcon.Mode.Normal) -> np.ndarray:
    """Red, green, blue and opacity (side, side, 4), 0 to 255, colours not multiplied by opacity."""
    picture = icon.pixmap(QSize(side, side), 1.0, mode).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    bits = picture.constBits()
    assert bits is not None
    return np.frombuffer(bits.asarray(picture.sizeInBytes()), np.uint8).reshape(side, side, 4).copy()


def strings() -> set[str]:
    """Every text constant of the desktop application."""
    return {node.value for path in GUI.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", [16, 18, 36, 64])
def test_it_is_drawn_in_its_colour_inside_its_square(qapp: QApplication, name: str, side: int) -> None:
    pixels = drawn(svg_icon(name, "#ff8000", "#00ff00"), side)
    covered = pixels[pixels[..., 3] > 100][:, :3].astype(int)
    assert len(covered) > side / 4
    assert np.abs(covered - [255, 128, 0]).max() <= 4
    margin = int(side * 0.05)
    assert not pixels[:margin, :, 3].any()
    assert not pixels[side - margin:, :, 3].any()


def test_under_the_mouse_it_has_the_other_colour(qapp: QApplication) -> None:
    pixels = drawn(svg_icon("plus", "#ff8000", "#00ff00"), 32, QIcon.Mode.Active)
    assert pixels[16, 16].tolist() == [0, 255, 0, 255]


def test_copies_draw_the_same(qapp: QApplication) -> None:
    icon = svg_icon("record-circle-outline", "#ff8000", "#00ff00")
    assert (drawn(QIcon(icon), 24) == drawn(icon, 24)).all()


def test_a_symmetric_icon_is_in_the_middle(qapp: QApplication) -> None:
    opacity = drawn(svg_icon("record-circle-outline", "#ffffff", "#ffffff"), 36)[..., 3].astype(int)
    assert np.abs(opacity - opacity[::-1]).max() < 40
    assert np.abs(opacity - opacity[:, ::-1]).max() < 40


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        svg_icon("no-such-icon", "#ffffff", "#ffffff")


def test_every_action_has_its_icon() -> None:
    from gui.actions import ACTIONS

    assert {action.icon for action in ACTIONS.values() if action.icon} <= set(NAMES)


def test_no_icon_is_left_over() -> None:
    assert set(NAMES) <= strings()


def test_files_are_one_outline_with_the_colour_left_open() -> None:
    for path in ICONS.iterdir():
        text = path.read_text("utf-8")
        assert path.suffix == ".svg"
        assert (text.count("<path"), text.count('fill="currentColor"'), 'viewBox="0 0 24 24"' in text) == (1, 1, True)
