"""The one dialog for unexpected errors, and the hooks that catch those nobody else did."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from gui.cameras import Cameras
from gui.dialogs.error import ErrorDialog
from gui.services.engine_loader import EngineLoader

log = logging.getLogger(__name__)


class ErrorReporter(QObject):
    """Shows unexpected errors. dialog: the one that is open, if any."""

    _arrived = pyqtSignal(object)

    def __init__(self, cameras: Cameras, engine_loader: EngineLoader, dialog_parent: QWidget) -> None:
        super().__init__()
        self._cameras, self._engine_loader, self._dialog_parent = cameras, engine_loader, dialog_parent
        self.dialog: ErrorDialog | None = None
        self._arrived.connect(self.show)

    def circumstances(self) -> str:
        """What is open and what computes, for a report."""
        lines = [f"{c.source.request().name}: {c.state.kind}: {c.state.sentence}" for c in self._cameras.all]
        engine = self._engine_loader.engine
        return "\n".join([str(engine.describe() if engine is not None else self._engine_loader.options), *lines])

    def show(self, error: BaseException) -> None:
        """Open the dialog; while it is open, further errors are added to it."""
        if self.dialog is not None:
            self.dialog.add(error, self.circumstances())
            return
        self.dialog = ErrorDialog(error, self.circumstances(), self._dialog_parent)
        self.dialog.finished.connect(self._closed)
        self.dialog.show()

    def show_from_thread(self, error: BaseException) -> None:
        """The same, from any thread."""
        self._arrived.emit(error)

    def _closed(self) -> None:
        self.dialog = None


class ExceptionHook:
    """Gives exceptions that nobody caught, in the main thread and in others, to the reporter. on_interrupt: for Ctrl+C."""

    def __init__(self, reporter: ErrorReporter, on_interrupt: Callable[[], object]) -> None:
        self._reporter, self._on_interrupt = reporter, on_interrupt
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._in_main_thread
        threading.excepthook = lambda args: self._in_other_thread(args.exc_value)

    def _in_main_thread(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._on_interrupt()
            return
        log.error("unexpected error", exc_info=(kind, error, trace))
        self._reporter.show(error)

    def _in_other_thread(self, error: BaseException | None) -> None:
        if error is not None:
            log.error("unexpected error in a thread", exc_info=error)
            self._reporter.show_from_thread(error)

    def remove(self) -> None:
        """Put the former hooks back."""
        sys.excepthook, threading.excepthook = self._before
