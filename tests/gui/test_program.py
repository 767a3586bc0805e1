"""The real program in a process of its own: the command line, a run without hands, and every state under a real X server."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtGui import QImage

from dehazer import __version__
from gui.__main__ import parser
from gui.services.settings import Settings

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "dehazer" / "data" / "sample.mp4"
REQUIRED = {"captured", "painted", "drops", "painted_fps", "latency_ms_p50", "latency_ms_p95", "device", "model", "grid",
            "rss_mb"}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "gui", *arguments], cwd=ROOT, env={**os.environ, **environment}, timeout=120,
                          capture_output=True, text=True, check=False)


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_the_command_line_answers_without_loading_qt(flag: str) -> None:
    code = (f"import sys; from gui.__main__ import main\ntry: main(['{flag}'])\nexcept SystemExit as e: "
            "print('loaded', *sorted(m for m in sys.modules if m.split('.')[0] in ('PyQt6', 'torch', 'cv2', 'av', 'numpy'))); "
            "sys.exit(e.code)")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert done.stdout.rstrip().endswith("loaded")
    assert ("--stats-json" if flag == "--help" else __version__) in done.stdout


@pytest.mark.parametrize("arguments", [
    ["--size", "big"], ["--quit-after", "-1"], ["--quit-after", "soon"], ["--stats-json", "x.json"], ["--view", "upside-down"],
])
def test_wrong_arguments_are_refused_in_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from gui.__main__ import main

    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_views_on_the_command_line_are_those_of_the_window() -> None:
    from gui.view.modes import VIEW_MODES

    view = next(a for a in parser()._actions if a.dest == "view")
    assert tuple(view.choices or ()) == tuple(VIEW_MODES)


def test_a_run_without_hands_leaves_numbers_and_a_picture(tmp_path: Path) -> None:
    for seconds in ("8", "20", "60"):  # the longer ones for a machine that others keep busy
        done = run("--source", str(SAMPLE), "--live", "--view", "wipe", "--size", "1280x720", "--theme", "light",
                   "--quit-after", seconds, "--stats-json", str(tmp_path / "s.json"), "--screenshot", str(tmp_path / "s.png"),
                   "--settings", str(tmp_path / "s.ini"), QT_QPA_PLATFORM="offscreen")
        snapshot = json.loads((tmp_path / "s.json").read_text())
        if snapshot["painted"] > 20:
            break
    assert done.returncode == 0, done.stderr
    assert set(snapshot) >= REQUIRED
    assert snapshot["captured"] >= snapshot["painted"] > 20
    assert set(snapshot["drops"]) >= {"late", "decode", "paint"}
    assert snapshot["latency_ms_p50"] <= snapshot["latency_ms_p95"] < 5000
    assert snapshot["rss_mb"] > 50
    picture = QImage(str(tmp_path / "s.png"))
    assert (picture.width(), picture.height()) == (1280, 720)
    assert picture.pixelColor(1270, 600).lightness() > 240  # the light inspector
    assert "Traceback" not in done.stderr


WATCHED = """
import os, sys, threading

def told(event, arguments):
    if event in ("os.putenv", "os.unsetenv") and threading.current_thread() is not threading.main_thread():
        os.write(2, b"environment changed beside the main thread: " + repr(arguments).encode())

