"""Where the output may go, without a sink: names, room, folders, and the last step to a name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, strategies as st

from dehazer.errors import OutputError, OutputExistsError, UsageError
from dehazer.files.output_paths import (
    check_folder,
    check_output,
    check_space,
    folders_above,
    identity,
    is_partial,
    new_partial_file,
    new_partial_folder,
    put_in_place,
    reason,
    size_text,
    write_in_place,
)

MIB = 1 << 20


@pytest.mark.parametrize(("count", "text"), [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (3_400_000, "3.4 MB"), (3_400_000_000, "3.4 GB"),
    (12_000_000_000_000, "12.0 TB"),
])
def test_sizes_for_people(count: int, text: str) -> None:
    assert size_text(count) == text


@given(stem=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20), suffix=st.sampled_from([".mp4", ".mkv", ""]))
def test_only_names_of_unfinished_work_are_partial(stem: str, suffix: str) -> None:
    assert is_partial(Path(f"{stem}.partial-1a2b3c4d{suffix}"))
    assert not is_partial(Path(f"{stem}{suffix}"))
    assert not is_partial(Path(f"{stem}.partial-{suffix}"))


def test_unfinished_work_gets_a_name_that_never_was(tmp_path: Path) -> None:
    made = [new_partial_file(tmp_path / "out.mp4") for _ in range(5)]
    assert len(set(made)) == 5
    assert all(is_partial(path) and path.is_file() and path.suffix == ".mp4" for path in made)
    folder = new_partial_folder(tmp_path / "frames")
    assert folder.is_dir()
    assert is_partial(folder)


def test_a_folder_that_takes_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be created: no such file or directory"):
        new_partial_file(tmp_path / "none" / "out.mp4")
    with pytest.raises(OutputError, match="does not exist; create it"):
        check_folder(tmp_path / "none")
    check_folder(tmp_path)


@pytest.mark.parametrize("link", ["none", "symbolic", "hard", "dotted"])
def test_an_input_is_never_the_output(tmp_path: Path, link: str) -> None:
    one, target = tmp_path / "in.mp4", tmp_path / "out.mp4"
    one.write_bytes(b"film")
    (tmp_path / "x").mkdir()
    if link == "symbolic":
        target.symlink_to(one)
    elif link == "hard":
        target.hardlink_to(one)
    else:
        target = one if link == "none" else tmp_path / "x" / ".." / "in.mp4"
    with pytest.raises(UsageError, match="overwrite the input"):
        check_output([one], target, overwrite=True)


def test_a_folder_with_something_in_it_needs_permission(tmp_path: Path) -> None:
    inputs, full = tmp_path / "in", tmp_path / "full"
    inputs.mkdir()
    full.mkdir()
    check_output([inputs], full, overwrite=False)
    (full / "empty.txt").touch()
    with pytest.raises(OutputExistsError, match="not empty"):
        check_output([inputs], full, overwrite=False)
    check_output([inputs], full, overwrite=True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_pipe_is_no_output(tmp_path: Path, overwrite: bool) -> None:
    os.mkfifo(tmp_path / "out.mp4")
    with pytest.raises(OutputError, match="pipe or a device"):
        check_output([tmp_path / "in.mp4"], tmp_path / "out.mp4", overwrite)


@pytest.mark.parametrize(("free", "expected", "verdict"), [
    (100 * MIB, 50 * MIB, "enough"), (100 * MIB, 100 * MIB, "enough"), (50 * MIB, 100 * MIB, "doubtful"),
    (10 * MIB, 100 * MIB, "doubtful"), (9 * MIB, 100 * MIB, "too little"), (MIB // 5, 0, "too little"), (MIB, 0, "enough"),
])
def test_room_is_enough_doubtful_or_too_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, expected: int,
                                               verdict: str) -> None:
    monkeypatch.setattr("dehazer.files.output_paths.shutil.disk_usage", lambda folder: SimpleNamespace(free=free))
    if verdict == "too little":
        with pytest.raises(OutputError, match="There are only"):
            check_space(tmp_path, expected)
    else:
        assert (check_space(tmp_path, expected) is None) == (verdict == "enough")


def test_folders_are_made_and_those_that_stay_empty_go_again(tmp_path: Path) -> None:
    with folders_above(tmp_path / "a" / "b" / "out.mp4"):
        assert (tmp_path / "a" / "b").is_dir()
    assert list(tmp_path.iterdir()) == []
    with folders_above(tmp_path / "a" / "b" / "out.mp4"):
        (tmp_path / "a" / "kept.txt").touch()
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["kept.txt"]


def test_a_folder_that_was_there_stays_though_empty(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    with folders_above(tmp_path / "old" / "out.mp4"):
        pass
    assert (tmp_path / "old").is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
def test_a_folder_that_another_process_is_about_to_use_is_not_taken_from_it(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "out.mp4"
    one, two = folders_above(target), folders_above(target)  # each opens the folder for itself, as two processes do
    one.__enter__()
    two.__enter__()
    one.__exit__(None, None, None)
    new_partial_file(target)
    two.__exit__(None, None, None)
    assert len(list(target.parent.iterdir())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_many_processes_make_and_remove_the_same_folders(tmp_path: Path) -> None:
    """Half of them make a file, half fail and clear up behind themselves, over and over."""
    code = """
