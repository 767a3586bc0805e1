"""The virtual environment that run.py and test.py share. Standard library only, safe to repeat."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALL = "--install"
"""The flag of test.py that allows the installation of system packages."""

QT_LIBRARIES = {  # shared library that Qt's xcb platform loads → Debian package that has it
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libxkbcommon.so.0": "libxkbcommon0", "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-image.so.0": "libxcb-image0", "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-xinerama.so.0": "libxcb-xinerama0", "libpulse.so.0": "libpulse0",
    "libfontconfig.so.1": "libfontconfig1", "libxcb-randr.so.0": "libxcb-randr0", "libxcb-xkb.so.1": "libxcb-xkb1",
}


def fail(sentence: str) -> None:
    """Say what is wrong and what to do, and leave."""
    sys.exit(f"{Path(sys.argv[0]).name}: {sentence}")


def prepare(extras: str = "") -> Path:
    """Make .venv and install dehazer[extras] into it, unless that was done already; returns its Python."""
    if sys.version_info < (3, 11):  # noqa: UP036  older versions get a sentence instead of a traceback
        fail(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    stamp, mark = FOLDER / f".dehazer-{extras or 'plain'}", _fingerprint()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == mark:
        return PYTHON
    if not PYTHON.exists():
        print(f"Making a virtual environment in {FOLDER} …", flush=True)
        venv.create(FOLDER, with_pip=True)
    print("Installing dehazer and what it needs (a few minutes the first time) …", flush=True)
    target = f"{ROOT}[{extras}]" if extras else str(ROOT)
    done = subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", target], check=False)
    if done.returncode != 0:
        fail("pip could not install dehazer; its message above says why (most often: no network, or a full disk).")
    stamp.write_text(mark)
    return PYTHON


def _fingerprint() -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def missing_qt_packages() -> list[str]:
    """Debian packages whose libraries Qt would look for in vain."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted(package for library, package in QT_LIBRARIES.items() if not _loads(library))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def may_install(arguments: Sequence[str]) -> bool:
    """Whether system packages may be installed: only on request, with --install or with CI=true."""
    return INSTALL in arguments or os.environ.get("CI") == "true"


def install_line(packages: Sequence[str]) -> str:
    """The command that installs Debian packages, to be typed as it is by the user who runs this."""
    return shlex.join([*_privilege_prefix(), "apt-get", "install", *packages])


def _privilege_prefix() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo"]


def provide(packages: Sequence[str], allowed: bool) -> None:
    """Install Debian packages where that is allowed; otherwise, and where it fails, print the line that would."""
    if packages and not (allowed and _install(packages)):
        print(f"Some tests need system packages that are missing. Run this, or repeat with {INSTALL}:\n"
              f"    {install_line(packages)}", file=sys.stderr, flush=True)


def _install(packages: Sequence[str]) -> bool:
    """Install Debian packages without asking for a password; returns whether that worked."""
    become = [*_privilege_prefix(), "-n"] if _privilege_prefix() else []
    if not all(shutil.which(program) for program in (*become[:1], "apt-get")):
        return False
    print(f"Installing {', '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
        done = subprocess.run([*become, "apt-get", *command], check=False, stdout=subprocess.DEVNULL, env=environment)
    return done.returncode == 0
