"""How an export stands: immutable, safe to hand between threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dehazer.review.export_request import ExportRequest

if TYPE_CHECKING:
    from dehazer.verification.checks import Check

ExportState = Literal["waiting", "running", "paused", "done", "failed", "cancelled"]
OVER: tuple[ExportState, ...] = ("done", "failed", "cancelled")
"""States that nothing leaves but `ExportQueue.again`."""


@dataclass(frozen=True)
class ExportStatus:
    """One export of the queue.

    id: stays the same over restarts of the program. fraction: 0 to 1, an estimate while it runs. sentence: what is being done, or
    how it ended; never empty. notes: what the result holds differently, one sentence each (gaps, an earlier key frame). checks:
    of the finished files, empty before. products: the finished files and folders, empty before.
    """

    id: str
    request: ExportRequest
    added: datetime
    state: ExportState = "waiting"
    fraction: float = 0.0
    sentence: str = "Waiting."
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    products: tuple[Path, ...] = ()

    @property
    def over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.state in OVER

    @property
    def passed(self) -> bool:
        """Whether it is done and no check failed."""
        return self.state == "done" and all(check.verdict != "FAIL" for check in self.checks)