import sys
from pathlib import Path
from dehazer.files.output_paths import folders_above, new_partial_file
folder, writes = Path(sys.argv[1]), sys.argv[2] == "1"
for number in range(300):
    with folders_above(folder / "a" / "b" / "out.mp4"):
        if writes:
            new_partial_file(folder / "a" / "b" / "out.mp4").unlink()
"""
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(kind % 2)], stderr=subprocess.PIPE, text=True,
                                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}) for kind in range(4)]
    assert [process.communicate()[1] for process in running] == [""] * 4


def test_a_file_in_the_way_of_a_folder_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be made"), folders_above(tmp_path / "file" / "x" / "out.mp4"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_finished_work_takes_its_name(tmp_path: Path) -> None:
    partial, path = new_partial_file(tmp_path / "out.mp4"), tmp_path / "out.mp4"
    partial.write_bytes(b"new")
    put_in_place(partial, path, before=None)
    assert (path.read_bytes(), partial.exists()) == (b"new", False)


def test_what_was_there_before_is_replaced_in_one_step(tmp_path: Path) -> None:
    partial, path = new_partial_file(tmp_path / "out.mp4"), tmp_path / "out.mp4"
    path.write_bytes(b"old")
    put_in_place(partial, path, identity(path))
    assert path.read_bytes() == b""


@pytest.mark.parametrize("there_before", [False, True])
def test_what_somebody_wrote_meanwhile_is_never_replaced(tmp_path: Path, there_before: bool) -> None:
    partial, path = new_partial_file(tmp_path / "out.mp4"), tmp_path / "out.mp4"
    if there_before:
        path.write_bytes(b"old")
    before = identity(path)
    path.write_bytes(b"somebody's own")
    with pytest.raises(OutputExistsError, match="meanwhile; the result is kept as"):
        put_in_place(partial, path, before)
    assert (path.read_bytes(), partial.exists()) == (b"somebody's own", True)


def test_a_small_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_in_place(tmp_path / "r.json", b"one")
    write_in_place(tmp_path / "r.json", b"two")
    assert (tmp_path / "r.json").read_bytes() == b"two"
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").touch()
    with pytest.raises(OSError, match="folder"):
        write_in_place(tmp_path / "folder", b"three")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "r.json"]


def test_permissions_are_named_in_the_reason() -> None:
    assert reason(PermissionError(13, "Permission denied")) == "permission denied; check the folder's permissions"
    assert reason(OSError(28, "No space left on device")) == "no space left on device"


@pytest.mark.parametrize("stem", ["x" * 251, "ü" * 125, "x" * 230])
def test_unfinished_work_of_a_long_name_gets_one_that_fits(tmp_path: Path, stem: str) -> None:
    partial = new_partial_file(tmp_path / f"{stem}.mp4")
    assert partial.is_file()
    assert is_partial(partial)
    put_in_place(partial, tmp_path / f"{stem}.mp4", None)
    with pytest.raises(OutputError, match="too long"):
        new_partial_file(tmp_path / f"{'x' * 256}.mp4")
