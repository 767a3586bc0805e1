"""The queue of exports: order, pause, cancel, and that it survives every end of the program."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dehazer.config import EncodeOptions, EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.errors import InputError, OutputError, OutputExistsError, UsageError
from dehazer.files.output_paths import is_partial
from dehazer.review.export_context import ExportContext
from dehazer.review.export_queue import ExportQueue
from dehazer.review.export_request import BurnIn, CaseNotes, ExportRequest
from dehazer.review.export_store import StoredExport, load_exports, request_from, request_values, save_exports
from dehazer.review.recording import Recording
from tests.review.footage import Recordings, record, span
from tests.waiting import until

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(EngineOptions(device="cpu"))


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return record(tmp_path_factory.mktemp("gate") / "gate.mp4", frames=100)


@dataclass
class Desk:
    """A queue, its folder, and how many changes were heard."""

    folder: Path
    queue: ExportQueue
    context: ExportContext
    heard: list[int]

    def request(self, name: str = "out.mp4", kind: str = "dehazed", end: float = 1.0, **more: object) -> ExportRequest:
        return ExportRequest(kind, ("Gate",), span(0.2, end), self.folder / name, **more)  # type: ignore[arg-type]

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def again(self) -> ExportQueue:
        """Another queue on the same store, as after a new start of the program."""
        return ExportQueue(self.folder.parent / "store.json", self.context)


@pytest.fixture
def desk(tmp_path: Path, engine: Engine, gate: Recording) -> Iterator[Desk]:
    (tmp_path / "exports").mkdir()
    context, heard = ExportContext(Recordings((gate,)), engine), list[int]()
    queue = ExportQueue(tmp_path / "store.json", context, lambda: heard.append(1))
    yield Desk(tmp_path / "exports", queue, context, heard)
    queue.close()


def test_exports_are_done_in_order_and_checked(desk: Desk) -> None:
    first, second = desk.queue.add(desk.request("one.mp4")), desk.queue.add(desk.request("two.mkv", "original"))
    assert [one.state for one in desk.queue.jobs] == ["waiting", "waiting"]
    desk.queue.start()
    assert desk.queue.wait(120)
    assert [(one.id, one.state, one.fraction) for one in desk.queue.jobs] == [(first.id, "done", 1.0), (second.id, "done", 1.0)]
    assert all(one.passed and len(one.checks) > 3 for one in desk.queue.jobs)
    assert desk.names() == ["one.mp4", "two.mkv"]
    assert len(desk.heard) > 20
    assert desk.again().jobs == desk.queue.jobs


def test_progress_rises_to_the_end(desk: Desk) -> None:
    seen: list[float] = []
    queue = ExportQueue(desk.folder.parent / "other.json", desk.context, lambda: seen.extend(one.fraction for one in queue.jobs))
    queue.start()
    queue.add(desk.request())
    assert queue.wait(120)
    assert seen == sorted(seen)
    assert len({round(fraction, 3) for fraction in seen}) > 10


def begun(desk: Desk, name: str = "out.mp4") -> str:
    """An export that is paused in its middle."""
    desk.queue.start()
    job = desk.queue.add(desk.request(name, end=3.8))
    until(lambda: desk.queue.job(job.id).fraction > 0.1)
    desk.queue.pause(job.id)
    return job.id


def test_a_paused_export_lets_others_go_first_and_goes_on(desk: Desk) -> None:
    paused = begun(desk)
    other = desk.queue.add(desk.request("other.mkv", "original"))
    until(lambda: desk.queue.job(other.id).state == "done")
    assert desk.queue.job(paused).state == "paused"
    assert desk.queue.job(paused).sentence == "Paused."
    desk.queue.resume(paused)
    assert desk.queue.wait(120)
    assert desk.queue.job(paused).passed


@pytest.mark.parametrize("held", [True, False])
def test_a_cancelled_export_leaves_nothing(desk: Desk, held: bool) -> None:
    job = begun(desk)
    if not held:
        desk.queue.resume(job)
    desk.queue.cancel(job)
    assert desk.queue.wait(60)
    assert (desk.queue.job(job).state, desk.names()) == ("cancelled", [])
    desk.queue.again(job)
    assert desk.queue.wait(120)
    assert desk.queue.job(job).passed


def test_an_export_cancelled_before_it_began(desk: Desk) -> None:
    job = desk.queue.add(desk.request())
    with pytest.raises(UsageError, match="cancel it first"):
        desk.queue.remove(job.id)
    desk.queue.cancel(job.id)
    desk.queue.start()
    assert (desk.queue.job(job.id).state, desk.names()) == ("cancelled", [])
    desk.queue.remove(job.id)
    assert desk.queue.jobs == desk.again().jobs == ()
    with pytest.raises(UsageError, match="not in the list"):
        desk.queue.pause(job.id)


def test_closing_keeps_what_is_not_done(desk: Desk) -> None:
    paused = begun(desk)
    waiting = desk.queue.add(desk.request("two.mp4"))
    desk.queue.pause(waiting.id)
    desk.queue.close()
    assert desk.names() == []
    after = desk.again()
    assert [(one.id, one.state) for one in after.jobs] == [(paused, "paused"), (waiting.id, "paused")]
    after.start()
    after.resume(paused)
    assert after.wait(120)
    assert after.job(paused).passed


KILLED = """
import os, signal, sys, threading
from pathlib import Path
from tests.review.test_export_queue import *
folder, recording = Path(sys.argv[1]), Path(sys.argv[2])
gate = Recording(recording, "Gate", span(0, 1).start, 4.0, "name", 1, 1)
def kill():
    if any(one.fraction > float(sys.argv[3]) for one in queue.jobs):
        os.kill(os.getpid(), signal.SIGKILL)
