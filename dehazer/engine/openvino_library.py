"""OpenVINO itself, imported in one place: without its telemetry, and with one Core for the life of the process."""

from __future__ import annotations

import sys
import threading
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_TELEMETRY = "openvino_telemetry"
_CONVERTERS = "openvino.tools.ovc"
_MAKING = threading.Lock()


def available() -> bool:
    """Whether OpenVINO is installed."""
    return find_spec("openvino") is not None


def library() -> ModuleType:
    """The package openvino, with its telemetry kept from loading.

    `import openvino` imports its model converters, and those openvino_telemetry, which looks up an analytics host and writes an
    id into the home folder. None in sys.modules makes both imports fail, which OpenVINO allows for; the converters, not needed
    here and slow to load, are free again afterwards.
    """
    sys.modules.setdefault(_TELEMETRY, None)  # type: ignore[arg-type]  # documented meaning of None: the import fails
    if "openvino" in sys.modules:
        return sys.modules["openvino"]
    sys.modules[_CONVERTERS] = None  # type: ignore[assignment]
    try:
        import openvino
    finally:
        del sys.modules[_CONVERTERS]
    module: ModuleType = openvino
    return module


def cache_folder() -> Path:
    """Where converted networks are kept for the next start."""
    from platformdirs import user_cache_path

    return Path(user_cache_path("dehazer")) / f"openvino-{version('openvino')}"


def core() -> Any:
    """OpenVINO's Core, one for the life of the process.

    Its CPU plugin gives the thread that loads it a stack for signals, and unmaps that with the Core, from whatever thread
    lets go of it: the next Ctrl+C would end the process with a segmentation fault.
    """
    with _MAKING:  # two engines may be loaded at once; `cache` alone would make one for each, and let go of the first
        return _made()


@cache
def _made() -> Any:
    return library().Core()
