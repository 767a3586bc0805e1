"""Where hazy and clear pictures lie in the published data sets, and which belong together.

Roles are read from folder names (RESIDE's `hazy`/`clear`/`trans`, `ITS_haze`, `gt`, HSTS's `original`/`synthetic`, OTS's
`part1`, O-HAZE's and D-HAZY's `GT`/`Hazy`), partners from file names: `1400_5` → `1400`, `0018_0.9_0.2` → `0018`,
`01_outdoor_hazy` → `01`, or the very same name. So folders and tars, and both naming conventions, need no options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from dehazer.errors import ConfigError, InputError
from training.data.archive import Archive

ROLES = {
    "hazy": re.compile(r"(.*[_ -])?(hazy|haze|synthetic|part\d+)$", re.IGNORECASE),
    "clear": re.compile(r"(.*[_ -])?(clear|gt|original|clear_images|clean)$", re.IGNORECASE),
    "trans": re.compile(r"(.*[_ -])?(trans|transmission)$", re.IGNORECASE),
}
SUFFIX = re.compile(r"_?(outdoor_|indoor_)?(gt|hazy|image_?|im0|clear)$", re.IGNORECASE)


@dataclass(frozen=True)
class Pair:
    """Names in one archive: the hazy picture, its clear one, its transmission map where there is one."""

    hazy: str
    clear: str
    trans: str | None = None


@dataclass(frozen=True)
class Layout:
    """A data set by name. fragments: path parts that choose it among others in one folder. pairs, clear: its published
    counts, asserted (0 = any)."""

    name: str
    fragments: tuple[str, ...] = ()
    pairs: int = 0
    clear: int = 0


def _table(*layouts: Layout) -> dict[str, Layout]:
    table: dict[str, Layout] = {}
    for layout in layouts:
        if layout.name in table:
            raise ConfigError(f"Two data layouts are called {layout.name}; rename one.")
        table[layout.name] = layout
    return table


LAYOUTS = _table(
    Layout("pairs"),
    Layout("its", pairs=13990, clear=1399),
    Layout("ots", pairs=72135, clear=2061),
    Layout("sots-indoor", ("indoor", "nyuhaze500"), pairs=500, clear=50),
    Layout("sots-outdoor", ("outdoor",), pairs=500, clear=492),
    Layout("hsts", pairs=10, clear=10),
    Layout("o-haze", pairs=45, clear=45),
    Layout("middlebury", ("middlebury",), pairs=23, clear=23),
    Layout("d-hazy", ("nyu",), pairs=1449, clear=1449),
)


def role(name: str) -> str | None:
    """hazy, clear or trans, from the nearest folder name that says so; None for other pictures."""
    for part in reversed(PurePosixPath(name).parts[:-1]):
        for kind, pattern in ROLES.items():
            if pattern.match(part):
                return kind
    return None


def keys(name: str) -> Iterator[str]:
    """Names a partner may have, most specific first: `1400_5` → 1400_5, 1400."""
    stem = SUFFIX.sub("", PurePosixPath(name).stem)
    yield stem
    while "_" in stem:
        stem = stem.rpartition("_")[0]
        yield stem


def find_pairs(archive: Archive, layout: str = "pairs") -> list[Pair]:
    """All pairs of a data set, sorted by hazy name.

    Raises ConfigError for an unknown layout, InputError when the folders are not there, when a hazy picture has no partner
    (they are counted), or when a named set is not complete.
    """
    if layout not in LAYOUTS:
        raise ConfigError(f"There is no data layout {layout!r}; choose one of: {', '.join(LAYOUTS)}.")
    wanted = LAYOUTS[layout]
    by_role: dict[str, list[str]] = {"hazy": [], "clear": [], "trans": []}
    for name in _chosen(archive.pictures(), wanted.fragments):
        if kind := role(name):
            by_role[kind].append(name)
    if not by_role["hazy"] or not by_role["clear"]:
        raise InputError(f"{archive.path} does not look like {layout}: expected a folder called hazy (or haze, synthetic) and "
                         f"one called clear (or gt, original), found "
                         f"{len(by_role['hazy'])} hazy and {len(by_role['clear'])} clear.")
    pairs = _matched(by_role, archive)
    _assert_counts(pairs, wanted, archive)
    return pairs


def _chosen(names: list[str], fragments: tuple[str, ...]) -> list[str]:
    chosen = [n for n in names if any(f in n.lower() for f in fragments)]
    return chosen or names


def _matched(by_role: dict[str, list[str]], archive: Archive) -> list[Pair]:
    clear = {next(keys(name)): name for name in by_role["clear"]}
    trans = {PurePosixPath(name).stem: name for name in by_role["trans"]}
    pairs, lonely = [], []
    for name in by_role["hazy"]:
        partner = next((clear[key] for key in keys(name) if key in clear), None)
        if partner is None:
            lonely.append(name)
        else:
            pairs.append(Pair(name, partner, next((trans[key] for key in keys(name) if key in trans), None)))
    if lonely:
        raise InputError(f"{len(lonely)} of {len(by_role['hazy'])} hazy pictures in {archive.path} have no clear partner, the "
                         f"first is {lonely[0]}; complete the clear folder or remove them.")
    return pairs


def _assert_counts(pairs: list[Pair], layout: Layout, archive: Archive) -> None:
    clear = len({pair.clear for pair in pairs})
    if layout.pairs and (len(pairs), clear) != (layout.pairs, layout.clear):
        raise InputError(f"{archive.path} is not the complete {layout.name}: it has {len(pairs)} pairs of {clear} clear "
                         f"pictures, published are {layout.pairs} of {layout.clear}; complete it, or use the layout pairs.")
