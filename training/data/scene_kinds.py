"""What hazy pictures show, one function for each kind of scene; `KINDS` lists them with their shares of the samples.

Every function takes a crop, its exposed picture and the brightness of the scene, and composes what a camera will look at: the
clear picture, the transmission of every pixel and, at night, the light that lamps scatter into the haze.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from training.data.haze import Crop, Plane, dithered
from training.data.near_objects import (
    Mask,
    darkened,
    dashboard_mask,
    figures_mask,
    followed_mask,
    lifted,
    painted,
    scope_mask,
    superpixel_means,
    superpixels,
    thin_mask,
    window_frame_mask,
)
from training.data.random_draws import Generator, smooth_noise
from training.data.transmission import coarse_size, enlarged, haze_transmission, perspective, shrunk, slope, thinned

NEAR = 0.12  # optical thickness before a near object, at most, as a share of that behind it
HOMOGENEOUS = (0.25, 2.4)  # optical thickness before the farthest point (RESIDE outdoor: β 0.04 to 0.2, about 10 units deep)
NEAR_AREA = (0.05, 0.65)  # share of the picture that near objects cover
GROUND = (0.03, 0.2)  # optical thickness before ground that lies a whole picture's height below the horizon
FARTHEST = 4.0  # optical thickness before the sky above it


@dataclass(frozen=True)
class Composition:
    """clear (H, W, 3) float32 in [0, 1]; transmission (H, W) in (0, 1]; light: brightness of the scene, 1 = day; glow
    (H, W, 3): light of lamps that the haze scatters, added to the airlight, or None; grey: value of the airlight where it is the
    same for all colours and pixels, None = any airlight."""

    clear: Plane
    transmission: Plane
    light: float
    glow: Plane | None = None
    grey: float | None = None


Kind = Callable[[Crop, Plane, float, Generator], Composition]


def clear_picture(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """No haze at all."""
    return Composition(clear, no_haze(crop), light)


def dark_objects_in_clear_air(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """No haze, and the dark objects and frames that hazy samples have too: darkness must not tell one from the other."""
    draw = DARK_OBJECTS[rng.choice(len(DARK_OBJECTS), p=DARK_SHARES)]
    return Composition(draw(crop, clear, rng)[0], no_haze(crop), light)


def distance_haze(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Haze that grows with distance, of any density."""
    return Composition(clear, haze_transmission(crop, rng), light)


