"""Freed pictures are kept for the next frame: asking the system again, page by page, costs more than painting."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
