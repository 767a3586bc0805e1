"""Measure a model on pictures, through the code that is deployed.

    python -m training.evaluate --data ../shared/data/sots-indoor-sample --model field --weights its --csv its.csv --sheet its.png
    python -m training.evaluate --data SOTS/indoor --layout sots-indoor --model student --protocol all
    python -m training.evaluate --data real-hazy --model field --weights runs/field_real/best.pt --sheet real.png

With pairs: PSNR (dB) and SSIM in the three protocols of the literature, which are never mixed. Without clear pictures: the
PSNR against the input (on clear photographs that is how well they are left alone), and pictures to look at.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from dehazer.errors import InputError
from training.candidates import Candidate, open_candidate
from training.command import guarded, print_table
from training.data.archive import Archive, open_archive
from training.data.layouts import LAYOUTS, find_pairs, role
from training.data.samples import as_tensor, read_pair
from training.data.scenes import Picture
from training.metrics.clip import flicker_index, mean_luma, psnr_sigma
from training.metrics.quality import PROTOCOLS, Score, psnr, scores
from training.metrics.sheet import contact_sheet, pixels, save_picture
from training.progress import progress

SHEET_ROWS = 60


@dataclass(frozen=True)
class Case:
    """One picture to restore, and its clear one where known."""

    name: str
    hazy: Picture
    clear: Picture | None


@dataclass(frozen=True)
class Outcome:
    """One picture's scores by protocol (empty without a clear picture), its PSNR against the input, seconds it took, mean luma
    of output and truth."""

    name: str
    scores: dict[str, Score]
    change: float
    seconds: float
    luma: tuple[float, float]


def cases(archive: Archive, layout: str, limit: int) -> Iterator[Case]:
    """Pairs where there are hazy and clear folders, else every picture alone."""
    if not paired(archive):
        for name in archive.pictures()[:limit or None]:
            yield Case(name, archive.picture(name), None)
        return
    for pair in find_pairs(archive, layout)[:limit or None]:
        hazy, clear = read_pair(archive, pair)
        yield Case(pair.hazy, hazy, clear)


def paired(archive: Archive) -> bool:
    """Whether there are folders of hazy and of clear pictures."""
    return {"hazy", "clear"} <= {role(name) for name in archive.pictures()}


def judge(candidate: Candidate, case: Case, protocols: tuple[str, ...]) -> tuple[Outcome, Picture]:
    """Restore one picture and score it."""
    hazy = as_tensor(case.hazy)
    start = time.perf_counter()
    prediction = candidate.restore(hazy)
    seconds = time.perf_counter() - start
    clear = None if case.clear is None else as_tensor(case.clear)
    found = {} if clear is None else scores(prediction, clear, protocols)
    luma = (mean_luma(prediction), mean_luma(hazy if clear is None else clear))
    return Outcome(case.name, found, psnr(prediction, hazy), seconds, luma), pixels(prediction)


def summarise(outcomes: Sequence[Outcome], clip: bool) -> dict[str, Any]:
    """Means of the per-picture values; with `clip` the steadiness of the pictures as frames in order."""
    summary: dict[str, Any] = {"pictures": len(outcomes)}
    for protocol in outcomes[0].scores:
        summary[f"psnr {protocol}"] = fmean(o.scores[protocol].psnr for o in outcomes)
        summary[f"ssim {protocol}"] = fmean(o.scores[protocol].ssim for o in outcomes)
    summary["psnr against the input"] = fmean(o.change for o in outcomes)
    summary["seconds a picture"] = fmean(o.seconds for o in outcomes)
    if clip:
        summary["flicker index"] = flicker_index(*zip(*(o.luma for o in outcomes), strict=True))
        first = next(iter(outcomes[0].scores), None)
        if first:
            summary["psnr sigma"] = psnr_sigma([o.scores[first].psnr for o in outcomes])
    return summary


def evaluate(options: argparse.Namespace) -> dict[str, Any]:
    """The whole command; returns the summary."""
    archive = open_archive(options.data)
    protocols = tuple(PROTOCOLS) if options.protocol == "all" else (options.protocol,)
    candidate = open_candidate(options.model, options.weights, torch.device(options.device))
    outcomes: list[Outcome] = []
    rows: list[tuple[str, list[Picture]]] = []
    for case in progress(cases(archive, options.layout, options.limit), options.model, "picture"):
        outcome, prediction = judge(candidate, case, protocols)
        outcomes.append(outcome)
        if options.save_images:
            save_picture(prediction, options.save_images / Path(case.name).with_suffix(".png"))
        if options.sheet and len(rows) < SHEET_ROWS:
            best = next(iter(outcome.scores.values()), None)
            caption = Path(case.name).name + (f"  {best.psnr:.2f} dB / {best.ssim:.4f}" if best else "")
            rows.append((caption, [case.hazy, prediction, *([] if case.clear is None else [case.clear])]))
    if not outcomes:
        raise InputError(f"There are no pictures in {options.data}; give a folder or tar of pictures.")
    summary = {"model": candidate.name, "weights": candidate.weights, "data": Path(options.data).name,
               **summarise(outcomes, options.clip)}
    write_reports(options, summary, outcomes)
    if options.sheet:
        save_picture(contact_sheet(rows), options.sheet)
    return summary


def write_reports(options: argparse.Namespace, summary: dict[str, Any], outcomes: Sequence[Outcome]) -> None:
    """CSV: a line a picture. JSON: the summary and the same lines."""
    lines = [{"picture": o.name, **{f"{kind} {p}": getattr(s, kind) for p, s in o.scores.items() for kind in ("psnr", "ssim")},
              "psnr against the input": o.change, "seconds": round(o.seconds, 4)} for o in outcomes]
    if options.csv:
        with options.csv.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, list(lines[0]))
            writer.writeheader()
            writer.writerows(lines)
    if options.json:
        options.json.write_text(json.dumps({**summary, "images": lines}, indent=1) + "\n", "utf-8")


def parser() -> argparse.ArgumentParser:
    """Options of the command."""
    options = argparse.ArgumentParser("python -m training.evaluate", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, metavar="DIR", help="folder or .tar of pairs, or of pictures alone")
    options.add_argument("--layout", default="pairs", choices=list(LAYOUTS), help="named sets assert their counts")
    options.add_argument("--model", required=True, help="a model's name, or a baseline: input, dcp")
    options.add_argument("--weights", default="", help="packaged set, .safetensors file or a run's best.pt")
    options.add_argument("--protocol", default="all", choices=["all", *PROTOCOLS])
    options.add_argument("--save-images", type=Path, metavar="DIR", help="write every output as PNG")
    options.add_argument("--csv", type=Path, metavar="FILE", help="a line per picture")
    options.add_argument("--json", type=Path, metavar="FILE", help="summary and a line per picture")
    options.add_argument("--sheet", type=Path, metavar="PNG", help=f"contact sheet hazy | output | clear, first {SHEET_ROWS}")
    options.add_argument("--clip", action="store_true", help="frames in order: add PSNR sigma (dB) and flicker (levels)")
    options.add_argument("--limit", type=int, default=0, metavar="N", help="only the first N pictures (0 = all)")
    options.add_argument("--device", default="cpu", help="cpu or cuda")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = parser().parse_args(arguments)
    print_table(guarded(lambda: evaluate(options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
