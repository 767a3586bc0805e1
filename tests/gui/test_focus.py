"""Whoever uses the keyboard sees where it is, on every control, in both themes, and reaches every control in reading order."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.actions import ACTIONS
from gui.dialogs.keys import KeysDialog
from gui.dialogs.source import SourceDialog
from gui.main_window import MainWindow
from gui.theme import contrast, theme
from gui.widgets.collapsible import CollapsibleSection

LEAST = 40
"""Pixels that a ring changes, at least."""


def controls(root: QWidget) -> list[QWidget]:
    """What can have the keyboard."""
    return [w for w in root.findChildren(QWidget) if w.isVisible() and w.isEnabled() and w.focusPolicy().value & 1
            and w.focusProxy() is None and w.width() > 4 and not w.visibleRegion().isEmpty()]


def seen(root: QWidget, widget: QWidget) -> QImage:
    """The widget with a little around it, as the window shows it."""
    area = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3).intersected(root.rect())
    return root.grab(area).toImage()


def marked(before: QImage, after: QImage) -> int:
    """Pixels whose colour has changed by a contrast of 3 : 1."""
    points = ((x, y) for x in range(before.width()) for y in range(before.height()))
    pairs = ((before.pixelColor(x, y).name(), after.pixelColor(x, y).name()) for x, y in points)
    return sum(one != other and contrast(one, other) >= 3 for one, other in pairs)


def without_ring(root: QWidget, elsewhere: QWidget) -> list[str]:
    """Controls that look the same with the keyboard and without it."""
    found = []
    for widget in controls(root):
        if widget is elsewhere:
            continue
        elsewhere.setFocus()
        before = seen(root, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if marked(before, seen(root, widget)) < LEAST:
            found.append(f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}")
    return found


@pytest.mark.parametrize("name", ["dark", "light"])
def test_the_control_with_the_keyboard_is_marked(live: MainWindow, qtbot: QtBot, name: str) -> None:
    live.resize(1280, 1000)
    live.activateWindow()
    live.run_action("pause")
    theme.apply(name)
    try:
        for section in live.inspector.findChildren(CollapsibleSection):
            section.set_open(True)
        QApplication.processEvents()
        assert without_ring(live, live.top_bar.more) == []
        live.top_bar.buttons["pause"].setFocus()
        before = seen(live, live.top_bar.more)
        live.top_bar.more.setFocus(Qt.FocusReason.TabFocusReason)
        assert marked(before, seen(live, live.top_bar.more)) >= LEAST
    finally:
        theme.apply("dark")


@pytest.mark.parametrize("name", ["dark", "light"])
def test_in_dialogs_too(themed_app: QApplication, qtbot: QtBot, name: str) -> None:
    theme.apply(name)
    try:
        dialogs: list[QDialog] = [SourceDialog(()), KeysDialog(ACTIONS.values())]
        for dialog in dialogs:
            qtbot.addWidget(dialog)
            dialog.show()
            dialog.activateWindow()
            QApplication.processEvents()
            found = controls(dialog)
            assert without_ring(dialog, found[-1]) == []
    finally:
        theme.apply("dark")


def test_tab_goes_through_all_controls_in_reading_order(live: MainWindow, qtbot: QtBot) -> None:
    live.activateWindow()
    bar = [live.top_bar.name, *live.top_bar.views.buttons.values(),
           *(b for b in live.top_bar.buttons.values() if b.isVisible()), live.top_bar.more]
    bar[0].setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget | None] = [QApplication.focusWidget()]
    for _ in range(80):
        qtbot.keyClick(QApplication.focusWidget() or live, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is bar[0]:
            break
        reached.append(QApplication.focusWidget())
    assert set(controls(live.top_bar)) | set(controls(live.inspector)) <= set(reached) | {live.page.view}
    places = [w.mapTo(live, QPoint(0, 0)).x() for w in reached if w is not None and live.top_bar.isAncestorOf(w)]
    assert places == sorted(places)
    rows = [w.mapTo(live, QPoint(0, 0)).y() for w in reached if w is not None and live.inspector.isAncestorOf(w)]
    assert rows == sorted(rows)
