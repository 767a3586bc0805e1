"""OpenVINO models beside the packaged field weights, so that the application converts nothing at its start.

    python -m training.openvino_export --all                        every packaged set of field networks
    python -m training.openvino_export --weights field-real.safetensors --calibrate photographs/ --calibrate clip.mp4

Two models a set, with their hashes in the set's card: "float", stored as 16-bit floats where the answer allows it, and "int8",
quantised after training by NNCF (pip install 'dehazer[quantisation]'). Run again whenever weights change: a minute or two a set.

What is quantised decides everything. Convolutions inside the network are; stem, head and every operation between convolutions stay
in float. With all of it quantised the answer is ruined (15 instead of 30.7 dB on SOTS indoor): the head's answer passes
through a sigmoid and 1/t, and the stem sees logarithms next to colours.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from dehazer.engine.openvino_conversion import convert
from dehazer.engine.openvino_library import core, library
from dehazer.errors import UsageError
from dehazer.field.haze_field import HazeField, cell_luma
from dehazer.field.pyramid import Pyramid, analyse
from dehazer.frames.frame import Frame, frame_from_rgb
from dehazer.models import weights as packaged_weights
from dehazer.models.registry import MODELS
from dehazer.models.weights import Card, WeightsSet, build_network, read_card, ready_files, sha256_of, write_card
from training.command import guarded, print_table
from training.data.archive import open_archive
from training.errors import TrainingError

DATA = ("../shared/data/real-hazy", "../shared/data/clear-outdoor", "../shared/data/nyu-rgbd/scenes-0001-0700.tar",
        "../shared/data/video/driving-haze-1080p.mp4", "../shared/data/video/road-fog-portrait-1080.mp4",
        "../shared/data/video/static-camera-fog-720p.mp4")
"""Calibration: real haze, clear pictures outdoors and indoors, clips of moving and of standing cameras."""
PICTURES = 24
"""Taken of each of these, evenly spread."""
JUDGED = 6
"""Of each of these, between the former, to compare the answers on."""
FLOAT_CODES, INT8_CODES = 0.05, 0.5
"""Largest mean difference to torch that is accepted, in grey levels: of floats stored in 16 bits, and of INT8."""
IN_FLOAT = ("Add", "Subtract", "Multiply", "Divide", "Sigmoid", "Concat", "Interpolate", "ReduceMean", "ReduceMax", "ReduceMin",
            "Power")
ENDS = ("__module.stem/aten::_convolution/Convolution", "__module.head/aten::_convolution/Convolution")
Inputs = tuple[NDArray[np.float32], NDArray[np.float32]]


def write_models(path: Path, calibrate: Sequence[str]) -> dict[str, Any]:
    """Both models beside the weights file `path`, their hashes in its card; returns the figures that were measured.

    Raises TrainingError when a model answers too differently from torch, UsageError without NNCF or calibration pictures.
    """
    card = read_card(path)
    spec = MODELS[card.model]
    if spec.kind != "field":
        raise UsageError(f"{path.name} is of an image network; only field networks get OpenVINO models.")
    frames, judged = calibration(calibrate)
    network = build_network(spec, WeightsSet(path, card))
    wanted = [_torch_answer(network, analyse(frame)) for frame in judged]
    model = convert(network, spec)
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        _save(model, Path(folder) / "float.xml", compress=True)
        figures["float"] = codes_apart(Path(folder) / "float.xml", judged, wanted)
        if figures["float"] > FLOAT_CODES:
            _save(model, Path(folder) / "float.xml", compress=False)
            figures["float"] = codes_apart(Path(folder) / "float.xml", judged, wanted)
        _save(quantised(model, [_inputs(analyse(frame)) for frame in frames]), Path(folder) / "int8.xml", compress=True)
        figures["int8"] = codes_apart(Path(folder) / "int8.xml", judged, wanted)
        for form, limit in (("float", FLOAT_CODES), ("int8", INT8_CODES)):
            if figures[form] > limit:
                raise TrainingError(f"The {form} model of {path.name} answers {figures[form]:.2f} grey levels away from torch, more "
                                    f"than {limit}; nothing was written.")
        _install(Path(folder), path, card, figures)
    return {"weights": path.name, **{f"{form}, grey levels from torch": value for form, value in figures.items()},
            "MB": sum(f.stat().st_size for form in figures for f in ready_files(path, form)) / 2**20}


def _install(folder: Path, path: Path, card: Card, figures: dict[str, float]) -> None:
    """Under the final names, the card last: until then the old card's hashes keep half-written models from being used."""
    known: dict[str, Any] = {}
    for form, apart in figures.items():
        made = tuple((folder / form).with_suffix(suffix) for suffix in (".xml", ".bin"))
        known[form] = {"xml": sha256_of(made[0]), "bin": sha256_of(made[1]), "grey_levels_from_torch": round(apart, 4),
                       "openvino": library().__version__}
        for source, target in zip(made, ready_files(path, form), strict=True):
            source.chmod(0o644)
            os.replace(source, target)
    write_card(path, replace(card, openvino=known))


