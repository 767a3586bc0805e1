"""--jobs: several files at a time give what one at a time gives, and a process that dies takes one file with it."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import DEVNULL, Popen

import pytest

from dehazer.cli.jobs import Job
from dehazer.cli.local_pool import LocalPool
from dehazer.cli.one_file import say_outcome
from dehazer.cli.video import main, read_flags, read_run_options
from dehazer.files.output_paths import is_partial
from tests.cli.conftest import ENVIRONMENT, HEED, frame_count, write_clip, write_picture
from tests.media import parcels_of, times_of
from tests.waiting import until

PLAIN = ["--device", "cpu", "--backend", "torch", "--precision", "fp32", "--progress", "none"]
ON_LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc, which only Linux has")


def start(*arguments: object) -> Popen[str]:
    code = f"{HEED}import sys; from dehazer.cli.video import main; sys.exit(main())\n"
    lines = f"if __name__ == '__main__':\n    {code.splitlines()[0]}\n    {code.splitlines()[1]}\n"
    script = Path(str(arguments[-1])).parent / "program.py"
    script.write_text(lines)
    return Popen([sys.executable, str(script), *PLAIN, *map(str, arguments)], env=ENVIRONMENT, text=True, stderr=DEVNULL)


def children(number: int) -> list[int]:
    """Processes that `number` has started and that compute, by /proc."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(text.rpartition(")")[2].split()[1]) == number and b"spawn_main" in command:
            found.append(int(status.parent.name))
    return found


def folder(path: Path) -> Path:
    write_clip(path / "a" / "one.mp4")
    write_clip(path / "two.mkv", codec="ffv1")
    write_picture(path / "b" / "three.png")
    (path / "bad.mp4").write_text("no film")
    return path


def test_several_at_a_time_give_what_one_at_a_time_gives(tmp_path: Path) -> None:
    source = folder(tmp_path / "in")
    codes = [main([*PLAIN, "-q", "--jobs", jobs, "--report", f"{tmp_path}/{jobs}.json", str(source), f"{tmp_path}/out{jobs}"])
             for jobs in ("1", "3")]
    assert codes == [3, 3]
    one, three = ([(Path(entry["input"]).name, entry.get("frames"), [check["verdict"] for check in entry.get("checks", ())])
                   for entry in json.loads((tmp_path / f"{jobs}.json").read_text())["files"]] for jobs in ("1", "3"))
    assert one == three
    assert (tmp_path / "out1" / "b/three.png").read_bytes() == (tmp_path / "out3" / "b/three.png").read_bytes()
    # Matroska files have random numbers, and x264 gives several results: the times of one film, the packets of the other.
    assert times_of(tmp_path / "out1" / "a/one.mp4") == times_of(tmp_path / "out3" / "a/one.mp4") != []
    pictures = [parcels_of(tmp_path / out / "two.mkv", "video") for out in ("out1", "out3")]
    assert pictures[0] == pictures[1] != []
    assert not (tmp_path / "out3" / "bad.mp4").exists()


@ON_LINUX
def test_a_process_that_is_killed_fails_its_file_and_not_the_others(tmp_path: Path) -> None:
    for name in ("long1", "long2"):
        write_clip(tmp_path / "in" / f"{name}.mp4", frames=300, height=240, width=320)
    write_clip(tmp_path / "in" / "short.mp4")
    program = start("--jobs", 2, "--report", tmp_path / "r.json", tmp_path / "in", tmp_path / "out")
    until(lambda: len(list((tmp_path / "out").glob("*.partial-*"))) == 2, 60)
    os.kill(children(program.pid)[0], signal.SIGKILL)
    assert program.wait(120) == 1
    codes = sorted(entry.get("exit", 0) for entry in json.loads((tmp_path / "r.json").read_text())["files"])
    assert codes == [0, 0, 1]
    assert (tmp_path / "out" / "short.mp4").exists()


@ON_LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_and_leaves_no_process(tmp_path: Path, number: signal.Signals) -> None:
    for name in ("one", "two", "three"):
        write_clip(tmp_path / "in" / f"{name}.mp4", frames=600, height=240, width=320)
    program = start("--jobs", 2, tmp_path / "in", tmp_path / "out")
    until(lambda: len(list((tmp_path / "out").glob("*.partial-*"))) == 2, 60)
    started = children(program.pid)
    program.send_signal(number)
    assert program.wait(60) == 130
    kept = list((tmp_path / "out").glob("*"))  # of a file whose first frame was not written yet, nothing is kept
    assert all(is_partial(path) and 0 < frame_count(path) < 600 for path in kept)
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in started), 20)


@ON_LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_the_processes_start_begins_no_file(tmp_path: Path, number: signal.Signals) -> None:
    for name in ("one", "two"):
        write_clip(tmp_path / "in" / f"{name}.mp4")
    program = start("--jobs", 2, tmp_path / "in", tmp_path / "out")
    until(lambda: children(program.pid), 60)
    program.send_signal(number)
    assert program.wait(60) == 130
    assert not (tmp_path / "out").exists()


def interrupted_job(source: Path, target: Path) -> Job:
    """The job; where the process takes it in, a signal comes before the work begins."""
    os.kill(os.getpid(), signal.SIGINT)
    return Job(source, target)


class InterruptedJob(Job):
    """Interrupts the process that it is given to."""

    def __reduce__(self) -> tuple[Callable[..., Job], tuple[object, ...]]:
        return interrupted_job, (self.source, self.target)


def test_a_signal_before_the_work_on_a_file_begins_is_not_lost(clip: Path, tmp_path: Path) -> None:
    run_options = read_run_options(read_flags([*PLAIN, str(clip), str(tmp_path / "out.mp4")]))
    jobs: list[Job] = [InterruptedJob(clip, tmp_path / "out.mp4")]
    ((number, (code, entry)),) = LocalPool(1).results(replace(run_options, jobs=jobs))
    assert (number, code) == (0, 130)
    assert "nothing was written" in entry["error"]
    assert not (tmp_path / "out.mp4").exists()


def test_files_that_were_not_begun_make_the_exit_code_that_of_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [str(write_clip(tmp_path / "in" / f"{name}.mp4")) for name in ("one", "two")]
    monkeypatch.setattr(LocalPool, "__init__", cancelled_at_once(LocalPool.__init__))
    assert main([*PLAIN, "--jobs", "2", *sources, str(tmp_path / "out")]) == 130
    assert not (tmp_path / "out").exists()


def cancelled_at_once(begin: Callable[[LocalPool, int], None]) -> Callable[[LocalPool, int], None]:
    def begin_and_cancel(self: LocalPool, count: int) -> None:
        begin(self, count)
        self.cancel()

    return begin_and_cancel


@pytest.mark.parametrize(("code", "words"), [(0, "done"), (1, "the self-check failed"), (130, "stopped")])
def test_what_became_of_a_file_is_said(clip: Path, capsys: pytest.CaptureFixture[str], code: int, words: str) -> None:
    run_options = read_run_options(read_flags([*PLAIN, str(clip), "out.mp4"]))
    say_outcome((code, {"output": "out.mp4", "frames": 8}), run_options)
    assert capsys.readouterr().err == f"out.mp4: 8 frames, {words}\n"


def test_jobs_and_ray_contradict_each_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = write_picture(tmp_path / "in.png")
    assert main(["--jobs", "2", "--ray", "auto", str(picture), str(tmp_path / "out.png")]) == 2
    assert "--jobs and --ray" in capsys.readouterr().err
