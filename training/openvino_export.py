"""OpenVINO models beside the packaged field weights, so that the application converts nothing at its start.

    python -m training.openvino_export --all                        every packaged set of field networks
    python -m training.openvino_export --weights field-real.safetensors --calibrate photographs/ --calibrate clip.mp4

Two models a set, with their hashes in the set's card: "float", stored as 16-bit floats where the answer allows it, and "int8",
quantised after training by NNCF (pip install 'dehazer[nncf]'). Run again whenever weights change: a minute or two a set.

What is quantised decides everything. Convolutions inside the network are; stem, head and every operation between convolutions
stay in float. With all of it quantised the answer is ruined (15 instead of 30.7 dB on SOTS indoor): the head's answer passes
through a sigmoid and 1/t, and the stem sees logarithms next to colours.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import fmean
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
from dehazer.models.weights import WeightsSet, build_network, read_card, ready_files, sha256_of, write_card
from training.command import guarded, print_table
from training.data.archive import open_archive
from training.errors import TrainingError

DATA = ("../shared/data/real-hazy", "../shared/data/clear-outdoor", "../shared/data/nyu-rgbd/scenes-0001-0700.tar",
        "../shared/data/video/driving-haze-1080p.mp4", "../shared/data/video/road-fog-portrait-1080.mp4",
        "../shared/data/video/static-camera-fog-720p.mp4")
"""Calibration: real haze, clear pictures outdoors and indoors, clips of moving and of standing cameras."""
PICTURES, JUDGED = 30, 6
"""Looked at of each of these, evenly spread, and how many of them are kept from calibration to compare the answers on."""
LIMITS = {"float": 0.05, "int8": 0.5}
"""Largest mean difference to torch that is accepted, in grey levels."""
TYPES_IN_FLOAT = ("Add", "Subtract", "Multiply", "Divide", "Sigmoid", "Concat", "Interpolate", "ReduceMean", "ReduceMax",
                  "ReduceMin", "Power")
PARTS_IN_FLOAT = ("__module.whole.*", "__module.enter1.*", "__module.down1.*", "__module.enter2.*", ".*merge.*")
"""The summary of the whole picture; the upper scales on the way down, where haze is told from colour (in INT8 they alone cost two
thirds of a grey level on real photographs); and the gates' last, small convolutions, whose inputs are products with long tails
(0.2 dB on SOTS outdoor). Two thirds of the multiplications remain in INT8."""
ENDS = ("__module.stem/aten::_convolution/Convolution", "__module.head/aten::_convolution/Convolution")
Inputs = tuple[NDArray[np.float32], NDArray[np.float32]]


def write_models(path: Path, calibrate: Sequence[str], forms: Sequence[str] = ("float", "int8")) -> dict[str, Any]:
    """The models beside the weights file `path`, their hashes in its card; returns the figures that were measured.

    Raises TrainingError when a model answers too differently from torch (those before it are written), UsageError without
    NNCF or calibration pictures.
    """
    card = read_card(path)
    spec = MODELS[card.model]
    if spec.kind != "field":
        raise UsageError(f"{path.name} is of an image network; only field networks get OpenVINO models.")
    used, judged = calibration(calibrate)
    network = build_network(spec, WeightsSet(path, card))
    wanted = [_torch_answer(network, pyramid) for pyramid in judged]
    model = convert(network, spec)
    makers = {"float": lambda: model, "int8": lambda: quantised(model, [_inputs(pyramid) for pyramid in used])}
    figures: dict[str, Any] = {"weights": path.name}
    for form in forms:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / f"{form}.xml"
            apart = _saved(makers[form](), made, partial(codes_apart, made, judged, wanted), LIMITS[form])
            _install(made, path, form, apart)
        figures |= {f"{form}, grey levels from torch": apart,
                    f"{form}, MB": sum(f.stat().st_size for f in ready_files(path, form)) / 2**20}
    return figures


def _saved(model: Any, path: Path, apart: Callable[[], float], limit: float) -> float:
    """Write a model, weights in 16-bit floats where the answer allows that; returns how far its answers are from torch's."""
    for compress in (True, False):
        library().save_model(model, path, compress_to_fp16=compress)
        if (found := apart()) <= limit:
            return found
    raise TrainingError(f"The {path.stem} model answers {found:.2f} grey levels away from torch, more than {limit}; it was not "
                        "written.")


