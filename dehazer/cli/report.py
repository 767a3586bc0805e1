"""The report of a run as a JSON file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from dehazer.cli.jobs import Job
from dehazer.errors import OutputError, UsageError
from dehazer.files.output_paths import check_folder, reason, write_in_place


def check_report(name: str, jobs: list[Job]) -> None:
    """Raise, before any work, what forbids a report of that name: UsageError for an input or output, OutputError."""
    path = Path(name)
    if not name:
        raise UsageError("The name behind --report is empty; give that of a file.")
    if os.path.isdir(path):
        raise UsageError(f"--report {path} is a folder; give the name of a file.")
    place = os.path.realpath(path)
    for job in jobs:
        for what, other in (("input", job.source), ("output", job.target)):
            if os.path.realpath(other) == place:
                raise UsageError(f"--report {path} would overwrite the {what} {other}; choose another name for the report.")
    check_folder(path.parent)


def write_report(path: Path, content: dict[str, Any]) -> None:
    """JSON, complete or not at all; a pipe or a device (/dev/stdout) is written to, not replaced. Raises OutputError."""
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            path.write_text(text, "utf-8", "backslashreplace")
        else:
            # bytes of names that are no text become JSON's \udcxx
            write_in_place(Path(os.path.realpath(path)), text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise OutputError(f"The report {path} cannot be written: {reason(error)}.", str(error)) from error
