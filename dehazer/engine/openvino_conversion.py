"""A torch network as an OpenVINO model, for weights that come without a ready one. Needs torch.

Traced and converted once (under a second), and kept in the user's cache under the hash of its weights.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import tempfile
import warnings
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from dehazer.engine.openvino_library import cache_folder, core, library
from dehazer.models.registry import ModelSpec
from dehazer.models.weights import Card, WeightsSet, build_network, sha256_of


def converted(spec: ModelSpec, weights: WeightsSet) -> Any:
    """The network as an OpenVINO model with open shapes, from the cache if it is there, and whole."""
    network = build_network(spec, weights)
    cached = cache_folder() / f"{spec.name}-{fingerprint(network, weights.card)[:32]}.xml"
    if _is_whole(cached):
        return core().read_model(cached)
    model = convert(network, spec)
    with suppress(OSError):  # no home, no room, read-only: the next start converts again, nothing else changes
        _keep(model, cached)
    return model


def fingerprint(network: Any, card: Card) -> str:
    """Changes with the weights, the settings and the network's own source."""
    source = Path(inspect.getfile(type(network))).read_bytes()
    return hashlib.sha256(json.dumps(asdict(card), sort_keys=True).encode() + source).hexdigest()


def convert(network: Any, spec: ModelSpec) -> Any:
    """Through the frontend itself: `openvino.convert_model` takes twice as long, and comes with telemetry."""
    library()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    decoder = TorchScriptPythonDecoder(_traced(network, spec))
    frontend = FrontEndManager().load_by_framework("pytorch")
    loaded = frontend.load(decoder)  # `decoder` and `loaded` have to outlive the conversion
    return frontend.convert(loaded)


def _traced(network: Any, spec: ModelSpec) -> Any:
    side = max(32, spec.multiple)
    field = (torch.rand(1, 3, side, side), torch.rand(1, 9, side // 2, side // 2))
    examples = field if spec.kind == "field" else (torch.rand(1, 3, side, side),)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # torch.jit.trace announces its retirement; OpenVINO reads nothing else as quickly
        return torch.jit.trace(network, examples, check_trace=False)  # type: ignore[no-untyped-call]


def _stamp(model: Path) -> str:
    """Of both files of a model. A full disk or a lost power supply can leave weights that are read without complaint."""
    return sha256_of(model) + sha256_of(model.with_suffix(".bin"))


def _is_whole(cached: Path) -> bool:
    try:
        return cached.with_suffix(".sha256").read_text("ascii") == _stamp(cached)
    except (OSError, ValueError):  # not there, or not readable: it is made anew
        return False


def _keep(model: Any, cached: Path) -> None:
    """Store under the final name only what is complete; two processes may do so at once: what then does not fit together
    is made anew."""
    cached.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cached.parent) as folder:
        made = Path(folder) / cached.name
        library().save_model(model, made, compress_to_fp16=False)
        made.with_suffix(".sha256").write_text(_stamp(made), "ascii")
        for suffix in (".bin", ".xml", ".sha256"):
            made.with_suffix(suffix).replace(cached.with_suffix(suffix))
