"""The tables of training/RESULTS.md: run row by row, written by a script from JSON files, never by hand.

    python -m training.results list                                 every table and row, done or not
    python -m training.results run                                  every row that has no result yet; stop and go on at will
    python -m training.results run --table fam --set steps=2000     one table, with another budget
    python -m training.results add --run runs/field_its --title "field network, its" --evaluation its.json
                                                                    a long run of its own, with its curve
    python -m training.results write                                training/RESULTS.md from training/results/*.json

A table is a file in training/configs/results: rows that differ in a few settings of one config, all with the same budget.
An interrupted row goes on from its run folder; a finished one is skipped until its JSON file is deleted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dehazer.errors import ConfigError, UsageError
from training.command import guarded, print_table
from training.config import Config, load_config, smoke
from training.loop import Run
from training.machine import machine
from training.networks import STUDENTS
from training.report import PREFACE, Row, Table, long_runs, markdown
from training.teachers import TEACHERS

HERE = Path(__file__).parent
TABLES, RESULTS, REPORT = HERE / "configs" / "results", HERE / "results", HERE / "RESULTS.md"


def read_tables(folder: Path = TABLES) -> list[Table]:
    """All tables, in the order of their file names."""
    tables = []
    for path in sorted(folder.glob("*.toml")):
        raw = tomllib.loads(path.read_text("utf-8"))
        name = path.stem.partition("_")[2]
        rows = tuple(Row(name, row["name"], row["title"], row.get("config", raw.get("config", "")),
                         (*raw.get("set", ()), *row.get("set", ())), row.get("paper", "")) for row in raw["row"])
        if len({row.name for row in rows}) < len(rows):
            raise ConfigError(f"{path} has two rows of one name; rename one.")
        tables.append(Table(name, raw["title"], raw["about"], rows))
    return tables


def result_path(row: Row, folder: Path = RESULTS) -> Path:
    """Where the row's result is kept."""
    return folder / f"{row.table}-{row.name}.json"


def row_config(row: Row, changes: Sequence[str]) -> Config:
    """The config of a row; its folder is runs/results/TABLE-ROW unless `changes` say otherwise."""
    folder = f"folder=runs/results/{row.table}-{row.name}"
    return load_config(HERE / "configs" / row.config, (folder, *row.set, *changes))


def run_row(row: Row, changes: Sequence[str], trial: bool, results: Path) -> dict[str, Any]:
    """Train a row and keep its result."""
    config = row_config(row, changes)
    summary = Run(smoke(config) if trial else config, STUDENTS | TEACHERS, TEACHERS | STUDENTS).train()
    summary.pop("folder")
    result = {"table": row.table, "row": row.name, "title": row.title, "paper": row.paper, "machine": machine(), **summary,
              "set": [*row.set, *changes]}
    results.mkdir(parents=True, exist_ok=True)
    result_path(row, results).write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return result


def chosen(tables: Sequence[Table], options: argparse.Namespace) -> list[Row]:
    """The rows asked for; raises UsageError that lists what there is."""
    rows = [row for table in tables for row in table.rows
            if options.table in ("", table.name) and options.row in ("", row.name)]
    if not rows:
        raise UsageError(f"There is no such table or row; the tables are: {', '.join(t.name for t in tables)}.")
    return rows


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Every chosen row without a result."""
    done: dict[str, Any] = {}
    for row in chosen(read_tables(options.tables), options):
        if not result_path(row, options.results).exists():
            result = run_row(row, options.changes, options.smoke, options.results)
            done[f"{row.table}-{row.name}"] = result["best"]
    return done or {"nothing to do": "every chosen row has its result"}


def listed(options: argparse.Namespace) -> dict[str, Any]:
    """Row → done or open."""
    return {f"{row.table}-{row.name}": ("done" if result_path(row, options.results).exists() else "open") + f"   {row.title}"
            for row in chosen(read_tables(options.tables), options)}


def write(options: argparse.Namespace) -> dict[str, Any]:
    """RESULTS.md, with every row that has a result."""
    parts = [PREFACE]
    for table in read_tables(options.tables):
        found = [json.loads(p.read_text("utf-8")) for row in table.rows if (p := result_path(row, options.results)).exists()]
        if found:
            parts.append(markdown(table, found))
    parts += [long_runs([json.loads(p.read_text("utf-8")) for p in sorted(options.results.glob("weights-*.json"))])]
    options.report.write_text("\n".join(parts), "utf-8")
    return {"written": str(options.report)}


def add(options: argparse.Namespace) -> dict[str, Any]:
    """Keep a finished run of its own: its summary, its curve, what `training.evaluate --json` said of it."""
    if not options.run:
        raise UsageError("Say which run: --run FOLDER (one with summary.json and log.jsonl).")
    summary = json.loads((options.run / "summary.json").read_text("utf-8"))
    curve = [json.loads(line) for line in (options.run / "log.jsonl").read_text("utf-8").splitlines()]
    reports = [json.loads(path.read_text("utf-8")) for path in options.evaluation]
    found = {r["data"]: {k: v for k, v in r.items() if isinstance(v, int | float)} for r in reports}
    summary.pop("folder", None)
    result = {"row": options.run.name, "title": options.title or options.run.name, "paper": options.paper,
              "machine": options.machine or machine(), **summary, "evaluation": found, "curve": thinned(curve)}
    options.results.mkdir(parents=True, exist_ok=True)
    (options.results / f"weights-{options.run.name}.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return {"added": options.run.name, "points": len(result["curve"])}


def thinned(curve: Sequence[dict[str, Any]], points: int = 12) -> list[dict[str, Any]]:
    """At most `points` of the curve, evenly spread, the last one included."""
    if len(curve) <= points:
        return list(curve)
    return [curve[round(i * (len(curve) - 1) / (points - 1))] for i in range(points)]


def parser() -> argparse.ArgumentParser:
    """Options of the command."""
    options = argparse.ArgumentParser("python -m training.results", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("action", choices=list(ACTIONS))
    options.add_argument("--table", default="", help="only this table")
    options.add_argument("--row", default="", help="only this row")
    options.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes", help="change every row")
    options.add_argument("--run", type=Path, metavar="DIR", help="add: the run's folder")
    options.add_argument("--title", default="", help="add: what it is called in RESULTS.md")
    options.add_argument("--paper", default="", help="add: the published figure beside it")
    options.add_argument("--machine", default="", help="add: where it was trained (default: this machine)")
    options.add_argument("--evaluation", type=Path, action="append", default=[], metavar="JSON", help="add: of training.evaluate")
    options.add_argument("--smoke", action="store_true", help="four steps a row: does everything run?")
    options.add_argument("--tables", type=Path, default=TABLES, metavar="DIR", help="where the tables are")
    options.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="where results are kept")
    options.add_argument("--report", type=Path, default=REPORT, metavar="FILE", help="what `write` writes")
    return options


ACTIONS = {"list": listed, "run": run, "add": add, "write": write}


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = parser().parse_args(arguments)
    print_table(guarded(lambda: ACTIONS[options.action](options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
