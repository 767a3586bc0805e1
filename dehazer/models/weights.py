"""Weights: safetensors files with a typed card beside each, checked by hash before use. Nothing is ever downloaded."""

from __future__ import annotations

import hashlib
import json
import os.path
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dehazer.errors import UnknownWeightsError, WeightsError
from dehazer.models.registry import ModelSpec

FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Card:
    """What is known of a weights file; stored as JSON beside it.

    model, name: which network, which set. sha256: of the safetensors file. data, licence: what it was trained on and
    under which terms it may be used. budget: steps, pictures seen, minutes, machine. metrics: measured figures by
    name, with protocol. settings: constructor arguments that differ from the network's defaults. openvino: for each form
    ("float", "int8") in which the network lies beside the weights as an OpenVINO model, the SHA-256 of its two files.
    """

    model: str
    name: str
    sha256: str
    data: str
    licence: str
    budget: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    openvino: dict[str, dict[str, Any]] = field(default_factory=dict)


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for piece in iter(lambda: stream.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def read_card(path: Path) -> Card:
    """The card of a weights file (same name, .json); raises WeightsError when missing or malformed."""
    card = path.with_suffix(".json")
    try:
        return Card(**json.loads(card.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise WeightsError(f"The card {card.name} of the weights {path.name} is missing or malformed; reinstall dehazer "
                           "or export the weights again.", str(error)) from error


def write_card(path: Path, card: Card) -> None:
    """Write the card beside its weights file."""
    path.with_suffix(".json").write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", "utf-8")


def packaged_weights(spec: ModelSpec) -> tuple[str, ...]:
    """Names of the sets of a model that are in the package."""
    return tuple(n for n in spec.weights if (FOLDER / f"{spec.name}-{n}.safetensors").exists())


def locate(spec: ModelSpec, weights: str) -> Path:
    """Path of a packaged set by name, or of a user's file by path; raises UnknownWeightsError listing what there is."""
    inside = FOLDER / f"{spec.name}-{weights}.safetensors"
    if os.path.exists(inside):
        return inside
    path = Path(weights)
    if path.suffix == ".safetensors" and os.path.isfile(path):
        return path
    names = ", ".join(packaged_weights(spec)) or "none packaged yet"
    raise UnknownWeightsError(f"There are no weights {weights!r} for the model {spec.name}; choose one of: {names}; or give the "
                       "path of a .safetensors file.")


@dataclass(frozen=True)
class WeightsSet:
    """A weights file that is there, with its card, for the right model. Not yet checked by hash: see `build_network`."""

    path: Path
    card: Card


def find_weights(spec: ModelSpec, weights: str) -> WeightsSet:
    """The set by name or path; raises WeightsError when it is missing, has no card, or is for another network."""
    path = locate(spec, weights)
    card = read_card(path)
    if card.model != spec.name:
        raise WeightsError(f"The weights {path.name} are for the model {card.model}, not for {spec.name}.")
    return WeightsSet(path, card)


def load(spec: ModelSpec, weights: str) -> tuple[Any, Card]:
    """The torch network of `spec` with its weights, and their card; raises WeightsError as `find_weights` and `build_network`."""
    found = find_weights(spec, weights)
    return build_network(spec, found), found.card


def ready_files(path: Path, form: str) -> tuple[Path, Path]:
    """Where the OpenVINO model of a weights file lies: structure and numbers. form: "float" or "int8"."""
    return path.with_suffix(f".{form}.xml"), path.with_suffix(f".{form}.bin")


def ready_model(found: WeightsSet, form: str) -> Path | None:
    """The OpenVINO model of a set, checked by hash; None where its card knows none. Raises WeightsError when it is altered."""
    known = found.card.openvino.get(form)
    if known is None:
        return None
    structure, numbers = ready_files(found.path, form)
    check_hash(structure, known["xml"])
    check_hash(numbers, known["bin"])
    return structure


def build_network(spec: ModelSpec, found: WeightsSet) -> Any:
    """The torch network with these weights in evaluation mode, after checking the hash.

    Raises WeightsError when the file is locked, altered, or made by another version.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    check_hash(found.path, found.card.sha256)
    try:
        network = spec.build(**found.card.settings)
        network.load_state_dict(load_file(found.path))
    except (SafetensorError, RuntimeError, TypeError) as error:
        raise WeightsError(f"The weights {found.path.name} do not fit the model {spec.name}; they were made by another "
                           "version.", str(error)) from error
    return network.eval()


def check_hash(path: Path, sha256: str) -> None:
    """Raise WeightsError when a file may not be read or is not the one its card knows."""
    try:
        found = sha256_of(path)
    except OSError as error:
        raise WeightsError(f"The weights {path} may not be read; check their permissions.", str(error)) from error
    if found != sha256:
        raise WeightsError(f"The weights {path.name} are damaged or altered (their SHA-256 differs from the card's); "
                           "reinstall dehazer or export them again.")
