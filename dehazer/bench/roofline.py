"""How near the machine's own limits a stage runs: bytes and operations counted, over measured copy and matrix rates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dehazer.frames.frame import Frame

if TYPE_CHECKING:
    from torch import Tensor

FLOAT = 4
"""Bytes of a number."""
KERNELS = {"Convolution": 1, "GroupConvolution": 2}
"""Operations of OpenVINO that take almost all of the time, and how many leading axes of their weights are outputs."""


@dataclass(frozen=True)
class Work:
    """What has to be done for one frame. flops: two per multiply-add. moved: bytes read and written at the least."""

    flops: float
    moved: float

    def best_ms(self, gflop_s: float, gb_s: float) -> float:
        """Time in which a machine with these rates could do it."""
        return max(self.flops / gflop_s, self.moved / gb_s) / 1e6


def network_work(network: Any, inputs: tuple[Tensor, ...]) -> Work:
    """Operations of one call, and its weights, input and output, each moved once. Nothing is computed: shapes are enough."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    network, inputs = network.to("meta"), tuple(x.to("meta") for x in inputs)
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        answer = network(*inputs)
    outputs = answer if isinstance(answer, tuple) else (answer,)
    tensors = (*inputs, *outputs, *network.parameters())
    return Work(counter.get_total_flops(), sum(t.numel() * t.element_size() for t in tensors))


def model_work(model: Any, shapes: Sequence[Sequence[int]]) -> Work:
    """As `network_work`, for convolutions of an OpenVINO model with open shapes. shapes: of its inputs."""
    model.reshape({i: list(shape) for i, shape in enumerate(shapes)})
    convolutions = [(KERNELS[one.get_type_name()], one) for one in model.get_ordered_ops() if one.get_type_name() in KERNELS]
    flops = sum(2 * math.prod(one.output(0).get_shape()) * math.prod(list(one.input(1).get_shape())[axes:])
                for axes, one in convolutions)
    moved = [port.get_shape() for port in (*model.inputs, *model.outputs, *(one.input(1) for _, one in convolutions))]
    return Work(flops, FLOAT * sum(math.prod(shape) for shape in moved))


def apply_work(frame: Frame) -> Work:
    """Every sample read and written once, one multiply-add each; the grid is too small to count."""
    samples = sum(p.size for p in frame.planes)
    return Work(2 * samples, 2 * sum(p.nbytes for p in frame.planes))

