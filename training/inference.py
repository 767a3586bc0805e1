"""How a network is run: on a training batch, and on a whole picture as it will be deployed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from dehazer.field.from_network import field_from_network
from dehazer.field.planes import luma_weights
from dehazer.field.pyramid import CELL, analyse
from dehazer.field.torch_pyramid import as_tensors, build_pyramid
from dehazer.frames.frame import frame_from_rgb
from dehazer.models.padding import padded_to_multiple
from training.batch import Batch, Prediction
from training.networks import Trainable

Forward = Callable[[Any, Batch], Prediction]


def forward_image(network: Any, batch: Batch) -> Prediction:
    """Image in, image out; networks list their feature taps and give them with `features`."""
    image, taps = network.features(batch.hazy)
    return Prediction(image.float(), taps)


def forward_field(network: Any, batch: Batch) -> Prediction:
    """Pyramid in, field out; the prediction is the field, bilinearly upsampled, applied to the small picture."""
    (gain, offset), taps = network.features(batch.hazy, batch.stats)
    return Prediction(apply_field(batch.hazy, gain, offset, 2), taps, gain, offset)


def apply_field(picture: Tensor, gain: Tensor, offset: Tensor, factor: int) -> Tensor:
    """clear = gain · hazy + offset, (N, 3, H, W), after enlarging the field `factor` times (and cutting it to H × W)."""
    height, width = picture.shape[2:]
    field = torch.cat([gain, offset], dim=1).float()
    field = F.interpolate(field, scale_factor=float(factor), mode="bilinear", align_corners=False)[..., :height, :width]
    return picture * field[:, :1] + field[:, 1:]


FORWARD: dict[str, Forward] = {"image": forward_image, "field": forward_field}


def restore_image(network: Any, hazy: Tensor, multiple: int = 1) -> Tensor:
    """(1, 3, H, W) in [0, 1] → clear, clamped to [0, 1], at full resolution (enlarged by super-resolution networks)."""
    height, width = hazy.shape[2:]
    padded = padded_to_multiple(hazy, multiple)
    image: Tensor = network(padded)
    scale = image.shape[2] // padded.shape[2]
    return image[..., :height * scale, :width * scale].float().clamp(0, 1)


def restore_field(network: Any, hazy: Tensor, cell: int = CELL) -> Tensor:
    """As `restore_image` for field networks, through the deployed code: the 8-bit picture's pyramid, the field applied."""
    if cell != CELL:
        return restore_fine(network, hazy, cell)
    device = hazy.device
    frame = frame_from_rgb((hazy[0].permute(1, 2, 0).cpu().numpy() * 255).round().astype(np.uint8))
    pyramid = analyse(frame)
    seen = as_tensors(pyramid)
    gain, offset = (x[0].float().cpu().numpy() for x in network(seen.small.to(device), seen.stats.to(device)))
    field = field_from_network(gain, offset, pyramid.small[0], pyramid.extent, luma_weights(frame))
    return torch.from_numpy(field.apply_rgb(hazy.cpu().numpy())).clamp(0, 1)


def restore_fine(network: Any, hazy: Tensor, cell: int) -> Tensor:
    """Fields on another grid than the deployed one (trials only): reflected to whole blocks, nothing rounded."""
    pyramid = build_pyramid(padded_to_multiple(hazy, 4 * cell, "reflect"), cell)
    gain, offset = network(pyramid.small, pyramid.stats)
    return apply_field(hazy, gain, offset, cell).clamp(0, 1)


def restorer(trainable: Trainable, network: Any, device: torch.device, cell: int = CELL) -> Callable[[Tensor], Tensor]:
    """A function from a hazy to a clear picture, both on the CPU, for a network in evaluation mode on `device`."""
    restorers: dict[str, Callable[[Tensor], Tensor]] = {
        "image": lambda hazy: restore_image(network, hazy, trainable.multiple),
        "field": lambda hazy: restore_field(network, hazy, cell),
    }

    @torch.inference_mode()
    def restore(hazy: Tensor) -> Tensor:
        return restorers[trainable.kind](hazy.to(device)).cpu()

    return restore