def homogeneous_haze(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Haze of one density before whole objects, each at one distance, most often with a grey airlight: what RESIDE (Li et al.
    2019) lays over outdoor photographs, whose depth is estimated superpixel by superpixel."""
    depth = dithered(crop.depth, rng) if crop.measured else distance_of_objects(crop, rng)
    nearest = np.float32(rng.uniform(0, 0.6))
    t = thinned((nearest + (1 - nearest) * depth) * np.float32(rng.uniform(*HOMOGENEOUS)))
    grey = float(rng.uniform(0.75, 1.0) * min(light, 1) ** 0.7) if rng.random() < 0.7 else None
    return Composition(clear, t, light, grey=grey)


def light_haze(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """The same, thin: typical transmission 0.75 to 0.95."""
    return Composition(clear, thin_haze(crop, rng), light)


def near_object(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """One near object, or one group of them, before the haze; its edges are those of the picture."""
    return behind(*object_of_picture(crop, clear, rng), any_haze(crop, rng), light, rng)


def several_near_objects(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Two to four near objects, each at a distance of its own."""
    t = any_haze(crop, rng)
    for _ in range(int(rng.integers(2, 5))):
        clear, mask = object_of_picture(crop, clear, rng, float(rng.uniform(0.03, 0.2)))
        t = lifted(t, mask, rng.uniform(0, 0.4))
    return Composition(clear, t, light)


def dashboard(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Haze through a windscreen, above a dark dashboard."""
    return behind(*with_dashboard(crop, clear, rng), any_haze(crop, rng), light, rng)


def standing_figures(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Haze behind people who stand or pass near the camera, in clothes of any brightness, most often dark."""
    return behind(*with_figures(crop, clear, rng), any_haze(crop, rng), light, rng)


def window_frame(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Haze through a window, its frame around it."""
    return behind(*with_window_frame(crop, clear, rng), any_haze(crop, rng), light, rng)


def scope_border(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Haze in the round field of view of a scope, black around it."""
    return behind(*with_scope_border(crop, clear, rng), any_haze(crop, rng), light, rng)


def fog_bank(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """A bank of smoke or fog with clear surroundings, its edge soft or fairly sharp."""
    height, width = crop.depth.shape
    size = coarse_size((height, width))
    shape = smooth_noise(rng, *size, int(rng.integers(1, 4)))
    shape = shape + np.float32(rng.uniform(-0.6, 0.6)) * np.linspace(-1, 1, size[0], dtype=np.float32)[:, None]
    edge, softness = np.quantile(shape, rng.uniform(0.2, 0.75)), rng.uniform(0.08, 0.6)
    density = ((shape - edge) / softness).clip(0, 1)
    lumps = 1 + rng.uniform(0, 0.4) * smooth_noise(rng, *size, 6)
    thickness = np.asarray(density * lumps * rng.uniform(0.3, 3.0), np.float32)
    return Composition(clear, thinned(enlarged(thickness, (height, width))), light)


def fog_over_ground(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Fog of one density over flat ground, as on a road: the ground is clear in front and fades toward the horizon."""
    t = thinned(ground_distance(crop, rng) * np.float32(rng.uniform(*GROUND)))
    grey = float(rng.uniform(0.65, 1.0) * min(light, 1) ** 0.7) if rng.random() < 0.7 else None
    return Composition(clear, np.maximum(t, np.float32(np.exp(-FARTHEST))), light, grey=grey)


def uniform_sky(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """A sky of one colour above a skyline; in a third of the samples there is no haze below it."""
    mask = sky_mask(crop, rng)
    bright = np.float32(rng.uniform(0.6, 1.0) * min(light, 1))
    colour = bright * np.array([rng.uniform(0.75, 1.0), rng.uniform(0.88, 1.0), 1.0], np.float32)
    shade = np.linspace(1, rng.uniform(0.85, 1.1), len(mask), dtype=np.float32)[:, None, None]
    sky = np.ascontiguousarray(np.broadcast_to((colour * shade).clip(0, 1), clear.shape), np.float32)
    clear = np.asarray(cv2.copyTo(sky, mask.view(np.uint8), clear.copy()), np.float32)
    if rng.random() < 1 / 3:
        return Composition(clear, no_haze(crop), light)
    t = any_haze(crop, rng)
    return Composition(clear, np.where(mask, np.minimum(t, t.min()), t), light)


def night_lamps(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Night: a dark scene with lamps, and their halos in the haze."""
    dark = np.float32(rng.uniform(0.25, 0.6))
    height, width = crop.depth.shape
    coarse, lit = coarse_size((height, width)), clear * dark
    rows, columns = (at * height / coarse[0] for at in np.mgrid[:coarse[0], :coarse[1]])
    glow = np.zeros((*coarse, 3), np.float32)
    for _ in range(int(rng.integers(1, 6))):
        row, column, radius = rng.uniform(0, 0.7) * height, rng.random() * width, rng.uniform(0.005, 0.02) * min(height, width)
        colour = np.array([1.0, rng.uniform(0.7, 1.0), rng.uniform(0.4, 1.0)])
        cv2.circle(lit, (int(column), int(row)), max(1, round(radius)), colour.tolist(), -1)
        far = np.hypot(rows - row, columns - column) / (rng.uniform(0.02, 0.12) * min(height, width))
        glow += np.asarray((rng.uniform(0.2, 0.8) / (1 + far**2))[..., None] * colour, np.float32)
    return Composition(lit, any_haze(crop, rng), light * float(dark), enlarged(glow, (height, width)))


def thin_structures(crop: Crop, clear: Plane, light: float, rng: Generator) -> Composition:
    """Haze behind wires, poles, branches or railings near the camera, dark or lit. Its share is 0 unless a config gives it one,
    because validations draw from the same list and their figures must stay comparable."""
    mask = thin_mask(crop, rng)
    front = painted(clear, mask, rng.uniform(0, 0.7) ** 2 * rng.uniform(0.8, 1, 3), rng.uniform(0, 0.3))
    return behind(front, mask, any_haze(crop, rng), light, rng)


KINDS: tuple[tuple[Kind, float], ...] = (
    (clear_picture, 0.15), (dark_objects_in_clear_air, 0.13), (distance_haze, 0.07), (homogeneous_haze, 0.11), (light_haze, 0.09),
    (near_object, 0.10), (several_near_objects, 0.04), (dashboard, 0.06), (standing_figures, 0.06), (window_frame, 0.02),
    (scope_border, 0.01), (fog_bank, 0.06), (fog_over_ground, 0.06), (uniform_sky, 0.02), (night_lamps, 0.02),
    (thin_structures, 0.0))


def no_haze(crop: Crop) -> Plane:
    """Transmission 1."""
    return np.ones(crop.depth.shape, np.float32)


def any_haze(crop: Crop, rng: Generator) -> Plane:
    """Light and dense haze equally often."""
    return thin_haze(crop, rng) if rng.random() < 0.5 else haze_transmission(crop, rng)


def distance_of_objects(crop: Crop, rng: Generator) -> Plane:
    """(H, W) in [0, 1] for photographs: a road or a slope, the same all over each superpixel in two of three; the sky is 1."""
    size = coarse_size(crop.depth.shape)
    shape = perspective if rng.random() < 0.7 else slope
    ground = np.maximum(shape(rng, *size) * np.float32(rng.uniform(0.5, 1)), shrunk(crop.depth, size) / np.float32(255))
    distance = enlarged(ground, crop.depth.shape)
    return superpixel_means(distance, superpixels(crop.clear, rng)) if rng.random() < 2 / 3 else distance


def ground_distance(crop: Crop, rng: Generator) -> Plane:
    """(H, W) distance of flat ground, 1 where it is a picture's height below the horizon, without end at and above it; two of
    three times the same all over each superpixel, so that what stands on the ground is as far as its foot is."""
    height, width = crop.depth.shape
    sky = (crop.depth > 128).mean() if not crop.measured else 0.0
    horizon = np.clip(sky if sky > 0.1 else rng.uniform(0.15, 0.55), 0.05, 0.7) + rng.uniform(-0.05, 0.05)
    tilt = rng.uniform(-0.06, 0.06) * np.linspace(-1, 1, width)[None]
    below = (np.linspace(0, 1, height)[:, None] - horizon + tilt).clip(1e-3).astype(np.float32)
    if rng.random() < 2 / 3:
        below = superpixel_means(below, superpixels(crop.clear, rng))
    return np.asarray(1 / below, np.float32)


def thin_haze(crop: Crop, rng: Generator) -> Plane:
    """Haze whose mean optical thickness is that of a transmission of 0.75 to 0.95."""
    thickness = -np.log(haze_transmission(crop, rng))
    wanted = -np.log(rng.uniform(0.75, 0.95))
    return thinned(thickness * np.float32(wanted / max(float(thickness.mean()), 1e-6)))


def behind(clear: Plane, mask: Mask, t: Plane, light: float, rng: Generator) -> Composition:
    """The picture with haze everywhere but before what the mask covers."""
    return Composition(clear, lifted(t, mask, rng.uniform(0, NEAR)), light)


def object_of_picture(crop: Crop, clear: Plane, rng: Generator, area: float = 0.0) -> tuple[Plane, Mask]:
    """A part of the picture as a near object, half of the time darkened; area: its share of the picture, 0 = any."""
    mask = followed_mask(crop, area or float(rng.uniform(*NEAR_AREA)), rng)
    return (darkened(clear, mask, rng.uniform(0.1, 0.6)) if rng.random() < 0.5 else clear), mask


def darkened_object(crop: Crop, clear: Plane, rng: Generator) -> tuple[Plane, Mask]:
    """As `object_of_picture`, always darkened."""
    mask = followed_mask(crop, float(rng.uniform(*NEAR_AREA)), rng)
    return darkened(clear, mask, rng.uniform(0.1, 0.6)), mask


def with_dashboard(crop: Crop, clear: Plane, rng: Generator) -> tuple[Plane, Mask]:
    """The picture above a dark, faintly textured dashboard."""
    mask = dashboard_mask(rng, *crop.depth.shape)
    return painted(clear, mask, rng.uniform(0.01, 0.15) * rng.uniform(0.8, 1, 3), rng.uniform(0, 0.25)), mask


def with_figures(crop: Crop, clear: Plane, rng: Generator) -> tuple[Plane, Mask]:
    """The picture with people near the camera, their clothes as textured as the picture itself or less."""
    mask = figures_mask(rng, *crop.depth.shape)
    return painted(clear, mask, rng.uniform(0, 0.6) ** 2 * rng.uniform(0.5, 1, 3), rng.uniform(0, 0.8)), mask


def with_window_frame(crop: Crop, clear: Plane, rng: Generator) -> tuple[Plane, Mask]:
    """The picture through a window, the frame of any brightness, most often dark."""
    mask = window_frame_mask(rng, *crop.depth.shape)
    return painted(clear, mask, rng.uniform(0.02, 0.9) ** 2 * rng.uniform(0.8, 1, 3), rng.uniform(0, 0.15)), mask


def with_scope_border(crop: Crop, clear: Plane, rng: Generator) -> tuple[Plane, Mask]:
    """The picture in a disc, black outside."""
    mask = scope_mask(rng, *crop.depth.shape)
    return painted(clear, mask, (0, 0, 0), 0), mask


DARK_OBJECTS = (darkened_object, with_dashboard, with_figures, with_window_frame, with_scope_border)
DARK_SHARES = (0.55, 0.13, 0.17, 0.1, 0.05)


def sky_mask(crop: Crop, rng: Generator) -> Mask:
    """The picture above a skyline: what looks like sky where photographs have one, else superpixels above a wavy line."""
    if not crop.measured and (crop.depth > 128).mean() > 0.1:
        return np.asarray(crop.depth > 128)
    height, width = crop.depth.shape
    line = rng.uniform(0.2, 0.6) + 0.15 * smooth_noise(rng, max(1, width // 4), width, 1)[0]
    above = np.linspace(0, 1, height)[:, None] < line[None]
    return superpixel_means(above.astype(np.float32), superpixels(crop.clear, rng)) > 0.5