sys.addaudithook(told)
from gui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_no_thread_beside_the_main_one_changes_the_environment(tmp_path: Path) -> None:
    """Qt reads it at any time, and the C library's list of it may move."""
    for seconds in ("4", "20", "60"):  # the longer ones for a machine that others keep busy
        done = subprocess.run([sys.executable, "-c", WATCHED, "--source", str(SAMPLE), "--quit-after", seconds,
                               "--settings", str(tmp_path / "s.ini")], cwd=ROOT, capture_output=True, text=True, check=False,
                              timeout=120, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr
    assert "environment changed" not in done.stderr


def test_a_source_that_never_shows_anything_is_a_failure(tmp_path: Path) -> None:
    done = run("--source", "rtsp://me:top-secret@127.0.0.1:9/live", "--quit-after", "3", "--stats-json", str(tmp_path / "s.json"),
               "--settings", str(tmp_path / "s.ini"), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert json.loads((tmp_path / "s.json").read_text())["painted"] == 0
    for text in (done.stdout, done.stderr, (tmp_path / "s.json").read_text(), (tmp_path / "s.ini").read_text()):
        assert "top-secret" not in text


@pytest.mark.parametrize("arguments", [["/nowhere/film.mp4"], ["--source", "rtsp://127.0.0.1:9/live"]])
def test_a_run_without_a_picture_says_why_in_the_terminal(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, "--quit-after", "3", "--settings", str(tmp_path / "s.ini"), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert re.fullmatch(r"dehazer-gui: .*(does not exist|refuses|Loading|Connecting).*\n", done.stderr)


def test_a_camera_out_of_reach_is_in_the_numbers_and_no_failure_of_the_program(tmp_path: Path) -> None:
    for seconds in ("8", "20", "60"):  # the longer ones for a machine that others keep busy
        done = run("--source", str(SAMPLE), "--source", "rtsp://me:top-secret@127.0.0.1:9/live", "--quit-after", seconds,
                   "--grid", "--stats-json", str(tmp_path / "s.json"),
                   "--settings", str(tmp_path / "s.ini"), QT_QPA_PLATFORM="offscreen")
        numbers = json.loads((tmp_path / "s.json").read_text())
        if numbers["cameras"][0]["painted"] > 5:
            break
    assert done.returncode == 0, done.stderr
    sample, gone = numbers["cameras"]
    assert numbers["schema"] == 2
    assert (sample["title"], gone["source"]) == ("sample.mp4", "rtsp://127.0.0.1:9/live")
    assert set(sample) >= REQUIRED
    assert sample["painted"] > 5
    assert sample["first_picture_s"] > 0
    assert (gone["painted"], gone["first_picture_s"], gone["in_view"], sample["in_view"]) == (0, None, True, True)
    assert re.fullmatch(r"dehazer-gui: 127\.0\.0\.1:9/live: .*refuses.*\n", done.stderr)
    assert "top-secret" not in done.stdout + done.stderr + (tmp_path / "s.json").read_text()


READY = (
    "import signal\nfor name in ('SIGINT', 'SIGTERM', 'SIGHUP'):\n"
    "    hasattr(signal, name) and signal.signal(getattr(signal, name), signal.default_int_handler)\n"
    "from PyQt6.QtCore import QTimer\nfrom gui import app\nfrom gui.__main__ import main\nconnect = app.close_on_signals\n"
    "app.close_on_signals = lambda close: (QTimer.singleShot(0, lambda: print('up', flush=True)), connect(close))[1]\n"
    "import sys\nsys.exit(main())")
"""The program; it prints a line when it is ready for signals, and handles those that its parent ignores."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_from_outside_closes_in_order(name: str, tmp_path: Path) -> None:
    program = subprocess.Popen([sys.executable, "-c", READY, "--settings", str(tmp_path / "s.ini")], cwd=ROOT, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert program.stdout is not None
    assert program.stdout.readline() == "up\n"
    program.send_signal(getattr(signal, name))
    _, errors = program.communicate(timeout=60)
    assert (program.returncode, errors) == (0, "")
    assert "geometry" in (tmp_path / "s.ini").read_text()  # closed, not cut off


IDLE = """
import os, signal, sys, threading
from PyQt6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from gui.shutdown import close_on_signals

class Ticks(QObject):
    count = 0
    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Timer
        return False

application, ticks, inner = QCoreApplication([]), Ticks(), QEventLoop()
application.installEventFilter(ticks)
signal.signal(signal.SIGTERM, signal.default_int_handler)

def close():
    print(ticks.count)
    inner.quit()
    application.quit()

def ready():
    ticks.count = 0
    print("up", flush=True)
    if sys.argv[1] == "a dialog waits":
        inner.exec()

waker = close_on_signals(close)
QTimer.singleShot(0, ready)
code = application.exec()
waker.stop()
sys.exit(code)
"""
"""An application that does nothing; told to close, it prints how many timers went off meanwhile."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("state", ["nothing happens", "a dialog waits"])
def test_a_signal_is_heard_while_nothing_happens_and_no_timer_looks_for_it(state: str) -> None:
    program = subprocess.Popen([sys.executable, "-c", IDLE, state], cwd=ROOT, text=True, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert program.stdout is not None
    assert program.stdout.readline() == "up\n"
    time.sleep(0.8)  # a timer that is not there cannot go off however long this takes
    program.send_signal(signal.SIGTERM)
    ticks, errors = program.communicate(timeout=60)
    assert (program.returncode, errors) == (0, "")
    assert int(ticks) <= 1  # the one that closes


@pytest.mark.parametrize(("name", "ended"), [("gui-engine", "at once"), ("somebody-else", "as usual")])
def test_a_thread_inside_a_native_library_does_not_abort_the_end(name: str, ended: str) -> None:
    code = ("import atexit, sys, threading, time; from gui.shutdown import end_process; print('at once')\n"
            "atexit.register(print, 'as usual')\n"
            f"threading.Thread(target=time.sleep, args=(60,), name={name!r}, daemon=True).start()\n"
            "sys.exit(end_process(3))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert done.stdout.splitlines()[-1] == ended


def test_without_any_terminal_it_runs_all_the_same(tmp_path: Path) -> None:
    for seconds in (8, 20, 60):
        line = (f'exec "{sys.executable}" -m gui --source "{SAMPLE}" --quit-after {seconds} --stats-json "{tmp_path}/s.json" '
                f'--settings "{tmp_path}/s.ini" <&- >&- 2>&-')
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(line, shell=True, cwd=ROOT, timeout=120, check=False, env=environment)
        if done.returncode == 0:
            break
    assert done.returncode == 0
    assert json.loads((tmp_path / "s.json").read_text())["painted"] > 0


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    done = run("--quit-after", "1", "--screenshot", str(tmp_path / "no" / "where.png"), "--settings", str(tmp_path / "s.ini"),
               QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert "cannot be written" in done.stdout


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A real X server without a screen."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed (Debian: apt install xvfb)")
    reading, writing = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
                              pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    if not number:
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    server.terminate()
    server.wait(10)


STATES = {
    "start": ["start-empty", "start"],
    "views": ["live-dehazed", "live-original", "live-wipe", "live-side", "live-difference", "live-overlay-loupe", "live-paused"],
    "recording": ["recording", "snapshot", "question"],
    "fullscreen": ["fullscreen", "fullscreen-bottom", "fullscreen-top"],
    "faults": ["reconnecting", "fault-camera", "ended"],
    "lost": ["lost"],
    "grid": ["grid"],
    "sizes": ["light-1280x720", "light-1920x1080", "dark-1280x720", "dark-1920x1080"],
    "scaled": ["scaled-200-dark", "scaled-200-light"],
    "second_screen": ["second-all", "second-one"],
}


@pytest.mark.parametrize("state", list(STATES))
def test_every_state_has_its_picture_under_x(state: str, display: str, tmp_path: Path) -> None:
    """Pictures are kept in $DEHAZER_SCREENSHOTS for looking, if that is set."""
    out = Path(os.environ.get("DEHAZER_SCREENSHOTS", tmp_path))
    scale = "2" if state == "scaled" else "1"
    done = subprocess.run([sys.executable, "scripts/screenshots.py", str(out), "--only", state], cwd=ROOT, capture_output=True,
                          text=True, timeout=240, check=False,
                          env={**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": scale})
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    for name in STATES[state]:
        picture = QImage(str(out / f"{name}.png"))
        assert picture.width() >= (640 if "second" in name else 1280), name
        colors = {picture.pixel(x, y) for x in range(0, picture.width(), 16) for y in range(0, picture.height(), 16)}
        plain = "start" in name or "fault" in name or "reconnecting" in name
        few = 100 if name == "lost" else 200  # the last picture of a lost stream is shown without colour
        assert len(colors) > (8 if plain else few), f"{name} looks empty"


def test_the_window_is_there_before_anything_heavy_is_loaded() -> None:
    heavy = ("torch", "cv2", "av", "openvino", "PyQt6.QtMultimedia")
    code = f"import sys, gui.app; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_whose_name_is_no_utf8_is_played_and_remembered(tmp_path: Path) -> None:
    clip, stats, settings = os.fsencode(tmp_path) + b"/caf\xe9.mp4", tmp_path / "stats.json", tmp_path / "settings.ini"
    shutil.copy(SAMPLE, clip)
    for seconds in (b"15", b"60"):  # the longer one for a machine that others keep busy
        done = subprocess.run([os.fsencode(sys.executable), b"-m", b"gui", b"--source", clip, b"--quit-after", seconds,
                               b"--stats-json", os.fsencode(stats), b"--settings", os.fsencode(settings)],
                              cwd=ROOT, timeout=120, capture_output=True, check=False)
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(stats.read_text("utf-8"))["painted"] > 0
    assert [os.fsencode(one.where) for one in Settings(settings).recent_sources()] == [clip]
