"""Going away: signals from outside, and the one question that is asked while a recording runs."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QTimer
from PyQt6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from gui.main_window import MainWindow

TICK = 250
"""Milliseconds between two looks at signals."""
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
OURS = ("gui", "dehazer")
"""How the names of the program's own threads begin."""


def heed_signals(window: MainWindow) -> QTimer:
    """Let Ctrl+C, a polite kill and a closed terminal end everything in order, recordings too, without asking.

    What the parent ignores (nohup) stays ignored. Returns the timer that lets Python see a signal while Qt waits.
    """
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: QTimer.singleShot(0, window.leave))  # it may come in the middle of painting
    ticking = QTimer()
    ticking.timeout.connect(lambda: None)
    ticking.start(TICK)
    return ticking


def end_process(code: int) -> int:
    """Give back `code`; where a thread of ours is still inside a native library, end the process with it instead.

    A network that is being loaded cannot be interrupted, and its library aborts when Python is taken away from under it.
    """
    if any(t.name.startswith(OURS) for t in threading.enumerate()):
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    return code


def _tr(words: str) -> str:
    return QCoreApplication.translate("leaving", words)


def may_stop_recording(window: MainWindow) -> bool:
    """Ask whether to end the recording that runs; the safe answer is the one Enter and Escape give."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, _tr("Recording"), _tr("A recording is running. Stop it and quit?"),
                      QMessageBox.StandardButton.NoButton, window)
    stop = box.addButton(_tr("Stop and quit"), QMessageBox.ButtonRole.AcceptRole)
    go_on = box.addButton(_tr("Go on recording"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(go_on)
    box.setEscapeButton(go_on)
    window.way_out = stop
    box.exec()
    window.way_out = None
    return box.clickedButton() is stop
