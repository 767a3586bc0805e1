"""--resume: killed at any moment, the finished film is that of a run that was never interrupted."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest

from dehazer.enhance import Enhancer, EstimatedFrame
from dehazer.errors import DeviceLost
from dehazer.files.journal import Journal
from dehazer.files.output_paths import is_partial
from dehazer.moment import Moment
from dehazer.resume import journal_path
from tests.cli.conftest import ENVIRONMENT, Run, frame_count, partial_in, write_clip, write_picture
from tests.media import Film, Sound, parcels_of, planes_of, times_of, write_film

SEGMENT = 6
"""Frames; films here have 25 a second."""
POINTS, KILLS_OF_A_FILM = 50, 10

SERVER = r"""
import os, pathlib, signal, sys
import torch
import dehazer.models.weights, dehazer.resume, dehazer.engine.torch_backend, dehazer.sinks.video, dehazer.sources.file
import dehazer.cli.video as program
import dehazer.files.journal as journal, dehazer.files.output_paths as places, dehazer.sinks._partial_file as partial_file
from dehazer.enhance import Enhancer

torch.set_num_threads(1)
dehazer.models.weights.FOLDER = pathlib.Path(sys.argv[1])
dehazer.resume.SEGMENT_SECONDS = float(sys.argv[2])
left = 0

def moment():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def before_and_after(owner, name):
    whole = getattr(owner, name)
    def watched(*arguments, **more):
        moment()
        answer = whole(*arguments, **more)
        moment()
        return answer
    setattr(owner, name, watched)

def torn(write):
    def halves(self, data):
        half = len(data) // 2
        moment()
        write(self, data[:half])
        moment()
        write(self, data[half:])
        return len(data)
    return halves

