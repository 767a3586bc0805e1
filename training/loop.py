"""The one training loop: teachers, students and field networks alike."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from tqdm import tqdm

from dehazer.errors import ConfigError
from training import checkpoint
from training.batch import Answer, Batch, Taps
from training.config import Config, OptimiserConfig, write_config
from training.data.sources import SOURCES, Stream
from training.ema import Average
from training.errors import TrainingError
from training.losses import LOSSES
from training.losses.base import Loss
from training.networks import Trainable, build_network
from training.optim.build import OPTIMISERS, factor
from training.runners import RUNNERS, restorer
from training.validation import VALIDATORS

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class Lesson(nn.Module):
    """A network and its losses as one module: batch in, loss out. `kind` says how the network is run."""

    def __init__(self, kind: str, network: nn.Module, losses: list[tuple[float, Loss]]) -> None:
        super().__init__()
        self.run, self.network = RUNNERS[kind], network
        self.losses = nn.ModuleList(loss for _, loss in losses)
        self.weights = [weight for weight, _ in losses]

    def forward(self, batch: Batch, guide: Taps) -> tuple[Tensor, Answer]:
        answer = self.run(self.network, batch)
        total = sum(w * loss(answer, batch, guide) for w, loss in zip(self.weights, self.losses, strict=True))
        return total, answer  # type: ignore[return-value]  # a sum of tensors, never the integer 0


@dataclass
class Progress:
    """Where a run is: optimiser steps done, seconds trained (resumes added up), best validation value, running
    mean of the loss, validation history."""

    step: int = 0
    seconds: float = 0.0
    best: float = -math.inf
    mean: float = 0.0
    history: list[dict[str, float]] = field(default_factory=list)


def build_lesson(config: Config, among: dict[str, Trainable]) -> tuple[str, Lesson]:
    """The network with its losses, weights from `config.init` when given."""
    kind, network = build_network(config.network, among)
    if config.init:
        checkpoint.fit_weights(network, Path(config.init))
    losses = []
    for part in config.loss:
        if part.name not in LOSSES:
            raise ConfigError(f"There is no loss called {part.name!r}; choose one of: {', '.join(LOSSES)}.")
        losses.append((part.weight, LOSSES[part.name](**part.settings)))
    return kind, Lesson(kind, network, losses)


class Run:
    """One training run in its folder: state, checkpoints, validation. `train()` goes on from where the folder stands."""

    def __init__(self, config: Config, among: dict[str, Trainable]) -> None:
        self.config, self.folder = config, Path(config.folder)
        if config.threads:
            torch.set_num_threads(config.threads)
        torch.manual_seed(config.seed)
        self.device = pick_device(config.device)
        self.kind, self.lesson = build_lesson(config, among)
        self.lesson.to(self.device, memory_format=memory_format(config.optimiser))
        self.stream: Stream = build_stream(config)
        extra = list(self.lesson.losses.parameters())
        self.optimisers = OPTIMISERS[config.optimiser.name](self.lesson.network, extra, config.optimiser)
        self.rates = [[group["lr"] for group in o.param_groups] for o in self.optimisers]
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=config.optimiser.precision == "fp16")
        self.average = Average(self.lesson.network, config.optimiser.ema)
        self.validators = [VALIDATORS[part.name](**part.settings) for part in config.validate]
        self.progress = Progress()

    def train(self) -> dict[str, Any]:
        """Train to the end of the budget; returns the last validation's figures and where the best weights are."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._resume()
        write_config(self.config, self.folder / "config.toml")
        c, p = self.config, self.progress
        bar = tqdm(total=c.steps or None, initial=p.step, unit="step", desc=self.folder.name, mininterval=1)
        saved = judged = clock = time.monotonic()
        while self.fraction() < 1:
            loss = self.step()
            now = time.monotonic()
            p.seconds, clock = p.seconds + now - clock, now
            bar.update()
            if p.step % 20 == 0:
                rate = p.step * c.optimiser.batch / max(p.seconds, 1e-9)
                bar.set_postfix_str(f"loss {loss:.4f}, {rate:.0f} pictures/s, {100 * self.fraction():.0f} %", refresh=False)
            if now - judged > 60 * c.validate_every:
                self.validate(bar)
                judged = clock = time.monotonic()
            if now - saved > 60 * c.save_every:
                self.save("last")
                saved = clock = time.monotonic()
        bar.close()
        self.validate(None)
        self.save("last")
        return {"steps": p.step, "pictures": p.step * c.optimiser.batch, "minutes": p.seconds / 60, **p.history[-1]}

    def fraction(self) -> float:
        """How much of the budget is spent, in [0, 1]: of the steps, of the minutes, or of whichever ends first."""
        c, p = self.config, self.progress
        by_steps = p.step / c.steps if c.steps else 0.0
        return max(by_steps, p.seconds / (60 * c.minutes) if c.minutes else 0.0)

    def step(self) -> float:
        """One optimiser step; returns the loss."""
        c = self.config.optimiser
        for optimiser, rates in zip(self.optimisers, self.rates, strict=True):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * factor(self.fraction(), self.progress.step, c)
            optimiser.zero_grad(set_to_none=True)
        self.lesson.train()
        loss = sum(self._part(part) for part in range(c.accumulate)) / c.accumulate
        if not math.isfinite(loss):
            raise TrainingError(f"The loss became {loss} at step {self.progress.step}; the checkpoints in {self.folder} are "
                                "from before. Lower optimiser.lr or use precision fp32.")
        p = self.progress
        if not (c.spike and p.mean and loss > c.spike * p.mean):
            self._move()
        p.mean = 0.98 * p.mean + 0.02 * loss if p.step else loss
        p.step += 1
        if c.ema:
            self.average.update(self.lesson.network, self.progress.step)
        return loss

    def _move(self) -> None:
        for optimiser in self.optimisers:
            self.scaler.unscale_(optimiser)
        if self.config.optimiser.clip:
            torch.nn.utils.clip_grad_norm_(self.lesson.parameters(), self.config.optimiser.clip)
        for optimiser in self.optimisers:
            self.scaler.step(optimiser)
        self.scaler.update()

    def _part(self, part: int) -> float:
        c = self.config.optimiser
        batch = self.stream(self.progress.step, part, c.accumulate).to(self.device, memory_format(c))
        with torch.autocast(self.device.type, DTYPES[c.precision], enabled=c.precision != "fp32"):
            loss, _ = self.lesson(batch, {})
        self.scaler.scale(loss / c.accumulate).backward()
        return float(loss.detach())  # CPU-GPU sync point

    def weights(self) -> dict[str, Tensor]:
        """What is validated and shipped: the average where there is one, else the weights."""
        return self.average.state if self.config.optimiser.ema else self.lesson.network.state_dict()

    @torch.no_grad()
    def validate(self, bar: Any) -> None:
        """Judge the averaged weights; the first figure decides about `best.pt`."""
        kind, network = self.kind, self.network_copy()
        restore = restorer(kind, network, int(self.config.data.settings.get("cell", 8)))
        figures: dict[str, float] = {}
        for validator in self.validators:
            figures |= validator(restore, lambda batch: RUNNERS[kind](network, batch))
        p = self.progress
        p.history.append({"step": p.step, "minutes": p.seconds / 60, **figures})
        text = ", ".join(f"{name} {value:.2f}" for name, value in figures.items())
        (print if bar is None else bar.write)(f"{p.seconds / 60:.1f} min, {p.step * self.config.optimiser.batch} pictures: {text}")
        leading = next(iter(figures.values()), -math.inf)
        if leading > p.best or not figures:
            p.best = leading
            self.save("best")

    def network_copy(self) -> nn.Module:
        """The network with the weights that count, in evaluation mode, beside the one in training."""
        import copy

        network = copy.deepcopy(self.lesson.network)
        network.load_state_dict(self.weights())
        return network.eval()

    def save(self, name: str) -> None:
        """Write `name`.pt into the run folder."""
        p = self.progress
        checkpoint.save({
            "network": self.lesson.network.state_dict(), "ema": self.average.state if self.config.optimiser.ema else None,
            "losses": self.lesson.losses.state_dict(), "optimisers": [o.state_dict() for o in self.optimisers],
            "scaler": self.scaler.state_dict(), "rng": torch.get_rng_state(),
            "step": p.step, "seconds": p.seconds, "best": p.best, "mean": p.mean, "history": p.history,
        }, self.folder / f"{name}.pt")

    def _resume(self) -> None:
        path = self.folder / "last.pt"
        if not path.exists():
            return
        state = checkpoint.load(path)
        self.lesson.network.load_state_dict(state["network"])
        self.lesson.losses.load_state_dict(state["losses"])
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self.scaler.load_state_dict(state["scaler"])
        if state["ema"]:
            self.average.state = {k: v.to(self.device) for k, v in state["ema"].items()}
        torch.set_rng_state(state["rng"])
        self.progress = Progress(state["step"], state["seconds"], state["best"], state["mean"], state["history"])


def pick_device(name: str) -> torch.device:
    """auto = a CUDA device when there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu") if name == "auto" else torch.device(name)


def memory_format(c: OptimiserConfig) -> torch.memory_format:
    """channels_last or contiguous_format."""
    return torch.channels_last if c.channels_last else torch.contiguous_format


def build_stream(config: Config) -> Stream:
    """The stream of training batches of `config.data`."""
    if config.data.name not in SOURCES:
        raise ConfigError(f"There are no data called {config.data.name!r}; choose one of: {', '.join(SOURCES)}.")
    return SOURCES[config.data.name](batch=config.optimiser.batch, seed=config.seed, **config.data.settings)
