"""OpenVINO on the CPU: two to four times as quick as eager torch, and loaded in a tenth of the time.

Shapes are compiled when they first appear, because fixed shapes run a third faster than open ones.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from dehazer.engine.backend import Array, Numbers
from dehazer.engine.devices import CPU, cores
from dehazer.engine.openvino_library import core
from dehazer.errors import DeviceError

KEPT_SHAPES = 8
"""Compiled networks kept: a portrait and a landscape camera and the smaller grids of the governor, alone and side by side."""
AT_ONCE = 2
"""Frames computed side by side where several wait, each on its share of the cores. One frame on all cores has to wait for the
last of them at every layer, and on busy cores that is long: whole chains over files then ran 1.1 to 1.4 times as fast."""
HINTS = {"fp32": "f32", "bf16": "bf16", "fp16": "f16"}
SETTINGS = {"ENABLE_CPU_PINNING": False}
"""Threads bound to a core wait for the decoder or painter that runs there, while another
core has room: with them left free, frames per second of whole chains on two busy cores were 1.05 to 1.2 times as many."""


@contextmanager
def _openvino_errors() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise DeviceError("OpenVINO failed while computing; use --backend torch.", str(error)) from error


class _Request:
    """A request of a compiled network, with its own memory for what goes in and comes out.

    OpenVINO's `start_async(arrays)` and `output_tensors` look for the way to take every array anew: together 0.4 ms of processor
    time a frame more than to copy into and out of memory that is known.
    """

    def __init__(self, request: Any, inputs: int, outputs: int) -> None:
        self._request = request
        self._inputs = [request.get_input_tensor(i).data for i in range(inputs)]
        self._outputs = [request.get_output_tensor(i) for i in range(outputs)]

    def start(self, arrays: Sequence[Numbers]) -> None:
        """Start computing on copies of the arrays, one for every input."""
        for own, given in zip(self._inputs, arrays, strict=True):
            np.copyto(own, given)
        self._request.start_async()

    def answers(self) -> list[Numbers]:
        """Copies of the answers, once they are there."""
        self._request.wait()
        return [np.array(tensor.data, np.float32) for tensor in self._outputs]


class CompiledNetwork:
    """A network for one shape. Threads take a request each; requests are kept for the next."""

    def __init__(self, compiled: Any) -> None:
        self._compiled, self._lock = compiled, threading.Lock()
        self._spare: list[_Request] = []

    def begin(self, arrays: Sequence[Numbers]) -> Callable[[], list[Numbers]]:
        """Start computing on copies of the arrays; what is returned waits for the answers, and is called at most once."""
        request = self._take()
        request.start(arrays)

        def answers() -> list[Numbers]:
            found = request.answers()
            self._give(request)
            return found

        return answers

    def _take(self) -> _Request:
        with self._lock:
            if self._spare:
                return self._spare.pop()
        compiled = self._compiled
        return _Request(compiled.create_infer_request(), len(compiled.inputs), len(compiled.outputs))

    def _give(self, request: _Request) -> None:
        with self._lock:
            self._spare.append(request)


class OpenVinoBackend:
    """A network on the CPU. Raises DeviceError when OpenVINO cannot read, convert or run it."""

    name = "openvino"
    batches = False
    device = CPU

    def __init__(self, read: Callable[[str], Any], precision: str, threads: int = 0) -> None:
        """read: gives the model, with open shapes, for a number format. threads: 0 leaves their number to OpenVINO."""
        self._read, self.precision, self._threads = read, precision, threads
        self.at_once = min(AT_ONCE, cores())
        self._models: dict[str, Any] = {}
        self._ready: OrderedDict[tuple[Any, ...], CompiledNetwork] = OrderedDict()
        self._lock = threading.Lock()
        self._model()

    def set_precision(self, precision: str) -> None:
        self.precision = precision

    def field(self, small: Array, stats: Array) -> tuple[Array, Array]:
        gain, offset = self._begun(small, stats, at_once=1)()
        return gain, offset

    def begin(self, small: Array, stats: Array) -> Callable[[], tuple[Array, Array]]:
        answers = self._begun(small, stats, at_once=self.at_once)

        def fields() -> tuple[Array, Array]:
            gain, offset = answers()
            return gain, offset

        return fields

    def image(self, rgb: Array) -> Array:
        return self._begun(rgb, at_once=1)()[0]

    def joined(self, arrays: Sequence[Array]) -> Array:
        return np.concatenate(arrays)

    def on_host(self, *arrays: Array) -> tuple[Numbers, ...]:
        return tuple(np.asarray(a, np.float32) for a in arrays)

    def settle(self) -> None:
        """Nothing is prepared in the background."""

    def _begun(self, *inputs: Array, at_once: int) -> Callable[[], list[Numbers]]:
        """Start on inputs; the answers are waited for by calling what is returned."""
        arrays = [np.ascontiguousarray(x, np.float32) for x in inputs]
        network = self._network(tuple(a.shape for a in arrays), at_once)
        with _openvino_errors():
            answers = network.begin(arrays)

        def waited() -> list[Numbers]:
            with _openvino_errors():
                return answers()

        return waited

    def _network(self, shapes: tuple[tuple[int, ...], ...], at_once: int) -> CompiledNetwork:
        key = (*shapes, self.precision, at_once)
        with self._lock:
            if key not in self._ready:
                self._ready[key] = CompiledNetwork(self._compiled(shapes, at_once))
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

    def _compiled(self, shapes: tuple[tuple[int, ...], ...], at_once: int) -> Any:
        model = self._model().clone()
        settings = {"INFERENCE_PRECISION_HINT": HINTS.get(self.precision, "f32"), "NUM_STREAMS": at_once,
                    "INFERENCE_NUM_THREADS": self._threads if at_once == 1 else cores(), **SETTINGS}
        try:
            model.reshape({i: list(shape) for i, shape in enumerate(shapes)})
            return core().compile_model(model, "CPU", settings)
        except RuntimeError as error:
            raise DeviceError(f"OpenVINO cannot prepare the network for pictures of shape {shapes[0]}; use --backend torch.",
                              str(error)) from error

    def __repr__(self) -> str:
        return f"OpenVinoBackend({self.precision})"
