"""How much memory this process holds."""

from __future__ import annotations

import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")
_M_ARENA_MAX = -8  # of glibc's malloc.h


def resident_mb() -> float:
    """Resident memory in MiB now; where the system tells only the largest so far (macOS), that. NaN on Windows."""
    if _STATM.exists():
        import resource

        return int(_STATM.read_text().split()[1]) * resource.getpagesize() / 2**20
    if sys.platform == "win32":
        return float("nan")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def keep_flat() -> bool:
    """Let the threads of this process share two heaps; call it before they begin. Returns whether that was possible.

    glibc gives every thread a heap of its own. Pictures are made in one thread and let go in another, so each heap keeps the
    most it ever held: measured on live 720p, 50 MiB more after ten minutes, against 15 with two heaps, which are no slower.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    library = ctypes.CDLL(None)
    return bool(hasattr(library, "mallopt") and library.mallopt(_M_ARENA_MAX, 2))
