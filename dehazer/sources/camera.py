"""Cameras on this machine: through FFmpeg's V4L2 on Linux (planes as the camera makes them), else through OpenCV."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.error
import cv2

from dehazer.errors import AccessError, LinkError
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame, VideoInfo
from dehazer.redact import redacted
from dehazer.sources.camera_names import find_cameras
from dehazer.sources.interrupt import Interrupt
from dehazer.sources.live_source import LiveSource
from dehazer.sources.packets import PacketSource
from dehazer.sources.request import SourceRequest

_MISSES = 20
"""Failed grabs in a row after which a camera counts as unplugged."""
_JOIN = 0.5
_CLOCK = Fraction(1, 1_000_000)
_BT601 = ColorTags(matrix=6, range=1)


def open_camera(request: SourceRequest, interrupt: Interrupt | None = None) -> LiveSource:
    """Open the camera a request names. Raises LinkError when there is none, AccessError when it may not be used."""
    device = device_of(request.camera)
    if isinstance(device, str) and sys.platform.startswith("linux") and device.startswith("/dev/"):
        return V4L2Source(request, device, interrupt)
    return CameraSource(request, device, interrupt)


def device_of(camera: str) -> str | int:
    """What to open for a number, a name or a device path: a path on Linux, else the number."""
    known = find_cameras()
    if camera in known:
        return known[camera]
    if camera.isdigit():
        return f"/dev/video{camera}" if sys.platform.startswith("linux") else int(camera)
    if camera.startswith("/dev/"):
        return camera
    names = ", ".join(known) or "none at all"
    raise LinkError(f"There is no camera called {camera!r} (found: {names}); plug it in or choose another one.")


class V4L2Source(PacketSource):
    """A Linux camera through FFmpeg: raw or JPEG pictures arrive as the camera's own planes."""

    def __init__(self, request: SourceRequest, device: str, interrupt: Interrupt | None = None) -> None:
        self._device = device
        interrupt = interrupt or Interrupt()
        super().__init__(request, self._opened(request, device, interrupt), interrupt)

    def _opened(self, request: SourceRequest, device: str, interrupt: Interrupt) -> Any:
        if not Path(device).exists():
            raise LinkError(f"There is no camera at {device}; plug one in or choose another source.")
        try:
            with interrupt.watching():
                return av.open(device, "r", format="v4l2", options=_v4l2_options(request),
                               timeout=(request.deadline, request.deadline))
        except FFMPEG_ERRORS as error:
            raise camera_trouble(error, device) from None

    def read_error(self, error: BaseException, late: bool) -> Exception:
        if late:
            return LinkError(f"The camera {self._device} gave no picture for {self.request.deadline:g} seconds.", str(error))
        return camera_trouble(error, self._device)

    def end_error(self) -> Exception:
        return LinkError(f"The camera {self._device} was unplugged.")


def _v4l2_options(request: SourceRequest) -> dict[str, str]:
    options = {"timestamps": "default"}
    if request.width and request.height:
        options["video_size"] = f"{request.width}x{request.height}"
    if request.fps:
        options["framerate"] = f"{request.fps:g}"
    return options


def camera_trouble(error: BaseException, device: str) -> Exception:
    """The error to raise for what the system said about a camera."""
    detail = redacted(str(error))
    if isinstance(error, PermissionError):
        return AccessError(f"The camera {device} may not be used; add this user to the group “video”, or allow "
                           "camera access.", detail)
    if isinstance(error, OSError) and error.errno == 16:
        return LinkError(f"The camera {device} is in use by another program; close that program.", detail)
    if isinstance(error, OSError) and error.errno in (2, 6, 19):
        return LinkError(f"There is no camera at {device}; plug one in or choose another source.", detail)
    if isinstance(error, OSError) and error.errno == 22:
        return LinkError(f"The camera {device} does not offer this size or frame rate; choose others.", detail)
    return LinkError(f"The camera {device} cannot be read; plug it in again or choose another source.", detail)

