"""The tables of training/RESULTS.md: run row by row, written by a script from JSON files, never by hand.

    python -m training.results list                                 every table and row, done or not
    python -m training.results run                                  every row that has no result yet; stop and go on at will
    python -m training.results run --table fam --set steps=2000     one table, with another budget
    python -m training.results add --run runs/field_its --config training/configs/field_its.toml --title "field network, its"
                                                                    a long run of its own, with its curve
    python -m training.results packaged                             the packaged weights, judged by the protocol
    python -m training.results edges                                their errors beside edges of depth
    python -m training.results write                                training/RESULTS.md from training/results/*.json

Every result holds its full configuration, seed, hashes of the data and the command that makes it again.
A table is a file in training/configs/results: rows that differ in a few settings of one config, all with the same budget; with
`seeds = [0, 1, 2]` every row is run once a seed (NAME-seed0 …) and shown as mean ± standard deviation.
An interrupted row goes on from its run folder; a finished one is skipped until its JSON file is deleted.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dehazer.errors import ConfigError, UsageError
from dehazer.models.registry import MODELS
from dehazer.models.weights import FOLDER, packaged_weights, read_card, write_card
from training.command import guarded, print_table
from training.config import Config, load_config, smoke
from training.edge_results import measured
from training.loop import Run
from training.machine import machine
from training.networks import STUDENTS
from training.protocol import data_hashes, judged
from training.provenance import command_line, provenance
from training.report import PREFACE, Row, Table, edge_errors, long_runs, markdown, packaged_sets
from training.teachers import TEACHERS

HERE = Path(__file__).parent
DATA = Path("../shared/data")
TABLES, RESULTS, REPORT = HERE / "configs" / "results", HERE / "results", HERE / "RESULTS.md"
EDGES = "edges.json"


def read_tables(folder: Path = TABLES) -> list[Table]:
    """All tables, in the order of their file names."""
    tables = []
    for path in sorted(folder.glob("*.toml")):
        raw = tomllib.loads(path.read_text("utf-8"))
        name = path.stem.partition("_")[2]
        rows = tuple(Row(name, row["name"] + mark, row["title"], row.get("config", raw.get("config", "")),
                         (*raw.get("set", ()), *row.get("set", ()), *seed), row.get("paper", ""))
                     for mark, seed in seeded(raw.get("seeds", [])) for row in raw["row"])
        if len({row.name for row in rows}) < len(rows):
            raise ConfigError(f"{path} has two rows of one name; rename one.")
        tables.append(Table(name, raw["title"], raw["about"], rows))
    return tables


def seeded(seeds: Sequence[int]) -> list[tuple[str, tuple[str, ...]]]:
    """For every seed of a table: what is added to a row's name and to its changes; an empty pair where it names no seeds."""
    return [(f"-seed{seed}", (f"seed={seed}",)) for seed in seeds] or [("", ())]


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
    again = command_line("training.results", ["run", "--table", row.table, "--row", row.name, *setting(changes)])
    result = {"table": row.table, "row": row.name, "title": row.title, "paper": row.paper, "machine": machine(), **summary,
              "set": [*row.set, *changes], **provenance(config, again)}
    write_result(result_path(row, results), result)
    return result


def setting(changes: Sequence[str]) -> list[str]:
    """Changes as arguments of a command line."""
    return [word for change in changes for word in ("--set", change)]


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
    sets = [json.loads(p.read_text("utf-8")) for p in sorted(options.results.glob("packaged-*.json"))]
    parts = [PREFACE, packaged_sets(sets), edge_errors([json.loads(p.read_text("utf-8")) for p in options.results.glob(EDGES)])]
    for table in read_tables(options.tables):
        found = [json.loads(p.read_text("utf-8")) for row in table.rows if (p := result_path(row, options.results)).exists()]
        if found:
            parts.append(markdown(table, found))
    parts += [long_runs([json.loads(p.read_text("utf-8")) for p in sorted(options.results.glob("weights-*.json"))])]
    options.report.write_text("\n".join(parts), "utf-8")
    return {"written": str(options.report)}


