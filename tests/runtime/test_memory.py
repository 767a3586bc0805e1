"""Freed pictures are kept for the next frame: asking the system again, page by page, costs more than painting."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

from dehazer.runtime import memory

FRAMES = """
import resource, sys, threading
import numpy as np
from dehazer.runtime.memory import limit_memory_growth

assert limit_memory_growth()

def paint():
    for _ in range(4):
        [np.ones(3 << 20, np.uint8) for _ in range(4)]  # as planes become a picture for the screen
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(20):
        pictures = [np.ones(3 << 20, np.uint8) for _ in range(4)]
        pictures.clear()
    print((resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before) / 20)

thread = threading.Thread(target=paint)
thread.start()
thread.join()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's malloc can be told")
def test_a_thread_that_paints_does_not_ask_for_its_memory_anew() -> None:
    done = subprocess.run([sys.executable, "-c", FRAMES], capture_output=True, text=True, timeout=60, check=True)
    assert float(done.stdout) < 300  # 3072 pages are written in every round


def test_decoders_of_connections_that_were_closed_are_freed_and_not_at_every_call(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        """Refers to itself, as PyAV's containers and streams do to each other."""

        def __init__(self) -> None:
            self.itself = self

    monkeypatch.setattr(memory, "COLLECT_EVERY", 3600.0)
    monkeypatch.setattr(memory, "_collected", -3600.0)
    often = gc.get_threshold()
    gc.set_threshold(1_000_000)
    try:
        closed = weakref.ref(Closed())
        assert memory.free_closed_media()
        assert closed() is None
        later = weakref.ref(Closed())
        assert not memory.free_closed_media()  # a collection takes time: many connections that end together cost one
        assert later() is not None
    finally:
        gc.set_threshold(*often)


def test_a_program_that_collects_itself_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_collected", -3600.0)
    gc.disable()
    try:
        assert not memory.free_closed_media()
    finally:
        gc.enable()
    assert memory.free_closed_media()
