"""What a run tells while it goes: progress bar, a line per validation, a JSON log, TensorBoard where asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dehazer.errors import ConfigError
from training.progress import bar


class TrainingLog:
    """Writes `log.jsonl` into the run's folder, draws the bar on stderr. quiet: neither (other ranks than the first)."""

    def __init__(self, folder: Path, steps: int, done: int, tensorboard: bool = False, quiet: bool = False) -> None:
        self.path, self.quiet = folder / "log.jsonl", quiet
        self.bar = bar(folder.name, "step", steps, done, quiet)
        self.board = _board(folder) if tensorboard and not quiet else None

    def step(self, number: int, figures: dict[str, float], left: float) -> None:
        """After an optimiser step: loss, psnr (dB), pictures per second; left: seconds to the end of the budget."""
        self.bar.update()
        if number % 10 == 0 and not self.quiet:
            text = ", ".join(f"{name} {value:.4g}" for name, value in figures.items())
            self.bar.set_postfix_str(f"{text}, ETA {int(left) // 60}:{int(left) % 60:02d}", refresh=False)
            self._plot(number, figures)

    def validation(self, number: int, minutes: float, figures: dict[str, float]) -> None:
        """After a validation."""
        if self.quiet:
            return
        text = ", ".join(f"{name} {value:.4g}" for name, value in figures.items())
        self.bar.write(f"step {number}, {minutes:.1f} min: {text}")
        with self.path.open("a", encoding="utf-8") as log:
            log.write(json.dumps({"step": number, "minutes": round(minutes, 3), **figures}) + "\n")
        self._plot(number, {f"validation {name}": value for name, value in figures.items()})

    def close(self) -> None:
        """End the bar and the board."""
        self.bar.close()
        if self.board is not None:
            self.board.close()

    def _plot(self, number: int, figures: dict[str, float]) -> None:
        if self.board is not None:
            for name, value in figures.items():
                self.board.add_scalar(name.replace(" ", "_"), value, number)


def _board(folder: Path) -> Any:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise ConfigError("tensorboard = true needs the package tensorboard: pip install 'dehazer[training]'.") from error
    return SummaryWriter(str(folder / "tensorboard"))
