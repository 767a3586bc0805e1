"""The queue of exports on disk: one JSON file, replaced as a whole, so that a program that is killed loses none."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from dehazer.config import EncodeOptions, EnhanceOptions
from dehazer.errors import DehazerError, InputError, OutputError
from dehazer.files.output_paths import reason, write_in_place
from dehazer.review.export_request import BurnIn, CaseNotes, ExportRequest
from dehazer.review.export_status import ExportStatus
from dehazer.review.span import Span
from dehazer.verification.checks import Check

VERSION = 1


@dataclass(frozen=True)
class StoredExport:
    """A status and the folder its unfinished work lies in, None before and after."""

    status: ExportStatus
    work: Path | None = None


def request_values(request: ExportRequest) -> dict[str, Any]:
    """A request as JSON can hold it: also what an evidence pack states as its settings."""
    case = {**asdict(request.case), "sign_with": None if request.case.sign_with is None else str(request.case.sign_with)}
    return {"kind": request.kind, "cameras": list(request.cameras), "start": request.span.start.isoformat(),
            "end": request.span.end.isoformat(), "target": str(request.target), "chapters": request.chapters,
            "options": {camera: asdict(options) for camera, options in request.options.items()},
            "burn_in": asdict(request.burn_in), "encode": asdict(request.encode), "case": case}


def request_from(values: dict[str, Any]) -> ExportRequest:
    """The request again. Raises KeyError, TypeError, ValueError or UsageError for what is none."""
    case = dict(values["case"])
    sign_with = case.pop("sign_with")
    span = Span(datetime.fromisoformat(values["start"]), datetime.fromisoformat(values["end"]))
    options = {camera: EnhanceOptions(**chosen) for camera, chosen in values["options"].items()}
    return ExportRequest(values["kind"], tuple(values["cameras"]), span, Path(values["target"]), options,
                         BurnIn(**values["burn_in"]), EncodeOptions(**values["encode"]), values["chapters"],
                         CaseNotes(**case, sign_with=None if sign_with is None else Path(sign_with)))


def save_exports(path: Path, exports: list[StoredExport]) -> None:
    """Write all of them, or none. Raises OutputError."""
    content = {"format": "dehazer exports", "version": VERSION, "exports": [_values(one) for one in exports]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_in_place(path, (json.dumps(content, indent=1) + "\n").encode())  # ASCII: names may hold bytes that are no UTF-8
    except OSError as error:
        raise OutputError(f"The list of exports cannot be saved in {path}: {reason(error)}.", str(error)) from error


def load_exports(path: Path) -> list[StoredExport]:
    """What was saved; empty where there is no file. Raises InputError, and leaves the file as it is."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        raise _unusable(path, error) from error
    version = content.get("version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise InputError(f"The list of exports {path} was written by a newer version of dehazer; use that version, or move the "
                         "file away.")
    try:
        return [_stored(values) for values in content["exports"]]
    except (KeyError, TypeError, ValueError, AttributeError, DehazerError) as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: BaseException) -> InputError:
    return InputError(f"The list of exports {path} is damaged and was left as it is; move the file away to go on without it.",
                      repr(error))


def _values(one: StoredExport) -> dict[str, Any]:
    status = one.status
    plain = {field.name: getattr(status, field.name) for field in fields(status)}
    return {**plain, "request": request_values(status.request), "added": status.added.isoformat(),
            "checks": [asdict(check) for check in status.checks], "products": [str(path) for path in status.products],
            "work": None if one.work is None else str(one.work)}


def _stored(values: dict[str, Any]) -> StoredExport:
    values = dict(values)
    work = values.pop("work")
    status = ExportStatus(**{
        **values, "request": request_from(values["request"]), "added": datetime.fromisoformat(values["added"]),
        "notes": tuple(values["notes"]), "checks": tuple(Check(**check) for check in values["checks"]),
        "products": tuple(map(Path, values["products"]))})
    return StoredExport(status, None if work is None else Path(work))
