"""NOTICE says what is true: every library, every set of weights and every file of others is in it, with its terms."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dehazer.models.weights import FOLDER, Card, read_card

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text("utf-8")
LIBRARIES = dict(re.findall(r"^    ([a-z0-9-]+): ([\w.+-]+)", NOTICE, re.MULTILINE))
WEIGHTS = {name: (data, terms) for name, data, terms in
           re.findall(r"^([\w-]+)\n    Data: (.+)\n    Licence: (.+)$", NOTICE, re.MULTILINE)}
DATA_SETS = ("NYU Depth V2", "BSDS500", "RESIDE")
FILES_OF_OTHERS = {".otf", ".ttf", ".woff", ".woff2", ".txt"}
FOR_DEVELOPERS = "test"
"""The extra whose libraries nobody gets who installs dehazer."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = sorted(PROJECT["optional-dependencies"].keys() - {FOR_DEVELOPERS})
REQUIREMENTS = sum((PROJECT["optional-dependencies"][extra] for extra in EXTRAS), PROJECT["dependencies"])
DECLARED = sorted({re.split(r"[^\w-]", text)[0].lower() for text in REQUIREMENTS})
CARDS = {card.stem: read_card(card) for card in sorted(FOLDER.glob("*.json"))}


def test_the_licence_is_the_unchanged_text_of_apache_2() -> None:
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"  # www.apache.org/licenses/LICENSE-2.0.txt


@pytest.fixture(scope="module")
def installed() -> dict[str, str]:
    """Licence of every library that is installed here, as scripts/licences.py prints it."""
    command = [sys.executable, "scripts/licences.py", *EXTRAS]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    return {name: licence for name, _, licence in (line.split(maxsplit=2) for line in text.splitlines())}


@pytest.mark.parametrize("name", DECLARED)
def test_every_library_is_named_with_its_licence(name: str, installed: dict[str, str]) -> None:
    assert name in LIBRARIES, f"name {name} and its licence in section 4 of NOTICE (scripts/licences.py prints it)"
    if installed[name] == "installed here":
        pytest.skip(f"{name} is not installed here")
    assert LIBRARIES[name] in re.split(r" AND | OR ", installed[name])


def test_an_unknown_extra_is_told_with_those_that_there_are() -> None:
    command = [sys.executable, "scripts/licences.py", "gpu"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "no extra 'gpu'; choose from cluster, keyring, nncf, onnx" in done.stderr


def test_no_library_is_named_that_is_not_used() -> None:
    assert sorted(LIBRARIES) == DECLARED


def test_weights_in_notice_are_those_in_the_package() -> None:
    assert sorted(WEIGHTS) == sorted(CARDS)


@pytest.mark.parametrize(("name", "card"), CARDS.items(), ids=CARDS)
def test_notice_and_card_agree(name: str, card: Card) -> None:
    data, terms = WEIGHTS[name]
    assert terms == card.licence
    used = {one for one in DATA_SETS if one in card.data}
    assert used
    assert {one for one in DATA_SETS if one in data} == used
    for one in used:
        assert re.search(rf"^{re.escape(one)}: ", NOTICE, re.MULTILINE), f"say in NOTICE where {one} is from"


def test_fonts_are_named_with_their_licence() -> None:
    fonts = [path for path in (ROOT / "dehazer/data/fonts").iterdir() if path.suffix in FILES_OF_OTHERS]
    assert len(fonts) >= 2
    for path in fonts:
        assert path.relative_to(ROOT).as_posix() in NOTICE


def test_icons_are_named_with_their_licence() -> None:
    assert re.search(r"^gui/icons/\*\.svg: .*Material Design Icons.*Apache License 2\.0", NOTICE, re.MULTILINE)
