"""RESULTS.md as text: tables of rows, and long runs with their curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

SMALL_MINUTES = 120  # rows with less say that their budget is small
Result = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of a table, or one seed of it (rows of one title are one line). config: file in training/configs; set: changes;
    paper: the published figure beside it, if any."""

    table: str
    name: str
    title: str
    config: str
    set: tuple[str, ...] = ()
    paper: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under one title, `about` above them."""

    name: str
    title: str
    about: str
    rows: tuple[Row, ...]


PREFACE = """# Results

Written by `python -m training.results write` from training/results/*.json; run rows with `python -m training.results run`. Every
JSON file holds the full configuration, seed, hashes of the data and the command that makes it again.

Packaged weights are judged by one protocol (`training.protocol`), and these are the figures that the cards and the READMEs quote:
PSNR in dB and SSIM (FFA-Net's protocol) at full resolution on all 50 scenes of NYU Depth V2 that no training saw (1350–1399), one
seeded haze of RESIDE's indoor ranges each. Tables and curves below come from validations while training, on fewer pictures
(config.validate in each JSON file): every fifth scene under two or three hazes, or every second under one. The same weights score
up to 1.6 dB differently from one such subset to another, so figures of different subsets are never to be compared. The papers'
figures are on SOTS indoor after days of GPU time and stand beside ours for orientation, not for comparison.
"""


def packaged_sets(results: Sequence[Result]) -> str:
    """The packaged weights under the protocol: main figures, then the calibration table and the clips."""
    if not results:
        return ""
    names = list(dict.fromkeys(n for r in results for n in r["figures"] if is_main(n)))
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    lines += [f"| {r['model']}, `{r['name']}` | " + " | ".join(optional(r["figures"], n) for n in names) + " |" for r in results]
    fields = [r for r in results if any(n.startswith("t ") for n in r["figures"])]
    where = "; ".join(sorted({r["machine"] for r in results}))
    return "\n## Packaged weights\n\n" + "\n".join(lines) + f"\n\nMachine: {where}.\n" + calibration(fields) + clips(fields)


EDGES_ABOUT = """
## Edges of depth

Mean absolute error in grey levels, within 8 pixels of an edge of depth and away from it (`training/edges.py`). Photographs in
haze of t = 0.5 behind near objects without haze that cover 30 % of the picture, dark ones and lit ones, their outlines those of
the picture itself; behind thin dark wires; rooms in RESIDE's haze. Aims, for dark objects: background 12, its edge 15, object 4,
its edge 6. "True field on the grid": the mean transmission of every cell, as a perfect network would answer; what is left then
is due to the grid and the interpolation between it and the pixels (docs/adr/0009 and 0025).

"""
CLIP_FIGURES = ("haze", "swing", "before", "after", "smoothed", "level")  # last words of their names


def is_main(name: str) -> bool:
    """Whether a figure is a mean or worst case, no single cell of the calibration table, no region beside an edge and no clip."""
    return not name.startswith(("t ", "edge error ")) and name.rsplit(maxsplit=1)[-1] not in CLIP_FIGURES


def calibration(results: Sequence[Result]) -> str:
    """Predicted transmissions, a row for each cell of the table."""
    return rows_by_name("Transmission: what is true (last number of the name) and what is predicted", results,
                        lambda name: name.startswith("t "))


def clips(results: Sequence[Result]) -> str:
    """Haze meter and flicker on clips, a row for each figure."""
    title = ("Clips, frame by frame: mean and swing of the haze meter in points of 100, flicker index before and after. "
             "Smoothed: with the application's smoothing over time; flicker level: of the same frames under the mean of these "
             "fields, that is, what more contrast alone makes of the changes that are in the pictures")
    return rows_by_name(title, results, lambda name: name.rsplit(maxsplit=1)[-1] in CLIP_FIGURES)


def edge_errors(results: Sequence[Result]) -> str:
    """Errors by region beside edges of depth, a column for each set and one for the true field (one result or none)."""
    if not results:
        return ""
    figures = results[0]["figures"]
    names = list(dict.fromkeys(name for one in figures.values() for name in one))
    lines = ["| | " + " | ".join(figures) + " |", "|---|" + "---|" * len(figures)]
    lines += [f"| {name.removeprefix('edge error ')} | " + " | ".join(f"{one[name]:.1f}" for one in figures.values()) + " |"
              for name in names]
    return EDGES_ABOUT + "\n".join(lines) + f"\n\nMachine: {results[0]['machine']}. Made by `{results[0]['command']}`.\n"


def rows_by_name(title: str, results: Sequence[Result], wanted: Callable[[str], bool]) -> str:
    """A table with a column for each set and a row for each wanted figure."""
    names = list(dict.fromkeys(n for r in results for n in r["figures"] if wanted(n)))
    head = "| | " + " | ".join(f"{r['model']}, `{r['name']}`" for r in results) + " |"
    lines = [f"| {n} | " + " | ".join(optional(r["figures"], n) for r in results) + " |" for n in names]
    return f"\n{title}.\n\n" + "\n".join([head, "|---|" + "---|" * len(results), *lines]) + "\n" if names else ""


def optional(values: Result, name: str) -> str:
    """A figure, or nothing."""
    return shown(name, values[name]) if name in values else ""


def markdown(table: Table, results: Sequence[Result]) -> str:
    """One table; results of one title, which differ in their seed, share a line."""
    names = list(dict.fromkeys(name for r in results for name in r if name == "ssim" or name.endswith("psnr")))
    head = ["", *names, "paper", "parameters", "seed", "steps", "pictures", "minutes"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(line(seeds, names)) + " |" for seeds in grouped(results)]
    several = "Mean ± standard deviation over the seeds. " if len(lines) - 2 < len(results) else ""
    small = "Small budget: trends, not verdicts. " if all(r["minutes"] < SMALL_MINUTES for r in results) else ""
    where = "; ".join(sorted({r["machine"] for r in results}))
    return f"\n## {table.title}\n\n{table.about}\n\n" + "\n".join(lines) + f"\n\n{several}{small}Machine: {where}.\n"


def grouped(results: Sequence[Result]) -> list[list[Result]]:
    """Results of one title together, in the order of their first."""
    lines: dict[str, list[Result]] = {}
    for r in results:
        lines.setdefault(r["title"], []).append(r)
    return list(lines.values())


def line(seeds: Sequence[Result], names: Sequence[str]) -> list[str]:
    """The cells of one line: figures with their spread, what was trained and what it cost."""
    first = seeds[0]
    values = [spread(name, [r[name] for r in seeds if name in r]) for name in names]
    formats = {"steps": ",.0f", "pictures": ",.0f", "minutes": ".1f"}
    cost = [f"{fmean(r[name] for r in seeds):{form}}" for name, form in formats.items()]
    return [first["title"], *values, first["paper"], f"{first['parameters']:,}", ", ".join(str(r["seed"]) for r in seeds), *cost]


def spread(name: str, values: Sequence[float]) -> str:
    """Mean ± standard deviation of one figure, the figure itself where there is one alone, nothing where there is none."""
    if len(values) < 2:
        return shown(name, values[0]) if values else ""
    return f"{shown(name, fmean(values))} ± {shown(name, stdev(values))}"


def long_runs(results: Sequence[Result]) -> str:
    """The section of single long runs: what they cost, their evaluations, their curves."""
    return "\n## Long runs\n" + "".join(map(long_run, results)) if results else ""


def long_run(r: Result) -> str:
    """One run."""
    published = f" Published: {r['paper']}." if r["paper"] else ""
    head = (f"\n### {r['title']}\n\n{r['parameters']:,} parameters, seed {r['seed']}, {r['steps']:,} steps, {r['pictures']:,} "
            f"pictures, {r['minutes']:.0f} minutes on {r['machine']}.{published}\n\n")
    evaluations = [f"- {data}: {figures(e)} ({e['pictures']} pictures)\n" for data, e in r["evaluation"].items()]
    note = f"{r['note']}\n\n" if r.get("note") else ""
    return head + note + f"Made by `{r['command']}`.\n\n" + "".join(evaluations) + curve(r["curve"])


def figures(values: Result) -> str:
    """The PSNR and SSIM values among `values`, in words."""
    return ", ".join(f"{name} {shown(name, value)}" for name, value in values.items() if "psnr" in name or "ssim" in name)


def shown(name: str, value: float) -> str:
    """Two digits for dB, four for SSIM, three for transmissions and shares."""
    fine = name.startswith(("t ", "calibration")) or name.endswith("share")
    return f"{value:.{4 if 'ssim' in name else 3 if fine else 2}f}"


def curve(points: Sequence[Result]) -> str:
    """Validation over time, as a table."""
    if not points:
        return ""
    names = [name for name in points[-1] if name not in ("step", "minutes") and is_main(name)]
    lines = ["", "| minutes | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    lines += [f"| {p['minutes']:.0f} | " + " | ".join(shown(n, p[n]) if n in p else "" for n in names) + " |" for p in points]
    return "\n".join(lines) + "\n"
