"""What all exports work with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Protocol

from dehazer.enhance import Estimator
from dehazer.errors import InputError
from dehazer.review.bookmark import Chapter
from dehazer.review.bookmarks import Bookmarks
from dehazer.review.export_request import ExportRequest
from dehazer.review.footage import Footage, footage_of
from dehazer.review.operator_log import OperatorLog
from dehazer.review.recording import Recording
from dehazer.verification.checks import Check


class RecordingList(Protocol):
    """What exports ask of a library; `Library` is one."""

    def of(self, camera: str) -> Sequence[Recording]: ...


@dataclass(frozen=True)
class ExportContext:
    """zone: of clocks, file names and texts. bookmarks: for chapters. log: of what the operator did, for evidence packs."""

    library: RecordingList
    engine: Estimator
    zone: tzinfo = UTC
    bookmarks: Bookmarks | None = None
    log: OperatorLog = field(default_factory=OperatorLog)

    def footage(self, request: ExportRequest, camera: str) -> Footage:
        """The pieces that a request needs of one camera. Raises InputError where there are none."""
        recordings = self.library.of(camera)
        if not recordings:
            raise InputError(f"The library holds no recordings of {camera}; open its folder and start the export again.")
        return footage_of(recordings, camera, request.span)

    def chapters(self, request: ExportRequest, camera: str) -> tuple[Chapter, ...]:
        """The bookmarks of a camera inside the span of a request; none where it wants none."""
        if self.bookmarks is None or not request.chapters:
            return ()
        return self.bookmarks.chapters(request.span, [camera])


@dataclass(frozen=True)
class Product:
    """One finished file or folder of an export, still under a name of its own. name: what it is to be called."""

    path: Path
    name: str
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