def add(options: argparse.Namespace) -> dict[str, Any]:
    """Keep a finished run of its own: its summary, its curve, what `training.evaluate --json` said of it.

    Raises UsageError when the config given is not the one that the run was made with.
    """
    if not options.run or not options.config:
        raise UsageError("Say which run and which config made it: --run FOLDER (with summary.json and log.jsonl) --config FILE.")
    again = made_by(options.run, options.config, options.changes)
    summary = json.loads((options.run / "summary.json").read_text("utf-8"))
    curve = [json.loads(line) for line in (options.run / "log.jsonl").read_text("utf-8").splitlines()]
    reports = [json.loads(path.read_text("utf-8")) for path in options.evaluation]
    found = {r["data"]: {k: v for k, v in r.items() if isinstance(v, int | float)} for r in reports}
    summary.pop("folder", None)
    result = {"row": options.run.name, "title": options.title or options.run.name, "paper": options.paper,
              "machine": options.machine or machine(), **summary, "evaluation": found, "curve": thinned(curve), **again}
    write_result(options.results / f"weights-{options.run.name}.json", result)
    return {"added": options.run.name, "points": len(result["curve"])}


def made_by(run: Path, path: Path, changes: Sequence[str]) -> dict[str, Any]:
    """Provenance of a run that `path` with `changes` has made; its own folder may be another."""
    config, ran = load_config(path, changes), load_config(run / "config.toml")
    if replace(ran, folder=config.folder) != config:
        raise UsageError(f"The run in {run} was not made by {path} as given: its config.toml differs; give its --set too.")
    return provenance(config, command_line("training.distill", ["--config", path.as_posix(), *setting(changes)]))


def packaged(options: argparse.Namespace) -> dict[str, Any]:
    """Judge every packaged set, or that of --table MODEL --row NAME, by the one protocol; the figures go into its card too."""
    done: dict[str, Any] = {}
    for model, name in [(spec.name, name) for spec in MODELS.values() for name in packaged_weights(spec)]:
        if options.table in ("", model) and options.row in ("", name):
            path = FOLDER / f"{model}-{name}.safetensors"
            card, found = read_card(path), judged(model, name, options.data)
            again = command_line("training.results", ["packaged", "--table", model, "--row", name, "--data", str(options.data)])
            write_result(options.results / f"packaged-{model}-{name}.json", {
                "model": model, "name": name, "sha256": card.sha256, "machine": machine(), **found, "command": again,
                "data": data_hashes(found["validation"])})
            write_card(path, replace(card, metrics={**card.metrics, "validation": found["figures"]}))
            done[f"{model}-{name}"] = ", ".join(f"{k} {v:.4g}" for k, v in list(found["figures"].items())[:3])
    if not done:
        raise UsageError("No packaged set has that name; --table is a model, --row a set, as in: --table field --row real.")
    return done


def edges(options: argparse.Namespace) -> dict[str, Any]:
    """Measure errors beside edges of depth anew; after every change of the packaged field sets."""
    result = measured(options.data, command_line("training.results", ["edges", "--data", str(options.data)]))
    write_result(options.results / EDGES, result)
    return {f"{title}: {name}": value for title, figures in result["figures"].items() for name, value in figures.items()}


def write_result(path: Path, result: dict[str, Any]) -> None:
    """One JSON file in the folder of results."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")


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
    options.add_argument("--config", type=Path, metavar="TOML", help="add: the config that made the run")
    options.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="packaged, edges: where the data sets are")
    options.add_argument("--title", default="", help="add: what it is called in RESULTS.md")
    options.add_argument("--paper", default="", help="add: the published figure beside it")
    options.add_argument("--machine", default="", help="add: where it was trained (default: this machine)")
    options.add_argument("--evaluation", type=Path, action="append", default=[], metavar="JSON", help="add: of training.evaluate")
    options.add_argument("--smoke", action="store_true", help="four steps a row: does everything run?")
    options.add_argument("--tables", type=Path, default=TABLES, metavar="DIR", help="where the tables are")
    options.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="where results are kept")
    options.add_argument("--report", type=Path, default=REPORT, metavar="FILE", help="what `write` writes")
    return options


ACTIONS = {"list": listed, "run": run, "add": add, "packaged": packaged, "edges": edges, "write": write}


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = parser().parse_args(arguments)
    print_table(guarded(lambda: ACTIONS[options.action](options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
