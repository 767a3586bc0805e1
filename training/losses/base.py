"""What a loss is: a module from (prediction, batch, teacher's taps) to one number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from torch import Tensor, nn

from dehazer.errors import ConfigError
from training.batch import Batch, Prediction, Taps

OUTPUT = "output"
"""The name under which the network's picture itself can be used like a feature map (three channels)."""


class Loss(nn.Module):
    """Base of all losses. Those with parameters of their own (1×1 adapters) are trained along.

    title: the name in a config. needs_teacher: whether a teacher must be given.
    """

    title: ClassVar[str]
    needs_teacher: ClassVar[bool] = False

    def connect(self, student: Mapping[str, int], teacher: Mapping[str, int]) -> None:
        """Learn the channels of the student's and teacher's taps (name → channels) before training; makes adapters."""

    def forward(self, prediction: Prediction, batch: Batch, teacher_taps: Taps) -> Tensor:
        """A scalar. teacher_taps: the teacher's feature taps on the clear picture, empty without a teacher."""
        raise TypeError(f"{type(self).__name__} has no forward.")


def check_scales(title: str, scales: tuple[str, ...], student: Mapping[str, int], teacher: Mapping[str, int]) -> None:
    """Raise ConfigError when a scale is tapped by only one of the two networks."""
    both = [name for name in student if name in teacher]
    if missing := [name for name in scales if name not in both]:
        raise ConfigError(f"The loss {title} wants the feature map {missing[0]!r}, which student and teacher do not both "
                          f"offer; choose from: {', '.join(both)}.")
