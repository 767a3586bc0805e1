"""What a loss is: a module from (answer, batch, teacher's taps) to one number."""

from __future__ import annotations

from typing import ClassVar

from torch import Tensor, nn

from training.batch import Answer, Batch, Taps


class Loss(nn.Module):
    """Base of all losses. Those with parameters of their own (1×1 adapters) are trained along.

    title: the name in a config. needs_teacher: whether `guide` must be given.
    """

    title: ClassVar[str]
    needs_teacher: ClassVar[bool] = False

    def forward(self, answer: Answer, batch: Batch, guide: Taps) -> Tensor:
        """A scalar. guide: the teacher's feature taps on the clear picture, empty without a teacher."""
        raise TypeError(f"{type(self).__name__} has no forward.")
