"""A signal must find its way whatever the engine's libraries did to the thread it arrives in."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from dehazer.engine import openvino_library

DROPPED_ELSEWHERE = """
import gc, os, signal, sys, threading, time
import dehazer.models.weights as weights
from pathlib import Path
from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine
from dehazer.frames.frame import frame_from_rgb
import numpy as np

weights.FOLDER = Path(sys.argv[1])
engines = [Engine(EngineOptions(device="cpu", backend="openvino"))]
engines[0].estimate(frame_from_rgb(np.zeros((64, 96, 3), np.uint8)))
thread = threading.Thread(target=lambda: (engines.pop(), gc.collect()))
thread.start()
thread.join()
signal.signal(signal.SIGINT, lambda number, frame: print("heard", flush=True))
os.kill(os.getpid(), signal.SIGINT)
time.sleep(0.1)
"""


@pytest.mark.skipif(not openvino_library.available(), reason="OpenVINO is an extra")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no POSIX signals")
def test_ctrl_c_after_an_engine_was_let_go_in_another_thread(random_weights_folder: Path) -> None:
    """OpenVINO lends the thread that loads it a signal stack and unmaps it with its last Core, from whatever thread."""
    command = [sys.executable, "-c", DROPPED_ELSEWHERE, str(random_weights_folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (0, "heard\n"), done.stderr


def test_engines_loaded_at_the_same_time_share_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second Core would be let go again, with the signal stack of whoever made it."""
    made: list[object] = []

    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    monkeypatch.setitem(sys.modules, "openvino", SimpleNamespace(Core=make))
    openvino_library._made.cache_clear()
    threads = [threading.Thread(target=openvino_library.core) for _ in range(4)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert openvino_library.core() is made[0]
        assert len(made) == 1
    finally:
        openvino_library._made.cache_clear()
