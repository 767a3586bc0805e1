"""dehazer: takes fog, haze and smoke out of videos, images and live cameras.

    from dehazer import Dehazer
    clear = Dehazer().image(rgb)                    # (H, W, 3) uint8 in, the same out
    report = Dehazer(strength=0.8).video("in.mp4", "out.mp4")

Importing this package loads neither torch, av, OpenCV nor Qt; the names below are loaded when first used.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# GNU OpenMP's threads spin while they wait. With a decoder and an encoder on the same cores that costs torch ten times
# and more (720p field network: 164 ms a frame spinning, 20 ms sleeping). Read when torch loads; an own choice is kept.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

_HOMES = {
    "Dehazer": "dehazer.api",
    "HazeField": "dehazer.field",
    "MODELS": "dehazer.models.registry",
    "Report": "dehazer.pipeline",
    "DehazerError": "dehazer.errors",
}
__all__ = ["MODELS", "Dehazer", "DehazerError", "HazeField", "Report", "__version__"]

if TYPE_CHECKING:
    from dehazer.api import Dehazer
    from dehazer.errors import DehazerError
    from dehazer.field import HazeField
    from dehazer.models.registry import MODELS
    from dehazer.pipeline import Report


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dehazer' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
