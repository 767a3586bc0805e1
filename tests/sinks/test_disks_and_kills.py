"""A disk that is full or fails, and a process that is killed: what was written until then plays, and is named."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dehazer.config import EncodeOptions
from dehazer.errors import OutputError
from dehazer.files.output_paths import is_partial, new_partial_file
from dehazer.sinks import open_sink
from dehazer.sinks._film_writer import FilmWriter
from dehazer.sinks.video import VideoSink
from tests.contract.test_sinks import INFO, frame, left_in
from tests.media import Film, times_of, write_film
from tests.sinks.passing import passed

ROOT = Path(__file__).resolve().parents[2]

WRITE = """
    import sys, time
    from tests.contract.test_sinks import INFO, frame
    from dehazer.config import EncodeOptions
    from dehazer.errors import OutputError
    from dehazer.sinks.video import VideoSink
    from pathlib import Path
"""


def script(body: str, *arguments: str) -> subprocess.Popen[str]:
    code = textwrap.dedent(WRITE) + textwrap.dedent(body)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, text=True, **pipes)


def test_too_little_room_is_refused_before_the_first_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_film(tmp_path / "in.mp4", Film(frames=3))
    monkeypatch.setattr("dehazer.files.output_paths.shutil.disk_usage", lambda folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(OutputError, match="free in"):
        open_sink(tmp_path / "out.mp4", INFO, copy_from=source)
    assert left_in(tmp_path) == ["in.mp4"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("ending", ["mkv", "mp4", "ts"])
def test_a_full_disk_is_one_sentence_and_leaves_no_file(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The partial file is a link to the device that answers every write with "no space left": not even a header is kept."""
    def on_a_full_disk(path: Path) -> Path:
        partial = new_partial_file(path)
        partial.unlink()
        partial.symlink_to("/dev/full")
        return partial

    def run() -> None:
        with VideoSink(tmp_path / f"out.{ending}", INFO, EncodeOptions(crf=1)) as sink:
            for index in range(200):
                sink.write(frame(index))
            sink.finish()

    monkeypatch.setattr("dehazer.sinks.video.new_partial_file", on_a_full_disk)
    monkeypatch.setattr("dehazer.sinks._partial_file.PartialFile.restart", lambda self: None)  # a device cannot be shortened
    with pytest.raises(OutputError, match="full; nothing was kept") as caught:
        run()
    assert caught.value.exit_code == 1
    assert os.strerror(errno.ENOSPC) in caught.value.detail
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("ending", ["mkv", "mp4", "mov", "ts", "avi", "nut"])
def test_what_was_written_before_the_disk_was_full_is_kept_and_named(tmp_path: Path, ending: str) -> None:
    body = """
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))
        try:
            with VideoSink(Path(sys.argv[1]), INFO, EncodeOptions(codec="mpeg4", crf=6)) as sink:
                for index in range(2000):
                    sink.write(frame(index))
                sink.finish()
        except OutputError as error:
            print("OutputError", error)
    """
    out, err = script(body, str(tmp_path / f"out.{ending}")).communicate(timeout=120)
    assert out.startswith("OutputError"), err
    (kept,) = tmp_path.iterdir()
    assert str(kept) in out
    assert is_partial(kept)
    assert 25 < len(times_of(kept)) < 2000


@pytest.mark.parametrize("ending", ["mkv", "mp4", "mov", "ts", "avi", "nut", "flv"])
def test_killed_in_the_middle_leaves_a_partial_file_that_plays(tmp_path: Path, ending: str) -> None:
    body = """
        sink = VideoSink(Path(sys.argv[1]), INFO, EncodeOptions(codec="h264"))
        for index in range(10_000):
            sink.write(frame(index))
            if index == 150:
                print("ready", flush=True)
            time.sleep(0.005)
    """
    child = script(body, str(tmp_path / f"out.{ending}"))
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "ready"
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=60)
    (kept,) = tmp_path.iterdir()
    assert is_partial(kept)
    assert len(times_of(kept)) > 25  # what the encoder still holds, and the last second, are lost


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("ending", ["png", "jpg", "bmp", "tif", "webp"])
def test_a_picture_on_a_full_disk_leaves_no_file(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure the sink is asked to keep what was done (`stop`); half a picture is nothing to keep."""
    def on_a_full_disk(path: Path) -> Path:
        partial = new_partial_file(path)
        partial.unlink()
        partial.symlink_to("/dev/full")
        return partial

    monkeypatch.setattr("dehazer.sinks.images.new_partial_file", on_a_full_disk)
    with open_sink(tmp_path / f"out.{ending}", INFO) as sink:
        with pytest.raises(OutputError, match="no space left"):
            sink.write(frame())
        assert sink.stop().path is None
    assert left_in(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_folder_on_a_full_disk_keeps_only_whole_pictures(tmp_path: Path) -> None:
    with open_sink(tmp_path / "Bilder", INFO) as sink:
        sink.write(frame())
        partial = next(p for p in tmp_path.iterdir() if is_partial(p))
        (partial / "000002.png").symlink_to("/dev/full")
        with pytest.raises(OutputError, match="no space left"):
            sink.write(frame(1))
        assert sink.stop().path == partial
    assert left_in(partial) == ["000001.png"]


def test_a_disk_that_fails_at_the_very_end_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(FilmWriter, "correct", failing)
    with pytest.raises(OutputError, match=r"out\.mp4 cannot be completed: .*is kept as"):
        passed(write_film(tmp_path / "in.mp4"), tmp_path / "out.mp4")
