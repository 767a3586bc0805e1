"""Build and run the image of the Dockerfile where Docker is; elsewhere follow its lines in folders, as far as they are pip's.

    python scripts/check_docker.py [--build-arg NAME=VALUE] [--follow]

--follow: do not use Docker even where it is. Followed are FROM (a folder with a new environment of this Python), ARG, ENV,
WORKDIR, COPY with .dockerignore, the parts of RUN that call pip or rm, USER, ENTRYPOINT and CMD; other parts of RUN are printed
as not followed, and any other line is an error. In the end the entry point dehazes the clip of the installed package.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

from _new_environment import NewEnvironment, dehaze_sample

ROOT = Path(__file__).resolve().parents[1]
WINDOW = {"pyqt6", "pyqt6-qt6", "pyqt6-sip"}
TAG = "dehazer-check"
FOLLOWED = ("pip", "rm")
NOT_FOLLOWED = ("apt-get", "useradd")


def fail(sentence: str) -> None:
    sys.exit(f"check_docker.py: {sentence}")


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Name and rest of every line, comments left out and continued lines joined."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    for line in re.sub(r"\s*\\\n\s*", " ", "\n".join(lines)).splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            yield name.upper(), rest.strip()


def sent(root: Path) -> list[Path]:
    """Files that `COPY .` has, after .dockerignore: the last pattern that fits a file or a folder above it decides."""
    patterns = [line.strip() for line in (root / ".dockerignore").read_text("utf-8").splitlines()]
    rules = [(p.removeprefix("!"), not p.startswith("!")) for p in patterns if p and not p.startswith("#")]
    return [path for path in sorted(root.rglob("*")) if path.is_file() and not ignored(path.relative_to(root), rules)]


def ignored(path: Path, rules: list[tuple[str, bool]]) -> bool:
    names = [Path(*path.parts[:n]).as_posix() for n in range(1, len(path.parts) + 1)]
    fits = [leaves_out for pattern, leaves_out in rules
            if any(fnmatch(name, pattern.removeprefix("**/")) or ("**" in pattern and fnmatch(Path(name).name, pattern[3:]))
                   for name in (names if "**" in pattern else [n for n in names if n.count("/") == pattern.count("/")]))]
    return bool(fits) and fits[-1]


@dataclass
class Stage:
    """One FROM: a folder that stands for the image's root, and the environment that stands for its Python."""

    root: Path
    environment: NewEnvironment
    folder: str = "/"
    user: str = "root"
    arguments: dict[str, str] = field(default_factory=dict)
    entry: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def place(self, path: str) -> Path:
        """Where a path of the image lies."""
        inside = os.path.normpath(os.path.join(self.folder, path))
        return self.root / inside.lstrip("/")


