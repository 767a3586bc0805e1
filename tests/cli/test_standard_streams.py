"""Standard streams that are closed, full or no longer read: no reason to stop, and nothing is said in the wrong place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ENVIRONMENT, command, frame_count, spawn


@pytest.mark.parametrize("kind", ["json", "bar"])
def test_a_reader_that_leaves_is_no_reason_to_stop(random_weights: Path, clip: Path, tmp_path: Path, kind: str) -> None:
    """dehazer-video … 2>&1 | head -1"""
    reading, writing = os.pipe()
    process = spawn(random_weights, "--progress", kind, clip, tmp_path / "out.mp4", stderr=writing)
    os.close(reading)
    os.close(writing)
    assert process.wait(timeout=200) == 0
    assert frame_count(tmp_path / "out.mp4") == 8


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_standard_error_is_no_reason_to_stop(random_weights: Path, clip: Path, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        process = spawn(random_weights, "--progress", "json", clip, tmp_path / "out.mp4", stderr=full)
        assert process.wait(timeout=200) == 0
    assert frame_count(tmp_path / "out.mp4") == 8


@pytest.mark.parametrize("closed", ["2>&-", "2>&- 0<&-"], ids=["standard error", "standard error and input"])
def test_closed_streams_stay_closed(random_weights: Path, clip: Path, tmp_path: Path, closed: str) -> None:
    """What belongs on standard error is not said on standard output instead, and no file gets a standard stream's number."""
    words = ["bash", "-c", f'exec {closed}; exec "$@"', "bash", *command(random_weights, clip, tmp_path / "out.mp4")]
    done = subprocess.run(words, check=False, timeout=200, capture_output=True, env=ENVIRONMENT)
    assert (done.returncode, done.stdout) == (0, b"")
    assert frame_count(tmp_path / "out.mp4") == 8


def test_a_film_for_a_closed_standard_output_is_one_sentence(random_weights: Path, clip: Path) -> None:
    words = ["bash", "-c", 'exec >&-; exec "$@"', "bash", *command(random_weights, "--progress", "none", clip, "-")]
    done = subprocess.run(words, check=False, timeout=200, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if not line.startswith("Note: ")] == [
        "dehazer-video: Standard output is closed; send it to a program or a file."]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("words", ["video --list-models", "video --list-devices", "video --completion bash", "video --help",
                                   "video --version", "review --help", "bench --version", "verify --help"])
def test_listings_on_a_full_standard_output_are_one_sentence(words: str) -> None:
    program, *flags = words.split()
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-m", f"dehazer.cli.{program}", *flags], stdout=full, stderr=subprocess.PIPE,
                              text=True, check=False, env=ENVIRONMENT)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"dehazer-{program}: Nothing can be written to standard output: no space left")


def test_who_reads_only_the_first_line_of_the_help_is_told_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-m", "dehazer.cli.video", "--help"], stdout=writing, stderr=subprocess.PIPE,
                          text=True, check=False, env=ENVIRONMENT)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
