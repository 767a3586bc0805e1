"""Encoders leave the processor to others: no thread of ours is scheduled in real time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os, sys
from fractions import Fraction
from pathlib import Path
from dehazer.config import EncodeOptions
from dehazer.frames.frame import VideoInfo
from dehazer.sinks import open_sink
from tests.pictures import frame_of, scene

def policies():
    return {os.sched_getscheduler(int(thread)) for thread in os.listdir("/proc/self/task")}

frames = [frame_of(scene(96, 128, seed), "yuv420p", index=seed) for seed in range(6)]
info = VideoInfo(128, 96, frames[0].format, time_base=Fraction(1, 25), rate=Fraction(25), name="film")
with open_sink(Path(sys.argv[1]), info, EncodeOptions("libsvtav1")) as sink:
    for frame in frames:
        sink.write(frame)
        assert policies() == {os.SCHED_OTHER}, policies()
    sink.finish()
assert policies() == {os.SCHED_OTHER}, policies()
"""


@pytest.mark.skipif(not hasattr(os, "sched_getscheduler"), reason="only Linux tells how threads are scheduled")
@pytest.mark.parametrize("ending", ["mkv", "mp4"])
def test_an_encoder_that_makes_threads_of_root_real_time_ones_is_corrected(tmp_path: Path, ending: str) -> None:
    def usual() -> None:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))

    done = subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path / f"film.{ending}")], capture_output=True, text=True,
                          timeout=120, check=False, preexec_fn=usual)  # the parent may have been made a real-time one
    assert done.returncode == 0, done.stderr
