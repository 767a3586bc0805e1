"""OpenVINO on the CPU: two to four times as quick as eager torch. Optional: `pip install dehazer[cpu]`.

The network is traced and converted once, at load (under a second), and kept in the user's cache under the hash of its
weights; shapes are compiled when they first appear, because fixed shapes run a third faster than open ones.
"""

from __future__ import annotations

import tempfile
import threading
import warnings
from collections import OrderedDict
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from dehazer.engine.devices import precision_name
from dehazer.errors import DeviceError
from dehazer.models.registry import ModelSpec
from dehazer.models.weights import sha256_of

KEPT_SHAPES = 6
"""Compiled networks kept: a portrait and a landscape camera, and the smaller grids of the governor."""
HINTS = {torch.float32: "f32", torch.bfloat16: "bf16", torch.float16: "f16"}
SETTINGS = {"PERFORMANCE_HINT": "LATENCY", "ENABLE_CPU_PINNING": False}
"""One frame at a time, on all cores. Threads nailed to a core wait for the decoder or painter that runs there, while another
core has room: with them left free, frames per second of whole chains on two busy cores were 1.05 to 1.2 times as many."""


def available() -> bool:
    """Whether OpenVINO is installed."""
    return find_spec("openvino") is not None


def cache_folder() -> Path:
    """Where converted networks are kept for the next start."""
    from platformdirs import user_cache_path

    return Path(user_cache_path("dehazer")) / f"openvino-{version('openvino')}"


_MAKING = threading.Lock()


def core() -> Any:
    """OpenVINO's Core, one for the life of the process.

    Its CPU plugin gives the thread that loads it a stack for signals, and unmaps that with the Core, from whatever thread
    lets go of it: the next Ctrl+C would end the process with a segmentation fault.
    """
    with _MAKING:  # two engines may be loaded at once; `cache` alone would make one for each, and let go of the first
        return _made()


@cache
def _made() -> Any:
    import openvino

    return openvino.Core()


class OpenVinoBackend:
    """A converted network on the CPU. Raises DeviceError when OpenVINO cannot convert or run it."""

    name = "openvino"
    batches = False
    device = torch.device("cpu")

    def __init__(self, network: Any, spec: ModelSpec, key: str, precision: torch.dtype) -> None:
        """Convert `network`, or read it from the cache by `key` (any text that changes when its weights do)."""
        self.precision = precision
        self._ready: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        try:
            self._model = converted(network, spec, cache_folder() / f"{spec.name}-{key[:32]}.xml")
        except RuntimeError as error:
            raise DeviceError(f"OpenVINO cannot run the model {spec.name}; use --backend torch.", str(error)) from error

    def set_precision(self, precision: torch.dtype) -> None:
        self.precision = precision

    def field(self, small: Tensor, stats: Tensor) -> tuple[Tensor, Tensor]:
        gain, offset = self._run(small, stats)
        return torch.from_numpy(gain), torch.from_numpy(offset)

    def image(self, rgb: Tensor) -> Tensor:
        return torch.from_numpy(self._run(rgb)[0])

    def settle(self) -> None:
        """Nothing is prepared in the background."""

    def _run(self, *inputs: Tensor) -> list[np.ndarray[Any, Any]]:
        arrays = [x.numpy() for x in inputs]
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

    def _compiled(self, shapes: tuple[tuple[int, ...], ...]) -> Any:
        model = self._model.clone()
        settings = {"INFERENCE_PRECISION_HINT": HINTS[self.precision], **SETTINGS}
        try:
            model.reshape({i: list(shape) for i, shape in enumerate(shapes)})
            return core().compile_model(model, "CPU", settings).create_infer_request()
        except RuntimeError as error:
            raise DeviceError(f"OpenVINO cannot prepare the network for pictures of shape {shapes[0]}; use --backend torch.",
                              str(error)) from error

    def __repr__(self) -> str:
        return f"OpenVinoBackend({precision_name(self.precision)})"


def converted(network: Any, spec: ModelSpec, cached: Path) -> Any:
    """The network as an OpenVINO model with open shapes, from the cache if it is there, and whole."""
    if _is_whole(cached):
        return core().read_model(cached)
    model = _convert(network, spec)
    with suppress(OSError):  # no home, no room, read-only: the next start converts again, nothing else changes
        _keep(model, cached)
    return model


def _convert(network: Any, spec: ModelSpec) -> Any:
    """Through the frontend itself: `openvino.convert_model` takes twice as long, and comes with telemetry."""
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    decoder = TorchScriptPythonDecoder(_traced(network, spec))
    frontend = FrontEndManager().load_by_framework("pytorch")
    loaded = frontend.load(decoder)  # `decoder` and `loaded` have to outlive the conversion
    return frontend.convert(loaded)


def _traced(network: Any, spec: ModelSpec) -> Any:
    side = max(32, spec.multiple)
    field = (torch.rand(1, 3, side, side), torch.rand(1, 9, side // 2, side // 2))
    examples = field if spec.kind == "field" else (torch.rand(1, 3, side, side),)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # torch.jit.trace announces its retirement; OpenVINO reads nothing else as quickly
        return torch.jit.trace(network, examples, check_trace=False)  # type: ignore[no-untyped-call]


def _stamp(model: Path) -> str:
    """Of both files of a model. A full disk or a lost power supply can leave weights that are read without complaint."""
    return sha256_of(model) + sha256_of(model.with_suffix(".bin"))


def _is_whole(cached: Path) -> bool:
    try:
        return cached.with_suffix(".sha256").read_text("ascii") == _stamp(cached)
    except (OSError, ValueError):  # not there, or not readable: it is made anew
        return False


def _keep(model: Any, cached: Path) -> None:
    """Store under the final name only what is complete; two processes may do so at once: what then does not fit together
    is made anew."""
    import openvino

    cached.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cached.parent) as folder:
        made = Path(folder) / cached.name
        openvino.save_model(model, made, compress_to_fp16=False)
        made.with_suffix(".sha256").write_text(_stamp(made), "ascii")
        for suffix in (".bin", ".xml", ".sha256"):
            made.with_suffix(suffix).replace(cached.with_suffix(suffix))
