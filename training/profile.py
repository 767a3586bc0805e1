"""Parameters, size, operations and latency of every network: the columns of RFD Table 9.

    python -m training.profile --size 460x620 --runs 5 --json profile.json

GFLOPs count a multiply-add as two operations, as Table 9 does. Latency is the median of whole pictures through the deployed
code (field networks: pyramid, network, field applied), with random weights, after one warm-up.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from dehazer.errors import UsageError
from dehazer.field.pyramid import BLOCK, CELL
from training.candidates import NETWORKS
from training.command import guarded
from training.inference import restorer
from training.networks import Trainable

COLUMNS = ("network", "parameters", "MB", "GFLOPs", "ms")


def inputs(trainable: Trainable, height: int, width: int, device: str) -> tuple[Tensor, ...]:
    """What the network itself sees of a picture of that size."""
    if trainable.kind == "field":
        rows, columns = (-(-side // BLOCK) * BLOCK // CELL for side in (height, width))
        return torch.rand(1, 3, 2 * rows, 2 * columns, device=device), torch.rand(1, 9, rows, columns, device=device)
    height, width = (-(-side // trainable.multiple) * trainable.multiple for side in (height, width))
    return (torch.rand(1, 3, height, width, device=device),)


def operations(trainable: Trainable, height: int, width: int) -> float:
    """GFLOPs of one picture, counted on tensors without data."""
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        trainable.build().eval()(*inputs(trainable, height, width, "meta"))
    return float(counter.get_total_flops()) / 1e9


def latency(trainable: Trainable, height: int, width: int, runs: int, device: torch.device) -> float:
    """Median milliseconds of a whole picture."""
    network = trainable.build().eval().to(device).to(memory_format=torch.channels_last)
    restore, picture = restorer(trainable, network, device), torch.rand(1, 3, height, width)
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        restore(picture)  # returns to the CPU, which waits for the device
        times.append(1000 * (time.perf_counter() - start))
    return median(times[1:])


def measure(name: str, height: int, width: int, runs: int, device: torch.device) -> dict[str, Any]:
    """One row of the table."""
    trainable = NETWORKS[name]
    parameters = sum(p.numel() for p in trainable.build().parameters())
    return {"network": name, "parameters": parameters, "MB": round(4 * parameters / 2**20, 3),
            "GFLOPs": round(operations(trainable, height, width), 2),
            "ms": round(latency(trainable, height, width, runs, device), 1) if runs else None}


def profile(options: argparse.Namespace) -> dict[str, Any]:
    """The whole command."""
    try:
        height, width = map(int, options.size.lower().split("x"))
    except ValueError as error:
        raise UsageError(f"--size {options.size} is no size; write HEIGHTxWIDTH, for example 460x620.") from error
    if unknown := set(options.networks) - set(NETWORKS):
        raise UsageError(f"There is no network called {unknown.pop()}; choose from: {', '.join(NETWORKS)}.")
    if options.threads:
        torch.set_num_threads(options.threads)
    device = torch.device(options.device)
    names = options.networks or list(NETWORKS)
    rows = [measure(name, height, width, options.runs, device) for name in names]
    where = torch.cuda.get_device_name(device) if device.type == "cuda" else f"{platform.processor() or platform.machine()} CPU"
    return {"size": f"{height}x{width}", "device": where, "threads": torch.get_num_threads(), "torch": torch.__version__,
            "rows": rows}


def parser() -> argparse.ArgumentParser:
    """Options of the command."""
    options = argparse.ArgumentParser("python -m training.profile", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("networks", nargs="*", metavar="NETWORK", help="names (default: all)")
    options.add_argument("--size", default="460x620", metavar="HxW", help="of the picture, in pixels (default 460x620)")
    options.add_argument("--runs", type=int, default=5, metavar="N", help="timed pictures, 0 = no timing (default 5)")
    options.add_argument("--threads", type=int, default=0, metavar="N", help="CPU threads (0 = torch's choice)")
    options.add_argument("--device", default="cpu", help="cpu or cuda")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the table as JSON too")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = parser().parse_args(arguments)
    table = guarded(lambda: profile(options))
    print(f"{table['size']} pixels, {table['device']}, {table['threads']} threads, torch {table['torch']}")
    print("  ".join(f"{c:>12}" for c in COLUMNS))
    for row in table["rows"]:
        print("  ".join(f"{'' if row[c] is None else row[c]:>12}" for c in COLUMNS))
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
