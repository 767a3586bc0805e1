"""What is learnt: a network, its losses and, where one is named, its teacher."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dehazer.errors import ConfigError
from training import checkpoint
from training.batch import Batch, Prediction, Taps
from training.config import Config, LossConfig
from training.data.samples import bicubic
from training.inference import FORWARD
from training.losses import LOSSES
from training.losses.base import OUTPUT, Loss
from training.networks import Trainable, build_network


class FrozenTeacher:
    """A frozen teacher: the clear pictures of a batch → its feature taps, with its own picture under "output".

    resolution: "lr" looks at the clear picture as it is, "hr" at its bicubic enlargement ×2 (RFD Table 6).
    """

    def __init__(self, network: Any, resolution: str, device: torch.device) -> None:
        self.network = network.eval().requires_grad_(False).to(device)
        self.factor = 2.0 if resolution == "hr" else 1.0
        self.channels: dict[str, int] = {**network.taps, OUTPUT: 3}

    @torch.no_grad()
    def __call__(self, batch: Batch) -> Taps:
        """Feature maps by name."""
        clear = batch.clear if self.factor == 1 else bicubic(batch.clear, self.factor)
        image, taps = self.network.features(clear)
        return {**taps, OUTPUT: image}


class TrainingModel(nn.Module):
    """A network and its losses as one module, batch in, loss out; `kind` says how the network is run."""

    def __init__(self, kind: str, network: Any, losses: list[tuple[float, Loss]]) -> None:
        super().__init__()
        self.run, self.network = FORWARD[kind], network
        self.losses = nn.ModuleList(loss for _, loss in losses)
        self.weights = [weight for weight, _ in losses]

    def forward(self, batch: Batch, teacher_taps: Taps) -> tuple[Tensor, Prediction]:
        """The weighted sum of the losses, and the network's prediction."""
        prediction = self.run(self.network, batch)
        parts = [w * loss(prediction, batch, teacher_taps) for w, loss in zip(self.weights, self.losses, strict=True)]
        return torch.stack(parts).sum(), prediction


def build_teacher(config: Config, among: Mapping[str, Trainable], device: torch.device) -> FrozenTeacher | None:
    """The teacher of a config, None where no loss uses one; its weights must be given, or checkpoint = "random" said."""
    teacher = config.teacher
    if teacher is None or not uses_teacher(config):
        return None
    kind, network = build_network(teacher, among)
    if kind != "image":
        raise ConfigError(f"{teacher.name} cannot be a teacher: it does not look at pictures; choose an image network.")
    if not teacher.checkpoint:
        raise ConfigError(f"The teacher {teacher.name} has no weights: set teacher.checkpoint to the best.pt of its run "
                          '(python -m training.teacher trains it), or to "random".')
    if teacher.checkpoint != "random":
        checkpoint.fit_weights(network, Path(teacher.checkpoint))
    return FrozenTeacher(network, teacher.resolution, device)


def active(parts: tuple[LossConfig, ...]) -> list[LossConfig]:
    """The losses that count: those of weight 0 are not even computed."""
    return [part for part in parts if part.weight]


def uses_teacher(config: Config) -> bool:
    """Whether any loss uses a teacher."""
    return any(LOSSES[p.name].needs_teacher for p in active(config.loss) if p.name in LOSSES)


def build_losses(parts: tuple[LossConfig, ...], student: Mapping[str, int],
                 teacher: FrozenTeacher | None) -> list[tuple[float, Loss]]:
    """The losses of a config with their weights, connected to the taps of student and teacher."""
    losses = []
    for part in active(parts):
        if part.name not in LOSSES:
            raise ConfigError(f"There is no loss called {part.name!r}; choose one of: {', '.join(LOSSES)}.")
        try:
            loss = LOSSES[part.name](**part.settings)
        except TypeError as error:
            raise ConfigError(f"The settings of the loss {part.name} do not fit it: {error}.") from error
        if loss.needs_teacher and teacher is None:
            raise ConfigError(f"The loss {part.name} needs a teacher: add a [teacher] table with name and checkpoint.")
        loss.connect({**student, OUTPUT: 3}, teacher.channels if teacher else {})
        losses.append((part.weight, loss))
    return losses


def build_model(config: Config, among: Mapping[str, Trainable], teacher: FrozenTeacher | None) -> tuple[Trainable, TrainingModel]:
    """The network of a config with its losses; weights from `config.init` when given."""
    _, network = build_network(config.network, among)
    if config.init:
        checkpoint.fit_weights(network, Path(config.init))
    trainable = among[config.network.name]
    return trainable, TrainingModel(trainable.kind, network, build_losses(config.loss, network.taps, teacher))
