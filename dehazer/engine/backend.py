"""The contract of every backend that runs a network. Imports none of their libraries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dehazer.engine.devices import Device

Numbers = NDArray[np.float32]
Array = Any
"""float32 numbers where a backend computes: a numpy array on processors, a torch tensor on graphics cards. Backends take
either, from main memory too."""


class Backend(Protocol):
    """A network, ready to run on one device in one number format. One thread at a time, but for `begin`.

    name: as --backend and `Engine.describe` show it. batches: whether several frames in one call cost less than one by
    one. at_once: calls that are best begun together; 1 where nothing is gained. Raises OutOfMemory and DeviceLost.
    """

    @property
    def name(self) -> str: ...

    device: Device
    precision: str
    batches: bool
    at_once: int

    def field(self, small: Array, stats: Array) -> tuple[Array, Array]:
        """(N, 3, 2h, 2w) and (N, 9, h, w) float32, anywhere → gain (N, 1, h, w), offset (N, 3, h, w), where it computes."""
        ...

    def begin(self, small: Array, stats: Array) -> Callable[[], tuple[Array, Array]]:
        """As `field`, from any thread, computed beside others. What is returned waits for the answer; call it at most once."""
        ...

    def image(self, rgb: Array) -> Array:
        """(N, 3, H, W) float32 RGB in [0, 1], anywhere → the answer, the same shape, not clamped, where it computes."""
        ...

    def joined(self, arrays: Sequence[Array]) -> Array:
        """Several arrays as one along the first axis, where it computes."""
        ...

    def on_host(self, *arrays: Array) -> tuple[Numbers, ...]:
        """Small results in main memory, with one wait for all of them."""
        ...

    def settle(self) -> None:
        """Wait until nothing is prepared in the background any more."""
        ...

    def set_precision(self, precision: str) -> None:
        """Compute in another number format from the next call on."""
        ...
