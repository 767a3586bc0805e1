"""Between the core's playback and what shows it: commands in, pictures, clock and states out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from dehazer import DehazerError
from gui.review import speeds, typed_time
from gui.review.camera_pane import CameraPane
from gui.review.camera_panes import CameraPanes
from gui.review.transport_bar import TransportBar
from gui.services.background import Background

if TYPE_CHECKING:
    from dehazer.review import LaneState, Playback, ReviewedFrame, Span
    from gui.view.images import ImagePair

DEFAULT_STEP = timedelta(milliseconds=40)
"""How long a frame lasts where its file does not say."""


class PlaybackController(QObject):
    """moved: to a position (UTC). framed: a camera shows another frame. refused: a sentence on what was typed.

    zone: for times that are shown and typed. playback: None until there is an engine. waiting: why there is none yet.
    """

    moved = pyqtSignal(object)
    framed = pyqtSignal(str)
    refused = pyqtSignal(str)

    def __init__(self, panes: CameraPanes, transport: TransportBar, background: Background) -> None:
        super().__init__()
        self._panes, self._transport, self._background = panes, transport, background
        self.zone: tzinfo = UTC
        self.waiting = self.tr("Loading the model…")
        self.playback: Playback | None = None
        self.frames: dict[str, ReviewedFrame] = {}
        self._position: datetime | None = None
        transport.speed_requested.connect(self.set_speed)
        transport.time_typed.connect(self.seek_typed)
        transport.frame_typed.connect(self.seek_typed_frame)
        panes.arranged.connect(self.show_cameras)
        panes.painted.connect(self._painted)
        panes.selected.connect(lambda _camera: self.show_cameras())

    def set_playback(self, playback: Playback | None) -> None:
        """Another playback, at the position of the one before."""
        self.playback = playback
        self.frames.clear()
        self.show_cameras()
        if playback is not None and self._position is not None:
            playback.seek(self._position)

    def show_cameras(self) -> None:
        """Decode and dehaze the cameras that are seen, and no others; steps follow the current one."""
        if self.playback is not None:
            seen = [pane.camera for pane in self._panes.shown]
            self.playback.show(sorted(seen, key=lambda camera: camera != self._panes.current))
            self.update()
        else:
            for pane in self._panes.shown:
                pane.show_text("", self.waiting)

    # commands

    @property
    def position(self) -> datetime | None:
        """Where playback is, in UTC; None before anything is open."""
        return self.playback.position if self.playback is not None and self._panes.panes else None

    @property
    def moment(self) -> datetime | None:
        """When the picture of the current camera that is seen was recorded; the position where there is none."""
        frame = self.frame
        return frame.when if frame is not None else self.position

    @property
    def frame(self) -> ReviewedFrame | None:
        """The frame of the current camera that is seen."""
        return self.frames.get(self._panes.current)

    @property
    def frame_length(self) -> timedelta:
        """How long the frame that is seen lasts."""
        frame = self.frame
        rate = frame.recording.rate if frame is not None else None
        return timedelta(seconds=float(1 / rate)) if rate else DEFAULT_STEP

    def toggle(self) -> None:
        """Play forwards, or pause."""
        if self.playback is None:
            return
        if self.playback.playing:
            self.playback.pause()
        else:
            self.playback.speed = abs(self.playback.speed)
            self.playback.play()
        self.update()

    def toggle_reverse(self) -> None:
        """Play backwards, or pause."""
        if self.playback is None:
            return
        if self.playback.playing and self.playback.speed < 0:
            self.playback.pause()
        else:
            self.playback.speed = -abs(self.playback.speed)
            self.playback.play()
        self.update()

    def pause(self) -> None:
        """Stand still."""
        if self.playback is not None and self.playback.playing:
            self.playback.pause()

    def step(self, count: int) -> None:
        """So many frames on, or back below 0; pauses."""
        if self.playback is not None:
            self.playback.step(count)

    def set_speed(self, speed: float) -> None:
        """Play at another speed; below 0 backwards."""
        if self.playback is not None:
            self.playback.speed = speed
            self.update()

    def change_speed(self, steps: int) -> None:
        """The next faster speed, or the next slower one below 0."""
        if self.playback is not None:
            self.set_speed(speeds.changed(self.playback.speed, steps))

    def seek(self, when: datetime, dragging: bool = False) -> None:
        """Go to a time; while dragging, to the nearest picture that is quick to get."""
        if self.playback is not None:
            (self.playback.scrub if dragging else self.playback.seek)(when)

    def seek_by(self, seconds: float) -> None:
        """Go so far on, or back below 0."""
        if (position := self.position) is not None:
            self.seek(position + timedelta(seconds=seconds))

    def seek_typed(self, text: str) -> None:
        """Go to a time as it was typed."""
        if (position := self.position) is not None:
            try:
                self.seek(typed_time.parsed(text, position, self.zone))
            except ValueError as error:
                self.refused.emit(str(error))

    def seek_typed_frame(self, text: str) -> None:
        """Go to a frame of the file that is seen, by its number as it was typed."""
        playback, camera = self.playback, self._panes.current
        if playback is None or not camera:
            return
        if not text.strip().isdecimal():
            self.refused.emit(self.tr("“{}” is not a frame number; type a whole number from 0 on.").format(text.strip()))
            return
        # it may take a moment to learn whether there is such a frame
        self._background.run(lambda: playback.seek_number(camera, int(text)), on_error=self._refuse, name="seek")

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, DehazerError):
            raise error
        self.refused.emit(str(error))

    def set_loop(self, span: Span | None) -> None:
        """Repeat a span, or nothing."""
        if self.playback is not None:
            self.playback.loop = span

    # what is shown

    def update(self) -> None:
        """Something of the playback changed: take new pictures, show states and position."""
        if self.playback is None:
            return
        for pane in self._panes.shown:
            self._update_pane(self.playback, pane)
        self._transport.show_playing(self.playback.playing, self.playback.speed)
        if self._panes.panes:  # else it has no place yet
            self._show_time(self.playback.position)

    def _update_pane(self, playback: Playback, pane: CameraPane) -> None:
        frame = playback.take(pane.camera)
        lane = playback.lane(pane.camera)
        if frame is not None:
            self.frames[pane.camera] = frame
            pane.rotation, pane.aspect = frame.rotation, frame.sample_aspect
            pane.show_moment(frame.moment)
        if lane.kind == "gap" and pane.pair is not None:
            self.frames.pop(pane.camera, None)
            pane.clear()
        pane.fade(lane.kind == "damaged")
        shown = self.frames.get(pane.camera)
        pane.show_text(typed_time.short_text(shown.when, self.zone) if shown is not None else "", _sentence(lane))
        if frame is not None:
            self.framed.emit(pane.camera)

    def _painted(self, camera: str, pair: ImagePair) -> None:
        if self.playback is not None:
            self.playback.painted(camera, pair.frame_size)

    def _show_time(self, position: datetime) -> None:
        frame = self.frame
        self._transport.show_time(typed_time.clock_text(position, self.zone), typed_time.zone_text(position, self.zone),
                                  frame.number if frame is not None else None)
        if position != self._position:
            self._position = position
            self.moved.emit(position)


def _sentence(lane: LaneState) -> str:
    return "" if lane.kind == "picture" else lane.text