append = journal.Journal.append
def torn_record(self, kind, content):
    append(self, kind, content)
    self._file.flush()
    end, size = self._file.tell(), journal._HEAD.size + len(content)
    whole = os.pread(self._file.fileno(), size, end - size)
    for kept in (0, journal._HEAD.size // 2, size // 2):
        os.truncate(self._file.fileno(), end - size + kept)
        moment()
    os.pwrite(self._file.fileno(), whole, end - size)
    moment()
journal.Journal.append = torn_record
partial_file.PartialFile.write = torn(partial_file.PartialFile.write)
for owner, name in ((journal.Journal, "_store"), (journal.Journal, "remove"), (journal.Journal, "remove_partials"),
                    (places, "_name"), (pathlib.Path, "unlink"), (pathlib.Path, "hardlink_to"), (Enhancer, "finished")):
    before_and_after(owner, name)

for line in sys.stdin:
    at, *arguments = line.rstrip("\n").split("\t")
    child = os.fork()
    if child == 0:
        left = int(at) or -1
        begun = left
        code = program.main(["--device", "cpu", "--backend", "torch", "--progress", "none", "-q", *arguments])
        os.write(1, f"{code} {begun - left}\n".encode())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        print("killed", os.waitstatus_to_exitcode(status), flush=True)
"""


@dataclass
class Killer:
    """dehazer-video in a new process for each call, forked from one that has loaded all libraries."""

    server: subprocess.Popen[str]

    def __call__(self, at: int, *arguments: object) -> tuple[str, int]:
        """Kill it (signal 9) at its at-th moment; 0: never. ("killed", -9), or (exit code, moments there were)."""
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write("\t".join([str(at), *map(str, arguments)]) + "\n")
        self.server.stdin.flush()
        word, number = self.server.stdout.readline().split()
        return word, int(number)


@pytest.fixture
def killer(random_weights: Path) -> Iterator[Killer]:
    command = [sys.executable, "-c", SERVER, str(random_weights), str(SEGMENT / 25)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as server:
        yield Killer(server)


def content(path: Path) -> tuple[object, ...]:
    """Everything that must not depend on interruptions: pictures, their times, all packets of sound and text."""
    pictures = [[plane.tobytes() for plane in planes] for planes in planes_of(path)]
    return pictures, times_of(path), parcels_of(path, "audio"), parcels_of(path, "subtitle")


def make_film(path: Path) -> Path:
    times = tuple(int(i * 40 + (i * 7) % 13) for i in range(26))  # a varying rate: segments meet at uneven steps
    return write_film(path, Film(frames=26, times=times, time_base=Fraction(1, 1000), sounds=(Sound(),),
                                 captions=("Nebel", "klar", "Sonne"), smooth=False))


@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux", reason="forks, and kills as Linux does")
def test_killed_at_fifty_moments_the_film_is_that_of_an_uninterrupted_run(killer: Killer, tmp_path: Path) -> None:
    """Moments are drawn over everything a run does with files: half a record, half a packet, before and after each rename."""
    numbers = random.Random(14)
    kills = films = 0
    expected, moments, sources = {}, {}, {}
    for ending in ("mkv", "mp4"):
        source = sources[ending] = make_film(tmp_path / f"in.{ending}")
        target = tmp_path / "whole" / f"out.{ending}"
        word, moments[ending] = killer(0, "--resume", source, target)
        assert word == "0"
        expected[ending] = content(target)
        assert [path.name for path in target.parent.iterdir()] == [target.name]
        shutil.rmtree(target.parent)
    while kills < POINTS:
        ending = ("mkv", "mp4")[films % 2]
        films += 1
        source = sources[ending]
        target = tmp_path / f"film{films}" / f"out.{ending}"
        for _ in range(KILLS_OF_A_FILM):
            word, _ = killer(numbers.randint(1, moments[ending]), "--resume", source, target)
            if word != "killed":  # less was left to do than the moment drawn
                break
            kills += 1
        word, _ = killer(0, "--resume", source, target) if word == "killed" else (word, 0)
        assert word in ("0", "4")  # 4: it was complete already
        whole, resumed = expected[ending], content(target)
        assert [a == b for a, b in zip(whole, resumed, strict=True)] == [True] * 4
        assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert films >= 5


@pytest.fixture
def short_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dehazer.resume.SEGMENT_SECONDS", SEGMENT / 25)


@pytest.fixture
def interrupted(run: Run, short_segments: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                capsys: pytest.CaptureFixture[str]) -> Callable[..., Path]:
    """A run with --resume whose device fails at the 20th frame; gives the output that it was to make."""
    def interrupted(source: Path, target: Path, *options: object) -> Path:
        finished = Enhancer.finished

        def failing(self: Enhancer, estimated: EstimatedFrame) -> Moment:
            if estimated.original.index == 20:
                raise DeviceLost("The device has stopped working.")
            return finished(self, estimated)

        with monkeypatch.context() as patch:
            patch.setattr(Enhancer, "finished", failing)
            assert run("--resume", *options, source, target) == 1
        capsys.readouterr()
        return target

    return interrupted


def test_it_goes_on_after_a_failure_and_says_so(run: Run, interrupted: Callable[..., Path], tmp_path: Path,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    source = make_film(tmp_path / "in.mkv")
    target = interrupted(source, tmp_path / "out.mkv")
    assert frame_count(partial_in(tmp_path)) >= 18  # plays until it is gone on with
    assert run("--resume", "--report", tmp_path / "report.json", source, target) == 0
    text = capsys.readouterr().err
    assert "Going on behind 18 frames" in text
    assert "26 frames" in text
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["files"][0]["resumed"] == 18
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.mkv", "out.mkv", "report.json"]
    assert run("--resume", source, tmp_path / "whole.mkv") == 0
    assert content(target) == content(tmp_path / "whole.mkv")


@pytest.mark.parametrize("codec", ["libx265", "libsvtav1", "libvpx-vp9", "mpeg4", "ffv1", "mjpeg"])
def test_other_encoders_go_on_as_well(run: Run, interrupted: Callable[..., Path], tmp_path: Path, codec: str) -> None:
    source = make_film(tmp_path / "in.mkv")
    options = ("--codec", codec, "--preset", "ultrafast")
    target = interrupted(source, tmp_path / "out.mkv", *options)
    assert run("--resume", *options, source, target) == 0
    assert run("--resume", *options, source, tmp_path / "whole.mkv") == 0
    assert content(target) == content(tmp_path / "whole.mkv")


def test_journals_of_something_else_are_refused(run: Run, interrupted: Callable[..., Path], tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    source = make_film(tmp_path / "in.mkv")
    target = interrupted(source, tmp_path / "out.mkv")
    journal = (tmp_path / "out.mkv.resume").read_bytes()

    def refused(words: str, *arguments: object) -> None:
        assert run("--resume", *arguments) == 2
        text = capsys.readouterr().err
        assert words in text
        assert "begin anew" in text
        assert text.count("\n") == 1
        assert (tmp_path / "out.mkv.resume").read_bytes() == journal

    refused("--strength: 100.0, now 50.0", "--strength", "50", source, target)
    refused("--crf: not given, now 30.0", "--crf", "30", source, target)
    refused("with another network (weights: real, now its)", "--weights", "its", source, target)
    changed = bytearray(source.read_bytes())
    changed[len(changed) // 2] ^= 1
    source.write_bytes(changed)
    refused("from another input, or the input has changed", source, target)
    changed[len(changed) // 2] ^= 1
    source.write_bytes(changed)
    monkeypatch.setattr("dehazer.__version__", "9.9")
    refused("with another version", source, target)
    monkeypatch.undo()


def test_a_file_that_is_no_journal_is_left_alone(run: Run, clip: Path, tmp_path: Path,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out.mp4.resume").write_text("my curriculum vitae")
    assert run("--resume", clip, tmp_path / "out.mp4") == 2
    assert "no journal" in capsys.readouterr().err
    assert (tmp_path / "out.mp4.resume").read_text() == "my curriculum vitae"
    assert not (tmp_path / "out.mp4").exists()


def test_what_cannot_be_resumed_is_said(run: Run, clip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--resume", clip, tmp_path / "pictures") == 2
    assert "video files" in capsys.readouterr().err
    assert run("--resume", clip, "null:") == 2
    assert "video files" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == [clip.name]


def test_a_batch_with_pictures_takes_them_as_they_are(run: Run, clip: Path, tmp_path: Path) -> None:
    write_picture(tmp_path / "a.png")
    assert run("--resume", clip, tmp_path / "a.png", tmp_path / "out") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted([clip.name, "a.png"])


def test_pictures_that_become_a_film_go_on_as_well(run: Run, interrupted: Callable[..., Path], tmp_path: Path) -> None:
    for number in range(24):
        write_picture(tmp_path / "in" / f"{number}.png", width=96 + number % 2)
    target = interrupted(tmp_path / "in", tmp_path / "out.mp4")
    assert run("--resume", tmp_path / "in", target) == 0
    assert frame_count(target) == 24


def test_a_dry_run_leaves_the_journal_usable(run: Run, interrupted: Callable[..., Path], tmp_path: Path) -> None:
    source = make_film(tmp_path / "in.mkv")
    target = interrupted(source, tmp_path / "out.mkv")
    assert run("--resume", "--dry-run", source, target) == 0
    assert run("--resume", source, target) == 0
    assert frame_count(target) == 26
    assert not any(is_partial(path) for path in tmp_path.iterdir())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_journal_that_is_none_beside_a_result_fails_its_file_alone(run: Run, tmp_path: Path, jobs: str) -> None:
    for name in ("a", "b"):
        write_clip(tmp_path / "in" / f"{name}.mp4")
    finished, foreign = write_clip(tmp_path / "out" / "a.mp4"), tmp_path / "out" / "a.mp4.resume"
    before = finished.read_bytes()
    foreign.write_text("my curriculum vitae")
    assert run("--resume", "-y", "--jobs", jobs, "--report", tmp_path / "r.json", tmp_path / "in", tmp_path / "out") == 2
    failed, done = json.loads((tmp_path / "r.json").read_text("utf-8"))["files"]
    assert "no journal" in failed["error"]
    assert "error" not in done
    assert frame_count(tmp_path / "out" / "b.mp4") == 8
    assert (finished.read_bytes(), foreign.read_text()) == (before, "my curriculum vitae")


@pytest.mark.parametrize("flag", ["-y", "-n"])
def test_a_dry_run_leaves_what_a_killed_run_left(run: Run, interrupted: Callable[..., Path], tmp_path: Path, flag: str) -> None:
    source = make_film(tmp_path / "in.mkv")
    target = interrupted(source, tmp_path / "out.mkv")
    shutil.copy(partial_in(tmp_path), target)
    journal, found = Journal.open(tmp_path / "out.mkv.resume"), target.stat()
    journal.commit(replace(journal.progress, complete=(found.st_ino, found.st_size)))
    journal.close()
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    run("--resume", "--dry-run", flag, source, target)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_journal_of_a_very_long_name_fits(run: Run, tmp_path: Path) -> None:
    name = "ü" * 125 + ".mkv"
    assert len(name.encode()) == 254
    assert run("--resume", write_clip(tmp_path / "in.mp4", frames=3), tmp_path / name) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in.mp4", name])
    others = {journal_path(tmp_path / f"{'a' * 240}{number}.mkv") for number in range(2)}
    assert len(others) == 2
    assert journal_path(tmp_path / "out.mkv").name == "out.mkv.resume"
