"""The cameras plugged into this machine, by name. Loads no codec library."""

from __future__ import annotations

from pathlib import Path

VIDEO4LINUX = Path("/sys/class/video4linux")


def find_cameras() -> dict[str, str]:
    """Name → device of the cameras that Linux knows, empty elsewhere (there the window system knows the names).

    Of the several nodes of one camera the first counts; the others carry metadata. Equal names get a number.
    """
    found: dict[str, str] = {}
    for node in sorted(VIDEO4LINUX.glob("video*"), key=lambda p: int("0" + p.name.removeprefix("video"))):
        name, index = _text(node / "name"), _text(node / "index")
        if index not in ("", "0"):
            continue
        label, number = name or node.name, 2
        while label in found:
            label, number = f"{name} ({number})", number + 1
        found[label] = f"/dev/{node.name}"
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
