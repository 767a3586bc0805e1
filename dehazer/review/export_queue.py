"""The queue of exports: one runs at a time, beside whatever else the program does; kept on disk, so that it survives every end.

An export works in a folder of its own beside its target, NAME.partial-1a2b3c4d, and its files get their names when all of them
are finished and checked. What a killed program leaves is that folder, known to the store: the next program removes it and starts
the export over, or gives the files their names where they were finished already.
"""

from __future__ import annotations

import errno
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from dehazer.errors import Cancelled, DehazerError, OutputError, OutputExistsError, UsageError
from dehazer.files.output_paths import check_folder, check_output, identity, new_partial_folder, reason
from dehazer.redact import module_logger
from dehazer.review.export_context import ExportContext
from dehazer.review.export_control import ExportControl
from dehazer.review.export_files import done_sentence, finished, place, restarted, targets_of
from dehazer.review.export_request import ExportRequest
from dehazer.review.export_status import ExportStatus
from dehazer.review.export_store import StoredExport, load_exports, save_exports
from dehazer.review.exporters import EXPORTERS

log = module_logger(__name__)

_UNEXPECTED = "Something unexpected happened; nothing was kept. Start the export again, and report it if it happens again."
_FULL = 1 << 20
"""Bytes: a disk with less than this free is called full."""


@dataclass
class _Running:
    """What steers an export that has been begun."""

    control: ExportControl
    thread: threading.Thread
    closing: bool = False


