"""What a result was made of and how it is made again: full configuration, hashes of all data and weights, one command."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.config import Config

PIECE = 1 << 20  # bytes read at once


def provenance(config: Config, command: str) -> dict[str, Any]:
    """The part of a result file that says where it comes from."""
    return {"command": command, "config": asdict(config), "data": {path: sha256_of(Path(path)) for path in inputs(config)}}


def inputs(config: Config) -> list[str]:
    """Every file and folder that a run reads: data, validation data, initial weights, the teacher's weights; sorted."""
    settings = [config.data.settings, *(part.settings for part in config.validate)]
    named = {text for one in settings for value in one.values() for text in texts(value)}
    named |= {config.init, config.teacher.checkpoint if config.teacher else ""}
    return sorted(text for text in named if text and Path(text).exists())


def texts(value: Any) -> Iterator[str]:
    """The strings in a setting: itself, or the items of a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        yield from (item for item in value if isinstance(item, str))


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file, or of a folder: of the relative names and contents of all its files, sorted by name."""
    digest = hashlib.sha256()
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    for file in files:
        if path.is_dir():
            digest.update(file.relative_to(path).as_posix().encode() + b"\0")
        with file.open("rb") as stream:
            while piece := stream.read(PIECE):
                digest.update(piece)
    return digest.hexdigest()


def command_line(module: str, arguments: Sequence[str]) -> str:
    """python -m module arguments…, quoted for a shell."""
    return shlex.join(["python", "-m", module, *arguments])
