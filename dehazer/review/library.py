"""The recordings in some folders, found and read in the background, and kept up to date while they grow."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from dehazer.review.coverage import Coverage
from dehazer.review.folders import FolderListing, FoundFile, keep_known, list_folders
from dehazer.review.index import FileKey, Index
from dehazer.review.library_options import LibraryOptions, ScanProgress
from dehazer.review.parallel import in_parallel
from dehazer.review.placement import placed
from dehazer.review.probe import FileFacts, probe
from dehazer.review.recording import Recording
from dehazer.review.span import Span

_READERS = 4
"""Files that are read at once: they wait for disks and networks, not for the processor."""
_PUBLISHED = 0.5
"""Seconds between two announcements while files are read."""
_SETTLED = 15.0
"""Seconds without a change after which a file is no longer growing."""
_SHARE = 10
"""A look at the folders takes at most one such part of the time; slow network folders are looked at less often."""
_PATIENCE = 5.0
"""Seconds to wait for a drive that does not answer, when the thread is to end; it ends by itself when the drive does."""
_State = tuple[FoundFile, FileFacts, bool, LibraryOptions]


class Library:
    """Recordings under `paths`, folders or files. A thread of its own looks for them; all answers are immutable, for any thread.

    index: remembers what was read. on_change: called in the library's thread whenever answers may have changed. now: seconds
    since 1970. Files are opened for reading only. Folders out of reach are told in `progress.trouble`, never raised.
    """

    def __init__(self, paths: Iterable[str | Path], index: Index, options: LibraryOptions | None = None,
                 on_change: Callable[[], None] = lambda: None, now: Callable[[], float] = time.time) -> None:
        self.paths = tuple(dict.fromkeys(Path(path).absolute() for path in paths))
        self.options = options or LibraryOptions()
        self._index, self._on_change, self._now = index, on_change, now
        self._now_known = Coverage(), ScanProgress()
        self._known: dict[str, tuple[FileKey, FileFacts]] = {}
        self._placed: dict[str, tuple[_State, Recording]] = {}
        self._seen: dict[str, FileKey] = {}
        self._changing: set[str] = set()
        self._stopping, self._wake = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to look for recordings. Once; a stopped library stays stopped."""
        self._now_known = Coverage(), ScanProgress(running=True)
        self._thread = threading.Thread(target=self._work, name="dehazer-library", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, after the files that are just being read. May be called twice."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_PATIENCE)

    def refresh(self) -> None:
        """Look at the folders now."""
        self._wake.set()

    def configure(self, options: LibraryOptions) -> None:
        """Read names and times anew with other options; the files themselves are not read again."""
        self.options = options
        self.refresh()

    @property
    def progress(self) -> ScanProgress:
        """How far the search is."""
        return self._now_known[1]

    @property
    def coverage(self) -> Coverage:
        """All recordings as of now."""
        return self._now_known[0]

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """Those that can be read, by start."""
        return self.coverage.recordings

    @property
    def unreadable(self) -> tuple[Recording, ...]:
        """Those that cannot; `fault` says why."""
        return self.coverage.unreadable

    @property
    def cameras(self) -> tuple[str, ...]:
        """Names of the cameras, in alphabetical order."""
        return tuple(self.coverage.by_camera)

    @property
    def span(self) -> Span | None:
        """From the first picture to the last."""
        return self.coverage.span

    def of(self, camera: str) -> tuple[Recording, ...]:
        """Recordings of one camera, by start; none for an unknown one."""
        return self.coverage.by_camera.get(camera, ())

    def at(self, camera: str, when: datetime) -> Recording | None:
        """The recording of a camera that shows `when`, None in a gap."""
        return self.coverage.at(camera, when)

    def days(self) -> frozenset[date]:
        """Days with footage, in the library's time zone."""
        return self.coverage.days(self.options.zone)

    def gaps(self, camera: str) -> tuple[Span, ...]:
        """Times between the recordings of a camera without a picture."""
        return self.coverage.gaps(camera)

    def overlaps(self, camera: str) -> tuple[Span, ...]:
        """Times of which a camera has more than one recording."""
        return self.coverage.overlaps(camera)

    def _work(self) -> None:
        try:
            self._known = self._index.facts()
            while not self._stopping.is_set():
                self._wake.clear()
                started = time.monotonic()
                self._look()
                took = time.monotonic() - started
                follow = self.options.follow
                if not self._stopping.is_set():
                    self._wake.wait(max(follow, _SHARE * took) if follow > 0 else None)
        finally:
            self._announce(self.coverage, replace(self.progress, running=False))

    def _look(self) -> None:
        """One look at the folders: list, reuse what is known, read what is new or changed."""
        listing = list_folders(self.paths)
        keep_known(listing, self.paths, {path: key for path, (key, _) in self._known.items()})
        listing.trouble[:0] = self._index.notes
        self._changing = {path for path, file in listing.files.items() if self._seen.get(path, file.key) != file.key}
        self._seen = {path: file.key for path, file in listing.files.items()}
        new = [file for file in listing.files.values() if self._unread(file.key)]
        self._publish(listing, running=bool(new))
        self._read(sorted(new, key=lambda file: -file.key.modified_ns), listing)
        if not self._stopping.is_set():
            self._index.mark_seen(list(listing.files))

    def _unread(self, key: FileKey) -> bool:
        known = self._known.get(key.path)
        return known is None or known[0] != key or known[1].passing

    def _read(self, files: list[FoundFile], listing: FolderListing) -> None:
        """Probe files, several at once, and announce them as they come."""
        left = len(files)
        for batch in in_parallel(lambda file: probe(Path(file.key.path)), files, _READERS, _PUBLISHED):
            left -= len(batch)
            self._known.update({file.key.path: (file.key, facts) for file, facts in batch})
            self._index.store([(file.key, facts) for file, facts in batch if not facts.passing])  # what will stay true
            if self._stopping.is_set():
                return
            self._publish(listing, running=left > 0)

    def _publish(self, listing: FolderListing, running: bool) -> None:
        """Make the recordings of what is known by now, and announce them."""
        read = [(file, known[1]) for path, file in listing.files.items() if (known := self._known.get(path))]
        made = Coverage.of_files(self._recording(file, facts) for file, facts in read)
        unchanged = (made.recordings, made.unreadable) == (self.recordings, self.unreadable)
        progress = ScanProgress(len(listing.files), len(read), len(made.unreadable), running, tuple(listing.trouble))
        self._announce(self.coverage if unchanged else made, progress)

    def _announce(self, coverage: Coverage, progress: ScanProgress) -> None:
        """Both at once, and only where there is something new."""
        changed = coverage is not self.coverage or progress != self.progress
        self._now_known = coverage, progress
        if changed:
            self._on_change()

    def _recording(self, file: FoundFile, facts: FileFacts) -> Recording:
        """Made once for each state of a file."""
        growing = abs(self._now() - file.key.modified_ns / 1e9) < _SETTLED or file.key.path in self._changing
        state = (file, facts, growing, self.options)
        made = self._placed.get(file.key.path)
        if made is None or made[0] != state:
            made = self._placed[file.key.path] = state, placed(*state)
        return made[1]
