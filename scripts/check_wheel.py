"""Install dehazer as a stranger would, without the repository, and use it.

    python scripts/check_wheel.py             # wheel, new environment, installation, dehazer-video on the packaged clip
    python scripts/check_wheel.py --sizes     # and write docs/measured/install.json and docs/install-size.md
"""

from __future__ import annotations

import json
import platform
import shutil
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from _new_environment import NewEnvironment, dehaze_sample, size_table

ROOT = Path(__file__).resolve().parents[1]
MEASURED, PAGE = ROOT / "docs" / "measured" / "install.json", ROOT / "docs" / "install-size.md"

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "build", "dist", "runs", "*.egg-info", "__pycache__", ".*_cache")


def main() -> None:
    with TemporaryDirectory(prefix="dehazer-wheel-") as folder:
        place = Path(folder)
        environment = NewEnvironment.make(place / "environment")
        source = place / "source"
        shutil.copytree(ROOT, source, ignore=NOT_COPIED)  # setuptools would leave a folder `build` in the checkout
        environment.run(["pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", place, "."], source)
        wheel = next(place.glob("dehazer-*.whl"))
        print(f"{wheel.name}: {wheel.stat().st_size / 2**20:.1f} MiB", flush=True)
        environment.run(["pip", "install", "--quiet", wheel], place)
        environment.run(["pip", "check"], place)
        elsewhere = place / "elsewhere"
        elsewhere.mkdir()
        dehaze_sample(environment, ["dehazer-video"], elsewhere)
        if "--sizes" in sys.argv[1:]:
            torch = environment.answer("import torch; print(torch.__version__)", elsewhere)
            keep(environment.sizes(elsewhere), wheel.stat().st_size, torch)


def keep(sizes: dict[str, int], wheel: int, torch: str) -> None:
    """Write the figures and the page. sizes: bytes of every package; wheel: bytes; torch: its version."""
    content = {"date": date.today().isoformat(), "system": platform.platform(), "python": platform.python_version(),
               "torch": torch, "wheel_bytes": wheel, "bytes": dict(sorted(sizes.items()))}
    MEASURED.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(content), "utf-8")


def page(content: dict[str, Any]) -> str:
    """docs/install-size.md, from what is in docs/measured/install.json."""
    return f"""# What an installation takes

Made by `scripts/check_wheel.py --sizes`; do not edit. A new environment after `pip install` of the wheel
({content["wheel_bytes"] / 2**20:.1f} MiB), by package. Measured on {content["date"]}
({content["system"]}, Python {content["python"]}); torch is {content["torch"]};
the build that PyPI has for Linux is larger by the libraries of CUDA.

{size_table(content)}

opencv-python-headless, the same library without its window toolkit, would do for all that is computed here; the package list of
the project asks for opencv-python. PyQt6 is needed by the window alone; the [Dockerfile](../Dockerfile) leaves it out.
"""


if __name__ == "__main__":
    main()
