"""The application: environment, theme, window, error hook, and what the command line asked for."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from dataclasses import fields, replace
from pathlib import Path

import platformdirs
from PyQt6.QtCore import QCoreApplication, QSize, Qt
from PyQt6.QtGui import QIcon, QPainter, QPixmap
from PyQt6.QtWidgets import QApplication

from dehazer import RecordOptions, __version__, limit_memory_growth, load_opencv, redact_logging
from gui.error_reporter import ExceptionHook
from gui.first_size import limit_to_screen
from gui.main_window import MainWindow
from gui.services.garbage_collection import GarbageCollection
from gui.services.settings import Settings
from gui.services.thumbnails import ThumbnailStore
from gui.shutdown import close_on_signals, end_process
from gui.theme import theme
from gui.translation import install, system_language
from gui.unattended import UnattendedRun
from gui.view.modes import VIEW_MODES

_kept: list[QApplication] = []
"""To the end of the process: with the application PyQt takes every object of Qt apart, also those that threads still let go, and
two of 14 runs of scripts/screenshots.py ended with a segmentation fault, and none of 36 since."""


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication of this process, made with a clean environment."""
    load_opencv()
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false;qt.qpa.services=false")
    QCoreApplication.setOrganizationName("dehazer")
    QCoreApplication.setApplicationName("dehazer")
    QCoreApplication.setApplicationVersion(__version__)
    application = QApplication(arguments)
    _kept.append(application)
    QApplication.setDesktopFileName("dehazer")
    application.setWindowIcon(window_icon())
    return application


def window_icon() -> QIcon:
    """A disc that clears from the left to the right."""
    pixmap = QPixmap(QSize(128, 128))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(4, 4, 120, 120, 28, 28)
    for start, role, alpha in ((90, "quiet", 0.55), (270, "accent", 1.0)):
        color = theme.color(role)
        color.setAlphaF(alpha)
        painter.setBrush(color)
        painter.drawPie(28, 28, 72, 72, start * 16, 180 * 16)
    painter.fillRect(62, 18, 4, 92, Qt.GlobalColor.white)
    painter.end()
    return QIcon(pixmap)


def make_window(options: Namespace) -> MainWindow:
    """The window as the command line wants it, not yet shown."""
    settings = Settings(Path(options.settings) if options.settings else None)
    theme.start(options.theme or settings.text("theme", "system"))
    cache = Path(options.settings).parent if options.settings else Path(platformdirs.user_cache_dir("dehazer"))
    window = MainWindow(settings, ThumbnailStore(cache / "thumbnails"))
    if options.size is not None:
        window.resize(*options.size)
    elif settings.bytes("window/geometry").isEmpty():
        limit_to_screen(window)
    asked = {one.name: getattr(options, one.name, None) for one in fields(RecordOptions)}
    if any(value is not None for value in asked.values()):
        window.recording.use(replace(window.recording.options, **{k: v for k, v in asked.items() if v is not None}))
        window.inspector.record.show_options(window.recording.options)
    return window


def open_sources(window: MainWindow, options: Namespace) -> None:
    """Open what the command line names."""
    folders = [Path(source) for source in options.source if not options.live and os.path.isdir(source)]
    if folders:
        window.playlist.open(folders)
    for source in options.source:
        if Path(source) not in folders:
            window.opening.open_text(source, live=options.live)
    for source in options.more:
        window.opening.open_text(source, live=True)
    _open_wall(window, options)
    if options.review:
        window.review.open([Path(path) for path in options.review])
        if window.review.window is not None and options.size is not None:
            window.review.window.resize(*options.size)
    if options.view in VIEW_MODES:
        window.display.set_view(options.view)
    if options.grid:
        window.display.show_grid(True)
    if options.overlay:
        window.settings.put("overlay/on", True)


def _open_wall(window: MainWindow, options: Namespace) -> None:
    if options.wall is not None:
        window.walls.open(options.wall)
    elif not (options.source or options.more or options.review) and window.walls.reopens:
        window.walls.open_last()


def run(options: Namespace) -> int:
    """Run the application to its end; returns the exit code."""
    redact_logging()
    limit_memory_growth()
    application = make_application([sys.argv[0]])
    install(application, options.language or system_language())
    collection = GarbageCollection()
    window = make_window(options)
    hook = ExceptionHook(window.error_reporter, window.close_without_asking)
    signal_waker = close_on_signals(window.close_without_asking)
    unattended = UnattendedRun(window, options)
    window.load()
    open_sources(window, options)
    if window.review.window is None:
        window.show()
    unattended.start()
    code = application.exec()
    signal_waker.stop()
    hook.remove()
    collection.stop()
    return end_process(unattended.code or code)
