"""RESULTS.md as text: tables of rows, and long runs with their curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SMALL_MINUTES = 120  # rows with less say that their budget is small
Result = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of a table. config: file in training/configs; set: changes; paper: the published figure beside it, if any."""

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

Written by `python -m training.results write` from training/results/*.json; run rows with `python -m training.results run`.
Validation: PSNR in dB and SSIM (FFA-Net's protocol) at full resolution on scenes of NYU Depth V2 that no training saw
(1350–1399), with seeded hazes of RESIDE's indoor ranges; teachers: super-resolution PSNR on the same scenes. The papers'
figures are on SOTS indoor after days of GPU time and stand beside ours for orientation, not for comparison.
"""


def markdown(table: Table, results: Sequence[Result]) -> str:
    """One table."""
    names = list(dict.fromkeys(name for r in results for name in r if name == "ssim" or name.endswith("psnr")))
    head = ["", *names, "paper", "parameters", "seed", "steps", "pictures", "minutes"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for r in results:
        values = [shown(name, r[name]) if name in r else "" for name in names]
        cells = [r["title"], *values, r["paper"], f"{r['parameters']:,}", r["seed"], f"{r['steps']:,}", f"{r['pictures']:,}",
                 f"{r['minutes']:.1f}"]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    small = "Small budget: trends, not verdicts. " if all(r["minutes"] < SMALL_MINUTES for r in results) else ""
    where = "; ".join(sorted({r["machine"] for r in results}))
    return f"\n## {table.title}\n\n{table.about}\n\n" + "\n".join(lines) + f"\n\n{small}Machine: {where}.\n"


def long_runs(results: Sequence[Result]) -> str:
    """The section of single long runs: what they cost, their evaluations, their curves."""
    return "\n## Long runs\n" + "".join(map(long_run, results)) if results else ""


def long_run(r: Result) -> str:
    """One run."""
    published = f" Published: {r['paper']}." if r["paper"] else ""
    head = (f"\n### {r['title']}\n\n{r['parameters']:,} parameters, seed {r['seed']}, {r['steps']:,} steps, {r['pictures']:,} "
            f"pictures, {r['minutes']:.0f} minutes on {r['machine']}.{published}\n\n")
    evaluations = [f"- {data}: {figures(e)} ({e['pictures']} pictures)\n" for data, e in r["evaluation"].items()]
    return head + "".join(evaluations) + curve(r["curve"])


def figures(values: Result) -> str:
    """The PSNR and SSIM values among `values`, in words."""
    return ", ".join(f"{name} {shown(name, value)}" for name, value in values.items() if "psnr" in name or "ssim" in name)


def shown(name: str, value: float) -> str:
    """Two digits for dB, four for SSIM."""
    return f"{value:.4f}" if "ssim" in name else f"{value:.2f}"


def curve(points: Sequence[Result]) -> str:
    """Validation over time, as a table."""
    if not points:
        return ""
    names = [name for name in points[-1] if name not in ("step", "minutes")]
    lines = ["", "| minutes | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    lines += [f"| {p['minutes']:.0f} | " + " | ".join(shown(n, p[n]) if n in p else "" for n in names) + " |" for p in points]
    return "\n".join(lines) + "\n"