context = ExportContext(Recordings((gate,)), Engine(EngineOptions(device="cpu")))
queue = ExportQueue(folder.parent / "store.json", context, kill)
queue.add(ExportRequest("dehazed", ("Gate",), span(0.2, 3.8), folder / "out.mp4"))
queue.start()
queue.wait()
"""


@pytest.mark.skipif(os.name != "posix", reason="a process is killed with a POSIX signal")
@pytest.mark.parametrize("fraction", [0.3, 0.95])
def test_an_export_survives_a_kill(desk: Desk, gate: Recording, fraction: float) -> None:
    command = [sys.executable, "-c", KILLED, str(desk.folder), str(gate.path), str(fraction)]
    done = subprocess.run(command, cwd=ROOT, timeout=120, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == -signal.SIGKILL
    left = [path for path in desk.folder.iterdir() if not is_partial(path)]
    assert left == []
    assert len(desk.names()) == 1
    after = desk.again()
    assert [(one.state, one.fraction) for one in after.jobs] == [("waiting", 0.0)]
    assert desk.names() == []
    after.start()
    assert after.wait(120)
    assert desk.names() == ["out.mp4"]
    assert after.jobs[0].passed


def test_files_that_were_only_to_be_named_are_named_by_the_next_program(desk: Desk) -> None:
    desk.queue.start()
    job = desk.queue.add(desk.request())
    assert desk.queue.wait(120)
    done = desk.queue.job(job.id)
    work = desk.folder / "out.partial-0123abcd.mp4"
    work.mkdir()
    (desk.folder / "out.mp4").rename(work / "out.mp4")
    save_exports(desk.folder.parent / "store.json", [StoredExport(replace(done, state="running"), work)])
    assert [(one.state, one.passed) for one in desk.again().jobs] == [("done", True)]
    assert desk.names() == ["out.mp4"]


def test_an_export_ends_also_where_the_list_cannot_be_kept_any_more(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    queue = ExportQueue(tmp_path / "data" / "store.json", desk.context)
    queue.start()
    job = queue.add(desk.request(end=3.8))
    until(lambda: queue.job(job.id).fraction > 0.1)
    (tmp_path / "data").rename(tmp_path / "moved")
    (tmp_path / "data").write_text("a file where the folder was")
    assert queue.wait(120)
    assert queue.job(job.id).state == "failed"
    assert "list of exports cannot be saved" in queue.job(job.id).sentence
    assert desk.names() == []


def test_a_vanished_recording_is_one_sentence(desk: Desk, tmp_path: Path, gate: Recording) -> None:
    shutil.copy(gate.path, tmp_path / "gone.mp4")
    lost = replace(gate, path=tmp_path / "gone.mp4")
    queue = ExportQueue(tmp_path / "other.json", replace(desk.context, library=Recordings((lost,))))
    job = queue.add(desk.request())
    (tmp_path / "gone.mp4").unlink()
    queue.start()
    assert queue.wait(60)
    assert queue.job(job.id).state == "failed"
    assert "gone.mp4 does not exist; check the name." in queue.job(job.id).sentence
    assert desk.names() == []


def test_a_target_that_is_taken_is_refused_at_once(desk: Desk) -> None:
    (desk.folder / "there.mp4").write_text("mine")
    with pytest.raises(OutputExistsError, match="exists already"):
        desk.queue.add(desk.request("there.mp4"))
    desk.queue.add(desk.request("twice.mp4"))
    with pytest.raises(OutputExistsError, match="Another export in the queue"):
        desk.queue.add(desk.request("twice.mp4"))
    desk.queue.add(desk.request("there.mp4", encode=EncodeOptions(overwrite=True)))
    desk.queue.start()
    assert desk.queue.wait(120)
    assert [one.state for one in desk.queue.jobs] == ["done", "done"]


def test_a_name_taken_meanwhile_keeps_both_files(desk: Desk) -> None:
    job = begun(desk)
    (desk.folder / "out.mp4").write_text("mine")
    desk.queue.resume(job)
    assert desk.queue.wait(120)
    ended = desk.queue.job(job)
    assert ended.state == "failed"
    assert "was written by another program meanwhile; the result is kept as" in ended.sentence
    assert (desk.folder / "out.mp4").read_text() == "mine"
    kept = next(path for path in desk.folder.iterdir() if is_partial(path))
    assert [path.name for path in kept.iterdir()] == ["out.mp4"]


def test_a_name_taken_while_an_export_waited_is_not_overwritten(desk: Desk) -> None:
    job = desk.queue.add(desk.request())
    (desk.folder / "out.mp4").write_text("mine")
    desk.queue.start()
    assert desk.queue.wait(120)
    assert desk.queue.job(job.id).state == "failed"
    assert "out.mp4 exists already" in desk.queue.job(job.id).sentence
    assert (desk.folder / "out.mp4").read_text() == "mine"
    assert desk.names() == ["out.mp4"]


def test_an_empty_folder_may_be_filled(desk: Desk) -> None:
    (desk.folder / "pictures").mkdir()
    desk.queue.start()
    job = desk.queue.add(desk.request("pictures", "pictures"))
    assert desk.queue.wait(120)
    assert desk.queue.job(job.id).state == "done", desk.queue.job(job.id).sentence
    assert list((desk.folder / "pictures").iterdir())


def test_an_export_is_not_queued_again_for_a_name_that_is_taken_by_now(desk: Desk) -> None:
    first = desk.queue.add(desk.request())
    desk.queue.cancel(first.id)
    second = desk.queue.add(desk.request(kind="original"))
    with pytest.raises(OutputExistsError, match="Another export in the queue"):
        desk.queue.again(first.id)
    desk.queue.start()
    assert desk.queue.wait(120)
    assert desk.queue.job(second.id).state == "done"
    with pytest.raises(OutputExistsError, match="exists already"):
        desk.queue.again(first.id)
    assert desk.queue.job(first.id).state == "cancelled"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows names that are no UTF-8 on every file system")
def test_a_name_that_is_no_utf_8_is_kept_and_written(desk: Desk) -> None:
    job = desk.queue.add(desk.request("caf\udce9.mp4"))
    assert desk.again().jobs == desk.queue.jobs
    desk.queue.start()
    assert desk.queue.wait(120)
    assert desk.queue.job(job.id).state == "done", desk.queue.job(job.id).sentence
    assert desk.names() == ["caf\udce9.mp4"]


def blocked(folder: Path) -> None:
    """Put a file where the folder of a store was: nothing can be saved in it any more."""
    folder.rename(folder.with_name("moved"))
    folder.write_text("a file where the folder was")


def unblocked(folder: Path) -> None:
    folder.unlink()
    folder.with_name("moved").rename(folder)


def test_an_export_that_cannot_be_kept_is_not_queued(desk: Desk, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    queue = ExportQueue(data / "store.json", desk.context)
    blocked(data)
    with pytest.raises(OutputError, match="list of exports cannot be saved"):
        queue.add(desk.request())
    assert queue.jobs == ()
    unblocked(data)
    assert queue.add(desk.request()).state == "waiting"
    queue.close()


def test_an_export_whose_start_cannot_be_kept_waits_until_it_can(desk: Desk, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    queue = ExportQueue(data / "store.json", desk.context)
    job = queue.add(desk.request())
    blocked(data)
    with pytest.raises(OutputError, match="list of exports cannot be saved"):
        queue.start()
    assert queue.wait(10)
    assert queue.job(job.id).state == "waiting"
    unblocked(data)
    queue.start()
    assert queue.wait(120)
    assert queue.job(job.id).state == "done"
    queue.close()


def test_the_end_of_an_export_is_told_also_where_the_next_cannot_start(desk: Desk, tmp_path: Path) -> None:
    data, told = tmp_path / "data", list[str]()
    data.mkdir()
    queue = ExportQueue(data / "store.json", desk.context, lambda: told.append(queue.jobs[0].state))
    queue.start()
    first, second = queue.add(desk.request("one.mp4", end=3.8)), queue.add(desk.request("two.mp4"))
    until(lambda: queue.job(first.id).fraction > 0.1)
    blocked(data)
    assert queue.wait(120)
    assert told[-1] == "failed"
    assert queue.job(second.id).state == "waiting"
    unblocked(data)
    queue.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a small disk can be mounted by root alone")
@pytest.mark.parametrize(("kind", "name"), [("dehazed", "out.mkv"), ("evidence", "out.zip"), ("pictures", "out")])
def test_a_full_disk_is_one_sentence(desk: Desk, tmp_path: Path, kind: str, name: str) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=320k", "none", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        (small / "filler").write_bytes(bytes(30_000))
        desk.queue.start()
        codec = EncodeOptions(codec="ffv1" if kind == "dehazed" else None)
        job = desk.queue.add(ExportRequest(kind, ("Gate",), span(0.2, 3.8), small / name, encode=codec))  # type: ignore[arg-type]
        assert desk.queue.wait(120)
        assert desk.queue.job(job.id).state == "failed"
        assert desk.queue.job(job.id).sentence == (
            f"The disk of {small} is full; make room and start this export again. Nothing was kept.")
        assert [path.name for path in small.iterdir()] == ["filler"]
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.parametrize(("text", "sentence"), [
    ("{", "damaged and was left as it is"), ('{"version": 2, "exports": []}', "newer version"), ('{"version": 1}', "damaged"),
    ('{"version": 1, "exports": [{"id": "x"}]}', "damaged")])
def test_a_store_that_cannot_be_read_is_left_as_it_is(tmp_path: Path, desk: Desk, text: str, sentence: str) -> None:
    (tmp_path / "bad.json").write_text(text)
    with pytest.raises(InputError, match=sentence):
        ExportQueue(tmp_path / "bad.json", desk.context)
    assert (tmp_path / "bad.json").read_text() == text


def test_a_request_is_the_same_after_a_restart(tmp_path: Path) -> None:
    options = {"Gate": EnhanceOptions(strength=80, temporal=0.1)}
    request = ExportRequest("side", ("Gate", "Yard"), span(1, 2), tmp_path / "x.mkv", options, BurnIn(label=False),
                            EncodeOptions(crf=18), False, CaseNotes("A", "B", "C", tmp_path / "key"))
    assert request_from(json.loads(json.dumps(request_values(request)))) == request
    assert load_exports(tmp_path / "none.json") == []


def test_no_thread_outlives_the_queue(desk: Desk) -> None:
    begun(desk)
    desk.queue.close()
    assert [thread.name for thread in threading.enumerate() if thread.name == "dehazer-export"] == []
