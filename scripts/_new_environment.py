"""An environment with nothing in it, and what was put into it afterwards: for the checks of the wheel and of the Dockerfile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLIP = "import dehazer; print(dehazer.SAMPLE_CLIP)"
VIDEO = """import json, sys
import av
with av.open(sys.argv[1]) as file:
    print(json.dumps([sum(1 for _ in file.decode(video=0)), file.streams.video[0].width, file.streams.video[0].height]))
"""
SIZES = """import json
from importlib.metadata import distributions
from pathlib import Path
print(json.dumps({d.metadata["Name"]: sum(p.stat().st_size for f in d.files or () if (p := Path(d.locate_file(f))).is_file())
                  for d in distributions()}))
"""


@dataclass(frozen=True)
class NewEnvironment:
    """A virtual environment in `folder`; its programs see neither the checkout nor packages of this Python."""

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> NewEnvironment:
        """Only pip is in it."""
        venv.create(folder, with_pip=True)
        return cls(folder)

    @property
    def programs(self) -> Path:
        """Where python, pip and the installed commands are."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def environment(self) -> dict[str, str]:
        """For programs: its own first in the path, nothing of PYTHON…, a home of its own."""
        home = self.folder.parent / "home"
        home.mkdir(exist_ok=True)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG", "VIRTUAL_ENV"))}
        return {**kept, "PATH": f"{self.programs}{os.pathsep}{kept['PATH']}", "HOME": str(home), "USERPROFILE": str(home)}

    def run(self, command: Sequence[str | Path], cwd: Path) -> None:
        """Run one of its programs; raises CalledProcessError where it fails."""
        subprocess.run([self.programs / command[0], *command[1:]], cwd=cwd, env=self.environment(), check=True)

    def answer(self, code: str, cwd: Path, *arguments: str | Path) -> str:
        """What a few lines of Python print in it."""
        command = [self.programs / "python", "-c", code, *arguments]
        done = subprocess.run(command, cwd=cwd, env=self.environment(), check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout.strip()

    def sample(self, cwd: Path) -> Path:
        """The clip inside the installed package; raises SystemExit if the package is not that of this environment."""
        clip = Path(self.answer(CLIP, cwd))
        if self.folder.resolve() not in clip.resolve().parents:
            sys.exit(f"{Path(sys.argv[0]).name}: dehazer was imported from {clip.parents[1]}, not from the new environment.")
        return clip

    def pictures(self, path: Path, cwd: Path) -> list[int]:
        """Number of pictures of a video that decode, its width and its height."""
        found: list[int] = json.loads(self.answer(VIDEO, cwd, path))
        return found

    def sizes(self, cwd: Path) -> dict[str, int]:
        """Bytes on the disk of every installed package."""
        found: dict[str, int] = json.loads(self.answer(SIZES, cwd))
        return found


def dehaze_sample(environment: NewEnvironment, command: Sequence[str | Path], cwd: Path) -> None:
    """Run dehazer-video on the packaged clip in a folder that has nothing to do with the checkout, and check what it wrote."""
    clip, result = environment.sample(cwd), cwd / "clear.mp4"
    environment.run([*command, clip, result.name], cwd)
    before, after = environment.pictures(clip, cwd), environment.pictures(result, cwd)
    if before != after:
        sys.exit(f"{Path(sys.argv[0]).name}: {result} has {after} pictures, width and height; the input has {before}.")
    print(f"{result.name}: {after[0]} pictures of {after[1]}×{after[2]}, as the input", flush=True)


def size_table(content: dict[str, Any]) -> str:
    """MiB of each package, the largest first; those below 1 MiB together."""
    sizes = sorted(content["bytes"].items(), key=lambda item: -item[1])
    rows = [(name, size / 2**20) for name, size in sizes if size >= 2**20]
    small = [size / 2**20 for _, size in sizes if size < 2**20]
    lines = ["| package | MiB |", "|---|---:|", *(f"| {name} | {size:.1f} |" for name, size in rows),
             f"| {len(small)} smaller ones | {sum(small):.1f} |", f"| **all** | **{sum(s for _, s in sizes) / 2**20:.0f}** |"]
    return "\n".join(lines)
