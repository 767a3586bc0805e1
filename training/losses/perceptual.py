"""Perceptual loss on VGG19 (KDDN eq. 4: layers 2, 7, 12, 21 and 30). Weights come from a local file, never from the net."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn

from dehazer.errors import ConfigError, WeightsError
from training.batch import Batch, Prediction, Taps
from training.losses.base import Loss

LAYERS = (2, 7, 12, 21, 30)
PLAN = (64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512)  # 0 = halve; up to layer 31
MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # ImageNet's, as the weights were trained


def vgg19() -> nn.Sequential:
    """The convolutional part of VGG19 up to layer 31, numbered as everybody numbers it."""
    layers: list[nn.Module] = []
    channels = 3
    for width in PLAN:
        if not width:
            layers.append(nn.MaxPool2d(2))
            continue
        layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
        channels = width
    return nn.Sequential(*layers[:max(LAYERS) + 1])


def load_vgg19(path: Path) -> nn.Sequential:
    """VGG19 with the weights of torchvision's file (features.N.weight) or of a .safetensors with the same names."""
    try:
        if path.suffix == ".safetensors":
            from safetensors.torch import load_file
            state = load_file(path)
        else:
            state = torch.load(path, map_location="cpu", weights_only=True)
        network = vgg19()
        wanted = {f"features.{name}": name for name in network.state_dict()}
        network.load_state_dict({name: state[full] for full, name in wanted.items()})
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise WeightsError(f"{path} does not hold VGG19's weights (features.0.weight and so on); give torchvision's file.",
                           str(error)) from error
    return network.eval().requires_grad_(False)


class Perceptual(Loss):
    """Σ over the layers of the mean |Φ(prediction) − Φ(clear)|.

    weights: path of the local VGG19 file. missing: "stop" with a sentence when it is absent, or "skip" the loss, saying so.
    """

    title: ClassVar[str] = "perceptual"
    mean: Tensor
    spread: Tensor

    def __init__(self, weights: str, missing: Literal["stop", "skip"] = "stop") -> None:
        super().__init__()
        path = Path(weights).expanduser()
        if missing not in ("stop", "skip"):
            raise ConfigError(f"perceptual: missing = {missing!r}; choose \"stop\" or \"skip\".")
        sentence = f"The perceptual loss needs VGG19's weights at {path}, which do not exist (they are never downloaded)"
        if not path.is_file() and missing == "stop":
            raise ConfigError(f'{sentence}; put them there, or set missing = "skip" to train without this loss.')
        # In a tuple, so that it is no submodule: 80 MB of frozen weights have no place in checkpoints or optimisers.
        self.held = (load_vgg19(path) if path.is_file() else None,)
        if self.held[0] is None:
            print(f"note: {sentence}; the run goes on without this loss, as the config says.", file=sys.stderr)
        self.register_buffer("mean", torch.tensor(MEAN)[:, None, None], persistent=False)
        self.register_buffer("spread", torch.tensor(SPREAD)[:, None, None], persistent=False)

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        if self.held[0] is None:
            return prediction.image.new_zeros(())
        network = self.held[0].to(prediction.image.device)
        total = prediction.image.new_zeros(())
        mine, theirs = ((x - self.mean) / self.spread for x in (prediction.image, batch.clear))
        for index, layer in enumerate(network):
            mine, theirs = layer(mine), layer(theirs)
            if index in LAYERS:
                total = total + (mine - theirs).abs().mean()
        return total
