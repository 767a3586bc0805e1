#!/usr/bin/env python3
"""Pictures of every state of the desktop application, made from the project's own clip.

    python scripts/screenshots.py OUT [--only NAME …]     all states into the folder OUT
    python scripts/screenshots.py --readme                 docs/images/gui.png

Runs without a screen (QT_QPA_PLATFORM=offscreen unless set). Every picture is a window of the real program.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QCoreApplication, QEvent, QPointF, Qt, QTimer  # noqa: E402  the platform must be chosen first
from PyQt6.QtGui import QImage, QMouseEvent  # noqa: E402
from PyQt6.QtWidgets import QApplication, QWidget  # noqa: E402

from gui import app  # noqa: E402
from gui.__main__ import parser  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402
from gui.settings import Look  # noqa: E402

CLIP = ROOT / "dehazer" / "data" / "sample.mp4"
PATIENCE = 60.0
NOWHERE = "rtsp://operator:secret@127.0.0.1:9/gate"


def wait(until: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Let the application work until something is so; raises TimeoutError when it never is."""
    limit = time.monotonic() + patience
    while not until():
        if time.monotonic() > limit:
            raise TimeoutError("the window never came into the state that was waited for")
        QApplication.processEvents()
        time.sleep(0.005)


def pass_time(seconds: float) -> None:
    """Let the application work for a while."""
    limit = time.monotonic() + seconds
    wait(lambda: time.monotonic() > limit, seconds + PATIENCE)


class Studio:
    """One window after the other, each photographed. scale: 1 or 2 (set by QT_SCALE_FACTOR for the whole process)."""

    def __init__(self, out: Path, wanted: list[str]) -> None:
        self.out, self._wanted = out, wanted
        self._folder = TemporaryDirectory()
        self._count = 0

    def open(self, *arguments: str, size: str = "1280x720", theme: str = "dark", settings: str = "") -> MainWindow:
        """A window of its own settings."""
        self._count += 1
        file = Path(self._folder.name) / (settings or f"{self._count}.ini")
        options = parser().parse_args(["--settings", str(file), "--size", size, "--theme", theme, *arguments])
        window = app.make_window(options)
        window.settings.put("record/folder", self._folder.name)
        window.begin()
        app.open_sources(window, options)
        window.show()
        return window

    def live(self, *arguments: str, seconds: float = 3.0, **more: str) -> MainWindow:
        """A window with the clip played live in it."""
        window = self.open("--live", str(CLIP), *arguments, **more)
        wait(lambda: window.page.view.pair is not None)
        pass_time(seconds)
        return window

    def take(self, name: str, window: QWidget, also: QWidget | None = None) -> None:
        """Save the window, with another one over its middle if given, as NAME.png."""
        QApplication.processEvents()
        picture = window.grab().toImage()
        if also is not None:
            picture = _over(picture, also.grab().toImage())
        picture.save(str(self.out / f"{name}.png"), "PNG", 5)  # smallest file
        print(f"{name}.png  {picture.width()}×{picture.height()}", flush=True)

    def wants(self, name: str) -> bool:
        """Whether this state was asked for."""
        return not self._wanted or any(name.startswith(w) for w in self._wanted)


def _over(picture: QImage, other: QImage) -> QImage:
    from PyQt6.QtGui import QColor, QPainter

    ratio = picture.devicePixelRatio()
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
    x, y = (picture.width() - other.width()) / 2, (picture.height() - other.height()) / 2
    painter.drawImage(QPointF(x / ratio, y / ratio), other)
    painter.end()
    return picture