class Follower:
    """Carries out a Dockerfile in folders below `place`. given: values for ARG."""

    def __init__(self, place: Path, given: dict[str, str]) -> None:
        self._place, self._given = place, given
        self.stages: dict[str, Stage] = {}
        self._steps = {"FROM": self._from, "ARG": self._arg, "ENV": self._env, "WORKDIR": self._workdir, "COPY": self._copy,
                       "RUN": self._run, "USER": self._user, "ENTRYPOINT": self._entry, "CMD": self._command}

    @property
    def stage(self) -> Stage:
        """The one that is being made; the last one is the image."""
        return list(self.stages.values())[-1]

    def follow(self, text: str) -> Stage:
        """All lines; returns the last stage."""
        for name, rest in instructions(text):
            if name not in self._steps:
                fail(f"The line {name} {rest} is not known here; add it to this script.")
            print(f"{name} {rest}", flush=True)
            self._steps[name](rest)
        return self.stage

    def _from(self, rest: str) -> None:
        image, _, name = re.sub(r"\s+AS\s+", "\n", rest, flags=re.IGNORECASE).partition("\n")
        wanted = re.match(r"python:(\d+\.\d+)-", image)
        if wanted is None:
            fail(f"FROM {image} is not an image of Python.")
        elif wanted[1] != ".".join(map(str, sys.version_info[:2])):
            print(f"   (this is Python {sys.version.split()[0]}, not {wanted[1]})")
        folder = self._place / f"stage{len(self.stages)}"
        (folder / "root").mkdir(parents=True)
        self.stages[name or f"{len(self.stages)}"] = Stage(folder / "root", NewEnvironment.make(folder / "python"))

    def _arg(self, rest: str) -> None:
        name, _, default = rest.partition("=")
        self.stage.arguments[name] = self._given.get(name, default)

    def _env(self, rest: str) -> None:
        for name, _, value in (text.partition("=") for text in shlex.split(rest)):
            self.stage.arguments[name] = value

    def _workdir(self, rest: str) -> None:
        self.stage.folder = os.path.normpath(os.path.join(self.stage.folder, rest))
        self.stage.place(".").mkdir(parents=True, exist_ok=True)

    def _copy(self, rest: str) -> None:
        words = rest.split()
        origin = words.pop(0).partition("=")[2] if words[0].startswith("--from=") else None
        source, target = words
        if origin is not None:
            shutil.copytree(self.stages[origin].place(source), self.stage.place(target), dirs_exist_ok=True)
        elif source == ".":
            for path in sent(ROOT):
                new = self.stage.place(target) / path.relative_to(ROOT)
                new.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, new)
        else:
            fail(f"COPY {rest}: only `COPY . …` and `COPY --from=…` are known here.")

    def _run(self, rest: str) -> None:
        for part in (p.strip() for p in rest.split("&&")):
            program = part.split()[0]
            if program in NOT_FOLLOWED or "/var/lib" in part:
                print(f"   not followed: {part}", flush=True)
            elif program in FOLLOWED:
                self._shell(part)
            else:
                fail(f"RUN {part}: {program} is not known here; add it to this script.")

    def _shell(self, line: str) -> None:
        """With paths of the image turned into those of its folder."""
        moved = re.sub(r"(?<!\S)/(?=\w)", f"{shlex.quote(str(self.stage.root))}/", line)
        environment = {**self.stage.environment.environment(), **self.stage.arguments}
        subprocess.run(["bash", "-euc", moved], cwd=self.stage.place("."), env=environment, check=True)

    def _user(self, rest: str) -> None:
        self.stage.user = rest

    def _entry(self, rest: str) -> None:
        self.stage.entry = json.loads(rest)

    def _command(self, rest: str) -> None:
        self.stage.rest = json.loads(rest)


def follow(given: dict[str, str]) -> None:
    """Without Docker."""
    with TemporaryDirectory(prefix="dehazer-docker-") as folder:
        image = Follower(Path(folder), given).follow((ROOT / "Dockerfile").read_text("utf-8"))
        work = image.place(".")
        if image.user == "root":
            fail("The image would run as root; end it with USER.")
        image.environment.run([*image.entry, *image.rest], work)
        dehaze_sample(image.environment, image.entry, work)
        sizes = image.environment.sizes(work)
        if left := sorted(name for name in sizes if name.lower() in WINDOW):
            fail(f"{', '.join(left)} is in the image, and only the window needs it.")
        print(f"packages take {sum(sizes.values()) / 2**20:.0f} MiB")


def build_and_run(given: dict[str, str]) -> None:
    """With Docker; without a network when it runs."""
    chosen = [word for name, value in given.items() for word in ("--build-arg", f"{name}={value}")]
    subprocess.run(["docker", "build", "--tag", TAG, *chosen, ROOT], check=True)
    script = "import dehazer, subprocess; subprocess.run(['dehazer-video', dehazer.SAMPLE_CLIP, '/tmp/clear.mp4'], check=True)"
    subprocess.run(["docker", "run", "--rm", "--network", "none", "--entrypoint", "python", TAG, "-c", script], check=True)


def has_docker() -> bool:
    """Whether a daemon answers."""
    docker = shutil.which("docker")
    return docker is not None and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser("check_docker.py", description="Build and run the image, or follow its Dockerfile.")
    parser.add_argument("--build-arg", action="append", default=[], metavar="NAME=VALUE", help="value of an ARG")
    parser.add_argument("--follow", action="store_true", help="do not use Docker even where it is")
    flags = parser.parse_args()
    given = dict(text.split("=", 1) for text in flags.build_arg)
    if flags.follow or not has_docker():
        print("The Dockerfile is followed in folders; system packages and users are not made.", flush=True)
        follow(given)
    else:
        build_and_run(given)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        fail(f"{' '.join(map(str, error.cmd))[:200]} failed with exit code {error.returncode}.")
