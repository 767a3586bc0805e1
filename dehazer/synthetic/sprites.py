"""Flat things of the rendered scene, drawn once as small colour pictures with a mask: trees, posts, cars, walls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dehazer.synthetic.noise import SIDE, Floats, fractal_tile

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sprite:
    """rgb: (H, W, 3) float32 in [0, 1], row 0 at the top. solid: (H, W) where there is something. width, height: metres."""

    rgb: Floats
    solid: Mask
    width: float
    height: float


def _grid(rows: int, columns: int) -> tuple[Floats, Floats]:
    """x in [-1, 1] to the right and y in [0, 1] upwards at every sample."""
    x = np.linspace(-1, 1, columns, dtype=np.float32)[None, :].repeat(rows, 0)
    y = np.linspace(1, 0, rows, dtype=np.float32)[:, None].repeat(columns, 1)
    return x, y


def _noise(seed: int, rows: int, columns: int, fall: float = 1.0) -> Floats:
    tile = fractal_tile(seed, fall)
    return tile[np.arange(rows) % SIDE][:, np.arange(columns) % SIDE]  # twice the tile's side at most: the repeat is not seen


def _lit(shape: Mask, colour: tuple[float, float, float], light: Floats) -> Floats:
    """One colour times a light map, black outside the shape."""
    return np.asarray(np.clip(np.array(colour, np.float32) * light[..., None], 0, 1) * shape[..., None], np.float32)


_LEAVES = {"round": (0.38, 0.45, 0.22), "poplar": (0.42, 0.48, 0.22), "pine": (0.23, 0.32, 0.22), "bush": (0.41, 0.44, 0.22)}


def tree(seed: int, kind: str) -> Sprite:
    """kind: "round", "poplar", "pine" or "bush"."""
    rng = np.random.default_rng(seed)
    rows, columns = 512, {"round": 448, "poplar": 152, "pine": 288, "bush": 512}[kind]
    x, y = _grid(rows, columns)
    ragged, fine = _noise(seed, rows, columns, 1.25), _noise(seed + 1, rows, columns, 0.75)
    crown = _crown(kind, x, y) + 0.16 * ragged + 0.07 * fine > 0
    trunk = (np.abs(x) < {"round": 0.045, "poplar": 0.12, "pine": 0.06, "bush": 0.02}[kind]) & (y < 0.4)
    light = 0.66 + 0.50 * (y - 0.45) - 0.22 * x + 0.17 * ragged + 0.15 * fine
    red, green, blue = (float(c * rng.uniform(0.85, 1.18)) for c in _LEAVES[kind])
    bark = _lit(trunk & ~crown, (0.33, 0.27, 0.21), 0.75 + 0.2 * fine)
    tall = {"round": 10.0, "poplar": 15.0, "pine": 12.0, "bush": 2.2}[kind] * float(rng.uniform(0.8, 1.25))
    return Sprite(_lit(crown, (red, green, blue), light) + bark, crown | trunk, tall * columns / rows, tall)


def _crown(kind: str, x: Floats, y: Floats) -> Floats:
    """Positive inside the crown, about one in its middle."""
    if kind == "pine":
        steps = 0.12 * ((y * 7) % 1)
        return np.asarray(np.where(y > 0.12, (1.02 - y) * 0.95 - np.abs(x) - steps, -1), np.float32)
    middle, high = {"round": (0.6, 0.42), "poplar": (0.55, 0.47), "bush": (0.35, 0.6)}[kind]
    return np.asarray(0.86 - np.hypot(x, (y - middle) / high), np.float32)


def post(seed: int) -> Sprite:
    """A white delineator with a black band and a reflector."""
    x, y = _grid(96, 16)
    rgb = np.full((96, 16, 3), (0.88, 0.88, 0.86), np.float32)
    rgb[(y > 0.72) & (y < 0.93)] = (0.12, 0.12, 0.12)
    rgb[(y > 0.77) & (y < 0.88) & (np.abs(x) < 0.5)] = (0.95, 0.55, 0.15)
    rgb *= (1 - 0.18 * x)[..., None]
    return Sprite(rgb, np.ones((96, 16), bool), 0.14, 1.05)


def pole(seed: int) -> Sprite:
    """A lamp pole with its arm to the right."""
    x, y = _grid(240, 72)
    stem = np.abs(x + 0.6) < 0.045
    arm = (y > 0.955) & (y < 0.975) & (x > -0.6) & (x < 0.55)
    head = (y > 0.945) & (y < 0.975) & (x > 0.45) & (x < 0.95)
    shape = stem | arm | head
    return Sprite(_lit(shape, (0.46, 0.48, 0.50), 0.9 - 0.3 * x), shape, 2.6, 8.6)


def sign(seed: int) -> Sprite:
    """A blue direction sign on two legs."""
    x, y = _grid(120, 120)
    board = (np.abs(x) < 0.96) & (y > 0.5)
    legs = (np.abs(np.abs(x) - 0.6) < 0.03) & (y <= 0.5)
    rgb = _lit(board, (0.10, 0.28, 0.62), np.ones_like(x)) + _lit(legs, (0.5, 0.5, 0.5), np.ones_like(x))
    edge = board & ((np.abs(x) > 0.9) | (y > 0.97) | (y < 0.53))
    lines = (np.abs((y - 0.5) % 0.15 - 0.08) < 0.025) & (np.abs(x + 0.15) < 0.55)
    text = board & ~edge & lines & (_noise(seed, 120, 120, 0.2) > -0.8)
    rgb[edge | text] = (0.92, 0.93, 0.95)
    return Sprite(rgb, board | legs, 2.6, 3.4)


def car(seed: int, rear: bool, colour: tuple[float, float, float]) -> Sprite:
    """A saloon seen from behind or from the front."""
    rows, columns = 480, 576
    x, y = _grid(rows, columns)
    rgb, solid = np.zeros((rows, columns, 3), np.float32), np.zeros((rows, columns), bool)

    def paint(where: Mask, tone: tuple[float, float, float], light: Floats | float = 1.0) -> None:
        rgb[where] = np.clip(np.array(tone, np.float32) * np.broadcast_to(light, where.shape)[where][:, None], 0, 1)
        solid[where] = True

    cabin_half = 0.86 - 0.55 * (y - 0.52)
    paint((y < 0.22) & (np.abs(np.abs(x) - 0.74) < 0.15), (0.06, 0.06, 0.07))
    paint((np.abs(x) < 0.98 - 0.10 * np.abs(y - 0.4)) & (y > 0.12) & (y < 0.60), colour, 0.75 + 0.55 * (y - 0.1))
    paint((np.abs(x) < cabin_half) & (y >= 0.58) & (y < 0.99), colour, 1.05)
    paint((np.abs(x) < cabin_half - 0.10) & (y >= 0.62) & (y < 0.92), (0.16, 0.20, 0.24), 0.8 + 1.2 * (y - 0.6))
    lamp = (0.86, 0.10, 0.07) if rear else (1.0, 0.98, 0.88)
    paint((np.abs(np.abs(x) - 0.82) < 0.12) & (np.abs(y - 0.44) < 0.06), lamp)
    paint((np.abs(x) < 0.9) & (y > 0.13) & (y < 0.22), (0.15, 0.15, 0.16))
    paint((np.abs(x) < 0.26) & (np.abs(y - 0.30) < 0.035), (0.90, 0.90, 0.86))
    return Sprite(rgb, solid, 1.8, 1.5)


def wall(seed: int, tone: tuple[float, float, float], columns: int, floors: int) -> Floats:
    """(H, W, 3) texture of a house wall with windows, to be hung on a quadrilateral."""
    unit = 40
    rows = floors * unit
    rgb = np.empty((rows, columns * unit, 3), np.float32)
    rgb[:] = tone
    rgb *= (1 + 0.035 * _noise(seed, rows, columns * unit, 0.7))[..., None]
    for floor in range(floors):
        for column in range(columns):
            top, left = floor * unit, column * unit
            rgb[top + 9: top + 30, left + 11: left + 29] = (0.86, 0.86, 0.83)
            rgb[top + 11: top + 28, left + 13: left + 27] = (0.17, 0.22, 0.27)
            rgb[top + 11: top + 17, left + 13: left + 27] = (0.33, 0.40, 0.46)
            rgb[top + 11: top + 28, left + 19: left + 21] = (0.80, 0.80, 0.78)
    rgb[-5:] *= 0.75
    return rgb


def roof(seed: int, tone: tuple[float, float, float]) -> Floats:
    """(H, W, 3) texture of roof tiles."""
    _, y = _grid(96, 160)
    light = (0.86 + 0.14 * ((y * 16) % 1)) * (1 + 0.09 * _noise(seed, 96, 160, 0.6))
    return _lit(np.ones((96, 160), bool), tone, np.asarray(light, np.float32))
