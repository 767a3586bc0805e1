"""The scripts that a newcomer starts with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from dehazer.config import EngineOptions
from dehazer.engine.engine import Engine

SCRIPTS = Path(__file__).parents[2] / "scripts"
CHILD = ("import signal, sys, time\n"
         "def stop(number, frame): time.sleep(0.8); print('file completed', flush=True); sys.exit(130)\n"
         "signal.signal(signal.SIGINT, stop); signal.signal(signal.SIGTERM, stop); print('ready', flush=True); time.sleep(30)")


@pytest.mark.skipif(os.name != "posix", reason="signals to groups of processes")
@pytest.mark.parametrize("all_of_them", [True, False], ids=["Ctrl+C in a terminal", "SIGTERM to the script"])
def test_a_stop_leaves_the_program_time_to_complete_its_file(all_of_them: bool) -> None:
    code = f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); import run; sys.exit(run.call([sys.executable, '-c', {CHILD!r}]))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.1)
    if all_of_them:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGTERM)
    text, _ = process.communicate(timeout=20)
    assert (text, process.returncode) == ("file completed\n", 130)


def test_what_run_py_installs_computes_with_openvino() -> None:
    """run.py installs the project without extras: the requirement is a plain one, and with it the engine is OpenVINO."""
    project = tomllib.loads((SCRIPTS.parent / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [Requirement(line) for line in project["dependencies"]]
    here = next(one for one in needed if one.name == "openvino")
    if here.marker is not None and not here.marker.evaluate():
        pytest.skip("there is no wheel of OpenVINO for this system; torch computes")
    engine = Engine(EngineOptions(device="cpu"))
    assert engine.describe()["backend"] == "openvino"
    assert engine.warnings == ()
