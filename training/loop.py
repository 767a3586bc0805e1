"""The one training loop: teachers, students and field networks alike."""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dehazer.errors import ConfigError
from training import checkpoint
from training.batch import Batch
from training.config import Config, OptimiserConfig, write_config
from training.data.loader import Steps, batches
from training.data.repeated import Repeated
from training.data.sources import SOURCES, Stream
from training.distributed import join_processes
from training.ema import Average
from training.errors import TrainingError
from training.frozen import keep_statistics, learn_only
from training.inference import FORWARD, restorer
from training.log import TrainingLog
from training.metrics.quality import psnr
from training.model import build_model, build_teacher
from training.networks import Trainable
from training.optim.build import build_optimisers, factor
from training.precision import autocast, faster_precision
from training.validation import VALIDATORS, Validator


@dataclass
class Progress:
    """Where a run is: optimiser steps done, seconds trained (resumes added up), best validation value, running mean of the
    loss, validation history."""

    step: int = 0
    seconds: float = 0.0
    best: float = -math.inf
    mean: float = 0.0
    history: list[dict[str, float]] = field(default_factory=list)


class Run:
    """One training run in its folder. `train()` goes on from where the folder's last.pt stands."""

    def __init__(self, config: Config, networks: Mapping[str, Trainable], teachers: Mapping[str, Trainable]) -> None:
        self.config, self.folder = config, Path(config.folder)
        if config.threads:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.processes, self.device = join_processes(config.device)
        self.teacher = build_teacher(config, teachers, self.device)
        self.trainable, self.model = build_model(config, networks, self.teacher)
        learn_only(self.model.network, config.optimiser.only)
        self.model.to(self.device).to(memory_format=memory_format(config.optimiser))  # type: ignore[call-overload]
        self.module = self.processes.distributed(self.model, self.device)
        self.steps = Steps(build_stream(config), config.optimiser.accumulate, self.processes.rank, self.processes.world)
        self.optimisers = build_optimisers(self.model.network, list(self.model.losses.parameters()), config.optimiser)
        self.rates = [[group["lr"] for group in o.param_groups] for o in self.optimisers]
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=config.optimiser.precision == "fp16")
        self.average = Average(self.model.network, config.optimiser.ema)
        judged_by = config.validate if self.processes.is_first else ()
        self.validators = [build_validator(part.name, part.settings) for part in judged_by]
        self.progress, self.psnr, self.loss = Progress(), 0.0, math.nan
        self.precision: str = config.optimiser.precision

    def train(self) -> dict[str, Any]:
        """Train to the end of the budget; returns the last validation's figures and what they cost."""
        c, p = self.config, self.progress
        self._open()
        loader = batches(self.steps, p.step, c.workers)
        log = TrainingLog(self.folder, c.steps, p.step, c.tensorboard, quiet=not self.processes.is_first)
        saved = judged = clock = self.clock()
        try:
            while self.fraction() < 1:
                loss = self.step(next(loader))
                if p.step in c.keep:
                    self.save(f"step{p.step}")
                now = self.clock()
                p.seconds, clock = p.seconds + now - clock, now
                log.step(p.step, self.figures(loss), self.seconds_left())
                if now - judged > 60 * c.validate_every:
                    self.validate(log)
                    judged = clock = self.clock()
                if now - saved > 60 * c.save_every:
                    self.save("last")
                    saved = clock = self.clock()
            if not p.history or p.history[-1]["step"] != p.step:
                self.validate(log)
            self.save("last")
        finally:
            log.close()
            self.processes.close()
        return self.summary()

    def step(self, parts: list[Batch]) -> float:
        """One optimiser step on a batch in parts; returns the loss last looked at, averaged over parts and processes."""
        c, p = self.config.optimiser, self.progress
        for optimiser, rates in zip(self.optimisers, self.rates, strict=True):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * factor(self.fraction(), p.step, c)
            optimiser.zero_grad(set_to_none=True)
        self.model.train()
        if c.only:
            keep_statistics(self.model.network)
        total = torch.stack([self._part(part, last=number == len(parts)) for number, part in enumerate(parts, 1)]).mean()
        if self._looks():
            self.loss = self.processes.mean(float(total), self.device)  # CPU-GPU sync point
            if not math.isfinite(self.loss):
                raise self._broken(f"the loss became {self.loss}")
        if not (c.spike and p.mean and self.loss > c.spike * p.mean):
            self._move()
        if self._looks():
            p.mean = 0.98 * p.mean + 0.02 * self.loss if p.step else self.loss
        p.step += 1
        if c.ema:
            self.average.update(self.model.network, p.step)
        return self.loss

    def _looks(self) -> bool:
        """Whether numbers are fetched from the device in this step."""
        return self.progress.step % self.config.optimiser.check == 0

    def _part(self, part: Batch, last: bool) -> Tensor:
        c = self.config.optimiser
        batch = part.to(self.device, memory_format(c))
        with self.processes.exchanging(self.module, now=last):
            with autocast(self.device, self.precision):
                loss, prediction = self.module(batch, self.teacher(batch) if self.teacher else {})
            self.scaler.scale(loss / c.accumulate).backward()
        if self._looks() and self.progress.step // c.check % 10 == 9:
            self.psnr = psnr(prediction.image.detach().clamp(0, 1), batch.clear)
        done: Tensor = loss.detach()
        return done

    def _move(self) -> None:
        for optimiser in self.optimisers:
            self.scaler.unscale_(optimiser)
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.config.optimiser.clip or math.inf)
        if self._looks() and not self.scaler.is_enabled() and not math.isfinite(float(norm)):
            raise self._broken(f"the gradient became {float(norm)}")
        for optimiser in self.optimisers:
            self.scaler.step(optimiser)
        self.scaler.update()

    def _broken(self, what: str) -> TrainingError:
        return TrainingError(f"Training stopped at step {self.progress.step}: {what}. The checkpoints in {self.folder} are from "
                             "before; lower optimiser.lr, set optimiser.clip or use precision fp32.")

    def fraction(self) -> float:
        """How much of the budget is spent, in [0, 1]: of the steps, of the minutes, or of whichever ends first."""
        c, p = self.config, self.progress
        by_steps = p.step / c.steps if c.steps else 0.0
        by_minutes = p.seconds / (60 * c.minutes) if c.minutes else 0.0
        return max(by_steps, by_minutes)

    def clock(self) -> float:
        """Seconds by `config.clock`, the same on every process, so that all validate, save and stop at the same step."""
        seconds = time.process_time() if self.config.clock == "processor" else time.monotonic()
        return self.processes.mean(seconds, self.device)

    def seconds_left(self) -> float:
        """To the end of the budget, as fast as so far."""
        done = self.fraction()
        return self.progress.seconds * (1 - done) / max(done, 1e-9)

    def figures(self, loss: float) -> dict[str, float]:
        """For the bar: loss, PSNR of the last measured batch, pictures per second."""
        rate = self.progress.step * self.config.optimiser.batch / max(self.progress.seconds, 1e-9)
        return {"loss": loss, "psnr": self.psnr, "pictures/s": rate}

    @torch.no_grad()
    def validate(self, log: TrainingLog) -> None:
        """Judge the averaged weights; the first figure decides about best.pt."""
        p = self.progress
        figures: dict[str, float] = {}
        if self.processes.is_first:
            network = self.finished()
            restore = restorer(self.trainable, network, self.device, self.cell)
            for validator in self.validators:
                figures |= validator(restore, lambda batch: FORWARD[self.trainable.kind](network, batch.to(self.device)))
        p.history.append({"step": p.step, "minutes": p.seconds / 60, **figures})
        log.validation(p.step, p.seconds / 60, figures)
        leading = next(iter(figures.values()), math.inf)
        if leading >= p.best:
            p.best = leading
            self.save("best")
        self.processes.barrier()

    @property
    def cell(self) -> int:
        """Pixels per cell side of the data (field networks)."""
        return int(self.config.data.settings.get("cell", 8))

    def weights(self) -> dict[str, Tensor]:
        """What is validated and shipped: the average where there is one, else the weights."""
        return self.average.state if self.config.optimiser.ema else self.model.network.state_dict()

    def finished(self) -> nn.Module:
        """The network with the weights that count, in evaluation mode, beside the one in training."""
        network: nn.Module = copy.deepcopy(self.model.network)
        network.load_state_dict(self.weights())
        return network.eval()

    def save(self, name: str) -> None:
        """Write name.pt into the run folder: everything a resumed run needs."""
        if not self.processes.is_first:
            return
        p = self.progress
        checkpoint.save({
            "config": asdict(self.config), "network": self.model.network.state_dict(),
            "ema": self.average.state if self.config.optimiser.ema else None,
            "losses": self.model.losses.state_dict(), "optimisers": [o.state_dict() for o in self.optimisers],
            "scaler": self.scaler.state_dict(), "precision": self.precision, **asdict(p),
        }, self.folder / f"{name}.pt")

    def _open(self) -> None:
        """Make the folder, go on from its last checkpoint, write the config that holds now."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if (self.folder / "last.pt").exists():
            self._restore(checkpoint.load(self.folder / "last.pt"))
        if self.precision == "auto":
            self.precision = faster_precision(self.model, self.steps[0][0], self.teacher, self.processes, self.device)
        self.processes.barrier()
        if self.processes.is_first:
            write_config(self.config, self.folder / "config.toml")

    def _restore(self, state: checkpoint.State) -> None:
        try:
            self.model.network.load_state_dict(state["network"])
            self.model.losses.load_state_dict(state["losses"])
            for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
                optimiser.load_state_dict(saved)
        except (RuntimeError, ValueError) as error:
            raise TrainingError(f"The run in {self.folder} was made with another network, loss or optimiser; give another "
                                "folder, or delete it to start anew.", str(error)) from error
        self.scaler.load_state_dict(state["scaler"])
        if state["ema"]:
            self.average.state = {name: value.to(self.device) for name, value in state["ema"].items()}
        elif self.config.optimiser.ema:
            self.average = Average(self.model.network, self.config.optimiser.ema)
        if self.precision == "auto":
            self.precision = state.get("precision", "auto")
        for name in ("step", "seconds", "best", "mean", "history"):
            setattr(self.progress, name, state[name])

    def summary(self) -> dict[str, Any]:
        """The run in figures, written to summary.json too."""
        p, network = self.progress, self.model.network
        summary = {
            "network": self.config.network.name, "parameters": sum(x.numel() for x in network.parameters()),
            "seed": self.config.seed, "steps": p.step, "pictures": p.step * self.config.optimiser.batch,
            "minutes": round(p.seconds / 60, 2), "precision": self.precision,
            **{k: v for k, v in p.history[-1].items() if k not in ("step", "minutes")},
            "best": p.best, "folder": str(self.folder),
        }
        if self.processes.is_first:
            (self.folder / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", "utf-8")
        return summary


def memory_format(c: OptimiserConfig) -> torch.memory_format:
    """channels_last or contiguous_format."""
    return torch.channels_last if c.channels_last else torch.contiguous_format


def build_stream(config: Config) -> Stream:
    """The stream of training batches of `config.data`."""
    if config.data.name not in SOURCES:
        raise ConfigError(f"There are no data called {config.data.name!r}; choose one of: {', '.join(SOURCES)}.")
    try:
        stream = SOURCES[config.data.name](batch=config.optimiser.batch, seed=config.seed, **config.data.settings)
    except TypeError as error:
        raise ConfigError(f"The settings of the data {config.data.name} do not fit: {error}.") from error
    return Repeated(stream, config.repeat, config.seed) if config.repeat > 1 else stream


def build_validator(name: str, settings: dict[str, Any]) -> Validator:
    """One validator of a config."""
    if name not in VALIDATORS:
        raise ConfigError(f"There is no validation called {name!r}; choose one of: {', '.join(VALIDATORS)}.")
    try:
        return VALIDATORS[name](**settings)
    except TypeError as error:
        raise ConfigError(f"The settings of the validation {name} do not fit: {error}.") from error


