"""Too little memory, and pictures that would need too much of it: one sentence, and nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ENVIRONMENT, Run, command, write_clip, write_picture

LIMITED = ("import resource, sys; limit = int(sys.argv.pop(1)) << 20; resource.setrlimit(resource.RLIMIT_AS, (limit, limit)); "
           "import dehazer.cli.video as v; sys.exit(v.main())")


def limited(mebibytes: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    """dehazer-video with the packaged weights in a process that may map so much memory."""
    words = [sys.executable, "-c", LIMITED, str(mebibytes), "--device", "cpu", "--progress", "none", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, env=ENVIRONMENT, timeout=200, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("mebibytes", [900, 1100])
def test_too_little_memory_for_a_picture_is_one_sentence(tmp_path: Path, mebibytes: int) -> None:
    source = write_picture(tmp_path / "large.jpg", 6000, 8000)
    done = limited(mebibytes, source, tmp_path / "out.jpg")
    assert done.returncode == 1, done.stderr
    assert "memory" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["large.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_too_little_memory_to_load_libraries_is_one_sentence(tmp_path: Path) -> None:
    done = limited(180, write_clip(tmp_path / "in.mp4"), tmp_path / "out.mp4")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "memory" in done.stderr


def test_pictures_that_are_too_large_are_refused_before_they_are_decoded(run: Run, tmp_path: Path,
                                                                          capsys: pytest.CaptureFixture[str]) -> None:
    header = b"P5 20000 15000 255\n"
    (tmp_path / "huge.pgm").write_bytes(header)  # there is nothing behind the header
    assert run(tmp_path / "huge.pgm", tmp_path / "out.pgm") == 3
    text = capsys.readouterr().err
    assert "178 million" in text
    assert text.count("\n") == 1


def test_films_that_are_too_large_are_refused_as_well(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dehazer.files.pictures.LARGEST_PIXELS", 64 * 96 - 1)
    assert run(write_clip(tmp_path / "in.mp4"), tmp_path / "out.mp4") == 3
    assert "96×64" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["in.mp4"]


@pytest.mark.parametrize("verbose", [False, True])
def test_what_libraries_write_goes_through_the_log_without_passwords(random_weights: Path, clip: Path, tmp_path: Path,
                                                                     verbose: bool) -> None:
    patch = ("import os, dehazer.sinks.video as v\nwrite = v.VideoSink.write\n"
             "def loud(self, frame):\n    os.write(2, b'[lib] rtsp://me:s3cr3t@host failed\\n')\n    write(self, frame)\n"
             "v.VideoSink.write = loud\n")
    words = command(random_weights, *(["-v"] if verbose else []), clip, tmp_path / "out.mp4")
    words[words.index("-c") + 1] = patch + words[words.index("-c") + 1]
    done = subprocess.run(words, capture_output=True, text=True, env=ENVIRONMENT, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    assert "s3cr3t" not in done.stderr
    assert ("INFO dehazer.cli.library_output: [lib] rtsp://•••@host failed" in done.stderr) == verbose
    assert done.stdout == ""
