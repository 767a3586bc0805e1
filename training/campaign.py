"""Train on a graphics card that is at hand for half an hour: runs one after the other, each with its share of the minutes.

    python -m training.data.pack ../shared/data/nyu-rgbd runs/nyu-pack         # beforehand: the data, small enough to be carried
    python -m training.campaign --minutes 1 --rehearse                         # beforehand, on any machine: does everything run?
    python -m training.campaign --minutes 25 --out results                     # starts in the background and returns at once
    python -m training.campaign --status                                       # how it stands

The runs stand in a plan (training/configs/campaigns). The same command goes on where a campaign was interrupted. Finished
networks are written into --out as soon as they are there, with their summaries; a run that fails does not stop the next.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from safetensors.torch import save_file

from dehazer.errors import ConfigError
from training import checkpoint
from training.command import guarded, print_table
from training.config import load_config, read_toml

PLAN = Path(__file__).parent / "configs" / "campaigns" / "half_hour.toml"
LARGEST = 16 * 2**20  # bytes of a file that can be fetched
POLL, ALIVE = 1.0, 10.0  # seconds: between two looks at a run; since the last one, after which a campaign was interrupted
LOG = "campaign.log"
STARTED: list[subprocess.Popen[bytes]] = []  # kept: Python warns of a process that runs on after its handle is gone


@dataclass(frozen=True)
class Stage:
    """One run: the command (distill or teacher), its config, its share of the minutes, changes as for --set; {folder} in them is
    the campaign's folder."""

    name: str
    config: str
    share: float
    command: Literal["distill", "teacher"] = "distill"
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """folder: of the campaign. stage: the runs, in order."""

    folder: str
    stage: tuple[Stage, ...]

    def __post_init__(self) -> None:
        if not self.stage or min(stage.share for stage in self.stage) <= 0:
            raise ConfigError("A campaign needs at least one [[stage]], each with a share above 0.")
        if len({stage.name for stage in self.stage}) < len(self.stage):
            raise ConfigError("Two stages of the campaign have one name; rename one.")