def _save(model: Any, path: Path, *, compress: bool) -> None:
    """As OpenVINO IR, height and width open, weights in 16-bit floats where `compress`."""
    library().save_model(model, path, compress_to_fp16=compress)


def quantised(model: Any, inputs: Sequence[Inputs]) -> Any:
    """The model with the convolutions inside it in INT8; the rest as the module says."""
    library()  # before NNCF imports OpenVINO, with its telemetry
    try:
        import nncf
    except ImportError as error:
        raise UsageError("INT8 models need NNCF: pip install 'dehazer[quantisation]'.") from error
    return nncf.quantize(model, nncf.Dataset(list(inputs)), preset=nncf.QuantizationPreset.MIXED, target_device=nncf.TargetDevice.CPU,
                         subset_size=len(inputs), fast_bias_correction=True,
                         ignored_scope=nncf.IgnoredScope(names=list(ENDS), types=list(IN_FLOAT), validate=False))


def calibration(paths: Sequence[str]) -> tuple[list[Frame], list[Frame]]:
    """(frames to calibrate with, other frames to judge by) of folders, tars and clips."""
    used, judged = [], []
    for path in paths:
        frames = list(_some(path, PICTURES + JUDGED))
        every = max(2, len(frames) // JUDGED)
        judged += frames[every - 1 :: every]
        used += [frame for i, frame in enumerate(frames) if i % every != every - 1]
    if not used or not judged:
        raise UsageError("Calibration needs pictures or clips: --calibrate PATH, several times.")
    return used, judged


def _some(path: str, count: int) -> Iterator[Frame]:
    """About `count` frames of a clip or a folder or tar of pictures, evenly spread."""
    if Path(path).suffix == ".mp4":
        from dehazer.sources.file import FileSource  # codecs are not on every training machine

        with FileSource(Path(path)) as source:
            step = max(1, (source.info.frames or count) // count)
            yield from islice(source, 0, None, step)
        return
    archive = open_archive(path)
    names = [n for n in archive.pictures() if "depth/" not in n]
    for name in names[:: max(1, len(names) // count)]:
        yield frame_from_rgb(archive.picture(name))


def _inputs(pyramid: Pyramid) -> Inputs:
    return pyramid.small, pyramid.stats


@torch.inference_mode()
def _torch_answer(network: Any, pyramid: Pyramid) -> Inputs:
    gain, offset = network(*(torch.from_numpy(x) for x in _inputs(pyramid)))
    return gain.numpy(), offset.numpy()


def codes_apart(model: Path, frames: Sequence[Frame], wanted: Sequence[Inputs]) -> float:
    """Mean difference of the pictures that a model's fields and torch's make, in 8-bit grey levels, worst frame."""
    compiled = core().compile_model(core().read_model(model), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    worst = 0.0
    for frame, answer in zip(frames, wanted, strict=True):
        pyramid = analyse(frame)
        made = compiled(list(_inputs(pyramid))).to_tuple()
        one, other = (_picture(pyramid, gain[0], offset[0]) for gain, offset in (made, answer))
        worst = max(worst, 255 * float(np.abs(one - other).mean()))
    return worst


def _picture(pyramid: Pyramid, gain: NDArray[np.float32], offset: NDArray[np.float32]) -> NDArray[np.float32]:
    """The small picture, cleared."""
    field = HazeField(gain, offset)
    field = replace(field, guide=cell_luma(pyramid.small[0], field.weights))
    return field.apply_rgb(pyramid.small[0]).clip(0, 1)


def parser() -> argparse.ArgumentParser:
    """Options of the command."""
    options = argparse.ArgumentParser("python -m training.openvino_export", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    which = options.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="every packaged set of field networks")
    which.add_argument("--weights", type=Path, metavar="FILE", help="one .safetensors file with its card")
    options.add_argument("--calibrate", action="append", default=[], metavar="PATH",
                         help=f"folder or tar of pictures, or clip (repeatable; default: {', '.join(DATA)})")
    return options


def packaged() -> list[Path]:
    """Every packaged weights file of a field network."""
    return [packaged_weights.locate(spec, name) for spec in MODELS.values() if spec.kind == "field"
            for name in packaged_weights.packaged_weights(spec)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = parser().parse_args(arguments)
    for path in packaged() if options.all else [options.weights]:
        print_table(guarded(lambda path=path: write_models(path, options.calibrate or DATA)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