class CameraSource(LiveSource):
    """A camera through OpenCV. Its `read` cannot be interrupted, so it runs in a thread of its own that leaves the newest
    picture for the iterating thread; a camera that hangs for `request.deadline` seconds raises LinkError.

    Pictures become 4:2:0 planes (BT.601, limited range): cameras deliver hardly more colour, and planes are cheaper.
    """

    def __init__(self, request: SourceRequest, device: str | int, interrupt: Interrupt | None = None) -> None:
        super().__init__(interrupt)
        self.request, self._device = request, device
        self._capture = cv2.VideoCapture(device)
        if not self._capture.isOpened():
            raise LinkError(f"There is no camera {device}; plug one in or choose another source.")
        self._request_format(request)
        self._changed = threading.Condition()
        self._newest: tuple[float, Any] | None = None
        self._gone = False
        self._index = 0
        self.info = self._negotiated_info(request)
        self._thread = threading.Thread(target=self._grab_frames, name="dehazer-camera", daemon=True)
        self._thread.start()

    def _request_format(self, request: SourceRequest) -> None:
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        if request.width and request.height:
            self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, request.width)
            self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, request.height)
        if request.fps:
            self._capture.set(cv2.CAP_PROP_FPS, request.fps)

    def _negotiated_info(self, request: SourceRequest) -> VideoInfo:
        width, height = (int(self._capture.get(p)) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        return VideoInfo(width, height, PIXEL_FORMATS["yuv420p"], _BT601, _CLOCK,
                         Fraction(rate).limit_denominator(1001) if rate > 0 else None, live=True, name=request.name)

    def _grab_frames(self) -> None:
        misses = 0
        while not self.interrupt.is_set and misses < _MISSES:
            good = self._grab_one()
            misses = 0 if good else misses + 1
            if not good and self.interrupt.wait(0.05):
                break
        self._capture.release()
        with self._changed:
            self._gone = True
            self._changed.notify_all()

    def _grab_one(self) -> bool:
        """Take the next picture from the driver, and leave it unless paused; False where there was none."""
        try:
            good = bool(self._capture.grab())
            if good and not self.paused:
                self._store(time.monotonic(), *self._capture.retrieve())
        except cv2.error:  # some drivers raise where others answer False
            return False
        return good

    def _store(self, captured: float, good: bool, picture: Any) -> None:
        if not good:
            self.lost += 1
            return
        with self._changed:
            self._newest = captured, picture
            self._changed.notify_all()

    def __iter__(self) -> Iterator[Frame]:
        while (newest := self._wait()) is not None:
            yield self._frame(*newest)

    def _wait(self) -> tuple[float, Any] | None:
        """The newest picture, or None when closed. Raises LinkError when unplugged or hanging."""
        deadline = time.monotonic() + self.request.deadline
        with self._changed:
            while self._newest is None and not self.interrupt.is_set:
                if self._gone:
                    raise LinkError(f"The camera {self._device} was unplugged or stopped.")
                if self.paused:
                    deadline = time.monotonic() + self.request.deadline
                if not self._changed.wait(0.1) and time.monotonic() > deadline:
                    raise LinkError(f"The camera {self._device} gave no picture for {self.request.deadline:g} seconds.")
            newest, self._newest = self._newest, None
            return None if self.interrupt.is_set else newest

    def _frame(self, captured: float, bgr: Any) -> Frame:
        height, width = bgr.shape[:2]
        index, self._index = self._index, self._index + 1
        pts = round(captured / _CLOCK)
        if height % 2 or width % 2:
            rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
            return Frame((rgb,), PIXEL_FORMATS["rgb24"], height, width, ColorTags(0, 2), pts, _CLOCK, index, captured)
        flat = cv2.cvtColor(bgr, cv2.COLOR_BGR2YUV_I420).reshape(-1)
        luma, quarter = height * width, height * width // 4
        planes = (flat[:luma].reshape(height, width), *(
            flat[luma + k * quarter : luma + (k + 1) * quarter].reshape(height // 2, width // 2) for k in (0, 1)))
        return Frame(planes, PIXEL_FORMATS["yuv420p"], height, width, _BT601, pts, _CLOCK, index, captured)

    def close(self) -> None:
        super().close()
        with self._changed:
            self._changed.notify_all()
        self._thread.join(_JOIN)
