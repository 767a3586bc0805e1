"""The files of an export: where they come to lie, how they get their names, and what a program that ended left of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from dehazer.errors import DehazerError
from dehazer.files.output_paths import Identity, is_partial, put_in_place
from dehazer.review.export_context import Product
from dehazer.review.export_request import ExportRequest
from dehazer.review.export_status import ExportState, ExportStatus
from dehazer.review.export_store import StoredExport
from dehazer.review.exporters import product_names


def targets_of(request: ExportRequest) -> list[Path]:
    """What a request will be called on disk, as far as that is known before it runs."""
    if request.kind in ("mosaic", "evidence"):
        return [request.target.absolute()]
    return [request.target.absolute().with_name(name) for name in product_names(request).values()]


def place(made: list[Product], folder: Path, before: dict[Path, Identity | None]) -> None:
    """Give finished files their names. before: what was there when the work began, which may be replaced. Raises OutputError."""
    for product in made:
        target = folder / product.name
        if product.path.exists():
            put_in_place(product.path, target, before.get(target))


def finished(status: ExportStatus, made: list[Product]) -> ExportStatus:
    """The status with everything that is known of the finished files. made: at least one."""
    folder = status.request.target.absolute().parent
    prefix = {one.name: f"{one.name}: " if len(made) > 1 else "" for one in made}
    checks = [replace(check, property=prefix[one.name] + check.property) for one in made for check in one.checks]
    return replace(status, fraction=1.0, sentence="Giving the files their names.", checks=tuple(checks),
                   notes=tuple(dict.fromkeys(note for one in made for note in one.notes)),
                   products=tuple(folder / one.name for one in made))


def done_sentence(status: ExportStatus) -> str:
    """How a finished export is called in one sentence."""
    failed = [check.property for check in status.checks if check.verdict == "FAIL"]
    if failed:
        return f"Done, but the check found differences: {', '.join(failed)}."
    return f"Done; {len(status.checks)} properties checked, none failed."


def restarted(one: StoredExport) -> StoredExport:
    """What becomes of an export that a program left behind."""
    status = one.status
    if one.work is None:
        return replace(one, status=replace(status, state="waiting", fraction=0.0)) if status.state == "running" else one
    if status.products:
        return _placed(one, one.work)
    if is_partial(one.work):
        shutil.rmtree(one.work, ignore_errors=True)
    state: ExportState = "paused" if status.state == "paused" else "waiting"
    return StoredExport(replace(status, state=state, fraction=0.0, sentence="Starts over: the program ended before."))


def _placed(one: StoredExport, work: Path) -> StoredExport:
    """The files were finished and checked; only their names were missing."""
    made = [Product(work / target.name, target.name) for target in one.status.products]
    try:
        place(made, one.status.products[0].parent, {})
    except DehazerError as error:
        return StoredExport(replace(one.status, state="failed", sentence=str(error)), one.work)
    if is_partial(work):
        shutil.rmtree(work, ignore_errors=True)
    return StoredExport(replace(one.status, state="done", sentence=done_sentence(one.status)))
