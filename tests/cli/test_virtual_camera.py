"""dehazer-video with a virtual camera as its output."""

from __future__ import annotations

import glob
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run
from tests.virtual_cameras import DEVICE, memory_camera


def test_a_film_is_shown_as_a_virtual_camera(run: Run, clip: Path) -> None:
    camera = memory_camera()
    assert run(clip, f"virtualcam:{DEVICE}", "--strength", 0, "--no-label") == 0
    assert len(camera.shown) == 8
    assert camera.opened == 0
    assert camera.shown[0].shape == (64, 96, 3)
    plain = camera.shown[0].copy()
    camera.shown.clear()
    assert run(clip, f"virtualcam:{DEVICE}", "--strength", 0) == 0
    changed = np.abs(camera.shown[0].astype(int) - plain).max(axis=2) > 40
    assert changed[:20, 48:].any()  # "ENHANCED"


@pytest.mark.skipif(sys.platform == "linux" and bool(glob.glob("/sys/devices/virtual/video4linux/*")),
                    reason="this machine has a virtual camera")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems offer a virtual camera of OBS Studio")
def test_a_machine_without_one_says_what_to_load(run: Run, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyvirtualcam", reason="pyvirtualcam is not installed (pip install 'dehazer[virtualcam]')")
    assert run(clip, "virtualcam:") == 1
    said = capsys.readouterr().err
    assert "sudo modprobe v4l2loopback" in said
    assert "Traceback" not in said


def test_without_pyvirtualcam_the_sentence_says_what_to_install(run: Run, clip: Path, monkeypatch: pytest.MonkeyPatch,
                                                                capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "pyvirtualcam", None)
    assert run(clip, "virtualcam:") == 2
    assert "dehazer[virtualcam]" in capsys.readouterr().err
