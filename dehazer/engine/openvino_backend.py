"""OpenVINO on the CPU: two to four times as quick as eager torch, and loaded in a tenth of the time.

Shapes are compiled when they first appear, because fixed shapes run a third faster than open ones.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from dehazer.engine.backend import Array, Numbers
from dehazer.engine.devices import CPU
from dehazer.engine.openvino_library import core
from dehazer.errors import DeviceError

KEPT_SHAPES = 6
"""Compiled networks kept: a portrait and a landscape camera, and the smaller grids of the governor."""
HINTS = {"fp32": "f32", "bf16": "bf16", "fp16": "f16"}
SETTINGS = {"PERFORMANCE_HINT": "LATENCY", "ENABLE_CPU_PINNING": False}
"""One frame at a time, on all cores. Threads bound to a core wait for the decoder or painter that runs there, while another
core has room: with them left free, frames per second of whole chains on two busy cores were 1.05 to 1.2 times as many."""


class OpenVinoBackend:
    """A network on the CPU. Raises DeviceError when OpenVINO cannot read, convert or run it."""

    name = "openvino"
    batches = False
    device = CPU

    def __init__(self, read: Callable[[str], Any], precision: str, threads: int = 0) -> None:
        """read: gives the model, with open shapes, for a number format. threads: 0 leaves their number to OpenVINO."""
        self._read, self.precision, self._threads = read, precision, threads
        self._models: dict[str, Any] = {}
        self._ready: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._model()

    def set_precision(self, precision: str) -> None:
        self.precision = precision

    def field(self, small: Array, stats: Array) -> tuple[Array, Array]:
        gain, offset = self._run(small, stats)
        return gain, offset

    def image(self, rgb: Array) -> Array:
        return self._run(rgb)[0]

    def joined(self, arrays: Sequence[Array]) -> Array:
        return np.concatenate(arrays)

    def on_host(self, *arrays: Array) -> tuple[Numbers, ...]:
        return tuple(np.asarray(a, np.float32) for a in arrays)

    def settle(self) -> None:
        """Nothing is prepared in the background."""

    def _run(self, *inputs: Array) -> list[Numbers]:
        arrays = [np.ascontiguousarray(x, np.float32) for x in inputs]
        request = self._request(tuple(a.shape for a in arrays))
        try:
            answer = request.infer(arrays, share_inputs=True)
        except RuntimeError as error:
            raise DeviceError("OpenVINO failed while computing; use --backend torch.", str(error)) from error
        return [np.asarray(a, np.float32) for a in answer.to_tuple()]

    def _request(self, shapes: tuple[tuple[int, ...], ...]) -> Any:
        key = (*shapes, self.precision)
        if key not in self._ready:
            self._ready[key] = self._compiled(shapes)
            if len(self._ready) > KEPT_SHAPES:
                self._ready.popitem(last=False)
        self._ready.move_to_end(key)
        return self._ready[key]

    def _model(self) -> Any:
        """The network with open shapes; all float formats share one."""
        kept = "fp32" if self.precision in HINTS else self.precision
        if kept not in self._models:
            try:
                self._models[kept] = self._read(self.precision)
            except RuntimeError as error:
                raise DeviceError("OpenVINO cannot run this model; use --backend torch.", str(error)) from error
        return self._models[kept]

    def _compiled(self, shapes: tuple[tuple[int, ...], ...]) -> Any:
        model = self._model().clone()
        settings = {"INFERENCE_PRECISION_HINT": HINTS.get(self.precision, "f32"), "INFERENCE_NUM_THREADS": self._threads,
                    **SETTINGS}
        try:
            model.reshape({i: list(shape) for i, shape in enumerate(shapes)})
            return core().compile_model(model, "CPU", settings).create_infer_request()
        except RuntimeError as error:
            raise DeviceError(f"OpenVINO cannot prepare the network for pictures of shape {shapes[0]}; use --backend torch.",
                              str(error)) from error

    def __repr__(self) -> str:
        return f"OpenVinoBackend({self.precision})"