class Campaign:
    """A campaign in its folder: state.json says how it stands, campaign.log holds what the runs print."""

    def __init__(self, plan: Plan, folder: Path, out: Path, minutes: float) -> None:
        self.plan, self.folder, self.out, self.minutes = plan, folder, out, minutes
        self.state: dict[str, Any] = read_state(folder) or {"seconds": 0.0, "stages": {s.name: "waiting" for s in plan.stage}}

    def run(self) -> dict[str, Any]:
        """Every stage that is not done yet; returns the state. Time of earlier attempts counts."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.out.mkdir(parents=True, exist_ok=True)
        for stage in self.plan.stage:
            if self.state["stages"].get(stage.name) != "done":
                self._note(stage, "running")
                self._note(stage, "done" if self._trained(stage) and self._kept(stage) else "failed")
        return standing(self.folder)

    def command(self, stage: Stage) -> list[str]:
        """What is run for a stage."""
        total = sum(s.share for s in self.plan.stage)
        fixed = [f"folder={self.folder / stage.name}", f"minutes={self.minutes * stage.share / total:.3f}", "steps=0"]
        changes = [change.format(folder=self.folder) for change in stage.changes]
        options = [word for change in [*changes, *fixed] for word in ("--set", change)]
        return [sys.executable, "-m", f"training.{stage.command}", "--config", stage.config, *options]

    def _trained(self, stage: Stage) -> bool:
        """Run it to its end; whether it ended well."""
        with (self.folder / LOG).open("ab") as log:
            run = subprocess.Popen(self.command(stage), stdout=log, stderr=log)
            try:
                last = time.monotonic()
                while run.poll() is None:
                    time.sleep(POLL)
                    now = time.monotonic()
                    self.state["seconds"], last = self.state["seconds"] + now - last, now
                    self._write()
            finally:
                run.terminate()
                run.wait()
        return run.returncode == 0

    def _kept(self, stage: Stage) -> bool:
        """Its weights and summary in `out`; whether the weights are small enough to be fetched."""
        run = self.folder / stage.name
        weights = checkpoint.load_weights(run / "best.pt")
        target = self.out / f"{stage.name}.safetensors"
        save_file({name: value.contiguous() for name, value in weights.items()}, target)
        (self.out / f"{stage.name}.json").write_bytes((run / "summary.json").read_bytes())
        return target.stat().st_size <= LARGEST

    def _note(self, stage: Stage, what: str) -> None:
        self.state["stages"][stage.name] = what
        self._write()

    def _write(self) -> None:
        beside = self.folder / "state.json.partial"
        self.state["alive"] = time.time()
        beside.write_text(json.dumps(self.state, indent=1) + "\n", "utf-8")
        beside.replace(self.folder / "state.json")


def read_state(folder: Path) -> dict[str, Any]:
    """state.json, or nothing."""
    path = folder / "state.json"
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def standing(folder: Path) -> dict[str, Any]:
    """How a campaign stands: minutes used, every stage with the figures of its last validation."""
    state = read_state(folder)
    if not state:
        raise ConfigError(f"There is no campaign in {folder}; start one, or give its folder with --folder.")
    lines = {name: f"{what} {last_line(folder / name / 'log.jsonl')}".strip() for name, what in state["stages"].items()}
    return {"minutes used": state["seconds"] / 60, **lines}


def last_line(path: Path) -> str:
    """The last validation of a run, or nothing."""
    return path.read_text("utf-8").splitlines()[-1] if path.exists() else ""


def start(options: argparse.Namespace, words: Sequence[str]) -> dict[str, Any]:
    """The same command once more, in the foreground of a session of its own, so that it outlives this terminal."""
    options.folder.mkdir(parents=True, exist_ok=True)
    if time.time() - read_state(options.folder).get("alive", 0) < ALIVE and not finished(options.folder):
        raise ConfigError(f"The campaign in {options.folder} is running already; ask with --status how it stands.")
    with (options.folder / LOG).open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "training.campaign", *words, "--foreground"], stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=log, start_new_session=True)
    STARTED.append(process)
    return {"started": process.pid, "log": str(options.folder / LOG)}


def finished(folder: Path) -> bool:
    """Whether no stage is running or waiting."""
    return set(read_state(folder)["stages"].values()) <= {"done", "failed"}


def parser() -> argparse.ArgumentParser:
    """Options of the command."""
    options = argparse.ArgumentParser("python -m training.campaign", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=25.0, help="training time of all runs together")
    options.add_argument("--plan", type=Path, default=PLAN, metavar="TOML", help="the runs")
    options.add_argument("--folder", type=Path, metavar="DIR", help="instead of the plan's folder")
    options.add_argument("--out", type=Path, metavar="DIR", help="where finished networks go (default: FOLDER/out)")
    options.add_argument("--rehearse", action="store_true", help="tiny crops and batches, to see on any machine that all runs")
    options.add_argument("--foreground", action="store_true", help="stay and wait instead of starting in the background")
    options.add_argument("--status", action="store_true", help="how the campaign stands")
    return options


REHEARSAL = ("data.limit=4", "data.crop=64", "data.scales=[1.0]", "optimiser.batch=2", "optimiser.precision=fp32",
             "optimiser.warmup=1", "optimiser.check=2", "validate.0.limit=1")


def rehearsed(plan: Plan) -> Plan:
    """The same plan with little data and teachers that need no training, in a folder of its own."""
    stages = tuple(replace(s, changes=(*s.changes, *REHEARSAL, *untrained(Path(s.config)))) for s in plan.stage)
    return Plan(plan.folder + "-rehearsal", stages)


def untrained(config: Path) -> tuple[str, ...]:
    """The change that lets a run with a teacher do without its weights."""
    return ("teacher.checkpoint=random",) if config.is_file() and load_config(config).teacher else ()


def campaign(options: argparse.Namespace, words: Sequence[str]) -> dict[str, Any]:
    """Start, run or tell."""
    plan = read_toml(Plan, options.plan)
    plan = rehearsed(plan) if options.rehearse else plan
    options.folder = options.folder or Path(plan.folder)
    if options.status:
        return standing(options.folder)
    if not options.foreground:
        return start(options, words)
    return Campaign(plan, options.folder, options.out or options.folder / "out", options.minutes).run()


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    print_table(guarded(lambda: campaign(parser().parse_args(words), words)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
