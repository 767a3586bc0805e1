"""Image networks on whole frames: padded to the network's multiple, in tiles where memory is short. Needs torch."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from dehazer.engine.backend import Backend
from dehazer.engine.device_memory import free_bytes
from dehazer.engine.fallback import not_finite
from dehazer.engine.tiles import TiledNetwork
from dehazer.engine.torch_backend import TorchBackend
from dehazer.engine.torch_devices import device_errors
from dehazer.errors import OutOfMemory
from dehazer.frames.color import add_rgb_change, frame_to_rgb
from dehazer.frames.device_frame import awaited
from dehazer.frames.frame import Frame
from dehazer.models.padding import padded_to_multiple
from dehazer.models.registry import ModelSpec

OVERLAP = 48
"""Pixels that tiles see of their neighbours:  what the student's 42 convolutions in a row can reach, rounded up."""
BYTES_PER_PIXEL = 1200
"""Peak memory of an exact network per pixel in fp32, with room to spare (student, measured: 700)."""


class ImageNetwork:
    """One image network in one execution mode. tile: side in pixels, 0 for pictures in one piece."""

    def __init__(self, backend: Backend, spec: ModelSpec, tile: int) -> None:
        self._backend, self._spec, self._tile = backend, spec, tile
        self._tiled: TiledNetwork | None = None

    def restored(self, frames: Sequence[Frame], strength: float) -> list[Frame]:
        """original + strength · (answer − original) of every frame, in its own planes, where the frames are."""
        with device_errors():
            pictures = [frame_to_rgb(awaited(f)).clamp(0, 1) for f in frames]
            alike = self._backend.batches and len({p.shape for p in pictures}) == 1
            answers = self.answer(torch.stack(pictures)) if alike else [self.answer(p[None])[0] for p in pictures]
            return [add_rgb_change(f, strength * (a.clamp(0, 1) - p))
                    for f, a, p in zip(frames, answers, pictures, strict=True)]

    def answer(self, rgb: Tensor) -> Tensor:
        """(N, 3, H, W) float32 RGB in [0, 1] → the network's answer, likewise, not clamped, on its device."""
        height, width = rgb.shape[-2:]
        padded = padded_to_multiple(rgb, self._spec.multiple)
        made = self._in_tiles(padded) if self._tile else self._in_one_piece(padded)
        if not bool(torch.isfinite(made).all()):
            raise not_finite()
        return made[..., :height, :width]

    def _in_one_piece(self, rgb: Tensor) -> Tensor:
        """On Linux too little memory is no exception but the end of the process: look before."""
        free = free_bytes(self._backend.device)
        if self._spec.tiling != "no" and rgb.shape[0] * rgb.shape[-2] * rgb.shape[-1] * BYTES_PER_PIXEL > free:
            raise OutOfMemory(f"A picture of {rgb.shape[-1]}×{rgb.shape[-2]} in one piece needs more memory than is free "
                              f"({free / 2**30:.1f} GiB).")
        return torch.as_tensor(self._backend.image(rgb))

    def _in_tiles(self, rgb: Tensor) -> Tensor:
        assert isinstance(self._backend, TorchBackend)  # every mode with tiles is a torch mode
        if self._tiled is None:
            self._tiled = TiledNetwork(self._backend.network, self._backend.image, self._tile, OVERLAP, self._spec.multiple)
        return torch.cat([self._tiled(one[None]) for one in rgb])
