"""Ending FFmpeg's waiting: only for the thread that asked, and PyAV keeps its own clock otherwise."""

from __future__ import annotations

import threading
import time

import av.container.core

from dehazer.sources.interrupt import Interrupt


def clock() -> object:
    return av.container.core.time  # type: ignore[attr-defined]


def test_pyav_has_the_time_module_outside_of_the_blocks() -> None:
    assert clock() is time
    with Interrupt().watching(), Interrupt().watching():
        assert clock() is not time
    assert clock() is time


def test_an_interrupted_thread_is_always_too_late_and_others_are_not() -> None:
    interrupt, others = Interrupt(), []
    interrupt.set()
    with interrupt.watching():
        begin = clock().monotonic()  # type: ignore[attr-defined]
        assert begin > time.monotonic() + 1e6
        assert clock().monotonic() > begin + 1e6, "a deadline that is set after the interruption never passes"  # type: ignore[attr-defined]
        thread = threading.Thread(target=lambda: others.append(clock().monotonic()))  # type: ignore[attr-defined]
        thread.start()
        thread.join()
    assert others[0] <= time.monotonic()


def test_an_inner_block_gives_way_to_the_outer_one_again() -> None:
    outer = Interrupt()
    outer.set()
    with outer.watching():
        with Interrupt().watching():
            assert clock().monotonic() <= time.monotonic()  # type: ignore[attr-defined]
        assert clock().monotonic() > time.monotonic() + 1e6  # type: ignore[attr-defined]
