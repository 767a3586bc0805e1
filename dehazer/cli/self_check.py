"""--verify: the finished result is opened again and compared with the input and with what was said of it."""

from __future__ import annotations

from pathlib import Path

from dehazer.cli.jobs import Job
from dehazer.config import DecodeOptions, EncodeOptions
from dehazer.errors import UsageError
from dehazer.frames.frame import VideoInfo
from dehazer.pipeline import Report
from dehazer.verification import Check, Promised, verify

FAILED = 1
"""Exit code where the self-check finds a property that changed without a word."""


def check_verifiable(jobs: list[Job]) -> None:
    """Raise UsageError where --verify cannot open input or result a second time."""
    for job in jobs:
        if not _readable_again(job):
            raise UsageError("--verify opens input and result again, which a pipe (-), a camera or a stream does not "
                             "allow; name files.")


def _readable_again(job: Job) -> bool:
    return job.readable_again and job.makes_file


def check_result(job: Job, report: Report, info: VideoInfo, decode: DecodeOptions, encode: EncodeOptions) -> tuple[Check, ...]:
    """The checks of one finished job, none where there is no file to open. info: of the pictures written."""
    if report.output is None or not report.complete or not _readable_again(job):
        return ()
    return verify(Path(job.source), report.output, Promised(report.frames, decode.start, decode.end, info.width, info.height,
                                                      encode.codec, report.warnings))


def passes(checks: tuple[Check, ...]) -> bool:
    """Whether no property changed silently."""
    return all(check.verdict != "FAIL" for check in checks)


def shown(checks: tuple[Check, ...], every: bool) -> list[str]:
    """For people: what was not kept, a line each, and the count. every: also what was kept."""
    lines = [f"  {c.verdict:9} {c.property}: {c.given} -> {c.found}" for c in checks if every or c.verdict != "PASS"]
    counts = [f"{sum(c.verdict == verdict for c in checks)} {word}"
              for verdict, word in (("PASS", "kept"), ("ANNOUNCED", "changed as announced"), ("FAIL", "changed silently"))]
    return [f"Self-check: {', '.join(counts)}.", *lines]
