#!/usr/bin/env python3
"""Update the translations of the window: collect texts into the .ts files, compile them to .qm files.

    python scripts/translations.py            # new and changed texts into gui/translations/*.ts, then compile
    python scripts/translations.py --check    # end with 1 where a file is not up to date or a text is not translated

Texts are edited in the .ts files, with a text editor or Qt Linguist. pylupdate6 comes with PyQt6; lrelease (or
pyside6-lrelease, from the package pyside6-essentials) is needed for compiling.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from PyQt6.lupdate.lupdate import lupdate

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from gui.languages import ENGLISH, LANGUAGES  # noqa: E402  the checkout comes before what is installed
from gui.view.option_texts import texts  # noqa: E402

FOLDER = ROOT / "gui" / "translations"
HEADER = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def file_of(language: str, suffix: str = ".ts") -> Path:
    """The file of a language."""
    return FOLDER / f"dehazer_{language}{suffix}"


def collect(target: Path) -> None:
    """Bring a .ts file up to date with the texts of gui/ and of the core's options."""
    with TemporaryDirectory() as folder:
        options = Path(folder) / "options.py"  # what pylupdate6 reads of the core
        options.write_text("\n".join(f'translate("options", {text!r})' for text in texts()) + "\n", "utf-8")
        sources = [str(path) for path in sorted((ROOT / "gui").rglob("*.py"))]
        lupdate([*sources, str(options)], [str(target)], no_obsolete=True)  # type: ignore[no-untyped-call]  # PyQt has no types here
    tree = ElementTree.parse(target)
    tree.getroot().attrib["language"] = target.stem.partition("_")[2]
    for message in tree.getroot().iter("message"):
        for place in message.findall("location"):
            message.remove(place)  # line numbers would change the file with every edit of the source
    ElementTree.indent(tree, "  ")
    target.write_text(HEADER + ElementTree.tostring(tree.getroot(), "unicode") + "\n", "utf-8")


def untranslated(file: Path) -> list[str]:
    """Texts of a .ts file that have no translation yet."""
    found = []
    for message in ElementTree.parse(file).getroot().iter("message"):
        translation = message.find("translation")
        if translation is None or not translation.text or translation.get("type") == "unfinished":
            found.append(message.findtext("source") or "")
    return found


def compile_file(language: str) -> None:
    """Make the .qm file that is loaded at run time."""
    program = shutil.which("lrelease") or shutil.which("pyside6-lrelease")
    if program is None:
        sys.exit("translations.py: lrelease is not installed; install the package pyside6-essentials in a virtual environment.")
    subprocess.run([program, "-silent", str(file_of(language)), "-qm", str(file_of(language, ".qm"))], check=True)


def outdated(language: str) -> bool:
    """Whether collecting the texts would change the file."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file_of(language).name
        shutil.copy(file_of(language), copy)
        collect(copy)
        return copy.read_text("utf-8") != file_of(language).read_text("utf-8")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="change nothing, only say what is missing")
    check = options.parse_args().check
    code = 0
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        if check and outdated(language):
            print(f"{file_of(language).name} is not up to date; run scripts/translations.py")
            code = 1
        elif not check:
            collect(file_of(language))
            compile_file(language)
        missing = untranslated(file_of(language))
        print(f"{file_of(language).name}: {len(missing)} texts are not translated", *missing, sep="\n    ")
        code = code or (1 if check and missing else 0)
    return code


if __name__ == "__main__":
    sys.exit(main())
