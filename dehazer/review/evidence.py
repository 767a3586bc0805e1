"""Evidence packs: original packets, dehazed film, pictures, and a manifest that shows whether a byte was changed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from dehazer.errors import InputError
from dehazer.files.containers import WRITABLE_SUFFIXES
from dehazer.files.output_paths import reason, utf8
from dehazer.frames.frame import VideoInfo
from dehazer.live.snapshot import plain_name, save_pair
from dehazer.moment import Moment
from dehazer.review.evidence_manifest import check_values, manifest_values, member_values, original_values, source_values
from dehazer.review.evidence_summary import summary_html, summary_text
from dehazer.review.export_check import ExpectedFilm, check_computed
from dehazer.review.export_context import ExportContext, Product
from dehazer.review.export_control import ExportControl
from dehazer.review.export_request import ExportRequest
from dehazer.review.film_export import export_film, film_chapters
from dehazer.review.footage import Footage
from dehazer.review.footage_source import FootageSource, FrameOrigin
from dehazer.review.operator_log import FIRST, log_text
from dehazer.review.original_check import check_original
from dehazer.review.original_export import export_original, original_notes
from dehazer.review.pack_signature import key_fingerprint, sign, verify_pack
from dehazer.review.pack_verification import DIGITS, LOG, MANIFEST, SEAL, SIGNATURE
from dehazer.verification.checks import Check
from dehazer.verification.film import read_film

MOST_PAIRS = 24
"""Pairs of pictures a camera at most: of the first frame, of bookmarks, of the last frame."""
_COLUMNS = ("frame", "seconds", "source", "source_pts", "source_time_base", "wall_clock_utc", "wall_clock_local")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def export_evidence(request: ExportRequest, work: Path, context: ExportContext, control: ExportControl) -> list[Product]:
    """Make the pack of a request. Raises members of `dehazer.errors`."""
    pack = EvidencePack(request, context, work / "contents")
    share = 0.8 / len(request.cameras)
    for number, camera in enumerate(request.cameras):
        pack.add_camera(camera, control.within(number * share, (number + 1) * share))
    control.part(0.8, 0.95, "Writing the evidence pack.")
    target = work / request.target.name
    pack.write(target, control)
    shutil.rmtree(pack.folder)
    control.part(0.95, 1.0, "Verifying the evidence pack.")
    verdict = verify_pack(target, control.step)
    found = "every byte as recorded" if verdict.intact else " ".join(verdict.faults)
    checks = [*pack.checks, Check("evidence pack", "PASS" if verdict.intact else "FAIL", f"{verdict.members} members", found)]
    notes = (*pack.notes, f"Fingerprint of the pack: {verdict.fingerprint}. Keep it apart from the pack.", verdict.signature_text)
    return [Product(target, target.name, notes, tuple(checks))]


class _Witness:
    """Sees every moment of a film while it is written: keeps its place for the table, and pairs of pictures of some of them."""

    def __init__(self, footage: Footage, info: VideoInfo, folder: Path, context: ExportContext, wanted: list[datetime]) -> None:
        self._info, self._folder, self._context, self._wanted = info, folder, context, sorted(wanted)
        self._camera, self.origins = footage.camera, list[FrameOrigin]()
        self._last: Moment | None = None
        self.pairs: list[tuple[Path, Path, Path]] = []

    def __call__(self, moment: Moment, origin: FrameOrigin) -> None:
        self.origins.append(origin)
        self._last = moment
        if self._wanted and origin.when >= self._wanted[0]:
            self._wanted = [when for when in self._wanted if when > origin.when]
            self._save(moment, origin)

    def end(self) -> None:
        """Also the last one."""
        if self._last is not None and len(self.origins) > 1:
            self._save(self._last, self.origins[-1])

    def _save(self, moment: Moment, origin: FrameOrigin) -> None:
        circumstances = {"camera": self._camera, "source": origin.recording.path.name, "source_pts": origin.pts,
                         "source_time_base": str(origin.time_base), "engine": self._context.engine.describe()}
        when = origin.when.astimezone(self._context.zone)
        self.pairs.append(save_pair(moment, self._folder, self._camera, self._info, circumstances, when=when))


class EvidencePack:
    """The members of a pack, made one by one in a folder, and written as one file at the end."""

    def __init__(self, request: ExportRequest, context: ExportContext, folder: Path) -> None:
        self.request, self.context, self.folder = request, context, folder
        self.checks: list[Check] = []
        self.notes: list[str] = []
        self._about: dict[str, Any] = {"sources": [], "originals": [], "films": [], "pictures": []}
        for name in ("originals", "dehazed", "frames", "pictures"):
            (folder / name).mkdir(parents=True)

    def add_camera(self, camera: str, control: ExportControl) -> None:
        """Original, film, table and pictures of one camera. Raises members of `dehazer.errors`."""
        footage = self.context.footage(self.request, camera)
        control.part(0.0, 0.1, f"Hashing the recordings of {camera}.")
        self._hash_sources(footage, control)
        control.part(0.1, 0.2, f"Copying the original of {camera}.")
        self._add_original(footage, control)
        control.part(0.2, 0.9, f"Dehazing {camera}.")
        self._add_film(footage, control)

    def _name(self, folder: str, camera: str, suffix: str) -> Path:
        """A free name for a camera in one of the folders."""
        plain, number = plain_name(camera), 1
        taken = {path.stem.removesuffix("-1") for path in (self.folder / folder).iterdir()}
        while (name := plain if number == 1 else f"{plain}-{number}") in taken:
            number += 1
        return self.folder / folder / f"{name}{suffix}"

    def _hash_sources(self, footage: Footage, control: ExportControl) -> None:
        total, done = sum(max(1, piece.recording.size) for piece in footage.pieces), 0
        for piece in footage.pieces:
            digest = hashlib.sha256()
            try:
                with piece.recording.path.open("rb") as file:
                    while data := file.read(1 << 22):
                        digest.update(data)
                        done += len(data)
                        control.step(done / total)
            except OSError as error:
                raise InputError(f"The recording {piece.recording.path} cannot be read any more: {reason(error)}.",
                                 str(error)) from error
            self._about["sources"].append(source_values(piece, digest.hexdigest(), self.context.zone))

    def _add_original(self, footage: Footage, control: ExportControl) -> None:
        suffixes = {piece.recording.path.suffix.lower() for piece in footage.pieces}
        suffix = next(iter(suffixes)) if len(suffixes) == 1 and suffixes <= set(WRITABLE_SUFFIXES) else ".mkv"
        made = export_original(self.request, footage, self._name("originals", footage.camera, suffix), control)
        self.notes += [*footage.notes, *original_notes(made)]
        for one in made:
            name = f"originals/{one.path.name}"
            self._about["originals"].append(original_values(one, name))
            self._take(name, check_original(one))

    def _add_film(self, footage: Footage, control: ExportControl) -> None:
        request, camera, path = self.request, footage.camera, self._name("dehazed", footage.camera, ".mp4")
        marks = self.context.chapters(request, camera)
        with FootageSource(footage) as source:
            info = source.info
        wanted = [footage.pieces[0].span.start, *(mark.span.start for mark in marks)][:MOST_PAIRS - 1]
        witness = _Witness(footage, info, self.folder / "pictures", self.context, wanted)
        notes = export_film(request, camera, path, self.context, control, observer=witness)
        witness.end()
        control.part(0.9, 1.0, f"Checking the result of {camera}.")
        name = f"dehazed/{path.name}"
        chapters = film_chapters(request, footage, marks)
        expected = ExpectedFilm(footage, (info.width, info.height), request.encode.codec, chapters, notes)
        self._take(name, check_computed(path, expected))
        table = self._write_table(path, witness.origins)
        self.notes += [note for note in notes if note not in self.notes]
        self._about["films"].append({"file": name, "camera": camera, "frames": len(witness.origins), "table": table})
        self._about["pictures"] += [[f"pictures/{one.name}" for one in pair] for pair in witness.pairs]

    def _take(self, name: str, checks: tuple[Check, ...]) -> None:
        self.checks += [Check(f"{name}: {one.property}", one.verdict, one.given, one.found) for one in checks]

    def _write_table(self, film: Path, origins: list[FrameOrigin]) -> str:
        """frame ↔ time in the film ↔ time stamp in the recording ↔ wall clock."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for number, (time, origin) in enumerate(zip(read_film(film).times, origins, strict=False)):
            local = origin.when.astimezone(self.context.zone)
            writer.writerow((number, f"{float(time):.6f}", origin.recording.path.name, origin.pts, str(origin.time_base),
                             origin.when.isoformat(timespec="microseconds"), local.isoformat(timespec="microseconds")))
        path = self.folder / "frames" / f"{film.stem}.csv"
        path.write_bytes(utf8(out.getvalue()))
        return f"frames/{path.name}"

    def write(self, target: Path, control: ExportControl) -> None:
        """Log, summaries, manifest, signature; then all of it as one sealed ZIP file."""
        self.context.log.add("evidence pack", cameras=list(self.request.cameras), start=self.request.span.start.isoformat(),
                             end=self.request.span.end.isoformat())
        entries = self.context.log.entries
        (self.folder / LOG).write_bytes(utf8(log_text(entries)))
        self._about |= {"checks": check_values(self.checks), "notes": self.notes,
                        "log": {"entries": len(entries), "last": entries[-1].hash if entries else FIRST},
                        "signed_by": self._signer()}
        draft = manifest_values(self.request, self.context, self._about, {})
        (self.folder / "summary.txt").write_bytes(utf8(summary_text(draft, self.context.zone)))
        (self.folder / "summary.html").write_bytes(utf8(summary_html(draft, self.context.zone, self.folder)))
        members = sorted(path for path in self.folder.rglob("*") if path.is_file())
        values = {path.relative_to(self.folder).as_posix(): member_values(path) for path in members}
        data = utf8(json.dumps(draft | {"members": values}, indent=1, ensure_ascii=False) + "\n")
        (self.folder / MANIFEST).write_bytes(data)
        first = [self.folder / MANIFEST, *self._signed(data)]
        write_sealed(target, self.folder, [*first, *members], control)

    def _signer(self) -> str | None:
        key = self.request.case.sign_with
        return None if key is None else key_fingerprint(key)

    def _signed(self, manifest: bytes) -> list[Path]:
        key = self.request.case.sign_with
        if key is None:
            return []
        path = self.folder / SIGNATURE
        path.write_text(json.dumps(sign(manifest, key), indent=1) + "\n", "utf-8")
        return [path]


def write_sealed(target: Path, folder: Path, members: list[Path], control: ExportControl) -> None:
    """Write the members, not compressed, and the seal: the hash of all bytes before it as the comment of the ZIP file."""
    with zipfile.ZipFile(target, "x", zipfile.ZIP_STORED) as pack:
        for number, path in enumerate(members):
            control.step(number / len(members))
            info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            info.external_attr = 0o644 << 16
            with path.open("rb") as source, pack.open(info, "w", force_zip64=path.stat().st_size >= 1 << 31) as member:
                shutil.copyfileobj(source, member, 1 << 20)
        pack.comment = SEAL + b"0" * DIGITS
    digest, left = hashlib.sha256(), target.stat().st_size - DIGITS
    with target.open("r+b") as file:
        while left:
            data = file.read(min(1 << 20, left))
            digest.update(data)
            left -= len(data)
        file.seek(-DIGITS, 2)
        file.write(digest.hexdigest().encode())
