"""torch on a CUDA device, without the cost of launching: every shape is captured as a CUDA graph when it first appears.

Exact networks are compiled as well (their time goes into dozens of passes over full-resolution maps, which the compiler
joins). That takes up to a minute, so it happens in a thread of its own while the plain network already answers; `settle`
waits for it. What could not be captured or compiled is said in `notes`, and runs plainly.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from dehazer.engine.backend import Array
from dehazer.engine.devices import Device
from dehazer.engine.torch_backend import TorchBackend
from dehazer.engine.torch_devices import DTYPES, device_errors, torch_device

KEPT_GRAPHS = 8
"""Graphs kept at a time; each holds the memory of one run."""

Work = Callable[..., tuple[Tensor, ...]]
Form = tuple[torch.Size, str]


class Graph:
    """A function of tensors, recorded once and replayed: one launch instead of hundreds. Answers are overwritten by the
    next call."""

    def __init__(self, work: Work, examples: tuple[Tensor, ...]) -> None:
        self._inputs = tuple(x.clone(memory_format=torch.preserve_format) for x in examples)
        aside = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(3):  # libraries choose their kernels and workspaces here, not while recording
                work(*self._inputs)
        torch.cuda.current_stream().wait_stream(aside)
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph, capture_error_mode="thread_local"):
            self._answers = work(*self._inputs)

    def __call__(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        for mine, given in zip(self._inputs, inputs, strict=True):
            mine.copy_(given, non_blocking=True)
        self._graph.replay()
        return self._answers


class CudaBackend(TorchBackend):
    """See the module. Answers stay on the device until they are asked for. notes: what runs plainly, and why."""

    def __init__(self, network: Any, device: Device, precision: str, compiled: bool = False) -> None:
        """compiled: whether compiling is worth its minute (exact networks)."""
        super().__init__(network, device, precision)
        self.notes: tuple[str, ...] = ()
        self._graphs: OrderedDict[tuple[Any, ...], Graph] = OrderedDict()
        self._capturing, self._compiling = True, compiled
        self._quick: tuple[Form, Any] | None = None  # the compiled network, and what it was compiled for
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:  # type: ignore[override]
        """What is in use."""
        return "torch" + (", CUDA graphs" if self._capturing else "") + (", compiled" if self._quick else "")

    def set_precision(self, precision: str) -> None:
        super().set_precision(precision)
        self._graphs.clear()

    @torch.inference_mode()
    def field(self, small: Array, stats: Array) -> tuple[Array, Array]:
        """Answers on the device; several frames at once are filled up to 1, 2, 4, 8 …, so that few graphs serve all."""
        count = small.shape[0]
        more = (1 << (count - 1).bit_length()) - count
        inputs = tuple(_filled(self.placed(x), more) for x in (small, stats))
        with device_errors():
            gain, offset = self._replayed("field", self._field, inputs)
        return gain[:count], offset[:count]

    def _field(self, small: Tensor, stats: Tensor) -> tuple[Tensor, ...]:
        with self.casting():
            gain, offset = self.network(small, stats)
        return gain.float(), offset.float()

    @torch.inference_mode()
    def image(self, rgb: Array) -> Array:
        with device_errors():
            placed = self.placed(rgb)
            if self._compiling and self._thread is None:  # for the first shape only, since each costs a minute
                self._thread = threading.Thread(target=self._compile, args=(placed.clone(),), name="dehazer-compile", daemon=True)
                self._thread.start()
            return self._replayed("image", self._image, (placed,))[0].clone()  # the next call writes over it

    def _image(self, rgb: Tensor) -> tuple[Tensor, ...]:
        quick = self._quick
        network = quick[1] if quick is not None and quick[0] == (rgb.shape, self.precision) else self.network
        with self.casting():
            return (network(rgb).float(),)

    def casting(self) -> Any:
        return torch.autocast("cuda", dtype=DTYPES[self.precision], enabled=self.precision != "fp32", cache_enabled=False)

    def _replayed(self, name: str, work: Work, inputs: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        key = (name, self.precision, self._quick, *(x.shape for x in inputs))
        if self._capturing and key not in self._graphs:
            if name == "image":
                self._graphs.clear()  # one of these holds gigabytes
            self._record(key, work, inputs)
        if not self._capturing:
            return work(*inputs)
        self._graphs.move_to_end(key)
        return self._graphs[key](*inputs)

    def _record(self, key: tuple[Any, ...], work: Work, inputs: tuple[Tensor, ...]) -> None:
        try:
            self._graphs[key] = Graph(work, inputs)
        except torch.OutOfMemoryError:
            raise
        except RuntimeError as error:
            self._capturing = False
            self._note(f"CUDA graphs cannot be used here ({_first_line(error)}); kernels are launched one by one.")
            torch.cuda.synchronize(torch_device(self.device))
        if len(self._graphs) > KEPT_GRAPHS:
            self._graphs.popitem(last=False)

    def _compile(self, example: Tensor) -> None:
        form = example.shape, self.precision
        try:
            quick: Any = torch.compile(self.network, mode="max-autotune-no-cudagraphs", dynamic=False)
            with torch.inference_mode(), self.casting():
                quick(example)
            torch.cuda.synchronize(torch_device(self.device))
        except Exception as error:  # noqa: BLE001  top of a thread: the compiler, the C compiler it calls, or the device
            self._note(f"The network could not be compiled ({_first_line(error)}); it runs as it is.")
        else:
            self._quick = form, quick

    def _note(self, sentence: str) -> None:
        self.notes = (*self.notes, sentence)

    def settle(self) -> None:
        """Wait for the compiler."""
        if self._thread is not None:
            self._thread.join()


def _filled(x: Tensor, more: int) -> Tensor:
    """`more` further rows, copies of the last."""
    return x if more == 0 else torch.cat([x, x[-1:].expand(more, *x.shape[1:])]).contiguous(memory_format=torch.channels_last)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
