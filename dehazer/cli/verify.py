"""dehazer-verify: whether evidence packs are as they were written. Needs nothing but Python; a signature needs `cryptography`.

Exit codes: 0 all packs are intact; 1 something was altered, is missing or was added, or a signature is wrong; 2 wrong usage;
3 a file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from dehazer.cli.messages import print_error, say
from dehazer.cli.standard_output import Parser, show
from dehazer.errors import OutputError
from dehazer.redact import escaped
from dehazer.review.pack_signature import verify_pack
from dehazer.review.pack_verification import PackVerdict


def build_parser() -> argparse.ArgumentParser:
    """All flags."""
    parser = Parser("dehazer-verify", description="Say whether evidence packs are as they were written, and if "
                                     "not, what was altered, is missing or was added.")
    parser.add_argument("packs", nargs="+", metavar="PACK", help="evidence packs (.zip)")
    parser.add_argument("--key", metavar="FINGERPRINT", help="demand a valid signature by the key of this fingerprint")
    parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")
    return parser


def trusted(verdict: PackVerdict, key: str | None) -> bool:
    """Whether the pack is intact, and signed by the key that is demanded."""
    return verdict.intact and (key is None or (verdict.signature == "valid" and verdict.signer == key))


def verdict_text(path: Path, verdict: PackVerdict, key: str | None) -> str:
    """The verdict for people."""
    good = trusted(verdict, key)
    lines = [f"{path}: {'INTACT' if good else 'NOT AS IT WAS WRITTEN' if not verdict.intact else 'NOT SIGNED AS DEMANDED'}"]
    lines += [f"  ALTERED  {one}" for one in verdict.altered]
    lines += [f"  MISSING  {one}" for one in verdict.missing]
    lines += [f"  ADDED    {one}" for one in verdict.added]
    if verdict.intact:
        lines.append(f"  {verdict.members} members, each byte as recorded.")
    lines.append(f"  {verdict.signature_text}")
    if key is not None and not good and verdict.intact:
        lines.append(f"  A valid signature by {key} was demanded.")
    return "\n".join(map(escaped, [*lines, f"  Fingerprint of the pack: {verdict.fingerprint or 'unknown'}"]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    flags = build_parser().parse_args(arguments)
    try:
        return _verified(flags)
    except OutputError as error:
        print_error(error, verbose=False, program="dehazer-verify")
        return error.exit_code


def _verified(flags: argparse.Namespace) -> int:
    """Look at every pack and show its verdict. Raises OutputError where that cannot be shown."""
    code, results = 0, []
    for path in map(Path, flags.packs):
        try:
            verdict = verify_pack(path)
        except OSError as error:
            say(f"dehazer-verify: {path} cannot be read: {(error.strerror or str(error)).lower()}.")
            code = code or 3
            continue
        good = trusted(verdict, flags.key)
        code = code or (0 if good else 1)
        results.append({"pack": str(path), "intact": verdict.intact, "trusted": good, **asdict(verdict)})
        if not flags.json:
            show(verdict_text(path, verdict, flags.key))
    if flags.json:
        show(json.dumps(results, indent=2, ensure_ascii=False))
    return code


if __name__ == "__main__":
    sys.exit(main())
