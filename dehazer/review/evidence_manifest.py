"""What an evidence pack says of itself: sources and products with their hashes, network, settings, versions, operator log."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, tzinfo
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from dehazer.engine.engine import Engine
from dehazer.live.shared_engine import SharedEngine
from dehazer.models.registry import model_spec
from dehazer.models.weights import find_weights, sha256_of
from dehazer.review.export_context import ExportContext
from dehazer.review.export_request import ExportRequest
from dehazer.review.export_store import request_values
from dehazer.review.footage import Piece
from dehazer.review.original_export import OriginalFile
from dehazer.review.pack_verification import FORMAT, VERSION
from dehazer.verification.checks import Check

_LIBRARIES = ("av", "numpy", "opencv-python", "openvino", "pillow", "torch")


def software() -> dict[str, str]:
    """Versions of everything that had a part in the result."""
    import av

    found = {"dehazer": import_module("dehazer").__version__, "python": platform.python_version(), "system": platform.platform()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found | {name: ".".join(map(str, version)) for name, version in av.library_versions.items()}


def network(context: ExportContext) -> dict[str, Any]:
    """The network that computed the result, with the hash of its weights, measured now."""
    engine = context.engine.ready() if isinstance(context.engine, SharedEngine) else context.engine
    used = engine.describe()
    asked = engine.weights if isinstance(engine, Engine) else used["weights"]  # a name, or the path of a file of one's own
    weights = find_weights(model_spec(used["model"]), asked)
    return {**used, "weights_file": weights.path.name, "weights_sha256": sha256_of(weights.path),
            "openvino_sha256": weights.card.openvino, "data": weights.card.data, "licence": weights.card.licence}


def source_values(piece: Piece, digest: str, zone: tzinfo) -> dict[str, Any]:
    """One recording. digest: SHA-256 of the whole file."""
    one = piece.recording
    return {"camera": one.camera, "name": one.path.name, "path": str(one.path), "size": one.size,
            "modified": datetime.fromtimestamp(one.modified_ns / 1e9, UTC).isoformat(), "sha256": digest,
            "start_utc": one.start.isoformat(), "start_local": one.start.astimezone(zone).isoformat(),
            "start_is_from": one.time_source, "width": one.width, "height": one.height,
            "rate": None if one.rate is None else str(one.rate), "codec": one.codec,
            "used_from_seconds": piece.start or 0.0, "used_to_seconds": piece.end}


def original_values(one: OriginalFile, name: str) -> dict[str, Any]:
    """One copy of packets."""
    return {"file": name, "source": one.piece.recording.path.name, "begins": one.begins.isoformat(),
            "seconds_before_span": round(one.lead, 6), "packets": one.copied.pictures,
            "seconds_added_to_times": float(one.copied.shift)}


def manifest_values(request: ExportRequest, context: ExportContext, about: Mapping[str, Any],
                    members: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The whole manifest. about: what `EvidencePack` collected. members: name → size and SHA-256 of every other member."""
    asked = request_values(request)
    case = {key: value for key, value in asked.pop("case").items() if key != "sign_with"}
    asked["options"] = {camera: asdict(request.options_of(camera)) for camera in request.cameras}
    return {"format": FORMAT, "version": VERSION, "created": datetime.now(UTC).isoformat(timespec="milliseconds"), "case": case,
            "zone": str(context.zone), "settings": asked,
            "software": software(), "network": network(context), **about, "members": dict(members)}


def check_values(checks: Sequence[Check]) -> list[dict[str, str]]:
    """The self-check as values."""
    return [asdict(check) for check in checks]


def member_values(path: Path) -> dict[str, Any]:
    """Size and hash of a member."""
    return {"size": path.stat().st_size, "sha256": sha256_of(path)}
