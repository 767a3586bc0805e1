"""Exports, snapshots, sheets and evidence packs of the real room; originals that are only read; what goes wrong is told."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, QTimer
from PyQt6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from dehazer.review import ExportStatus, Span
from gui.review.evidence_dialog import EvidenceDialog
from gui.review.export_dialog import ExportDialog, ExportOffer
from gui.review.window import ReviewWindow
from tests.gui.conftest import PATIENCE
from tests.gui.review.conftest import NAMES, MakeRoom

START = datetime(2026, 3, 23, 8, tzinfo=UTC)
SPAN = Span(START + timedelta(seconds=0.4), START + timedelta(seconds=0.8))
"""Ten frames of both cameras."""


def export(room: ReviewWindow, kind: str = "dehazed") -> ExportDialog:
    """Mark the span, ask for an export of it, choose a kind."""
    room.marks.set_span(SPAN)
    room.run_action("export")
    dialog = room.exports.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.kinds.choose(kind)
    dialog.kinds.activated.emit(dialog.kinds.currentIndex())
    return dialog


def finished(room: ReviewWindow, qtbot: QtBot) -> ExportStatus:
    """The last export, when it is over and shown as such."""
    queue = room.exports.queue
    assert queue is not None
    qtbot.waitUntil(lambda: bool(queue.jobs) and queue.jobs[-1].over, timeout=PATIENCE)
    status = queue.jobs[-1]
    qtbot.waitUntil(lambda: room.widgets.exports.rows[status.id].status.over, timeout=PATIENCE)
    return status


@pytest.mark.parametrize("kind", ["dehazed", "original"])
def test_a_marked_span_is_exported_and_every_check_is_shown(room: ReviewWindow, qtbot: QtBot, kind: str) -> None:
    export(room, kind).accept_button.click()
    assert room.exports.dialog is None
    status = finished(room, qtbot)
    assert (status.state, status.passed) == ("done", True), status.sentence
    assert status.products[0].stat().st_size > 0
    row = room.widgets.exports.rows[status.id]
    row.open_checks()
    assert "PASS" in row.state.text()
    assert row.details.text().startswith(f"{len(status.checks)} of {len(status.checks)} checks passed")
    assert room.tabs.bar.currentIndex() == list(room.tabs.pages).index("exports")


def test_the_dialog_offers_what_is_seen_and_refuses_what_cannot_be(room: ReviewWindow, qtbot: QtBot) -> None:
    dialog = export(room)
    assert dialog.cameras == ("Gate",)
    assert dialog.target.name == "Gate_2026-03-23_08-00-00_dehazed.mp4"
    assert dialog.burn_in.label
    dialog.choice.switches["Gate"].setChecked(False)
    dialog.accept_button.click()
    assert "at least one camera" in dialog.error.text()
    assert room.exports.dialog is dialog
    dialog.kinds.choose("original")
    dialog.kinds.activated.emit(dialog.kinds.currentIndex())
    assert dialog.target.suffix == ".mkv"
    assert dialog.burn_in.nothing


def test_without_marks_there_is_a_sentence_and_no_dialog(room: ReviewWindow) -> None:
    room.run_action("export")
    assert room.exports.dialog is None
    assert "Mark a beginning" in room.widgets.notice.label.text()


def test_a_waiting_export_is_paused_and_cancelled_in_its_row(room: ReviewWindow, qtbot: QtBot) -> None:
    export(room).accept_button.click()
    queue = room.exports.queue
    assert queue is not None
    [row] = room.widgets.exports.rows.values()
    row._buttons["pause"].click()
    row._buttons["cancel"].click()
    status = finished(room, qtbot)
    assert status.state in ("cancelled", "done")
    qtbot.waitUntil(row._buttons["remove"].isVisible, timeout=PATIENCE)
    row._buttons["remove"].click()
    assert room.widgets.exports.rows == {}
    assert room.widgets.exports.empty.isVisible()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 kB, half of it taken."""
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(small)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here; that takes root")
    (small / "filler").write_bytes(bytes(8_000))
    yield small
    subprocess.run(["umount", str(small)], check=True)


