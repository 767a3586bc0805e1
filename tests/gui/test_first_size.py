"""Windows that are shown for the first time are no larger than the screen; a size that was asked for is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.__main__ import parser
from gui.app import make_window
from gui.first_size import TITLE_BAR, within
from gui.main_window import MainWindow


def test_what_fits_stays_and_what_does_not_is_cut_to_the_screen(themed_app: QApplication) -> None:
    screen = QApplication.primaryScreen()
    assert screen is not None
    room = screen.availableSize()
    assert within(QSize(300, 200), screen) == QSize(300, 200)
    assert within(QSize(30_000, 20_000), screen) == QSize(room.width(), room.height() - TITLE_BAR)
    assert within(QSize(30_000, 20_000), None) == QSize(30_000, 20_000)


@pytest.mark.parametrize("asked", [None, (1900, 1000)])
def test_the_window_fits_its_screen_unless_a_size_is_asked_for(themed_app: QApplication, qtbot: QtBot, tmp_path: Path,
                                                               asked: tuple[int, int] | None) -> None:
    size = ["--size", f"{asked[0]}x{asked[1]}"] if asked else []
    window = make_window(parser().parse_args(["--settings", str(tmp_path / "settings.ini"), *size]))
    qtbot.addWidget(window, before_close_func=MainWindow.close_without_asking)
    screen = window.screen()
    assert screen is not None
    if asked:
        assert (window.width(), window.height()) == asked
    else:
        least = window.minimumSizeHint().expandedTo(window.minimumSize())
        assert window.width() <= max(screen.availableSize().width(), least.width())
        assert window.height() <= max(screen.availableSize().height(), least.height())
