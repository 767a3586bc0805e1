"""What libraries write to standard error by themselves (x264, x265, libtiff, OpenCV) goes through the log."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from dehazer.redact import module_logger

log = module_logger(__name__)
_PATIENCE = 1.0


@contextmanager
def library_output_logged() -> Iterator[None]:
    """Inside the block, file descriptor 2 is a pipe whose lines are logged (level INFO); `sys.stderr` is the true standard error.

    The pipe never makes a library wait: what does not fit into it is lost. For programs, never for a library's user.
    """
    before = sys.stderr
    if before is None:  # was closed when the program began: nothing that is written there is seen
        yield
        return
    own = os.dup(2)
    error = open(own, "w", encoding=before.encoding, errors=before.errors, buffering=1, closefd=False)  # noqa: SIM115
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    os.dup2(writer, 2)
    os.close(writer)
    thread = threading.Thread(target=_log_lines, args=(reader,), name="dehazer-library-output", daemon=True)
    thread.start()
    try:
        sys.stderr = error
        yield
    finally:
        sys.stderr = before
        with suppress(OSError):  # a full or a broken one
            error.close()
        os.dup2(own, 2)  # closes the pipe, so that the thread ends, unless a process that was started inside still has it
        os.close(own)
        thread.join(_PATIENCE)


def _log_lines(reader: int) -> None:
    with open(reader, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if text := line.strip():
                log.info("%s", text)