def hover(widget: QWidget, at: QPointF) -> None:
    """The mouse over a point of a widget."""
    event = QMouseEvent(QEvent.Type.MouseMove, at, widget.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(widget, event)


def start(studio: Studio) -> None:
    """Nothing open: first empty, then with a source used before."""
    window = studio.open()
    wait(lambda: window.fleet.engine is not None)
    studio.take("start-empty", window)
    window.close()
    window = studio.live(seconds=3.5, settings="start.ini")
    window.close()
    window = studio.open(settings="start.ini")
    wait(lambda: window.fleet.engine is not None)
    studio.take("start", window)
    window.close()


def views(studio: Studio) -> None:
    """The clip live in every view, with the inspector; then the overlay, the loupe and the pause."""
    window = studio.live()
    for view in ("dehazed", "original", "wipe", "side", "difference"):
        window.display.set_view(view)
        pass_time(0.5)
        studio.take(f"live-{view}", window)
    window.display.set_view("wipe")
    window.do("overlay")
    window.do("loupe")
    hover(window.page.view, QPointF(700, 330))
    pass_time(0.6)
    studio.take("live-overlay-loupe", window)
    window.do("loupe")
    window.do("pause")
    pass_time(0.6)
    studio.take("live-paused", window)
    window.close()


def recording(studio: Studio) -> None:
    """While recording, with the fold open; then the message about a snapshot, and the question before quitting."""
    window = studio.live()
    window.inspector.record.set_open(True)
    window.do("record")
    wait(lambda: bool(window.fleet.current and window.fleet.current.recording))
    pass_time(3)
    studio.take("recording", window)
    window.do("snapshot")
    wait(window.notice.isVisible)
    studio.take("snapshot", window)

    def asked() -> None:
        studio.take("question", window, QApplication.activeModalWidget())
        window.leave()

    QTimer.singleShot(500, asked)
    window.close()


def fullscreen(studio: Studio) -> None:
    """The picture alone with an alarm told, then what floats over it when the mouse moves."""
    window = studio.live()
    window.inspector.show_look(Look(alarm=20))
    window.changes.look(Look(alarm=20))
    window.immerse(True)
    wait(window.notice.isVisible)
    studio.take("fullscreen", window)
    window.shell.appear()
    studio.take("fullscreen-controls", window)
    window.close()


def inspector(studio: Studio) -> None:
    """All folds open, in a tall window."""
    window = studio.live(size="1280x1000", theme="light")
    rows = window.inspector
    for fold in (rows.engine.model, rows.engine.speed, rows.bypass, rows.alarm):
        fold.set_open(True)
    rows.alarm.switch.click()
    rows.bypass.switch.click()
    pass_time(0.6)
    studio.take("inspector-light", window)
    window.close()


def faults(studio: Studio) -> None:
    """A stream that cannot be reached, a camera that is not there, a picture that was lost."""
    window = studio.open("--source", NOWHERE)
    wait(lambda: bool(window.fleet.current) and window.fleet.current.status.kind == "reconnecting")  # type: ignore[union-attr]
    pass_time(1.0)
    studio.take("reconnecting", window)
    window.close()
    window = studio.open("--source", "/dev/video63")
    wait(lambda: bool(window.fleet.current) and window.fleet.current.status.kind in ("failed", "reconnecting"))  # type: ignore[union-attr]
    pass_time(0.6)
    studio.take("fault-camera", window)
    window.close()
    window = studio.open(str(CLIP), theme="light")
    wait(lambda: bool(window.fleet.current) and window.fleet.current.status.kind == "ended")  # type: ignore[union-attr]
    pass_time(1.2)
    studio.take("ended", window)
    window.close()


def lost(studio: Studio) -> None:
    """A stream that was there and is gone: the last picture without its colours, and its age."""
    with TemporaryDirectory() as folder, Broadcast(Path(folder) / "live.ts") as address:
        window = studio.open("--source", address)
        wait(lambda: window.page.view.pair is not None)
        pass_time(1.0)
    wait(lambda: window.page.view.faded)
    pass_time(3.0)
    studio.take("lost", window)
    window.close()


class Broadcast:
    """The clip as an endless stream on loopback, until the block is left. A context manager that gives the address."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._gone = threading.Event()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        broadcast = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                broadcast.send(self)

            def log_message(self, format: str, *values: object) -> None:
                return

        return Handler

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        data = self._path.read_bytes()
        piece = max(188, len(data) // 400 // 188 * 188)  # the clip lasts four seconds
        for start in range(0, len(data), piece):
            if self._gone.wait(0.01):
                return
            handler.wfile.write(data[start:start + piece])

    def __enter__(self) -> str:
        import av

        with av.open(str(CLIP)) as clip, av.open(str(self._path), "w") as file:
            stream = file.add_stream_from_template(clip.streams.video[0])
            for packet in clip.demux(clip.streams.video[0]):
                if packet.dts is not None:
                    packet.stream = stream
                    file.mux(packet)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/live.ts"

    def __exit__(self, *_: object) -> None:
        self._gone.set()
        self._server.shutdown()
        self._server.server_close()


def grid(studio: Studio) -> None:
    """Four cameras, one of which is gone."""
    with TemporaryDirectory() as folder:
        names = ["Gate north", "Gate south", "Bridge"]
        files = []
        for name in names:
            (Path(folder) / f"{name}.mp4").symlink_to(CLIP)
            files.append(str(Path(folder) / f"{name}.mp4"))
        window = studio.open("--live", *files, "--source", NOWHERE, "--grid")
        wait(lambda: len(window.grid.tiles) == 4 and all(t.pair is not None for t in window.grid.tiles[:3]))
        pass_time(2.5)
        studio.take("grid", window)
        window.close()


def playing(studio: Studio) -> None:
    """A file that is played, with its time line."""
    window = studio.open(str(CLIP))
    wait(lambda: window.page.view.pair is not None)
    pass_time(1.5)
    studio.take("file", window)
    window.close()


def dialogs(studio: Studio) -> None:
    """The dialogs over a live picture."""
    from gui.choice import parse
    from gui.dialogs.keys import KeysDialog

    for theme in ("dark", "light"):
        window = studio.live(seconds=1.0, theme=theme)
        window.opening.ask(kind="url")
        assert window.opening.dialog is not None
        studio.take(f"dialog-address-{theme}", window, window.opening.dialog)
        window.opening.ask(kind="camera")
        studio.take(f"dialog-camera-{theme}", window, window.opening.dialog)
        window.opening.ask(kind="file")
        studio.take(f"dialog-file-{theme}", window, window.opening.dialog)
        window.opening.ask(parse(NOWHERE)[0], "127.0.0.1 does not accept this user name and password; check both.")
        studio.take(f"dialog-password-{theme}", window, window.opening.dialog)
        window.opening.dialog.close()
        keys = KeysDialog(window)
        keys.show()
        studio.take(f"dialog-keys-{theme}", window, keys)
        keys.close()
        try:
            raise RuntimeError("an example of what nobody foresaw, at rtsp://operator:secret@gate/stream")
        except RuntimeError as error:
            window.mishaps.show(error)
        studio.take(f"dialog-error-{theme}", window, window.mishaps.dialog)
        window.close()


def sizes(studio: Studio) -> None:
    """Light and dark, at the usual sizes, and the smallest."""
    for theme in ("light", "dark"):
        for size in ("1280x720", "1920x1080", "760x460"):
            window = studio.live("--view", "wipe", "--overlay", size=size, theme=theme, seconds=2.0)
            studio.take(f"{theme}-{size}", window)
            window.close()


def scaled(studio: Studio) -> None:
    """At 200 %: needs QT_SCALE_FACTOR=2, which `main` sets in a process of its own."""
    window = studio.live("--view", "wipe", "--overlay", seconds=2.0)
    studio.take("scaled-200", window)
    window.close()


STATES: dict[str, Callable[[Studio], None]] = {
    f.__name__: f for f in (start, views, recording, fullscreen, inspector, faults, lost, grid, playing, dialogs, sizes, scaled)
}


def render(path: Path) -> Path:
    """The project's own scene, larger and with fog that comes and goes."""
    import av

    from dehazer.sources.synthetic import SceneOptions, SyntheticSource

    scene = SceneOptions(width=1280, height=720, frames=125, beta=0.022, swing=0.7, fine=1)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=scene.rate, options={"crf": "16", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = scene.width, scene.height, "yuv420p"
        for frame in SyntheticSource(scene):
            picture = av.VideoFrame.from_ndarray(frame.planes[0], format="rgb24")
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    return path


def readme(studio: Studio) -> None:
    """The picture in the README: live, in the wipe, with the numbers."""
    from gui.choice import Choice

    with TemporaryDirectory() as folder:
        film = render(Path(folder) / "road.mp4")
        window = studio.open()
        window.opening.open(Choice(str(film), "Road north", live=True, loop=True))
        window.settings.put("overlay/on", True)
        wait(lambda: window.page.view.pair is not None)
        window.display.set_view("wipe")
        pass_time(75)
        wait(lambda: 0.9 < window.fleet.current.position % 5 < 1.3)  # type: ignore[union-attr]
        studio.take("gui", window)
        window.close()
    lighten(studio.out / "gui.png")


def lighten(path: Path) -> None:
    """Make the file a quarter smaller by what no eye sees: the lowest bit of every colour."""
    import numpy as np
    from PIL import Image

    with Image.open(path) as picture:
        pixels = np.array(picture.convert("RGB"))
    Image.fromarray(pixels & 0xFE).save(path, optimize=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", nargs="?", type=Path, default=ROOT / "docs" / "images")
    options.add_argument("--only", nargs="*", default=[], choices=sorted(STATES), help="these states only")
    options.add_argument("--readme", action="store_true", help="make docs/images/gui.png only")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    application = app.make_application([sys.argv[0]])
    studio = Studio(given.out, given.only)
    for name, state in ({"readme": readme} if given.readme else STATES).items():
        doubled = os.environ.get("QT_SCALE_FACTOR") == "2"
        if given.readme or (studio.wants(name) and (name == "scaled") == doubled):
            state(studio)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
