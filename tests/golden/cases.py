"""What the golden file holds: answers of the whole chain to pictures and weights made of plain arithmetic.

Nothing here depends on a random generator, trained weights or a codec, so a change of the golden file is a change of the
program. Regenerate on purpose only: `python scripts/generate_goldens.py`.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.enhance import Enhancer
from dehazer.field.pyramid import analyse
from dehazer.frames.frame import ColorTags, Frame
from dehazer.models.registry import model_spec
from tests.networks import SMALL, export_weights
from tests.pictures import frame_of

GOLDEN = Path(__file__).parent / "golden.npz"
TOLERANCE = {"planes": 1.0, "field": 2e-3, "pyramid": 4e-3, "run": 0.05}
"""Largest difference by the first word of a key: one code; the rest is a little rounding of other processors."""
FORMATS = ("yuv420p", "yuv422p10le", "gbrp", "rgb24", "gray")


def waves(height: int, width: int, moment: float = 0.0) -> NDArray[np.float32]:
    """(H, W, 3) RGB in [0.2, 0.9]: a hazy slope with shapes on it, moving slowly."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64) / max(height, width)
    shapes = 0.2 * np.sin(21 * x + 3 * moment) * np.cos(17 * y) + 0.1 * np.sign(np.sin(31 * (x + y) - moment))
    haze = np.clip(1.1 - y, 0, 1)
    return np.stack([0.5 + (1 - haze) * shapes + 0.35 * haze * tint for tint in (0.9, 1.0, 1.1)], axis=2).astype(np.float32)


def sine_network(name: str) -> Any:
    """A registered network with weights from a sine, scaled so that signals keep their size."""
    network = model_spec(name).build(**SMALL[name]).eval()
    with torch.no_grad():
        for index, (label, parameter) in enumerate(network.named_parameters()):
            many = parameter.ndim > 1
            scale = np.sqrt(2 / parameter[0].numel()) if many else 0.1
            values = np.sin(np.arange(parameter.numel()) * 0.7 + index) * scale
            values = values + 1 if label.endswith("norm.weight") else values
            parameter.copy_(torch.from_numpy(values).float().reshape(parameter.shape))
    return network


def engine(name: str, folder: Path) -> Engine:
    """An fp32 torch engine on the processor with the sine weights, exported to `folder`."""
    path = export_weights(folder, name, "sine", sine_network(name), SMALL[name])
    return Engine(EngineOptions(name, str(path), "cpu", "fp32", "torch"))


def compute(folder: Path) -> dict[str, NDArray[Any]]:
    """Every golden value by key."""
    field_engine = engine("field", folder)
    return {**_pyramids(), **_stills(field_engine), **_exact(engine("student", folder)), **_run(field_engine)}


def _pyramids() -> dict[str, NDArray[Any]]:
    out: dict[str, NDArray[Any]] = {}
    for name, size in (("yuv420p", (720, 1280)), ("rgb24", (460, 620)), ("yuv444p10le", (200, 320))):
        pyramid = analyse(frame_of(waves(*size), name, ColorTags(1, 1)))
        out[f"pyramid {name} small"] = pyramid.small[0, :, ::8, ::8]
        out[f"pyramid {name} stats"] = pyramid.stats[0, :, ::8, ::8]
    return out


def _stills(one: Engine) -> dict[str, NDArray[Any]]:
    out: dict[str, NDArray[Any]] = {}
    for name in FORMATS:
        frame = frame_of(waves(72, 104), name, ColorTags(6, 1))
        field = one.estimate(frame).field
        out[f"field {name} gain"] = field.gain[:, ::4, ::4]
        out[f"field {name} offset"] = field.offset[:, ::4, ::4]
        out |= _planes(name, field.strengthened(0.8).apply(frame))
    return out


def _exact(one: Engine) -> dict[str, NDArray[Any]]:
    return _planes("student", one.restore(frame_of(waves(40, 56), "yuv420p", ColorTags(1, 1)), 0.5))


def _planes(name: str, frame: Frame) -> dict[str, NDArray[Any]]:
    return {f"planes {name} {i}": p for i, p in enumerate(frame.planes)}


def _run(one: Engine) -> dict[str, NDArray[Any]]:
    """A short film with smoothing and bypass: what the stages make of it over time."""
    enhancer = Enhancer(one, EnhanceOptions(strength=90, temporal=0.7, bypass=2))
    moments = [enhancer(frame_of(waves(72, 104, 0.2 * i if i < 6 else 3.0), "yuv420p", ColorTags(1, 1), i, Fraction(25)))
               for i in range(9)]
    meters = [(m.meter.transmission, m.meter.visibility) for m in moments if m.meter is not None]
    return {"run luma": np.array([m.luma for m in moments]), "run haze": np.array(meters)}