def test_a_full_disk_is_a_sentence_in_the_tab(room: ReviewWindow, qtbot: QtBot, small_disk: Path) -> None:
    dialog = export(room)
    dialog.place.setText(str(small_disk / "out.mkv"))
    dialog.accept_button.click()
    status = finished(room, qtbot)
    assert status.state == "failed"
    assert "is full" in status.sentence
    assert status.sentence in room.widgets.exports.rows[status.id].sentence.text().replace("\u200b", "")  # breaks of long words
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_the_picture_is_saved_as_a_pair_named_by_camera_and_time(room: ReviewWindow, qtbot: QtBot, tmp_path: Path) -> None:
    room.playback.seek(START + timedelta(seconds=1))
    qtbot.waitUntil(lambda: room.panes.panes["Gate"].clock == "08:00:01.000", timeout=PATIENCE)
    room.run_action("snapshot")
    qtbot.waitUntil(lambda: len(list((tmp_path / "exports").iterdir())) == 3, timeout=PATIENCE)
    names = sorted(path.name for path in (tmp_path / "exports").iterdir())
    assert names[0].startswith("Gate-20260323-080001-000")
    about = json.loads((tmp_path / "exports" / next(name for name in names if name.endswith(".json"))).read_text())
    assert "Gate_20260323080000.mp4" in json.dumps(about)