class ExportQueue:
    """Exports in the order they were added. Safe from any thread; `close` ends the running one and keeps it for the next start.

    store: the JSON file that is kept. on_change: called in the thread that changed something, also for progress; it must be
    quick. Nothing runs before `start`: what an earlier program left needs its recordings in the library first. Raises InputError
    where the store cannot be read, and leaves it as it is.
    """

    def __init__(self, store: Path, context: ExportContext, on_change: Callable[[], None] | None = None) -> None:
        self._store, self._context, self._on_change = store, context, on_change
        self._lock = threading.RLock()
        self._running: dict[str, _Running] = {}
        self._started = self._closed = False
        self._exports = {one.status.id: restarted(one) for one in load_exports(store)}

    def start(self) -> None:
        """Work on what waits, from now on."""
        self._started = True
        self._start_next()

    @property
    def jobs(self) -> tuple[ExportStatus, ...]:
        """All exports, in the order they were added."""
        with self._lock:
            return tuple(one.status for one in self._exports.values())

    def job(self, id: str) -> ExportStatus:
        """One export; raises UsageError where it is not there."""
        with self._lock:
            return self._known(id).status

    def add(self, request: ExportRequest) -> ExportStatus:
        """Queue an export. Raises OutputExistsError, OutputError or UsageError for a target that cannot be."""
        if request.kind not in EXPORTERS:
            raise UsageError(f"{request.kind!r} cannot be exported here; choose one of: {', '.join(EXPORTERS)}.")
        with self._lock:
            self._check_targets(request)
            status = ExportStatus(uuid4().hex, request, datetime.now(UTC))
            self._exports[status.id] = StoredExport(status)
            try:
                self._save()
                self._start_next()
            except OutputError:  # what is told to have failed is not done later
                del self._exports[status.id]
                raise
        self._tell()
        return status

    def pause(self, id: str) -> None:
        """Hold an export that waits or runs; others go on. It keeps what it has done until the program ends."""
        with self._lock:
            status = self._known(id).status
            if status.state not in ("waiting", "running"):
                return
            if (running := self._running.get(id)) is not None:
                running.control.pause()
            self._set(replace(status, state="paused", sentence="Paused."))
        self._start_next()
        self._tell()

    def resume(self, id: str) -> None:
        """Go on with a paused export: at once where it was begun, else when it is its turn."""
        with self._lock:
            status = self._known(id).status
            if status.state != "paused":
                return
            running = self._running.get(id)
            self._set(replace(status, state="running" if running else "waiting", sentence="Going on." if running else "Waiting."))
            if running is not None:
                running.control.resume()
        self._start_next()
        self._tell()

    def cancel(self, id: str) -> None:
        """End an export; nothing of it is kept. One that is over stays as it is."""
        with self._lock:
            status = self._known(id).status
            if status.over:
                return
            if (running := self._running.get(id)) is not None:
                running.control.cancel()
            else:
                self._set(replace(status, state="cancelled", sentence="Cancelled before it began."))
        self._start_next()
        self._tell()

    def again(self, id: str) -> None:
        """Queue an export once more that failed or was cancelled, under the same id. Raises what `add` raises for its target."""
        with self._lock:
            status = self._known(id).status
            if status.state not in ("failed", "cancelled"):
                return
            self._check_targets(status.request)
            self._set(ExportStatus(status.id, status.request, status.added))
        self._start_next()
        self._tell()

    def remove(self, id: str) -> None:
        """Take an export that is over from the list; its files stay. Raises UsageError for one that is not."""
        with self._lock:
            if not self._known(id).status.over:
                raise UsageError("This export is not over yet; cancel it first.")
            del self._exports[id]
            self._save()
        self._tell()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing runs and nothing is paused in its middle; whether that came within `timeout` seconds."""
        while True:
            with self._lock:
                threads = [one.thread for one in self._running.values()]
            if not threads:
                return True
            for thread in threads:
                thread.join(timeout)
                if timeout is not None and thread.is_alive():
                    return False

    def close(self, timeout: float = 10.0) -> None:
        """Stop; what runs or is paused starts over with the next queue on this store. Threads are joined."""
        with self._lock:
            self._closed = True
            running = list(self._running.values())
            for one in running:
                one.closing = True
                one.control.cancel()
        for one in running:
            one.thread.join(timeout)

    def _check_targets(self, request: ExportRequest) -> None:
        """Raise OutputExistsError or OutputError for targets that cannot be, or that another export takes; the lock is held."""
        for target in targets_of(request):
            check_folder(target.absolute().parent)
            check_output((), target, request.encode.overwrite)
        taken = {target for one in self.jobs if not one.over for target in targets_of(one.request)}
        if twice := taken.intersection(targets_of(request)):
            raise OutputExistsError(f"Another export in the queue becomes {twice.pop()}; choose another name.")

    def _known(self, id: str) -> StoredExport:
        if id not in self._exports:
            raise UsageError("This export is not in the list any more.")
        return self._exports[id]

    def _set(self, status: ExportStatus) -> None:
        """Replace a status and keep it on disk, both or neither; the lock is held. Raises OutputError."""
        before = self._exports[status.id]
        self._exports[status.id] = replace(before, status=status)
        try:
            self._save()
        except OutputError:
            self._exports[status.id] = before
            raise

    def _save(self) -> None:
        save_exports(self._store, list(self._exports.values()))

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change()

    def _start_next(self) -> None:
        """Begin what waits first, unless something runs. Raises OutputError where that cannot be kept; it waits on then."""
        with self._lock:
            states = [one.state for one in self.jobs]
            waiting = next((one for one in self.jobs if one.state == "waiting"), None)
            if not self._started or self._closed or waiting is None or "running" in states:
                return
            thread = threading.Thread(target=self._work, args=(waiting.id,), name="dehazer-export", daemon=True)
            control = ExportControl(lambda fraction, sentence, id=waiting.id: self._progress(id, fraction, sentence))  # type: ignore[misc]
            self._running[waiting.id] = _Running(control, thread)
            try:
                self._set(replace(waiting, state="running", fraction=0.0, sentence="Starting."))
            except OutputError:
                del self._running[waiting.id]  # its thread was never started, and cannot be joined
                raise
            thread.start()

    def _progress(self, id: str, fraction: float, sentence: str) -> None:
        """Not kept on disk: an export that starts over begins at 0."""
        with self._lock:
            one = self._exports[id]
            self._exports[id] = replace(one, status=replace(one.status, fraction=fraction, sentence=sentence))
        self._tell()

    def _work(self, id: str) -> None:
        """Top of an export's thread."""
        try:
            ended = self._export(id, self._running[id].control)
        except Cancelled:
            ended = replace(self.job(id), state="cancelled", sentence="Cancelled; nothing was kept.")
        except DehazerError as error:
            ended = replace(self.job(id), state="failed", sentence=self._sentence(id, error))
            log.warning("The export into %s has failed: %s", ended.request.target, error, exc_info=error)
        except OSError as error:
            ended = replace(self.job(id), state="failed", sentence=self._sentence(id, error))
            log.warning("The export into %s has failed: %s", ended.request.target, error, exc_info=error)
        except BaseException as error:  # top of a thread: told by the export's sentence, details in the log
            ended = replace(self.job(id), state="failed", sentence=_UNEXPECTED)
            log.error("The export into %s has failed", ended.request.target, exc_info=error)
        self._over(id, ended)

    def _over(self, id: str, ended: ExportStatus) -> None:
        with self._lock:
            work = self._exports[id].work
            if work is not None and not (ended.state == "failed" and ended.products):  # else it holds what could not be named
                shutil.rmtree(work, ignore_errors=True)
            closing = self._running.pop(id).closing
            if closing and ended.state != "done":
                paused = self._exports[id].status.state == "paused"
                ended = replace(ended, state="paused" if paused else "waiting", fraction=0.0, sentence="Waiting.")
            self._exports[id] = StoredExport(ended)
            try:
                self._save()
            except OutputError as error:  # the export itself is over; the next change of the queue says what is wrong
                log.warning("%s", error)
        try:
            self._start_next()
        except OutputError as error:  # this is the top of a thread; what waits begins with the next change of the queue
            log.warning("%s", error)
        self._tell()

    def _sentence(self, id: str, error: DehazerError | OSError) -> str:
        """What is said of a failed export: a full disk above all else, since it is the cause of whatever was raised."""
        folder = self.job(id).request.target.absolute().parent
        free = shutil.disk_usage(folder).free if folder.is_dir() else None
        short = isinstance(error, OutputError) and free is not None and free < _FULL
        if short or _says_full(error):
            return f"The disk of {folder} is full; make room and start this export again. Nothing was kept."
        return f"The export cannot be written: {reason(error)}; nothing was kept." if isinstance(error, OSError) else str(error)

    def _export(self, id: str, control: ExportControl) -> ExportStatus:
        request = self.job(id).request
        before = {target: identity(target) for target in targets_of(request)}
        for target in before:  # after `identity`: what appears in between is refused here, what appears later by its identity
            check_output((), target, request.encode.overwrite)
        work = new_partial_folder(request.target.absolute())
        with self._lock:
            self._exports[id] = replace(self._exports[id], work=work)
            self._save()
        made = EXPORTERS[request.kind](request, work, self._context, control)
        control.step(1.0)
        ended = finished(self.job(id), made)
        with self._lock:
            self._set(ended)  # from here on the next program gives the names, if this one cannot
        place(made, request.target.absolute().parent, before)
        self._context.log.add("export", kind=request.kind, files=[path.name for path in ended.products])
        return replace(ended, state="done", fraction=1.0, sentence=done_sentence(ended))


def _says_full(error: BaseException) -> bool:
    """Whether an error, or one that led to it, is the system's word for a full disk."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
            return True
        cause = cause.__cause__ or cause.__context__
    return False
