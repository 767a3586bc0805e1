"""Several processes, one batch: torch.distributed with gloo (CPU) or NCCL, started by torchrun.

Every process makes its own rows of the same seeded batch, so the loss is that of one process at equal global batch. The one
exception is batch normalisation on CPUs: its statistics are each process's own there (on CUDA they are synchronised).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel


@dataclass(frozen=True)
class ProcessGroup:
    """rank: this process, from 0. world: how many there are."""

    rank: int = 0
    world: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this process validates, saves and prints."""
        return self.rank == 0

    def distributed(self, model: nn.Module, device: torch.device) -> Any:
        """The module with its gradients averaged over the processes."""
        if self.world == 1:
            return model
        if device.type == "cuda":
            model = nn.SyncBatchNorm.convert_sync_batchnorm(model)  # type: ignore[no-untyped-call]
        return DistributedDataParallel(model, device_ids=[device] if device.type == "cuda" else None)

    @contextmanager
    def exchanging(self, module: Any, now: bool) -> Iterator[None]:
        """Backward passes inside exchange gradients between the processes only `now`; until then they are added up here."""
        with nullcontext() if now or not isinstance(module, DistributedDataParallel) else module.no_sync():
            yield

    def mean(self, value: float, device: torch.device) -> float:
        """The mean of every process's value, the same everywhere."""
        if self.world == 1:
            return value
        total = torch.tensor(value, dtype=torch.float64, device=device)
        dist.all_reduce(total)
        return float(total) / self.world

    def barrier(self) -> None:
        """Until every process is here."""
        if self.world > 1:
            dist.barrier()

    def close(self) -> None:
        """End the group, if there is one."""
        if self.world > 1 and dist.is_initialized():
            dist.destroy_process_group()


def join_processes(device: str) -> tuple[ProcessGroup, torch.device]:
    """The processes that torchrun started (or this one alone), and this process's device ("auto", "cpu" or "cuda")."""
    chosen = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    if "WORLD_SIZE" not in os.environ:
        return ProcessGroup(), torch.device(chosen)
    dist.init_process_group("nccl" if chosen == "cuda" else "gloo")
    here = torch.device(chosen, int(os.environ["LOCAL_RANK"])) if chosen == "cuda" else torch.device(chosen)
    return ProcessGroup(dist.get_rank(), dist.get_world_size()), here
