"""How near the machine's own limits a stage runs: bytes and operations counted, over measured copy and matrix rates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from dehazer.frames.frame import Frame


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
    network, inputs = network.to("meta"), tuple(x.to("meta") for x in inputs)
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        answer = network(*inputs)
    outputs = answer if isinstance(answer, tuple) else (answer,)
    tensors = (*inputs, *outputs, *network.parameters())
    return Work(counter.get_total_flops(), sum(t.numel() * t.element_size() for t in tensors))


def apply_work(frame: Frame) -> Work:
    """Every sample read and written once, one multiply-add each; the grid is too small to count."""
    samples = sum(p.size for p in frame.planes)
    return Work(2 * samples, 2 * sum(p.nbytes for p in frame.planes))

