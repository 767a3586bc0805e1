"""What the review room writes is readable: days beside the marks, short checksums, commands in groups."""

from __future__ import annotations

from PyQt6.QtCore import QRectF
from PyQt6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from gui.review.actions import REVIEW_ACTIONS
from gui.review.export_row import _shown
from gui.review.mark_painter import flag_areas
from gui.review.review_bar import ReviewBar
from gui.review.ruler_painter import beside
from gui.review.time_line_content import Marks
from gui.review.time_line_layout import NAMES, TimeLineLayout
from gui.review.time_scale import TimeScale


def test_a_day_stands_beside_the_flags_of_the_marks(themed_app: QApplication) -> None:
    layout, scale = TimeLineLayout(1000, 200, 1), TimeScale(0.0, 600.0, 1000 - NAMES)
    begin, end = flag_areas(layout, scale, Marks(0.0, 30.0))
    assert begin.left() == NAMES
    left = beside(8.0, 70.0, [area.translated(-NAMES, 0) for area in (begin, end)])
    assert left > end.right() - NAMES
    assert beside(8.0, 70.0, [QRectF(300, 0, 20, 16)]) == 8.0
    assert flag_areas(layout, scale, Marks(None, None)) == []


def test_of_checksums_both_ends_are_shown() -> None:
    assert _shown(f"sha256: {'0123456789abcdef' * 4}") == "sha256: 01234567…cdef"
    assert _shown("frames: 250") == "frames: 250"


def test_commands_of_the_bar_stand_in_groups_with_lines_between(themed_app: QApplication, qtbot: QtBot) -> None:
    bar = ReviewBar(REVIEW_ACTIONS)
    qtbot.addWidget(bar)
    bar.resize(1280, bar.height())
    bar.show()
    QApplication.processEvents()
    lines = sorted(frame.x() for frame in bar.findChildren(QFrame) if frame.objectName() == "rule")
    ends = [bar.buttons[name].x() for name in ("bookmark", "export", "evidence", "loupe", "overlay", "inspector")]
    assert len(lines) == 3
    assert all(ends[2 * n] < line < ends[2 * n + 1] for n, line in enumerate(lines))
