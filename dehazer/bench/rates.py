"""Measured peak rates of a device, with which results are compared: a plain copy, and products of matrices.

On the processor numpy and OpenVINO are measured, because these compute there; torch is loaded for graphics cards alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from dehazer.bench.measure import timed
from dehazer.engine import openvino_library
from dehazer.engine.devices import Device, cpu_computes_bf16

COPIED = {"cpu": 64 * 2**20, "cuda": 2**30}
"""Bytes copied at a time: more than the caches hold."""
MATRIX = {"cpu": 1536, "cuda": 8192}
"""Side of the matrices that are multiplied: large enough to keep the device busy."""


def copy_rate(device: Device, seconds: float) -> float:
    """GB/s of a plain copy, read and write counted."""
    count = COPIED[device.type]
    return round(2 * count / timed(_copying(device, count), device, seconds).p50 / 1e6, 1)


def _copying(device: Device, count: int) -> Callable[[], object]:
    if device.type == "cpu":
        source = np.ones(count, np.uint8)
        target = np.empty_like(source)
        return lambda: np.copyto(target, source)
    import torch

    from_here = torch.ones(count, dtype=torch.uint8, device=str(device))
    to_here = torch.empty_like(from_here)
    return lambda: to_here.copy_(from_here)


def product_rates(device: Device, seconds: float) -> dict[str, float]:
    """GFLOP/s of a square matrix product in each number format that the device computes in itself."""
    side = MATRIX[device.type]
    return {name: round(2 * side**3 / timed(work, device, seconds).p50 / 1e6, 1)
            for name, work in _products(device, side).items()}


def _products(device: Device, side: int) -> dict[str, Callable[[], object]]:
    if device.type == "cuda":
        return {"fp32": _product_in_torch(device, side, "float32"), "bf16": _product_in_torch(device, side, "bfloat16")}
    a = np.ones((side, side), np.float32)
    if not openvino_library.available():
        return {"fp32": lambda: a @ a}
    formats = {"fp32": "f32", **({"bf16": "bf16"} if cpu_computes_bf16() else {})}
    return {name: _product_in_openvino(a, hint) for name, hint in formats.items()}


def _product_in_torch(device: Device, side: int, dtype: str) -> Callable[[], object]:
    import torch

    a = torch.ones(side, side, dtype=getattr(torch, dtype), device=str(device))
    return lambda: a @ a


def _product_in_openvino(a: Any, hint: str) -> Callable[[], object]:
    """a · a with the right factor prepared beforehand, as the weights of a network are. hint: number format to compute in."""
    library = openvino_library.library()
    from openvino import opset13 as operations

    left = operations.parameter(a.shape, np.float32)
    product = operations.matmul(left, operations.constant(a), transpose_a=False, transpose_b=False)
    compiled = openvino_library.core().compile_model(library.Model([product], [left], "product"), "CPU",
                                                     {"INFERENCE_PRECISION_HINT": hint})
    request = compiled.create_infer_request()
    return lambda: request.infer([a])
