"""Between the library and what shows it: cameras that are seen, the scan's progress, time zone and patterns of names."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PyQt6.QtCore import QObject, QTimeZone, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from dehazer import DehazerError
from dehazer.review import LibraryOptions, NamePattern, Span
from gui.review.camera_order import camera_order
from gui.review.camera_panes import CameraPanes
from gui.review.library_panel import LibraryPanel, first_moment
from gui.review.pattern_dialog import PatternDialog
from gui.review.playback_controller import PlaybackController
from gui.review.recording_text import breakable, found_text
from gui.review.review_bar import ReviewBar
from gui.review.review_settings import ReviewSettings
from gui.review.room import ReviewRoom
from gui.review.time_line_controller import TimeLineController
from gui.view.core_texts import core_text

if TYPE_CHECKING:
    from dehazer.review import Library, Recording, ScanProgress


class LibraryController(QObject):
    """Opens folders and shows what is found in them. opened: other folders. zone_changed: times are shown in another zone."""

    opened, zone_changed = pyqtSignal(), pyqtSignal()

    def __init__(self, room: ReviewRoom, panel: LibraryPanel, bar: ReviewBar, panes: CameraPanes, *,
                 playback: PlaybackController, time_line: TimeLineController, settings: ReviewSettings,
                 dialog_parent: QWidget) -> None:
        super().__init__()
        self._room, self._panel, self._bar, self._panes = room, panel, bar, panes
        self._playback, self._time_line, self._settings = playback, time_line, settings
        self._dialog_parent = dialog_parent
        self._placed = False
        time_line.camera_chosen.connect(self.choose)
        panel.cameras_chosen.connect(self.show_cameras)
        panel.day_chosen.connect(self.go_to_day)
        panel.position_requested.connect(playback.seek)
        playback.moved.connect(panel.set_position)
        panes.arranged.connect(lambda: panel.set_cameras_shown([pane.camera for pane in panes.shown]))
        room.library_changed.changed.connect(self.show)
        room.haze_changed.changed.connect(self._show_haze)

    def open(self, paths: Sequence[Path]) -> None:
        """Review these folders and files."""
        self._settings.remember(paths)
        self._placed = False
        self._time_line.forget()
        self._panes.show_cameras(())
        self._playback.zone = self._zone()
        self._room.open(paths, self.options())
        self.show()
        self.opened.emit()

    def browse(self) -> None:
        """Ask for another folder."""
        found = QFileDialog.getExistingDirectory(self._dialog_parent, self.tr("Open a folder of recordings"),
                                                 self._settings.text("last", str(Path.home())))
        if found:
            self._settings.put("last", found)
            self.open([Path(found)])

    def options(self) -> LibraryOptions:
        """Time zone and patterns as they are remembered."""
        return LibraryOptions(zone=self._zone(), patterns=self._patterns())

    def _patterns(self) -> tuple[NamePattern, ...]:
        found = []
        for text in self._settings.patterns:
            with suppress(DehazerError):  # a pattern of another version
                found.append(NamePattern(text))
        return tuple(found)

    def _zone(self) -> tzinfo:
        name = self._settings.text("zone") or bytes(QTimeZone.systemTimeZoneId().data()).decode()
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")  # a name from another computer

    def show_names(self) -> None:
        """Ask how names and times are read."""
        library = self._room.library
        if library is not None:
            paths = [one.path for one in (*library.recordings, *library.unreadable)]
            dialog = PatternDialog(paths, library.options.patterns, library.options.zone, self._dialog_parent)
            dialog.chosen.connect(self._configure)
            dialog.show()

    def _configure(self, patterns: Sequence[NamePattern], zone: tzinfo) -> None:
        """Read names with other patterns, and read and show times in another zone."""
        self._settings.patterns = [pattern.text for pattern in patterns]
        self._settings.put("zone", str(zone))
        self._playback.zone = zone
        if self._room.library is not None:
            self._room.library.configure(self.options())
        self._playback.update()
        self.zone_changed.emit()
        self.show()

    # what is shown

    def show(self) -> None:
        """The library as it is now."""
        library = self._room.library
        if library is None:
            return
        self._bar.show_library(self._title(library), self._details(library))
        self._time_line.show_library(library)
        self._panel.set_library(library)
        self._show_haze()
        self._show_hint(library)
        if library.cameras and not self._panes.panes:
            self._panes.show_cameras(sorted(library.cameras, key=camera_order)[:1])
        self._go_to_start(library)

    def _show_haze(self) -> None:
        if self._room.library is not None:
            self._time_line.show_haze(self._room.library, self._room.scan)
            self._panel.set_curves(self._time_line.curves)

    def _go_to_start(self, library: Library) -> None:
        """To the first picture, once there is one and something to play it."""
        playback, recordings = self._room.playback, library.of(self._panes.current)
        if playback is not None and recordings and not self._placed:
            self._placed = True
            self._playback.seek(recordings[0].start)

    def go_to_day(self, day: date) -> None:
        """To the first picture of a day that one of the cameras seen has."""
        library = self._room.library
        if library is None:
            return
        zone = library.options.zone
        whole = Span(first_moment(day, zone), first_moment(day + timedelta(days=1), zone))
        found = [max(whole.start, one.start) for camera in self._panes.panes or library.cameras for one in library.of(camera)
                 if one.span.intersection(whole) is not None]
        if found:
            self._playback.seek(min(found))
            self._time_line.show_span(whole)

    def choose(self, camera: str, added: bool) -> None:
        """See one camera, or add it to those that are seen (or take it away again)."""
        seen = tuple(self._panes.panes)
        if not added:
            self._panes.show_cameras((camera,))
        elif camera in seen and len(seen) > 1:
            self._panes.show_cameras(tuple(one for one in seen if one != camera))
        else:
            self.show_cameras((*seen, camera))
        self._panes.select(camera)

    def show_cameras(self, cameras: Sequence[str]) -> None:
        """See these cameras, in the order of the lanes."""
        self._panes.show_cameras(sorted(cameras, key=camera_order))

    def _title(self, library: Library) -> str:
        first = library.paths[0].name or str(library.paths[0])
        return first if len(library.paths) == 1 else self.tr("{} and {} more").format(first, len(library.paths) - 1)

    def _details(self, library: Library) -> str:
        progress = library.progress
        if progress.running:
            return self.tr("{} of {} recordings read…").format(progress.read, progress.found)
        text = found_text(progress.found - progress.unreadable, len(library.cameras))
        if progress.unreadable:
            text += self.tr(", {} unreadable").format(progress.unreadable)
        return text

    def _show_hint(self, library: Library) -> None:
        self._panes.hint.setText(self._hint(library, library.progress))

    def _hint(self, library: Library, progress: ScanProgress) -> str:
        if progress.trouble:
            return "\n".join(progress.trouble)
        if progress.running:
            return self.tr("Looking for recordings…")
        if library.unreadable:
            return "\n".join((self._unreadable(library.unreadable), self.tr("Open another folder, or drop one.")))
        return self.tr("There are no recordings here. Open another folder, or drop one.")

    def _unreadable(self, files: Sequence[Recording]) -> str:
        """That nothing here can be read; of a single file why, of several that stands in the panel."""
        if len(files) == 1:
            return breakable(core_text(files[0].fault or ""))
        return self.tr("None of the {} files here can be read; the reasons stand in the list at the left.").format(len(files))