def test_a_contact_sheet_of_what_is_marked(room: ReviewWindow, qtbot: QtBot, tmp_path: Path) -> None:
    room.marks.set_span(SPAN)
    room.run_action("contact_sheet")
    sheet = tmp_path / "exports" / "Gate_2026-03-23_08-00-00_sheet.png"
    qtbot.waitUntil(sheet.exists, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Saved" in room.widgets.notice.label.text(), timeout=PATIENCE)


def pack(room: ReviewWindow, qtbot: QtBot) -> Path:
    """An evidence pack of the marked span."""
    room.marks.set_span(SPAN)
    room.run_action("evidence")
    dialog = room.exports.dialog
    assert isinstance(dialog, EvidenceDialog)
    dialog.title.setText("2026-0417")
    dialog.operator.setText("A. Operator")
    dialog.accept_button.click()
    status = finished(room, qtbot)
    assert status.state == "done", status.sentence
    return status.products[0]


def test_an_evidence_pack_is_verified_and_a_changed_one_is_found_out(room: ReviewWindow, qtbot: QtBot) -> None:
    made = pack(room, qtbot)
    room.verifying.verify(made)
    qtbot.waitUntil(lambda: room.verifying.dialog is not None, timeout=PATIENCE)
    assert room.verifying.dialog is not None
    assert "Nothing was altered" in room.verifying.dialog.sentence.text()
    room.verifying.dialog.close()
    room.verifying.dialog = None
    data = bytearray(made.read_bytes())
    data[len(data) // 3] ^= 1
    made.write_bytes(bytes(data))
    room.verifying.verify(made)
    qtbot.waitUntil(lambda: room.verifying.dialog is not None, timeout=PATIENCE)
    assert "not as it was written" in room.verifying.dialog.sentence.text()
    assert room.verifying.dialog.faults.toPlainText()
    assert room.review_settings.text("operator") == "A. Operator"


def test_what_was_done_stands_in_the_operator_log(room: ReviewWindow, qtbot: QtBot) -> None:
    room.marks.set_span(SPAN)
    qtbot.waitUntil(lambda: {"open", "look at", "mark"} <= {entry.action for entry in room.room.log.entries}, timeout=PATIENCE)


def test_closing_while_exports_run_asks_and_escape_goes_on(room: ReviewWindow, qtbot: QtBot,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(room.exports), "running", property(lambda _self: True))
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        box.reject()

    QTimer.singleShot(200, answer)
    assert not room.close()
    assert "Exports are running" in asked[0]
    assert room.isVisible()
    room.close_without_asking()
    assert not room.isVisible()


# originals are read only

WATCHED: list[Path] = []
OPENED: list[tuple[str, str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Note every file below WATCHED that is opened for writing, removed, renamed or changed."""
    if not WATCHED or event not in WRITING:
        return
    named = [str(one) for one in arguments if isinstance(one, str | bytes | os.PathLike)]
    inside = any(os.fsdecode(name).startswith(str(folder)) for name in map(os.fsencode, named) for folder in WATCHED)
    if inside and (event != "open" or _writes(arguments)):
        OPENED.append((event, " ".join(named)))


WRITING = ("open", "os.remove", "os.rename", "os.truncate", "os.utime", "os.chmod", "os.mkdir", "os.rmdir", "os.link",
           "os.symlink")


def _writes(arguments: tuple[object, ...]) -> bool:
    mode, flags = arguments[1], arguments[2]
    by_mode = isinstance(mode, str) and any(letter in mode for letter in "wax+")
    by_flags = isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
    return by_mode or by_flags


@pytest.fixture(scope="session")
def audit() -> None:
    """An audit hook cannot be taken away again, so it is set once and watches what WATCHED names."""
    sys.addaudithook(_watch)


@pytest.fixture
def originals(recordings: Path, tmp_path: Path, audit: None) -> Iterator[Path]:
    """A write-protected copy of the recordings, watched."""
    folder = tmp_path / "originals"
    shutil.copytree(recordings, folder)
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    OPENED.clear()
    WATCHED.append(folder)
    yield folder
    WATCHED.clear()
    folder.chmod(0o755)


def fingerprint(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Content and modification time of every file."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.iterdir())}


def test_the_whole_room_works_on_a_read_only_folder_and_opens_nothing_there_for_writing(
        make_room: MakeRoom, originals: Path, qtbot: QtBot) -> None:
    before = fingerprint(originals)
    room = make_room(originals)
    qtbot.waitUntil(lambda: room.playback.frame is not None and room.exports.queue is not None, timeout=PATIENCE)
    room.run_action("pause")
    qtbot.waitUntil(lambda: room.playback.moment is not None and room.playback.moment > START, timeout=PATIENCE)
    room.run_action("step_back")
    room.run_action("bookmark")
    room.run_action("snapshot")
    export(room).accept_button.click()
    assert finished(room, qtbot).passed
    made = pack(room, qtbot)
    assert originals not in made.parents
    scan = room.room.scan
    assert scan is not None
    qtbot.waitUntil(lambda: not scan.progress.running, timeout=PATIENCE)
    room.close_without_asking()
    assert OPENED == []
    assert fingerprint(originals) == before


def test_the_watch_itself_sees_what_it_should(originals: Path) -> None:
    originals.chmod(0o755)
    OPENED.clear()
    (originals / NAMES[0]).read_bytes()
    assert OPENED == []
    (originals / "new.txt").write_text("x")
    assert [event for event, _ in OPENED] == ["open"]


def test_a_folder_that_vanishes_is_told_and_the_room_goes_on(make_room: MakeRoom, recordings: Path, tmp_path: Path,
                                                             qtbot: QtBot) -> None:
    folder = tmp_path / "disk"
    shutil.copytree(recordings, folder)
    room = make_room(folder)
    qtbot.waitUntil(lambda: room.playback.frame is not None and room.exports.queue is not None, timeout=PATIENCE)
    shutil.rmtree(folder)
    room.playback.seek(START + timedelta(seconds=5))
    pane = room.panes.panes["Gate"]
    qtbot.waitUntil(lambda: pane.sentence != "", timeout=PATIENCE)
    assert room.isVisible()
    room.run_action("step")
    room.run_action("pause")
    room.run_action("pause")
    assert room.room.library is not None
    room.room.library.refresh()
    qtbot.waitUntil(lambda: room.room.library is not None and bool(room.room.library.progress.trouble), timeout=PATIENCE)


def test_a_folder_that_is_not_there_is_told(make_room: MakeRoom, tmp_path: Path, qtbot: QtBot) -> None:
    room = make_room(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: "nowhere" in room.panes.hint.text(), timeout=PATIENCE)
    assert room.panes.hint.isVisible()


def test_chapters_stand_with_what_is_exported_and_a_long_path_shows_both_ends(themed_app: QApplication, qtbot: QtBot) -> None:
    folder = Path("/media/operator/A disk with a long name/Recordings of the harbour/2026/November/Exports")
    dialog = ExportDialog(ExportOffer(["Gate"], ["Gate"], "2 s", folder, "Gate_2026-11-30_08-00-00"))
    qtbot.addWidget(dialog)
    dialog.show()
    tops = [widget.mapTo(dialog, QPoint()).y() for widget in (dialog.kinds, dialog.bookmarks, dialog.choice, dialog.clock)]
    assert tops == sorted(tops)
    assert dialog.place.toolTip() == dialog.place.text() == str(folder / "Gate_2026-11-30_08-00-00_dehazed.mp4")
    shown = dialog.place.shown_text
    assert "…" in shown
    assert shown.startswith("/media/operator")
    assert shown.endswith("_dehazed.mp4")
    before = dialog.place.grab().toImage()
    dialog.activateWindow()
    dialog.place.setFocus()
    qtbot.waitUntil(dialog.place.hasFocus, timeout=PATIENCE)
    assert dialog.place.grab().toImage() != before  # whole, for editing
