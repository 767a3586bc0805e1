"""EXPORTERS: how each kind of export is made and checked, in one list. All of them write into a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from dehazer.enhance import Enhancer
from dehazer.live.snapshot import plain_name
from dehazer.review.evidence import export_evidence
from dehazer.review.export_check import ExpectedFilm, check_computed, check_encoded, check_pictures
from dehazer.review.export_context import ExportContext, Product
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import ExportKind, ExportRequest
from dehazer.review.film_export import export_film, film_chapters
from dehazer.review.footage_source import FootageSource
from dehazer.review.mosaic_export import export_mosaic
from dehazer.review.original_check import check_original
from dehazer.review.original_export import export_original, original_notes

Exporter = Callable[[ExportRequest, Path, ExportContext, ExportControl], list[Product]]
_CHECKING = 0.9
"""Share of the progress at which the work is done and the checks begin."""


def product_names(request: ExportRequest) -> dict[str, str]:
    """Camera → name of its file or folder: the target's own, with the camera's name put in where there are several."""
    target, names = request.target, dict[str, str]()
    for camera in request.cameras:
        plain = target.name if len(request.cameras) == 1 else f"{target.stem}-{plain_name(camera)}{target.suffix}"
        number, name = 1, plain
        while name in names.values():  # two cameras whose names differ in signs that file names cannot hold
            number += 1
            name = f"{Path(plain).stem}-{number}{target.suffix}"
        names[camera] = name
    return names


def _for_each_camera(make: Callable[[ExportRequest, str, Path, ExportContext, ExportControl], list[Product]]) -> Exporter:
    def export(request: ExportRequest, work: Path, context: ExportContext, control: ExportControl) -> list[Product]:
        made: list[Product] = []
        share = 1 / len(request.cameras)
        for number, (camera, name) in enumerate(product_names(request).items()):
            made += make(request, camera, work / name, context, control.within(number * share, (number + 1) * share))
        return made

    return export


def _computed(request: ExportRequest, camera: str, target: Path, context: ExportContext, control: ExportControl) -> list[Product]:
    control.part(0.0, _CHECKING, f"Dehazing {camera}.")
    notes = export_film(request, camera, target, context, control)
    control.part(_CHECKING, 1.0, f"Checking the result of {camera}.")
    footage = context.footage(request, camera)
    with FootageSource(footage) as source:
        info = Enhancer(context.engine, request.options_of(camera)).output_info(source.info)
    size = info.width, info.height
    if request.kind == "pictures":
        return [Product(target, target.name, notes, check_pictures(target, footage, size, notes))]
    chapters = film_chapters(request, footage, context.chapters(request, camera))
    checks = check_computed(target, ExpectedFilm(footage, size, request.encode.codec, chapters, notes))
    return [Product(target, target.name, notes, checks)]


def _original(request: ExportRequest, camera: str, target: Path, context: ExportContext, control: ExportControl) -> list[Product]:
    control.part(0.0, _CHECKING, f"Copying {camera}.")
    footage = context.footage(request, camera)
    made = export_original(request, footage, target, control)
    control.part(_CHECKING, 1.0, f"Checking the copy of {camera}.")
    notes = (*footage.notes, *original_notes(made))
    return [Product(one.path, one.path.name, () if number else notes, check_original(one)) for number, one in enumerate(made)]


def _mosaic(request: ExportRequest, work: Path, context: ExportContext, control: ExportControl) -> list[Product]:
    target = work / request.target.name
    control.part(0.0, _CHECKING, f"Dehazing {len(request.cameras)} cameras in step.")
    frames, size, notes = export_mosaic(request, target, context, control)
    control.part(_CHECKING, 1.0, "Checking the result.")
    return [Product(target, target.name, notes, check_encoded(target, frames, size))]


EXPORTERS: Mapping[ExportKind, Exporter] = {
    "dehazed": _for_each_camera(_computed),
    "side": _for_each_camera(_computed),
    "pictures": _for_each_camera(_computed),
    "original": _for_each_camera(_original),
    "mosaic": _mosaic,
    "evidence": export_evidence,
}
