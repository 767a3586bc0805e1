"""Print the licences of all libraries that dehazer brings along when it is installed, as their own metadata name them.

    python scripts/licences.py          # those that are always installed
    python scripts/licences.py onnx     # and those of the extra "onnx"
"""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SPDX = {  # as older metadata word it → SPDX identifier
    "Apache 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0", "MIT License": "MIT", "BSD License": "BSD-3-Clause",
    "LGPL v3": "LGPL-3.0-only", "GPL v3": "GPL-3.0-only", "BSD": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause", "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
}


def declared() -> dict[str, list[str]]:
    """Names of the libraries that pyproject.toml asks for, by extra; "" is what is always installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups: dict[str, list[str]] = {"": project["dependencies"], **project["optional-dependencies"]}
    return {extra: [canonicalize_name(Requirement(text).name) for text in group] for extra, group in groups.items()}


def licence(found: Distribution) -> str:
    """The licence of an installed library as an SPDX expression, as far as its metadata can be read as one."""
    metadata = found.metadata
    classifiers = [c.split(" :: ")[-1] for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    free_text = (metadata.get_all("License") or [""])[0].partition("\n")[0]
    texts = [*(metadata.get_all("License-Expression") or []), *classifiers, free_text]
    text = next((text for text in texts if text), "not named")
    return SPDX.get(text, text)


def closure(names: list[str]) -> dict[str, Distribution | None]:
    """These libraries and all that they need here; None for those that are not installed."""
    found: dict[str, Distribution | None] = {}
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop(0))
        if name not in found:
            found[name] = _installed(name)
            waiting += _needs(found[name])
    return found


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _needs(found: Distribution | None) -> list[str]:
    needed = [Requirement(text) for text in (found and found.requires) or []]
    return [r.name for r in needed if r.marker is None or r.marker.evaluate({"extra": ""})]


def main() -> int:
    groups = declared()
    unknown = set(sys.argv[1:]) - groups.keys()
    if unknown:
        sys.exit(f"licences.py: There is no extra {sorted(unknown)[0]!r}; choose from {', '.join(sorted(groups.keys() - {''}))}.")
    names = [name for extra in ("", *sys.argv[1:]) for name in groups[extra]]
    for name, found in sorted(closure(names).items()):
        print(f"{name:24} not installed here" if found is None else f"{name:24} {found.version:16} {licence(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
