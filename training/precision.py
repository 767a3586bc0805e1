"""The number format of training: bf16 is twice as fast as fp32 on some processors and slower on others, so it is measured."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from typing import Any

import torch
from torch import nn

from training.batch import Batch, Taps
from training.distributed import ProcessGroup

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
COMPARED = ("fp32", "bf16")
SAMPLES, REPEATS = 8, 3  # what is timed: steps of at most so many samples, the quickest of so many


def autocast(device: torch.device, precision: str) -> AbstractContextManager[Any]:
    """The forward pass in the given precision."""
    return torch.autocast(device.type, DTYPES[precision], enabled=precision != "fp32")


def faster_precision(model: nn.Module, batch: Batch, teacher: Callable[[Batch], Taps] | None, processes: ProcessGroup,
                     device: torch.device) -> str:
    """"fp32" or "bf16", whichever trains faster here; the same on every process. The model is left as it was."""
    few = first_samples(batch, SAMPLES).to(device)
    seconds = {p: processes.mean(seconds_per_step(model, few, teacher, p), device) for p in COMPARED}
    return min(seconds, key=lambda precision: seconds[precision])


def first_samples(batch: Batch, count: int) -> Batch:
    """The first `count` samples of a batch."""
    return replace(batch, **{f.name: value[:count] for f in fields(batch) if (value := getattr(batch, f.name)) is not None})


def seconds_per_step(model: nn.Module, batch: Batch, teacher: Callable[[Batch], Taps] | None, precision: str) -> float:
    """Seconds of one forward and backward pass on a copy of the model, the quickest of REPEATS after one to warm up."""
    trial = copy.deepcopy(model).train()
    return min([_timed(trial, batch, teacher, precision) for _ in range(REPEATS + 1)][1:])


def _timed(trial: nn.Module, batch: Batch, teacher: Callable[[Batch], Taps] | None, precision: str) -> float:
    device = batch.hazy.device
    start = time.perf_counter()
    with autocast(device, precision):
        loss, _ = trial(batch, teacher(batch) if teacher else {})
    loss.backward()
    trial.zero_grad(set_to_none=True)
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.perf_counter() - start
