"""How much processor time a control group of Linux allows: a container may see many cores and be given the time of one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

GROUPS, OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def cpu_quota(groups: Path = GROUPS, own: Path = OWN) -> float:
    """Cores' worth of time of the tightest group this process is in; infinite where nothing is limited or known.

    groups: where control groups are mounted. own: the file that names those of this process.
    """
    return min(_limits(groups, own), default=math.inf)


def _limits(groups: Path, own: Path) -> Iterator[float]:
    for folder in _folders(groups, own):
        with suppress(OSError, ValueError):  # no such group here, or "max", which is no limit
            quota, period = (int(number) for number in (folder / "cpu.max").read_text().split())  # version 2
            yield quota / period
        with suppress(OSError, ValueError):
            quota = int((folder / "cpu.cfs_quota_us").read_text())  # version 1; -1 is no limit
            if quota > 0:
                yield quota / int((folder / "cpu.cfs_period_us").read_text())


def _folders(groups: Path, own: Path) -> Iterator[Path]:
    """Those of this process with all that they lie in; in a container the names may be the host's, and its own is the root."""
    with suppress(OSError):
        for line in own.read_text().splitlines():
            _, controllers, name = line.split(":", 2)
            if controllers == "" or "cpu" in controllers.split(","):
                path = PurePosixPath(name.lstrip("/"))
                yield from (groups / controllers / part for part in (path, *path.parents))
