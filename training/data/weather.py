"""The wide haze of the default weights: what users' pictures contain and RESIDE does not.

Exposure and gamma, low light · depth that is measured, planar, a road or a wall of smoke · uneven density · yellow,
brown and blue air · sensor noise · compression and denoising · black borders · pictures without any haze.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batch import Batch
from training.data.dice import Dice, chance, smooth, uniform
from training.data.haze import Cells, Haze, statistics, veil

# Direction of coloured air, per channel: dust and sand, warm light, yellow-green smog, neutral fog, blue distance, violet smoke.
TINTS = torch.tensor([[1.00, 0.74, 0.42], [1.00, 0.90, 0.74], [0.98, 1.00, 0.72], [1.00, 1.00, 1.00], [0.84, 0.93, 1.00],
                      [0.93, 0.89, 1.00]])
TINT_CHANCE = (0.17, 0.13, 0.09, 0.40, 0.15, 0.06)
CLEAR_CHANCE = 0.12
BORDER_CHANCE = 0.12
KEEP = 0.08  # transmission below which haze is left standing


@dataclass(frozen=True)
class Range:
    """Limits of the wide haze: β, luminance of the airlight, standard deviation of sensor noise ([0, 1] units)."""

    beta: tuple[float, float] = (0.1, 3.0)
    airlight: tuple[float, float] = (0.4, 1.2)
    noise: float = 0.03


def real_haze(cells: Cells, dice: Sequence[Dice]) -> Batch:
    """Clear cells → exposed → hazed → photographed → bordered; the target is what can be had of the clear picture."""
    limits = Range()
    light = torch.where(chance(dice, 0.3), uniform(dice, 0.25, 0.8), uniform(dice, 0.85, 1.1))  # low light: night, dusk
    clear = expose(cells, dice, light)
    hazed = ~chance(dice, CLEAR_CHANCE)
    t = transmission(clear, dice, limits) ** hazed.float()
    air = airlight(dice, light, limits, t.shape[2:])
    hazy = compress(sensor(veil(clear, t, air), dice, limits.noise), dice)
    target, t = attainable(clear.small, t, air, light)
    inside = frame(dice, t.shape[2], t.shape[3])
    hazy = border(hazy, inside)
    return Batch(hazy.small, target * inside, t, distrust(statistics(hazy), dice))


def attainable(clear: Tensor, t: Tensor, air: Tensor, light: Tensor) -> tuple[Tensor, Tensor]:
    """What to ask for, and the transmission that undoing it means.

    Where haze has hidden nearly everything, the average guess is a dark, blotchy wall; what lies that far outdoors is sky.
    So the last of the haze stays, turned half to grey: t is taken as √(t² + KEEP²). Hazy pictures of dim scenes may come out
    a little brighter, so that nobody's shadows are crushed.
    """
    undone = (t.square() + KEEP**2).sqrt().clamp(max=1)
    share = (t / undone).clamp(max=1)
    grey = 0.5 * (air + air.mean(dim=1, keepdim=True))
    lift = light.clamp(max=1) ** (-0.3 * (1 - t.mean((1, 2, 3), keepdim=True)))
    return ((clear * share + grey * (1 - share)) * lift).clamp(0, 1), undone / lift


def expose(cells: Cells, dice: Sequence[Dice], light: Tensor) -> Cells:
    """Gamma, white balance and brightness of the scene itself; monotone, so minima and maxima move exactly."""
    gamma = torch.where(chance(dice, 0.5), torch.exp(uniform(dice, -0.35, 0.35)), torch.ones(1))
    balance = torch.where(chance(dice, 0.4), uniform(dice, 0.9, 1.06, 3), torch.ones(1)) * light
    small, low, high = (((x + 1e-4) ** gamma * balance).clamp(0, 1) for x in (cells.small, cells.low, cells.high))
    middle = F.avg_pool2d(cells.small, 2).clamp(0.02, 1)
    slope = (gamma * middle ** (gamma - 1)).clamp(0.2, 3) * balance
    return replace(cells, small=small, low=low, high=high, difference=cells.difference * slope)


def jittered(haze: Haze, share: float) -> Haze:
    """`haze` after a change of exposure, gamma, white balance and depth curve in a share of the samples."""
    def changed(cells: Cells, dice: Sequence[Dice]) -> Batch:
        other, keep = expose(cells, dice, uniform(dice, 0.8, 1.05)), ~chance(dice, share)
        other = replace(other, depth=cells.depth ** torch.exp(uniform(dice, -0.3, 0.3)))
        parts: dict[str, Any] = {name: torch.where(keep, getattr(cells, name), getattr(other, name))
                 for name in ("small", "low", "high", "difference", "depth")}
        return haze(replace(cells, **parts), dice)

    return changed


def perspective(dice: Sequence[Dice], height: int, width: int) -> Tensor:
    """Depth of a plane seen from above: near at the bottom, infinite (1) above a random, slightly tilted horizon."""
    y = torch.linspace(0, 1, height)[None, None, :, None]
    x = torch.linspace(-0.5, 0.5, width)[None, None, None, :]
    below = (y - uniform(dice, -0.1, 0.6) - uniform(dice, -0.15, 0.15) * x).clamp(min=0)
    near = uniform(dice, 0.03, 0.3)
    return near / (near + below)


def slope(dice: Sequence[Dice], height: int, width: int) -> Tensor:
    """Depth growing linearly from 0 to 1 in a random direction, most often upwards."""
    angle = uniform(dice, -1, 1) ** 3 * torch.pi
    y = torch.linspace(0.5, -0.5, height)[None, None, :, None]
    x = torch.linspace(-0.5, 0.5, width)[None, None, None, :]
    ramp = y * torch.cos(angle) + x * torch.sin(angle)
    low, high = ramp.amin((2, 3), keepdim=True), ramp.amax((2, 3), keepdim=True)
    return (ramp - low) / (high - low)


def distance(cells: Cells, dice: Sequence[Dice]) -> Tensor:
    """Depth in [0, 1], (N, 1, 2h, 2w): measured, invented, or a mixture; sky-like parts are far."""
    height, width = cells.depth.shape[2:]
    lumps = smooth(dice, height, width, 3) * 0.5 + 0.5
    invented = torch.where(chance(dice, 0.55), perspective(dice, height, width), slope(dice, height, width))
    invented = torch.lerp(invented, lumps, uniform(dice, 0, 0.5))
    invented = torch.where(chance(dice, 0.12), torch.ones(1), invented)  # smoke: the same everywhere
    photo = torch.maximum(invented * uniform(dice, 0.5, 1), cells.depth)
    indoor = torch.where(chance(dice, 0.65), cells.depth, torch.lerp(cells.depth, invented, uniform(dice, 0.2, 1)))
    return torch.where(cells.measured, indoor, photo)


def transmission(cells: Cells, dice: Sequence[Dice], limits: Range) -> Tensor:
    """t = exp(−β·density·d), the density uneven in a third of the pictures; never below 0.02."""
    low, high = limits.beta
    beta = low + (high - low) * uniform(dice, 0, 1)
    lumps = smooth(dice, cells.depth.shape[2], cells.depth.shape[3], 5)
    density = 1 + torch.where(chance(dice, 0.35), uniform(dice, 0.1, 0.6), torch.zeros(1)) * lumps
    return torch.exp(-beta * density * distance(cells, dice)).clamp(min=0.02)


def airlight(dice: Sequence[Dice], light: Tensor, limits: Range, size: Sequence[int]) -> Tensor:
    """(N, 3, 2h, 2w): a luminance that follows the light of the scene, a tint, a slow change across the picture."""
    usual = uniform(dice, 0.65, 1.0)
    luminance = torch.where(chance(dice, 0.7), usual, uniform(dice, *limits.airlight)) * light.clamp(max=1) ** 0.7
    choice = torch.tensor([d.choice(len(TINTS), p=TINT_CHANCE) for d in dice])
    tint = TINTS[choice][..., None, None] ** uniform(dice, 0.25, 1.35) * uniform(dice, 0.95, 1.05, 3)
    drift = 1 + uniform(dice, 0, 0.12) * smooth(dice, size[0], size[1], 2)
    return (luminance * tint * drift).clamp(0.05, limits.airlight[1])


def sensor(cells: Cells, dice: Sequence[Dice], most: float) -> Cells:
    """White noise in half of the pictures: averaged in the small copy (4×4 pixels: a quarter is left), whole in
    the statistics."""
    sigma = torch.where(chance(dice, 0.5), uniform(dice, 0, 1) ** 2 * most, torch.zeros(1))
    shape = cells.small.shape[1:]
    grain = torch.stack([torch.from_numpy(d.standard_normal(shape, dtype="float32")) if s > 0 else torch.zeros(shape)
                         for d, s in zip(dice, sigma.flatten().tolist(), strict=True)])
    reach = sigma * uniform(dice, 0.8, 2.2)  # extremes of 64 samples lie near 2.4 σ on a flat cell, nearer on texture
    difference = (cells.difference ** 2 + (1.13 * sigma) ** 2).sqrt()  # mean |a − b| of two Gaussians is 1.13 σ
    return replace(cells, small=(cells.small + grain * sigma / (cells.cell / 2)).clamp(0, 1), low=(cells.low - reach).clamp(0, 1),
                   high=(cells.high + reach).clamp(0, 1), difference=difference)


def compress(cells: Cells, dice: Sequence[Dice]) -> Cells:
    """Codecs, denoisers and soft lenses flatten faint texture: contrast c keeps c² / (c² + τ²) of itself."""
    tau = torch.where(chance(dice, 0.5), uniform(dice, 0, 1) ** 2 * 0.08, torch.zeros(1))
    blur = torch.where(chance(dice, 0.3), uniform(dice, 0.4, 1), torch.ones(1))
    middle = F.avg_pool2d(cells.small, 2)
    contrast = (cells.high - cells.low).clamp(min=1e-3)
    keep = contrast ** 2 / (contrast ** 2 + tau ** 2)
    low, high = middle + (cells.low - middle) * keep, middle + (cells.high - middle) * keep
    return replace(cells, low=low, high=high, difference=cells.difference * keep * blur)


def frame(dice: Sequence[Dice], height: int, width: int) -> Tensor:
    """(N, 1, height, width), 0 in black borders (letterbox, pillarbox or both), 1 inside."""
    tall = torch.where(chance(dice, BORDER_CHANCE), uniform(dice, 0.03, 0.22), torch.zeros(1)) * height
    wide = torch.where(chance(dice, BORDER_CHANCE), uniform(dice, 0.03, 0.22), torch.zeros(1)) * width
    y = torch.arange(height)[None, None, :, None]
    x = torch.arange(width)[None, None, None, :]
    inside = (y >= tall.floor()) & (y < height - tall.floor()) & (x >= wide.floor()) & (x < width - wide.floor())
    return inside.float()


def border(cells: Cells, inside: Tensor) -> Cells:
    """Black outside `inside`; cells cut by the edge see both black and picture."""
    some, every = F.max_pool2d(inside, 2), -F.max_pool2d(-inside, 2)
    edge = (some - every) * cells.high * 0.06  # one step of the picture's height in eight pixels, both directions halved
    return replace(cells, small=cells.small * inside, low=cells.low * every, high=cells.high * some,
                   difference=cells.difference * F.avg_pool2d(inside, 2) + edge)


def distrust(stats: Tensor, dice: Sequence[Dice]) -> Tensor:
    """Differences depend on lens, sensor and codec: shift them per picture, flatten them in one picture of eight."""
    differences = stats[:, 6:] + uniform(dice, -0.3, 0.3) * chance(dice, 0.5) + uniform(dice, -0.05, 0.05, 3)
    mean = differences.mean((2, 3), keepdim=True)
    differences = torch.where(chance(dice, 0.12), mean.expand_as(differences), differences)
    return torch.cat([stats[:, :6], differences], dim=1)
