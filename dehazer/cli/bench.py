"""dehazer-bench: how fast this machine dehazes, stage by stage and from file to screen or file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dehazer import __version__
from dehazer.cli.messages import print_error
from dehazer.cli.standard_output import Parser, show
from dehazer.errors import DehazerError, OutputError, UsageError
from dehazer.runtime.memory import limit_memory_growth

if TYPE_CHECKING:
    from dehazer.bench.run import Plan, Result

SIZE_NAMES = ("480p", "720p", "1080p", "4k")
EXAMPLES = """examples:
  dehazer-bench --quick
  dehazer-bench --quick --against eager --json bench.json
  dehazer-bench --sizes 1080p,4k --models field --devices cpu,cuda --plot bench.png
  dehazer-bench --quick --compare bench.json
  dehazer-bench --read new.json --compare bench.json --tolerance 5
"""


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def build_parser() -> argparse.ArgumentParser:
    """All flags; no heavy library is loaded for it."""
    parser = Parser("dehazer-bench", description="Measure how fast this machine dehazes.", epilog=EXAMPLES,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="720p and the fast model only: an answer in under a minute")
    parser.add_argument("--sizes", type=_names, metavar="LIST", help=f"from {', '.join(SIZE_NAMES)} (default: all)")
    parser.add_argument("--models", type=_names, metavar="LIST", help="networks (default: field,student)")
    parser.add_argument("--weights", metavar="NAME|PATH", help="weights of all of them (default: each one's own)")
    parser.add_argument("--devices", type=_names, metavar="LIST", help="auto, cpu, cuda, cuda:N (default: auto)")
    parser.add_argument("--precisions", type=_names, metavar="LIST", help="auto, fp32, bf16, fp16, int8 (default: auto)")
    parser.add_argument("--backend", choices=("auto", "torch", "openvino"), default="auto",
                        help="what runs the network on the processor (default: auto)")
    parser.add_argument("--scenarios", type=_names, metavar="LIST", help="network, apply, decode_to_paint, … (default: all)")
    parser.add_argument("--against", choices=("eager",), help="measure the plain fp32 student too, and give ratios to it")
    parser.add_argument("--seconds", type=float, metavar="S", help="time for each stage (default: 3, quick 0.7)")
    parser.add_argument("--frames", type=int, metavar="N", help="frames of each chain (default: 300, quick 100)")
    parser.add_argument("--soak", type=int, metavar="N", help="frames of the memory test, 0 for none (default: 2000, quick 0)")
    parser.add_argument("--tune", action="store_true", help="measure anew what is quickest for `--precision auto`, and leave")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers as JSON")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="write a picture (PNG) of the results")
    parser.add_argument("--read", type=Path, metavar="FILE", help="take the numbers from this file instead of measuring")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="compare with the numbers of an earlier --json, row by row")
    parser.add_argument("--tolerance", type=float, metavar="P", default=10.0,
                        help="percent by which a row may differ before --compare calls it slower or faster (default: 10)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress, only the result")
    parser.add_argument("--version", action="version", version=f"dehazer {__version__}")
    return parser


def read_plan(flags: argparse.Namespace) -> Plan:
    """What to measure; raises UsageError for values that make no sense."""
    from dehazer.bench.run import QUICK, Plan

    names = ("sizes", "models", "weights", "devices", "precisions", "scenarios", "against", "seconds", "frames", "soak")
    given = {name: getattr(flags, name) for name in names if getattr(flags, name) is not None}
    if unknown := set(given.get("sizes", ())) - set(SIZE_NAMES):
        raise UsageError(f"--sizes {', '.join(sorted(unknown))} is not known; choose from: {', '.join(SIZE_NAMES)}.")
    if given.get("seconds", 1.0) <= 0 or given.get("frames", 50) < 20 or given.get("soak", 0) < 0:
        raise UsageError("--seconds must be above 0, --frames at least 20 and --soak not negative.")
    return replace(QUICK if flags.quick else Plan(), backend=flags.backend, **given)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code. arguments: None for those of the process."""
    if arguments is None:
        limit_memory_growth()
    flags = build_parser().parse_args(arguments)
    try:
        if flags.tune:
            return _tune()
        other = _other(flags)
        result = _measured(flags)
        from dehazer.bench.tables import summary

        show(summary(result))
        _store(flags, result)
        if other is not None:
            show(f"\n{_compared(flags, other, result)}")
    except DehazerError as error:
        print_error(error, verbose=False, program="dehazer-bench")
        return error.exit_code
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 0


def _other(flags: argparse.Namespace) -> Result | None:
    """The result to compare with; read before the measurement, so that a wrong file ends at once."""
    if not 0 <= flags.tolerance < 100:
        raise UsageError(f"--tolerance {flags.tolerance:g} is not possible; give percent from 0 to below 100.")
    if flags.compare is None:
        return None
    from dehazer.bench.compare import read_result

    return read_result(flags.compare)


def _compared(flags: argparse.Namespace, other: Result, result: Result) -> str:
    from dehazer.bench.compare import compare, comparison_text

    return comparison_text(compare(other, result), str(flags.compare), flags.tolerance)


def _tune() -> int:
    """The number format and threads of every packaged field network, one line each as it is measured."""
    from dehazer.engine.device_list import tune

    for line in tune():
        show(line)
    return 0


def _measured(flags: argparse.Namespace) -> Result:
    if flags.read is not None:
        from dehazer.bench.compare import read_result

        return read_result(flags.read)
    plan = read_plan(flags)
    from dehazer.bench.run import run

    return run(plan, _silent if flags.quiet else _say)


def _say(text: str) -> None:
    print(f"measuring {text} …", file=sys.stderr, flush=True)


def _silent(text: str) -> None:
    """Nothing is said."""


def _store(flags: argparse.Namespace, result: Result) -> None:
    try:
        if flags.json is not None:
            flags.json.write_text(json.dumps(result.as_json(), indent=2, ensure_ascii=False) + "\n", "utf-8")
        if flags.plot is not None:
            from dehazer.bench.tables import plot

            plot(result, flags.plot)
    except (OSError, ValueError) as error:
        raise OutputError(f"The results could not be written: {error}. Choose another place, and .png for --plot.") from error


if __name__ == "__main__":
    sys.exit(main())
