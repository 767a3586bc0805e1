"""The end of the program: signals from outside, the one question that is asked while a recording runs, and what is ended."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QWidget

from gui.cameras import Cameras
from gui.controllers.refresh import RefreshController
from gui.controllers.thumbnails import ThumbnailController
from gui.dialogs.closing_question import ClosingQuestion
from gui.services.background import Background
from gui.services.settings import Settings

SIGNAL_INTERVAL = 250
"""Milliseconds between two moments at which Python can run its signal handlers."""
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
OWN_THREADS = ("gui", "dehazer")
"""How the names of the program's own threads begin."""


class Shutdown(QObject):
    """Decides whether the window may close, and ends everything that runs behind it."""

    def __init__(self, cameras: Cameras, refresh: RefreshController, thumbnails: ThumbnailController, *,
                 settings: Settings, background: Background, dialog_parent: QWidget) -> None:
        super().__init__()
        self._cameras, self._refresh, self._thumbnails = cameras, refresh, thumbnails
        self._settings, self._background, self._question = settings, background, ClosingQuestion(dialog_parent)

    def may_close(self) -> bool:
        """Whether nothing speaks against it; asks the user where a recording would end."""
        return not any(c.recording for c in self._cameras.all) or self._question.agreed(
            self.tr("Recording"), self.tr("A recording is running. Stop it and quit?"), self.tr("Stop and quit"),
            self.tr("Continue recording"))

    def stop_asking(self) -> bool:
        """See `ClosingQuestion.stop_asking`."""
        return self._question.stop_asking()

    def run(self) -> None:
        """End recordings, then everything else; thumbnails and settings are saved."""
        self._refresh.stop()
        for camera in self._cameras.all:
            self._thumbnails.save(camera)
        self._settings.save()
        self._cameras.stop_all()
        self._background.close()


def close_on_signals(close: Callable[[], object]) -> QTimer:
    """Let Ctrl+C, a termination request and a closed terminal end everything in order, recordings too, without asking.

    What the parent ignores (nohup) stays ignored. Returns the timer that lets Python see a signal while Qt waits.
    """
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: QTimer.singleShot(0, close))  # it may come in the middle of painting
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(SIGNAL_INTERVAL)
    return timer


def end_process(code: int) -> int:
    """Give back `code`; where a thread of ours is still inside a native library, end the process with it instead.

    A network that is being loaded cannot be interrupted, and its library aborts when Python is taken away from under it.
    """
    if any(t.name.startswith(OWN_THREADS) for t in threading.enumerate()):
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    return code