def _install(made: Path, path: Path, form: str, apart: float) -> None:
    """Under the final names, the card last: until then the old card's hashes keep half-written models from being used."""
    sources = made, made.with_suffix(".bin")
    known = {"xml": sha256_of(sources[0]), "bin": sha256_of(sources[1]), "grey_levels_from_torch": round(apart, 4),
             "openvino": version("openvino")}
    for source, target in zip(sources, ready_files(path, form), strict=True):
        source.chmod(0o644)
        os.replace(source, target)
    card = read_card(path)
    write_card(path, replace(card, openvino={**card.openvino, form: known}))


def quantised(model: Any, inputs: Sequence[Inputs]) -> Any:
    """The model with the convolutions inside it in INT8; the rest as the module says."""
    library()  # before NNCF imports OpenVINO, with its telemetry
    try:
        import nncf
    except ImportError as error:
        raise UsageError("INT8 models need NNCF: pip install 'dehazer[nncf]'.") from error
    nncf.set_log_level(logging.WARNING)
    kept = nncf.IgnoredScope(names=list(ENDS), patterns=list(PARTS_IN_FLOAT), types=list(TYPES_IN_FLOAT), validate=False)
    return nncf.quantize(model, nncf.Dataset(list(inputs)), preset=nncf.QuantizationPreset.MIXED, subset_size=len(inputs),
                         target_device=nncf.TargetDevice.CPU, fast_bias_correction=True, ignored_scope=kept)


def calibration(paths: Sequence[str]) -> tuple[list[Pyramid], list[Pyramid]]:
    """(what the network sees of pictures to calibrate with, and of others to judge by) of folders, tars and clips."""
    used, judged = [], []
    for path in paths:
        seen = [analyse(frame) for frame in _some(path)]
        every = max(2, len(seen) // JUDGED)
        judged += seen[every - 1 :: every]
        used += [pyramid for i, pyramid in enumerate(seen) if i % every != every - 1]
    if not used or not judged:
        raise UsageError("Calibration needs pictures or clips: --calibrate PATH, several times.")
    return used, judged


def _some(path: str) -> Iterator[Frame]:
    """PICTURES frames, or a few more, of a clip or a folder or tar of pictures, evenly spread."""
    if Path(path).is_file() and Path(path).suffix != ".tar":
        from dehazer.sources.file import FileSource  # codecs are not on every training machine

        with FileSource(Path(path)) as source:
            yield from islice(source, 0, None, max(1, (source.info.frames or PICTURES) // PICTURES))
        return
    archive = open_archive(path)
    names = archive.pictures("clear") or archive.pictures()
    for name in names[:: max(1, len(names) // PICTURES)]:
        yield frame_from_rgb(archive.picture(name))


def _inputs(pyramid: Pyramid) -> Inputs:
    return pyramid.small, pyramid.stats


@torch.inference_mode()
def _torch_answer(network: Any, pyramid: Pyramid) -> Inputs:
    gain, offset = network(*(torch.from_numpy(x) for x in _inputs(pyramid)))
    return gain.numpy(), offset.numpy()


def codes_apart(model: Path, judged: Sequence[Pyramid], wanted: Sequence[Inputs]) -> float:
    """Mean difference of the pictures that a model's fields and torch's make, in 8-bit grey levels."""
    compiled = core().compile_model(core().read_model(model), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    found = []
    for pyramid, answer in zip(judged, wanted, strict=True):
        made = compiled(list(_inputs(pyramid))).to_tuple()
        one, other = (_picture(pyramid, gain[0], offset[0]) for gain, offset in (made, answer))
        found.append(255 * float(np.abs(one - other).mean()))
    return fmean(found)


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
    options.add_argument("--form", choices=("float", "int8"), help="only this one of the two (default: both)")
    return options


def packaged() -> list[Path]:
    """Every packaged weights file of a field network."""
    return [packaged_weights.locate(spec, name) for spec in MODELS.values() if spec.kind == "field"
            for name in packaged_weights.packaged_weights(spec)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = parser().parse_args(arguments)
    for path in packaged() if options.all else [options.weights]:
        forms = (options.form,) if options.form else ("float", "int8")
        print_table(guarded(partial(write_models, path, options.calibrate or DATA, forms)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
