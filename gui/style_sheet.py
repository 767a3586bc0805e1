"""The style sheet of the application, a template for the colours of a theme. Widgets that paint themselves are not in it."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QWidget { color: $text; font-size: 13px; }
QMainWindow, QDialog, #page { background: $background; }
#top_bar, #status_bar, #inspector, #library, #card, #panel { background: $panel; }
#top_bar { border-bottom: 1px solid $line; }
#status_bar { border-top: 1px solid $line; }
#transport { background: $panel; border-top: 1px solid $line; }
#inspector { border-left: 1px solid $line; }
#library { border-right: 1px solid $line; }
#panel { border: 1px solid $line; border-radius: 6px; }
#rule { background: $line; border: none; }
#quiet, #status_bar QLabel { color: $quiet; }
#status_bar QLabel, #small { font-size: 12px; }
#status_bar QLabel[alarm="true"] { color: $fault; }
#status_bar QLabel[warning="true"] { color: $warning; }
#title { font-size: 22px; font-weight: 600; }
#heading { font-size: 13px; font-weight: 600; }
#error { color: $fault; }
#key { background: $sunken; border: 1px solid $line; border-radius: 4px; padding: 1px 6px; font-size: 12px; color: $quiet; }

QMessageBox QLabel { padding: 8px 16px; }

QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; font-size: 12px; }
QMenu { background: $panel; border: 1px solid $line; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $raised; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 8px; }
QMenu::icon { padding-left: 8px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0 6px; min-height: 28px; }
QToolButton:hover { background: $raised; }
QToolButton:pressed, QToolButton:checked { background: $raised; }
QToolButton:focus { border: 2px solid $accent; padding: 0 5px; min-height: 26px; }
QToolButton::menu-indicator { image: none; }
QToolButton#name { font-weight: 600; padding: 0 8px; }

QPushButton { background: $raised; border: 1px solid $line; border-radius: 6px; padding: 0 14px; min-height: 30px; }
QPushButton:hover { border-color: $quiet; }
QPushButton:pressed { background: $line; }
QPushButton:checked { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton:focus { border: 2px solid $accent; padding: 0 13px; min-height: 28px; }
QPushButton:checked:focus { border-color: $text; }
QPushButton:disabled { color: $quiet; background: transparent; }
QPushButton#primary { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton#primary:disabled { background: $raised; color: $quiet; border-color: $line; }
QPushButton#primary:focus { border: 2px solid $text; }
QPushButton#left { text-align: left; background: $sunken; font-weight: 400; padding: 0 9px; min-height: 28px; }
QPushButton#left:focus { padding: 0 8px; min-height: 26px; }
QPushButton#compact { padding: 0 6px; }
QPushButton#compact:focus { padding: 0 5px; }
QPushButton#link { background: transparent; border: 1px solid transparent; color: $accent; padding: 0 4px; min-height: 24px; }
QPushButton#link:focus { border: 2px solid $accent; padding: 0 3px; min-height: 22px; }
QPushButton#link[flush="true"] { padding: 0; border: none; border-bottom: 2px solid transparent; border-radius: 0; }
QPushButton#link[flush="true"]:focus { border-bottom: 2px solid $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QTimeEdit { background: $sunken; border: 1px solid $line; border-radius: 6px;
    padding: 0 8px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QTimeEdit { min-height: 28px; }
QPlainTextEdit { padding: 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QTimeEdit:focus { border: 2px solid $accent; padding: 0 7px; }
QLineEdit:focus, QTimeEdit:focus { min-height: 26px; }
QPlainTextEdit:focus { padding: 7px; }
QLineEdit:disabled { color: $quiet; }
QListView { background: $panel; border: 1px solid $line; outline: none; padding: 4px; }
QListView::item { min-height: 26px; padding: 0 6px; border-radius: 4px; }
QListView::item:selected, QListView::item:hover { background: $raised; color: $text; }

QTableView { background: $panel; border: 1px solid $line; border-radius: 6px; outline: none; }
QTableWidget::item { padding: 0 8px; }
QTableWidget QHeaderView { background: $panel; }
QTableWidget QHeaderView::section { background: $panel; color: $quiet; border: none; border-bottom: 1px solid $line;
    padding: 4px 8px; }
QComboBox QLineEdit { background: transparent; border: none; }
QListView#bare { background: transparent; border: none; padding: 0; }
QListView#bare::item { padding: 0; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $panel; }
QCalendarWidget QToolButton { font-weight: 600; min-height: 26px; }
QCalendarWidget QAbstractItemView { background: $panel; border: none; outline: none; padding: 0; }
QCalendarWidget QAbstractItemView::item { padding: 0; }
QCalendarWidget QSpinBox { background: $sunken; border: 1px solid $line; border-radius: 6px; min-height: 24px; }

QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 24px; margin: 2px; }
QScrollBar::handle:horizontal:hover { background: $quiet; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 24px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; height: 0; width: 0; }

QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $quiet; padding: 6px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
""")


def style_sheet(colors: Mapping[str, object]) -> str:
    """The style sheet in the colours of a theme, by role (the fields of `gui.theme.Tokens`)."""
    return _SHEET.substitute(colors)
