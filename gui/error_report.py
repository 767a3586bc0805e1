"""A report on an error that can be sent to somebody else: what happened, on which machine; no password in it."""

from __future__ import annotations

import platform
import sys
import traceback

from PyQt6.QtCore import PYQT_VERSION_STR, QT_VERSION_STR

from dehazer import DehazerError, __version__, redacted


def sentence_of(error: BaseException) -> str:
    """What happened, for people: an error of ours speaks for itself, others are named."""
    if isinstance(error, DehazerError):
        return redacted(str(error))
    return redacted(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)


def system_report(circumstances: str) -> str:
    """Version, machine and circumstances, redacted."""
    widgets = [f"dehazer {__version__}, Python {platform.python_version()}, Qt {QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}",
             f"{platform.platform()}, {sys.byteorder} endian", circumstances]
    return redacted("\n\n".join(p.strip() for p in widgets if p.strip())) + "\n"


def report(error: BaseException, circumstances: str = "") -> str:
    """Version, machine, circumstances and trace, redacted as a whole."""
    detail = error.detail if isinstance(error, DehazerError) else ""
    trace = "".join(traceback.format_exception(error))
    widgets = [system_report(circumstances), sentence_of(error), detail, trace]
    return redacted("\n\n".join(p.strip() for p in widgets if p.strip())) + "\n"
