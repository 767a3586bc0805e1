"""Helpers of `screenshots.py`: a window of the real program, waiting, a stream on loopback, a rendered film."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
from PIL import Image
from PyQt6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PyQt6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PyQt6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dehazer.sources.synthetic import SceneOptions, SyntheticSource  # noqa: E402  the checkout comes before what is installed
from gui import app  # noqa: E402
from gui.__main__ import parser  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402

CLIP = ROOT / "dehazer" / "data" / "sample.mp4"
PATIENCE = 60.0


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
    """One window after the other, each photographed into `out`. wanted: beginnings of the states' names, empty = all.

    size, theme: of windows for which the state does not choose its own.
    """

    def __init__(self, out: Path, wanted: list[str], size: str = "1280x720", theme: str = "dark") -> None:
        self.out, self._wanted, self._size, self._theme = out, wanted, size, theme
        self._folder = TemporaryDirectory()
        self._count = 0

    def open(self, *arguments: str, size: str = "", theme: str = "", settings: str = "") -> MainWindow:
        """A window of its own settings."""
        self._count += 1
        file = Path(self._folder.name) / (settings or f"{self._count}.ini")
        options = parser().parse_args(["--settings", str(file), "--size", size or self._size, "--theme", theme or self._theme,
                                        *arguments])
        window = app.make_window(options)
        window.settings.put("record/folder", self._folder.name)
        window.load()
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
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # a text that has just changed has its width, too
        picture = window.grab().toImage()
        if also is not None:
            picture = _over(picture, also.grab().toImage())
        picture.save(str(self.out / f"{name}.png"), "PNG", 5)  # smallest file
        print(f"{name}.png  {picture.width()}×{picture.height()}", flush=True)

    def wants(self, name: str) -> bool:
        """Whether this state was asked for."""
        return not self._wanted or any(name.startswith(w) for w in self._wanted)


def _over(picture: QImage, other: QImage) -> QImage:
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


def render(path: Path) -> Path:
    """The project's own scene, larger and with fog that comes and goes."""
    scene = SceneOptions(width=1280, height=720, frames=125, beta=0.022, swing=0.7, fine=1)
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=scene.rate, options={"crf": "16", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = scene.width, scene.height, "yuv420p"
        for frame in SyntheticSource(scene):
            picture = av.VideoFrame.from_ndarray(frame.planes[0], format="rgb24")
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    return path


def lighten(path: Path) -> None:
    """Make the file a quarter smaller by what no eye sees: the lowest bit of every colour."""
    with Image.open(path) as picture:
        pixels = np.array(picture.convert("RGB"))
    Image.fromarray(pixels & 0xFE).save(path, optimize=True)
