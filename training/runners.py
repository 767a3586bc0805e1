"""How a network is run: on a training batch, and on a whole picture as it will be deployed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.pyramid import CELL, build_pyramid
from training.batch import Answer, Batch

Runner = Callable[[Any, Batch], Answer]


def run_image(network: Any, batch: Batch) -> Answer:
    """Image in, image out; networks list their feature taps and give them with `features`."""
    image, taps = network.features(batch.hazy)
    return Answer(image.float(), taps)


def run_field(network: Any, batch: Batch) -> Answer:
    """Pyramid in, field out; the answer is the field, bilinearly upsampled, applied to the small picture."""
    (gain, offset), taps = network.features(batch.hazy, batch.stats)
    return Answer(apply_field(batch.hazy, gain, offset, 2), taps, gain, offset)


def apply_field(picture: Tensor, gain: Tensor, offset: Tensor, factor: int) -> Tensor:
    """clear = gain · hazy + offset, (N, 3, H, W), after enlarging the field `factor` times (and cutting it to H × W)."""
    height, width = picture.shape[2:]
    gain, offset = (F.interpolate(x.float(), scale_factor=float(factor), mode="bilinear", align_corners=False)[..., :height, :width]
                    for x in (gain, offset))
    return picture * gain + offset


RUNNERS: dict[str, Runner] = {"image": run_image, "field": run_field}


def restore_image(network: Any, hazy: Tensor, cell: int = CELL) -> Tensor:
    """(N, 3, H, W) in [0, 1] → the same shape, clamped to [0, 1], at full resolution."""
    image: Tensor = network(hazy)
    return image.float().clamp(0, 1)


def restore_field(network: Any, hazy: Tensor, cell: int = CELL) -> Tensor:
    """As `restore_image` for field networks: padded by reflection to whole blocks, field applied at full resolution."""
    down, right = (-side % (4 * cell) for side in hazy.shape[2:])
    pyramid = build_pyramid(F.pad(hazy, (0, right, 0, down), mode="reflect"), cell)
    gain, offset = network(pyramid.small, pyramid.stats)
    return apply_field(hazy, gain, offset, cell).clamp(0, 1)


RESTORERS: dict[str, Callable[[Any, Tensor, int], Tensor]] = {"image": restore_image, "field": restore_field}


@torch.no_grad()
def restorer(kind: str, network: Any, cell: int = CELL) -> Callable[[Tensor], Tensor]:
    """A function from hazy to clear pictures for a network in evaluation mode."""
    def restore(hazy: Tensor) -> Tensor:
        with torch.no_grad():
            return RESTORERS[kind](network, hazy, cell)

    return restore
