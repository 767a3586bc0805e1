"""No module imports itself through others: no circles, imports inside functions and for type checkers counted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("dehazer", "gui", "training")


def modules_of(folder: Path) -> dict[str, Path]:
    """Module name → file, for a package and everything in it."""
    found = {}
    for file in sorted(folder.rglob("*.py")):
        parts = file.relative_to(folder.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imported_by(file: Path, modules: dict[str, Path]) -> Iterator[str]:
    """Modules of the package that are imported anywhere in a file: at the top, in functions, under TYPE_CHECKING.

    `from package import name` counts as an import of package.name where that is a module, else of the package.
    """
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports are not used here"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                if submodule in modules:
                    yield submodule
                elif node.module in modules:
                    yield str(node.module)


def graph_of(folder: Path) -> dict[str, set[str]]:
    """Module → the other modules of the package that it imports."""
    modules = modules_of(folder)
    return {name: set(imported_by(file, modules)) - {name} for name, file in modules.items()}


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """One circle, as a path that ends where it begins; empty when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_no_import_circle(package: str) -> None:
    graph = graph_of(ROOT / package)
    assert len(graph) > 20
    assert cycle_in(graph) == []


@pytest.mark.parametrize("line", [
    "from package.b import x", "import package.b", "def f():\n    from package import b",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from package.b import x",
])
def test_every_kind_of_import_is_seen(tmp_path: Path, line: str) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "a.py").write_text(line)
    (package / "b.py").write_text("from package.a import y")
    assert set(cycle_in(graph_of(package))) == {"package.a", "package.b"}
