"""What becomes of every kind of file: the clips of _fidelity_clips.py through dehazer-video, and the self-check of each result.

    python scripts/fidelity.py                  # make, run, check; write docs/measured/fidelity.json and docs/fidelity.md
    python scripts/fidelity.py --part 10        # every tenth clip, and show what is not kept; writes nothing
    python scripts/fidelity.py --only "mkv: "   # clips whose name begins so
    python scripts/fidelity.py --tables         # write docs/fidelity.md from the figures that are there

Strength is 0, so that the pixels must come back too: the program ffmpeg decodes one picture of input and result, and their mean
difference is one more property. Nothing here judges with the code that wrote the files but `dehazer.verification`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from _fidelity_clips import Clip, clips, write_parts  # noqa: E402
from _fidelity_page import page  # noqa: E402

from dehazer.cli.interrupts import InterruptHandler  # noqa: E402  the checkout comes before what is installed
from dehazer.cli.jobs import Job  # noqa: E402
from dehazer.cli.video import read_flags, read_run_options, run_jobs  # noqa: E402
from dehazer.engine.devices import cpu_name  # noqa: E402

MEASURED, PAGE = ROOT / "docs" / "measured" / "fidelity.json", ROOT / "docs" / "fidelity.md"
MOST_DIFFERENT = 12.0
"""Mean difference of 8-bit codes that lossy codecs may make at their default quality; swapped colours make 40 and more."""
_ANYTHING_SAID = ("takes full-range pictures only", "does not take", "is used", "encodes instead", "transparency", "CMYK")


@dataclass(frozen=True)
class Outcome:
    """One clip. checks: as dictionaries with property, verdict, given, found. notes: what was said of it."""

    clip: str
    target: str
    checks: tuple[dict[str, str], ...]
    notes: tuple[str, ...]


def made(chosen: Sequence[Clip], folder: Path) -> list[tuple[Clip, Job]]:
    """Write the clips; the results will lie beside them."""
    parts = folder / "parts"
    parts.mkdir()
    write_parts(parts)
    jobs = []
    for number, clip in enumerate(chosen):
        job = Job(folder / f"{number:03d}.{clip.ending}", folder / f"{number:03d} result.{clip.target}")
        clip.write(parts, Path(job.source))
        jobs.append((clip, job))
    return jobs


def outcomes(chosen: Sequence[Clip], folder: Path) -> list[Outcome]:
    """Make, dehaze and check the clips, those of the same flags in one run."""
    jobs, found = made(chosen, folder), []
    for flags in dict.fromkeys(clip.flags for clip, _ in jobs):
        group = [(clip, job) for clip, job in jobs if clip.flags == flags]
        for (clip, job), entry in zip(group, _entries([job for _, job in group], flags, folder), strict=True):
            found.append(_outcome(clip, job, entry))
    return found


def _entries(jobs: list[Job], flags: tuple[str, ...], folder: Path) -> list[dict[str, Any]]:
    """What the report of one run says of every job."""
    report = folder / "report.json"
    wanted = ["--device", "cpu", "--strength", "0", "--quiet", "--verify", "--report", str(report), *flags]
    options = read_run_options(read_flags([*wanted, str(jobs[0].source), str(jobs[0].target)]))
    run_jobs(replace(options, jobs=jobs), InterruptHandler())
    entries: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["files"]
    return entries


def _outcome(clip: Clip, job: Job, entry: dict[str, Any]) -> Outcome:
    notes = tuple(entry.get("warnings", ()))
    if "error" in entry:
        refused = {"property": "runs", "verdict": "FAIL", "given": clip.name, "found": entry["error"]}
        return Outcome(clip.name, clip.target, (refused,), notes)
    ran = {"property": "runs", "verdict": "PASS", "given": "a film or picture", "found": "a result"}
    same_size = "--compare" not in clip.flags
    return Outcome(clip.name, clip.target, (ran, *entry["checks"], *(_pixels(clip, job, notes) if same_size else [])), notes)


def _pixels(clip: Clip, job: Job, notes: tuple[str, ...]) -> list[dict[str, str]]:
    start = next((clip.flags[k + 1] for k, flag in enumerate(clip.flags) if flag == "--start"), "0")
    given, found = _rgb(Path(job.source), start), _rgb(Path(job.target), "0")
    if not given.size:
        return []  # floating point TIFF, animated WebP: the program ffmpeg does not read them
    difference = float(np.abs(given - found).mean()) if given.shape == found.shape else 255.0
    said = any(words in note for note in notes for words in _ANYTHING_SAID)
    verdict = "PASS" if difference <= MOST_DIFFERENT else "ANNOUNCED" if said else "FAIL"
    found_text = f"differs by {difference:.1f} of 255"
    return [{"property": "pixels", "verdict": verdict, "given": "the first picture", "found": found_text}]


def _rgb(path: Path, start: str) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Flat RGB of one picture, transparency left aside, as the program ffmpeg decodes it."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-ss", start, "-frames:v", "1", "-vf", "format=rgb24",
               "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    done = subprocess.run(command, capture_output=True, check=False)
    return np.frombuffer(done.stdout, np.uint8).astype(np.int16)


def not_kept(found: Iterable[Outcome]) -> list[str]:
    """A line for everything that is not PASS."""
    return [f"{check['verdict']:9} {outcome.clip:45} {check['property']}: {check['given']} -> {check['found']}"
            for outcome in found for check in outcome.checks if check["verdict"] != "PASS"]


def measured(found: Sequence[Outcome]) -> dict[str, Any]:
    """What is written down: counts by property and file type, and every failure with its words."""
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for outcome in found:
        for check in outcome.checks:
            cell = counts.setdefault(_group(check["property"]), {}).setdefault(outcome.target, dict.fromkeys(_VERDICTS, 0))
            cell[check["verdict"]] += 1
    failures = [{"clip": outcome.clip, **check} for outcome in found for check in outcome.checks if check["verdict"] == "FAIL"]
    announced = Counter(_group(check["property"]) for outcome in found for check in outcome.checks
                        if check["verdict"] == "ANNOUNCED")
    return {"date": date.today().isoformat(), "cpu": cpu_name(), "ffmpeg": _ffmpeg_version(), "clips": len(found),
            "counts": counts, "failures": failures, "announced": dict(announced)}


_VERDICTS = ("PASS", "ANNOUNCED", "FAIL")
_GROUPS = (("language", "languages of streams"), (" times", "times of sound and text"), (" words", "words of subtitles"),
           ("audio ", "sound, byte for byte"),
           ("subtitle ", "subtitles, byte for byte"), ("attachment ", "attachments"), ("video ", "covers and further films"),
           ("data ", "data streams"))


def _group(name: str) -> str:
    """Checks of single streams under one heading each."""
    return next((title for words, title in _GROUPS if words in name), name)


def _ffmpeg_version() -> str:
    done = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[2]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("fidelity", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", type=int, default=1, metavar="N", help="every N-th clip only; nothing is written")
    parser.add_argument("--only", default="", metavar="TEXT", help="clips whose name begins so only; nothing is written")
    parser.add_argument("--tables", action="store_true", help="write the page from the figures that are there")
    return parser.parse_args()


def main() -> int:
    flags = arguments()
    if not flags.tables:
        chosen = [clip for clip in clips() if clip.name.startswith(flags.only)][:: flags.part]
        with TemporaryDirectory() as folder:
            found = outcomes(chosen, Path(folder))
        print("\n".join(not_kept(found)))
        if flags.part > 1 or flags.only:
            return 0
        MEASURED.write_text(json.dumps(measured(found), indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(page(json.loads(MEASURED.read_text("utf-8"))), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
