"""The virtual environment that run.py and test.py share. Standard library only, safe to repeat."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

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
    if sys.version_info < (3, 11):  # noqa: UP036  whoever runs an older one should be told, not shown a traceback
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


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages where this user may; returns whether that worked."""
    if not packages or not shutil.which("apt-get"):
        return not packages
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become and not shutil.which("sudo"):
        return False
    print(f"Installing {', '.join(packages)} …", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([*become, "apt-get", "update", "-qq"], check=False, **quiet)
    return subprocess.run([*become, "apt-get", "install", "-y", "-qq", *packages], check=False, **quiet).returncode == 0
