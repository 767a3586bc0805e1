"""How the system schedules the threads of this process."""

from __future__ import annotations

import os
from contextlib import suppress


def _policy() -> int | None:
    """Of the calling thread; None where the system cannot tell."""
    return os.sched_getscheduler(0) if hasattr(os, "sched_getscheduler") else None


_GIVEN = _policy()


def share_processor() -> None:
    """Give every thread the scheduling back that the process was started with, where the calling thread has another one.

    SVT-AV1, in a process of root, makes its threads and the one that opens it real-time ones (SCHED_FIFO). Those take all cores
    from everybody, and processes they start inherit it: two encodings at once made a machine of two cores stand still. Costs
    one system call where there is nothing to do. To be called by the thread that may have opened an encoder.
    """
    if _GIVEN is None or _policy() == _GIVEN:
        return
    for thread in os.listdir("/proc/self/task"):
        with suppress(OSError):  # it has ended meanwhile
            os.sched_setscheduler(int(thread), _GIVEN, os.sched_param(0))
