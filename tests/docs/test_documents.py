"""What documents name is there: links, pictures, files of the project, and options of the programs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from dehazer.cli import review
from dehazer.cli.video import read_flags
from dehazer.review.recording_names import CONVENTIONS

ROOT = Path(__file__).parents[2]
HISTORY = {"CHANGELOG.md"}
"""Tells of what was; decisions (docs/adr) do, too."""
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("training/*.md")))
PRESENT = [path for path in DOCUMENTS if path.name not in HISTORY and "adr" not in path.parts]
LARGEST_PICTURE = 200_000
FILE_NAME = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|toml|json|mp4|ipynb))`")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(text: str) -> set[str]:
    """Names under which the headings of a document can be linked."""
    return {re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower()).replace(" ", "-")
            for line in text.splitlines() if line.startswith("#")}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), f"{document.name} links to {target}"
        assert not anchor or anchor in anchors(there.read_text("utf-8")), f"{document.name} links to {target}"


@pytest.mark.parametrize("document", PRESENT, ids=name_of)
def test_files_of_the_project_that_are_named_exist(document: Path) -> None:
    tops = {path.name for path in ROOT.iterdir()}
    text = "\n".join(line for line in document.read_text("utf-8").splitlines() if "New file" not in line)  # examples in recipes
    named = [name for name in FILE_NAME.findall(text) if name.split("/")[0] in tops]
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", PRESENT, ids=name_of)
def test_commands_in_documents_are_understood(document: Path) -> None:
    lines = [line.partition("  #")[0].strip() for line in document.read_text("utf-8").splitlines()]
    for line in lines:
        if line.startswith("dehazer-video "):
            read_flags(shlex.split(line)[1:])  # exits on an option that there is not
        if line.startswith("dehazer-review "):
            review.build_parser().parse_args(shlex.split(line)[1:])


def test_the_guide_names_every_recorder_that_is_known() -> None:
    rows = re.findall(r"^\| (.+?) \| `(.+)` \|$", (ROOT / "docs/guide/recordings.md").read_text("utf-8"), re.MULTILINE)
    for pattern in CONVENTIONS:
        example = next((example for title, example in rows if title.startswith(pattern.title)), None)
        assert example is not None, f"name {pattern.title} in the guide"
        first = next(one for one in CONVENTIONS if one.read(PurePosixPath(example)))
        assert first.title == pattern.title


def test_pictures_of_the_guide_are_light() -> None:
    pictures = sorted((ROOT / "docs/guide/images").iterdir())
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE] == []
    shown = "".join(path.read_text("utf-8") for path in (ROOT / "docs/guide").glob("*.md"))
    assert [path.name for path in pictures if f"images/{path.name}" not in shown] == []


def test_tables_are_those_that_the_script_makes() -> None:
    command = [sys.executable, "scripts/readme.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
