"""What can be exported: kinds, and one request with everything that decides the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path
from typing import Literal, get_args

from dehazer.config import MAX_CAMERAS, EncodeOptions, EnhanceOptions
from dehazer.errors import UsageError
from dehazer.files.containers import WRITABLE_SUFFIXES
from dehazer.review.span import Span

ExportKind = Literal["dehazed", "original", "side", "pictures", "mosaic", "evidence"]
EXPORT_KINDS: tuple[ExportKind, ...] = get_args(ExportKind)
_FILM_KINDS = ("dehazed", "original", "side", "mosaic")


@dataclass(frozen=True)
class BurnIn:
    """What is drawn into the pictures of an export. clock: footage time with its zone. label: "ENHANCED" on dehazed pictures."""

    clock: bool = True
    camera: bool = True
    label: bool = True

    @property
    def nothing(self) -> bool:
        """Whether the pictures stay free of text."""
        return not (self.clock or self.camera or self.label)


NO_BURN_IN = BurnIn(clock=False, camera=False, label=False)


@dataclass(frozen=True)
class CaseNotes:
    """What an evidence pack says of itself, in the operator's words. sign_with: file with an Ed25519 key, None signs nothing."""

    title: str = ""
    operator: str = ""
    note: str = ""
    sign_with: Path | None = None


@dataclass(frozen=True)
class ExportRequest:
    """One export.

    kind: "dehazed", "side" (original and dehazed in one picture) and "mosaic" (all cameras in step in one picture) are encoded
    films; "original" is copied packet by packet from the enclosing key frame; "pictures" is a folder of PNG files; "evidence" a
    ZIP file of all that is needed to prove a result.
    cameras: as the library names them; every kind but "mosaic" and "evidence" makes a film or folder for each.
    span: wall clock, to the frame, `end` exclusive. target: file or folder; with several cameras the camera's name is put in.
    options: camera → what is done with its field; one that is missing gets the defaults. burn_in: nothing is ever drawn into
    "original". chapters: bookmarks and seams become chapters. case: for "evidence" alone.

    Raises UsageError for no camera, an empty span, or a target of the wrong kind.
    """

    kind: ExportKind
    cameras: tuple[str, ...]
    span: Span
    target: Path
    options: Mapping[str, EnhanceOptions] = field(default_factory=dict)
    burn_in: BurnIn = field(default_factory=BurnIn)
    encode: EncodeOptions = field(default_factory=EncodeOptions)
    chapters: bool = True
    case: CaseNotes = field(default_factory=CaseNotes)

    def __post_init__(self) -> None:
        if self.kind not in EXPORT_KINDS:
            raise UsageError(f"{self.kind!r} cannot be exported; choose one of: {', '.join(EXPORT_KINDS)}.")
        if not self.cameras or len(set(self.cameras)) != len(self.cameras):
            raise UsageError("An export needs at least one camera, and each only once.")
        if self.kind == "mosaic" and len(self.cameras) > MAX_CAMERAS:
            raise UsageError(f"A mosaic shows at most {MAX_CAMERAS} cameras, got {len(self.cameras)}.")
        if self.span.duration <= 0:
            raise UsageError("The span to export is empty; set an in point and an out point behind it.")
        self._check_target()
        object.__setattr__(self, "span", Span(self.span.start.astimezone(UTC), self.span.end.astimezone(UTC)))

    def _check_target(self) -> None:
        suffix = self.target.suffix.lower()
        if self.kind in _FILM_KINDS and suffix not in WRITABLE_SUFFIXES:
            raise UsageError(f"{self.target.name} is no film that can be written; let its name end in one of: "
                             f"{', '.join(WRITABLE_SUFFIXES)}.")
        if self.kind == "pictures" and suffix:
            raise UsageError(f"{self.target.name} must be a folder for pictures; leave the ending {suffix} out.")
        if self.kind == "evidence" and suffix != ".zip":
            raise UsageError(f"{self.target.name} must be a ZIP file; let its name end in .zip.")

    def options_of(self, camera: str) -> EnhanceOptions:
        """What is done with the pictures of one camera, shown as the kind wants it."""
        return replace(self.options.get(camera) or EnhanceOptions(), compare="side" if self.kind == "side" else None)

    @property
    def dehazes(self) -> bool:
        """Whether pictures are computed, and not only copied."""
        return self.kind != "original"
