"""The end of the program: signals from outside, the one question that is asked while a recording runs, and what is ended."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from PyQt6.QtCore import QObject, QSocketNotifier, QTimer
from PyQt6.QtWidgets import QWidget

from gui.cameras import Cameras
from gui.controllers.refresh import RefreshController
from gui.controllers.thumbnails import ThumbnailController
from gui.dialogs.closing_question import ClosingQuestion
from gui.services.background import Background
from gui.services.settings import Settings

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


class SignalWaker:
    """Wakes Qt when a signal comes, so that Python can run its handler while Qt waits for events; costs nothing until then.

    Python writes a byte into a socket for every signal it has a handler for, and Qt watches the other end.
    """

    def __init__(self) -> None:
        self._watched, self._written = socket.socketpair()
        for end in (self._watched, self._written):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._written.fileno(), warn_on_full_buffer=False)
        watched, kind = self._watched.fileno(), QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(watched, kind)  # type: ignore[call-overload]  # PyQt's stub asks for a pointer
        self._notifier.activated.connect(self._empty)

    def _empty(self, *_: object) -> None:
        """Python runs the handler before this, its first code since the signal."""
        with suppress(BlockingIOError):
            self._watched.recv(4096)

    def stop(self) -> None:
        """Watch no longer."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for end in (self._watched, self._written):
            end.close()


def close_on_signals(close: Callable[[], object]) -> SignalWaker:
    """Let Ctrl+C, a termination request and a closed terminal end everything in order, recordings too, without asking.

    What the parent ignores (nohup) stays ignored. Returns what lets Python see a signal while Qt waits.
    """
    waker = SignalWaker()
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: QTimer.singleShot(0, close))  # it may come in the middle of painting
    return waker


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
