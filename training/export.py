"""Turn a checkpoint into a weights file that dehazer ships: safetensors, card, and optionally ONNX.

    python -m training.export --checkpoint runs/field_its/best.pt --name its --data "NYU Depth V2, RESIDE ITS haze" \\
        --licence "research use" --evaluation its.json
    python -m training.export --checkpoint runs/field_its/best.pt --name its --out . --onnx field-its.onnx …

The weights are validated anew as their run's config says, and so is a set already in the folder: the better one stays.
The written file is loaded again and must prediction exactly as the checkpoint does (ONNX: within 1e-3).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor, nn

from dehazer.errors import OutputExistsError, UsageError
from dehazer.models import weights as packaged_weights
from dehazer.models.registry import MODELS
from dehazer.models.weights import Card, read_card, sha256_of, write_card
from training import checkpoint
from training.batch import Batch
from training.command import guarded, print_table
from training.config import Config, load_config
from training.errors import TrainingError
from training.inference import FORWARD, restorer
from training.machine import machine
from training.networks import STUDENTS, build_network
from training.profile import inputs
from training.validation import VALIDATORS

ONNX_TOLERANCE = 1e-3


def export(options: argparse.Namespace) -> dict[str, Any]:
    """The whole command; returns what was written."""
    state = checkpoint.load(options.checkpoint)
    config = run_config(options, state)
    if config.data.settings.get("cell", 8) != 8:
        raise UsageError(f"{options.checkpoint} works on cells of {config.data.settings['cell']} pixels, dehazer on 8: it is a "
                         "trial and cannot be shipped.")
    kind, network = build_network(config.network, STUDENTS)
    checkpoint.fit_weights(network, options.checkpoint)
    network.eval()
    figures = validated(config, kind, network)
    path = options.out / f"{config.network.name}-{options.name}.safetensors"
    refuse_worse(path, config, kind, figures)
    card = make_card(options, config, state, figures)
    write_set(path, network, card)
    written = {"weights": str(path), "sha256": read_card(path).sha256, "MB": path.stat().st_size / 2**20, **figures}
    if options.calibrate:
        from training.openvino_export import write_models  # OpenVINO and codecs are not on every training machine

        written |= write_models(path, options.calibrate)
    if options.onnx:
        written["onnx"] = str(options.onnx)
        written["onnx difference"] = export_onnx(network, config.network.name, options.onnx)
    return written


def run_config(options: argparse.Namespace, state: dict[str, Any]) -> Config:
    """The config of the checkpoint's run folder, or the one given."""
    path = options.config or options.checkpoint.parent / "config.toml"
    if not path.is_file():
        raise UsageError(f"There is no config beside {options.checkpoint}; name the one it was trained with: --config FILE.")
    return load_config(path, options.changes)


def validated(config: Config, kind: str, network: nn.Module) -> dict[str, float]:
    """Every validation of the config, on these weights."""
    restore = restorer(STUDENTS[config.network.name], network, torch.device("cpu"))

    def prediction(batch: Batch) -> Any:
        with torch.inference_mode():
            return FORWARD[kind](network, batch)

    figures: dict[str, float] = {}
    for part in config.validate:
        figures |= {name: round(value, 4) for name, value in VALIDATORS[part.name](**part.settings)(restore, prediction).items()}
    if not figures:
        raise UsageError("The config names no validation, so nothing would be known of the weights; add a [[validate]].")
    return figures


def refuse_worse(path: Path, config: Config, kind: str, figures: dict[str, float]) -> None:
    """Raise OutputExistsError when the set that is there does better at the same validation, run anew: its card may tell of
    another one."""
    if not path.exists():
        return
    there, _ = packaged_weights.load(MODELS[config.network.name], str(path))
    leading, known = next(iter(validated(config, kind, there).items()))
    if known > figures[leading]:
        raise OutputExistsError(f"{path.name} stays: its validation {leading} is {known:.2f}, that of the checkpoint only "
                                f"{figures[leading]:.2f}; export to another folder with --out.")


def make_card(options: argparse.Namespace, config: Config, state: dict[str, Any], figures: dict[str, float]) -> Card:
    """The card, but for the hash."""
    steps = int(state.get("step", 0))
    budget = {"steps": steps, "pictures": steps * config.optimiser.batch, "minutes": round(state.get("seconds", 0) / 60, 1),
              "machine": options.machine or machine(), "seed": config.seed}
    metrics: dict[str, Any] = {"validation": figures}
    for path in options.evaluation:
        report = json.loads(path.read_text("utf-8"))
        metrics[report.pop("data")] = {k: v for k, v in report.items() if isinstance(v, int | float) and k != "seconds a picture"}
    return Card(config.network.name, options.name, "", options.data, options.licence, budget, metrics, config.network.settings)


