"""Aims of training beside what the packaged weights reach: one list, from which a table is made.

Figures are those of the cards (`python -m training.results packaged`) and of the evaluations kept in docs/measured.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from training.protocol import CLIPS

Figures = Mapping[str, float]
STEADY = "static-camera-fog-720p"
MOVING = tuple(clip for clip in CLIPS if clip != STEADY)
PROTOCOL, SAMPLES = "packaged", "measure"
COMMANDS = {PROTOCOL: "`results packaged`", SAMPLES: "`readme.py --measure`"}


@dataclass(frozen=True)
class Aim:
    """title: what is wanted. weights: MODEL-SET of the packaged set. figure: its name in the card or in an evaluation. limit: the
    least value that is wanted, or the most where `most`. unit: written behind values. digits: shown after the point. of: the
    figure is divided by this one. data: the evaluated set of an evaluation, "" for figures of the card."""

    title: str
    weights: str
    figure: str
    limit: float
    unit: str = ""
    digits: int = 2
    most: bool = False
    of: str = ""
    data: str = ""

    def value(self, figures: Figures) -> float | None:
        """The figure, None where it was not measured."""
        if self.figure not in figures or (self.of and self.of not in figures):
            return None
        return figures[self.figure] / (figures[self.of] if self.of else 1.0)

    def reached(self, value: float) -> bool:
        """Whether the value is as wanted."""
        return value <= self.limit if self.most else value >= self.limit


def quality(title: str, weights: str, data: str, psnr: float, ssim: float = 0.0) -> tuple[Aim, ...]:
    """PSNR and, where wanted, SSIM on a set of pairs by FFA-Net's protocol."""
    aims = (Aim(f"{title}, PSNR", weights, "psnr ffa", psnr, " dB", data=data),
            Aim(f"{title}, SSIM", weights, "ssim ffa", ssim, digits=4, data=data))
    return aims if ssim else aims[:1]


AIMS: tuple[Aim, ...] = (
    *quality("field network on the SOTS indoor sample", "field-its", "sots-indoor-sample", 31, 0.97),
    *quality("RFD student on the SOTS indoor sample (figures of the paper without distillation)", "student-its",
             "sots-indoor-sample", 27.94, 0.9327),
    Aim("worst cell of the calibration table without a foreground, error of t", "field-real", "calibration worst", 0.08, digits=3,
        most=True),
    Aim("the same behind a dark, unhazed foreground", "field-real", "calibration worst behind", 0.12, digits=3, most=True),
    Aim("clear photographs against themselves, mean", "field-real", "identity psnr", 40, " dB", 1),
    Aim("share of the clear photographs at 35 dB and more", "field-real", "identity share", 0.90, digits=3),
    *quality("SOTS outdoor sample, at most 0.3 dB below the set of 21 November", "field-real", "sots-outdoor-sample", 25.34),
    *quality("HSTS, at most 0.3 dB below the set of 21 November", "field-real", "hsts-synthetic", 22.64),
    Aim("static camera, swing of the haze meter, points of 100", "field-real", f"{STEADY} swing smoothed", 8, digits=1,
        most=True),
    Aim("driving clip, mean of the haze meter", "field-real", "driving-haze-1080p haze", 25, " %", 1),
    Aim("foggy road, mean of the haze meter", "field-real", "road-fog-portrait-1080 haze", 25, " %", 1),
    Aim("static camera, flicker after / before", "field-real", f"{STEADY} flicker smoothed", 1, most=True,
        of=f"{STEADY} flicker before"),
    *(Aim(f"{clip}, flicker after / what contrast alone makes of it", "field-real", f"{clip} flicker smoothed", 1.15, most=True,
          of=f"{clip} flicker level") for clip in MOVING),
)


def aims_table(cards: Path, measured: Path) -> str:
    """Markdown: every aim, what is wanted, whether it is reached, the figure and the command that measures it."""
    lines = ["| weights | aim | wanted | reached | figure | command |", "|---|---|---|---|---|---|"]
    for aim in AIMS:
        value = aim.value(figures_of(aim, cards, measured))
        found = "not measured" if value is None else shown(aim, value)
        answer = "–" if value is None else "yes" if aim.reached(value) else "**no**"
        sign = "≤" if aim.most else "≥"
        command = COMMANDS[SAMPLES if aim.data else PROTOCOL]
        lines.append(f"| `{aim.weights}` | {aim.title} | {sign} {shown(aim, aim.limit)} | {answer} | {found} | {command} |")
    return "\n".join(lines)


def shown(aim: Aim, value: float) -> str:
    """A value of an aim with its unit."""
    return f"{value:.{aim.digits}f}{aim.unit}"


def figures_of(aim: Aim, cards: Path, measured: Path) -> Figures:
    """Where the aim's figure is kept; empty where that file is not there."""
    path = measured / f"quality-{aim.weights}-{aim.data}.json" if aim.data else cards / f"{aim.weights}.json"
    if not path.exists():
        return {}
    content = json.loads(path.read_text("utf-8"))
    found: Figures = content if aim.data else content["metrics"].get("validation", {})
    return found
