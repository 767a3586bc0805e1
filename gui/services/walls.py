"""Walls on disk: one file each, so that a damaged one is no harm to the others; saving replaces a file at once or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QCoreApplication

from dehazer import DehazerError, OutputError, UsageError
from gui.wall import MAX_NAME, Wall, wall_from

translate = QCoreApplication.translate
READABLE = 24
"""Letters of a wall's name in that of its file, for people who look into the folder."""


class WallStore:
    """The walls in a folder, by name; upper and lower case do not tell them apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Where the wall of that name is saved."""
        key = name.strip().casefold()
        readable = re.sub(r"[^a-z0-9]+", "-", key)[:READABLE].strip("-") or "wall"
        return self.folder / f"{readable}-{hashlib.sha256(os.fsencode(key)).hexdigest()[:12]}.json"

    def all(self) -> list[Wall]:
        """The walls that can be read, by name."""
        found = [self._read(path) for path in self._files()]
        return sorted((wall for wall in found if isinstance(wall, Wall)), key=lambda wall: wall.name.casefold())

    def damaged(self) -> dict[Path, str]:
        """Files that cannot be read as walls, and why."""
        found = {path: self._read(path) for path in self._files()}
        return {path: reason for path, reason in found.items() if isinstance(reason, str)}

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []

    def _read(self, path: Path) -> Wall | str:
        """The wall, or what is wrong with its file."""
        try:
            return wall_from(json.loads(path.read_text("ascii")))
        except OSError as error:
            return error.strerror or str(error)
        except (ValueError, RecursionError) as error:  # JSON that is none, also
            return translate("WallStore", "it is not the file of a wall") if isinstance(
                error, json.JSONDecodeError | UnicodeDecodeError | RecursionError) else str(error)

    def exists(self, name: str) -> bool:
        """Whether there is a wall of that name, readable or not."""
        return self.path(name).exists()

    def load(self, name: str) -> Wall:
        """The wall of that name. Raises UsageError, with the names there are, for one that is unknown or damaged."""
        if not self.exists(name):
            raise UsageError(translate("WallStore", "There is no wall “{}”; {}").format(name, self._names()))
        found = self._read(self.path(name))
        if isinstance(found, Wall):
            return found
        raise UsageError(translate("WallStore", "The wall “{}” is damaged ({}); {}").format(name, found, self._names()))

    def _names(self) -> str:
        names = ", ".join(f"“{wall.name}”" for wall in self.all())
        if not names:
            return translate("WallStore", "none is saved yet. Open cameras, then save them as a wall.")
        return translate("WallStore", "saved are: {}.").format(names)

    def save(self, wall: Wall) -> None:
        """Save a wall under its name, in place of one that has it. Raises UsageError for the name, OutputError for the disk."""
        check_name(wall.name)
        text = json.dumps(wall.to_dict(), indent=2)  # in ASCII: names of files may hold bytes that are no UTF-8
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._replace(self.path(wall.name), text)
        except OSError as error:
            sentence = translate("WallStore", "The wall “{}” cannot be saved in {} ({}); what was saved before is kept.")
            raise OutputError(sentence.format(wall.name, self.folder, error.strerror or error), str(error)) from error

    def _replace(self, path: Path, text: str) -> None:
        handle, name = tempfile.mkstemp(prefix=".wall-", suffix=".partial", dir=self.folder)
        try:
            with open(handle, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            with suppress(OSError):
                os.unlink(name)
            raise

    def rename(self, old: str, new: str) -> None:
        """Give a wall another name. Raises UsageError where it is taken or not possible, OutputError for the disk."""
        wall = self.load(old)
        if self.path(new) != self.path(old) and self.exists(new):
            raise UsageError(translate("WallStore", "There is a wall “{}” already; choose another name.").format(new))
        self.save(replace(wall, name=new.strip()))
        if self.path(new) != self.path(old):
            self.remove_file(self.path(old))

    def remove(self, name: str) -> None:
        """Remove a wall. Raises OutputError where that is not possible."""
        self.remove_file(self.path(name))

    def remove_file(self, path: Path) -> None:
        """Remove the file of a wall, readable or not. Raises OutputError where that is not possible."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            sentence = translate("WallStore", "{} cannot be removed ({}); check the permissions of the folder.")
            raise OutputError(sentence.format(path, error.strerror or error), str(error)) from error


def check_name(name: str) -> None:
    """Raise UsageError for what is no name of a wall."""
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        text = translate("WallStore", "“{}” is no name for a wall; give 1 to {} characters in one line.")
        raise UsageError(text.format(name[:MAX_NAME], MAX_NAME))


def name_error(name: str) -> str:
    """What is wrong with a name, in one sentence; empty when it is one."""
    try:
        check_name(name)
    except DehazerError as error:
        return str(error)
    return ""