def write_set(path: Path, network: nn.Module, card: Card) -> None:
    """Write weights and card beside their final names, load them as dehazer does, compare, then rename both."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        trial = Path(folder) / path.name
        # written by us, not by save_file, which keeps others from reading it
        trial.write_bytes(save({name: value.detach().contiguous() for name, value in network.state_dict().items()}))
        fields = {**card.__dict__, "sha256": sha256_of(trial)}
        write_card(trial, Card(**fields))
        again, _ = packaged_weights.load(MODELS[card.model], str(trial))
        if difference(network, again, card.model) > 0:
            raise TrainingError(f"{path.name} was not written: loaded again it answers differently from the checkpoint.")
        os.replace(trial.with_suffix(".json"), path.with_suffix(".json"))
        os.replace(trial, path)


def example(model: str) -> tuple[Tensor, ...]:
    """Seeded input of the network, a small picture."""
    torch.manual_seed(0)
    return inputs(STUDENTS[model], 96, 128, "cpu")


@torch.inference_mode()
def difference(one: nn.Module, other: nn.Module, model: str) -> float:
    """Largest absolute difference of two networks' answers."""
    seen = example(model)
    return most(as_tuple(one(*seen)), as_tuple(other(*seen)))


def as_tuple(prediction: Any) -> tuple[Tensor, ...]:
    """An image network answers with a tensor, a field network with two."""
    return prediction if isinstance(prediction, tuple) else (prediction,)


def most(ones: Sequence[Tensor], others: Sequence[Tensor]) -> float:
    """Largest absolute difference over all outputs."""
    return max(float((a - b).abs().max()) for a, b in zip(ones, others, strict=True))


def export_onnx(network: nn.Module, model: str, path: Path) -> float:
    """Write an ONNX file with free height and width; returns how far ONNX Runtime's prediction lies from torch's, on a picture
    of another size than the one it was traced with."""
    try:
        import onnxruntime
        import onnxscript  # noqa: F401  # torch.onnx needs it and would say so less clearly
    except ImportError as error:
        raise UsageError("--onnx needs onnx, onnxscript and onnxruntime: pip install 'dehazer[onnx]'.") from error
    seen, free = example(model), torch.export.Dim.DYNAMIC
    names = ["small", "stats"] if len(seen) == 2 else ["hazy"]
    outputs = ["gain", "offset"] if len(seen) == 2 else ["clear"]
    torch.onnx.export(network, seen, str(path), dynamo=True, dynamic_shapes=({2: free, 3: free},) * len(seen), input_names=names,
                      output_names=outputs, external_data=False, verbose=False)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    other = [torch.cat([x, x], dim=3) for x in seen]
    answers = session.run(None, {name: x.numpy() for name, x in zip(names, other, strict=True)})
    with torch.inference_mode():
        off = most(as_tuple(network(*other)), [torch.from_numpy(a) for a in answers])
    if off > ONNX_TOLERANCE:
        raise TrainingError(f"{path} answers {off:.1e} away from torch, more than {ONNX_TOLERANCE:.0e}; do not use it.")
    return off


def parser() -> argparse.ArgumentParser:
    """Options of the command."""
    options = argparse.ArgumentParser("python -m training.export", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--checkpoint", type=Path, required=True, metavar="PT", help="best.pt or last.pt of a run")
    options.add_argument("--name", required=True, help="name of the set: its, real, …")
    options.add_argument("--data", required=True, metavar="TEXT", help="what it was trained on, for the card")
    options.add_argument("--licence", required=True, metavar="TEXT", help="terms that follow from the data, for the card")
    options.add_argument("--out", type=Path, default=packaged_weights.FOLDER, metavar="DIR", help="default: the package")
    options.add_argument("--config", type=Path, metavar="TOML", help="default: config.toml beside the checkpoint")
    options.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes", help="change the config")
    options.add_argument("--evaluation", type=Path, action="append", default=[], metavar="JSON",
                         help="of training.evaluate --json; its means go into the card (repeatable)")
    options.add_argument("--machine", default="", metavar="TEXT", help="where it was trained (default: this machine)")
    options.add_argument("--calibrate", action="append", default=[], metavar="PATH",
                         help="write OpenVINO models too, calibrated with this folder or tar of pictures, or clip (repeatable; "
                              "see training.openvino_export, which also does it later)")
    options.add_argument("--onnx", type=Path, metavar="FILE", help="write an ONNX file too, and check it")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = parser().parse_args(arguments)
    print_table(guarded(lambda: export(options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
