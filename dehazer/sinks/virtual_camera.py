"""Pictures as a virtual camera of this machine, which other programs open like any other camera (pyvirtualcam, an extra)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dehazer.errors import OutputError, UsageError
from dehazer.files.addresses import VIRTUAL_CAMERA
from dehazer.frames.frame import Frame, VideoInfo
from dehazer.frames.rgb import packed_bgr
from dehazer.redact import module_logger
from dehazer.sinks._pace import Pace
from dehazer.sinks.base import Sink, SinkResult

if TYPE_CHECKING:
    from pyvirtualcam import Camera

log = module_logger(__name__)

_HELP = {"linux": "install v4l2loopback (Debian: v4l2loopback-dkms) and load it: sudo modprobe v4l2loopback",
         "darwin": "install OBS Studio, and start its virtual camera once", "win32": "install OBS Studio"}
_USUAL_RATE = 25.0


class VirtualCameraSink(Sink):
    """Shows pictures as a virtual camera, in the size of the first one; those of a film at the pace of its own clock.

    where: "virtualcam:" for the first one that is free, or with a device behind it ("virtualcam:/dev/video9"). Raises UsageError
    where pyvirtualcam is not installed; with the first picture OutputError where the system offers no virtual camera.
    """

    def __init__(self, where: str, info: VideoInfo) -> None:
        try:
            import pyvirtualcam  # noqa: F401  before the first picture
        except ImportError as error:
            raise UsageError("A virtual camera needs pyvirtualcam, which is not installed: pip install 'dehazer[virtualcam]'.",
                             str(error)) from error
        self._device = where.removeprefix(VIRTUAL_CAMERA) or None
        self._rate = float(info.rate or _USUAL_RATE)
        self._camera: Camera | None = None
        self._pace: Pace | None = None
        self.frames = 0

    def write(self, frame: Frame) -> None:
        """Show one picture."""
        if self._camera is None or self._pace is None:
            self._camera, self._pace = self._opened(frame), Pace(frame, self._rate)
        self._pace.wait_for(frame)
        try:
            self._camera.send(packed_bgr(frame, (self._camera.height, self._camera.width)))
        except (OSError, RuntimeError) as error:
            raise OutputError("The virtual camera takes no more pictures.", str(error)) from error
        self.frames += 1

    def _opened(self, frame: Frame) -> Camera:
        from pyvirtualcam import Camera, PixelFormat

        width, height = frame.width - frame.width % 2, frame.height - frame.height % 2  # what its pixel formats can hold
        try:
            camera = Camera(width, height, self._rate, fmt=PixelFormat.BGR, device=self._device)
        except RuntimeError as error:
            which = f"no virtual camera {self._device}" if self._device else "no virtual camera that is free"
            advice = _HELP.get(sys.platform, _HELP["linux"])
            raise OutputError(f"This machine has {which} for pictures of {width}×{height}; {advice}.", str(error)) from error
        log.info("Pictures are shown as the virtual camera %s (%s)", camera.device, camera.backend)
        return camera

    def finish(self) -> SinkResult:
        """Take the camera away."""
        self.discard()
        return SinkResult(None, self.frames)

    def stop(self) -> SinkResult:
        """Take the camera away."""
        self.discard()
        return SinkResult(None, self.frames, complete=False)

    def discard(self) -> None:
        """Take the camera away."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
