"""Cameras that are painted more slowly than they send: noticed after a while, and said with the reason."""

from __future__ import annotations

import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from dehazer import MODELS, SessionSnapshot
from gui.camera import Camera
from gui.view.core_texts import core_text

ENOUGH = 0.85
"""Share of a camera's rate that counts as keeping up; rates over two seconds are that rough."""
AFTER = 5.0
"""Seconds of painting less than that before it is said."""
REASONS = {
    "model": QT_TRANSLATE_NOOP("slowness", "model {model}"),
    "recording": QT_TRANSLATE_NOOP("slowness", "recording"),
    "governor": QT_TRANSLATE_NOOP("slowness", "governor: {given_up}"),
    "machine": QT_TRANSLATE_NOOP("slowness", "this machine is busy"),
}


class SlownessWatch:
    """`check` takes the numbers of a camera and keeps `camera.slow` up to date; a paused or ended one is never slow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: WeakKeyDictionary[Camera, float] = WeakKeyDictionary()

    def check(self, camera: Camera, now: SessionSnapshot) -> None:
        """Look at the numbers of a camera."""
        camera.numbers = now
        keeps_up = now.state != "live" or camera.suspended or now.flow.painted_fps >= ENOUGH * now.captured_fps
        if keeps_up:
            self._since.pop(camera, None)
        slow = not keeps_up and self._clock() - self._since.setdefault(camera, self._clock()) >= AFTER
        camera.slow = slow_text(now) if slow else ""


def slow_text(now: SessionSnapshot) -> str:
    """"8 of 25 fps: model student": how many frames are painted, and what costs the others."""
    reason = QCoreApplication.translate("slowness", REASONS[_reason(now)])
    given_up = core_text(now.governor.given_up[-1]) if now.governor is not None and now.governor.given_up else ""
    why = reason.format(model=now.engine.get("model", ""), given_up=given_up)
    text = QCoreApplication.translate("slowness", "{painted:.0f} of {sent:.0f} fps: {why}")
    return text.format(painted=now.flow.painted_fps, sent=now.captured_fps, why=why)


def _reason(now: SessionSnapshot) -> str:
    model = MODELS.get(now.engine.get("model", ""))
    if model is not None and model.kind == "image":
        return "model"
    if now.drops.governor and now.governor is not None and now.governor.given_up:
        return "governor"
    return "recording" if now.recording is not None and now.recording.active else "machine"
