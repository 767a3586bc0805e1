"""A country road rendered with numpy: colour and distance of every pixel, from a camera that drives along it.

World axes in metres: x to the right, y up, z along the road. All random choices come from one seed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dehazer.synthetic import sprites
from dehazer.synthetic.noise import Floats, Reals, faded, fractal_tile, look_up
from dehazer.synthetic.sprites import Sprite

SKY = 4000.0
"""Distance given to the sky, metres."""
_PERIOD = 240.0
"""The roadside repeats after so many metres."""
_FAR = 460.0
_EYE = 1.45
_SPEED = 14.0


@dataclass(frozen=True)
class CameraView:
    """Where the camera is. focal, centre, horizon: in pixels. z: metres driven. bend: how the road curves, 1/m."""

    width: int
    height: int
    focal: float
    centre: float
    horizon: float
    z: float
    bend: float
    clock: float


@dataclass(frozen=True)
class SceneObject:
    """A flat sprite standing at x (metres from the middle of the road) and z."""

    sprite: Sprite
    x: float
    z: float


@dataclass(frozen=True)
class House:
    """A box with a gable roof. x: of the wall towards the road. side: +1 right of the road, -1 left."""

    x: float
    z: float
    side: int
    width: float
    depth: float
    eaves: float
    front: Floats
    flank: Floats
    roof: Floats


class Canvas:
    """Colour (H, W, 3) and distance along the camera axis (H, W), painted from far to near."""

    def __init__(self, view: CameraView) -> None:
        self.view = view
        self.rgb = np.zeros((view.height, view.width, 3), np.float32)
        self.depth = np.full((view.height, view.width), SKY, np.float32)
        self.u = (np.arange(view.width, dtype=np.float32) + 0.5 - view.centre)[None, :] / view.focal
        self.v = (view.horizon - np.arange(view.height, dtype=np.float32) - 0.5)[:, None] / view.focal

    def box(self, left: float, right: float, bottom: float, top: float) -> tuple[slice, slice]:
        """Rows and columns that a rectangle in ray coordinates (x/z, y/z) touches."""
        view = self.view
        columns = sorted((left * view.focal + view.centre, right * view.focal + view.centre))
        rows = sorted((view.horizon - top * view.focal, view.horizon - bottom * view.focal))
        first, last = max(0, math.floor(columns[0])), min(view.width, math.ceil(columns[1]))
        return slice(max(0, math.floor(rows[0])), max(0, min(view.height, math.ceil(rows[1])))), slice(first, max(first, last))

    def sprite(self, thing: SceneObject) -> None:
        """Stand a sprite upright, facing the camera."""
        distance = thing.z - self.view.z
        middle, tall = self.view.bend * distance + thing.x / distance, thing.sprite.height / distance
        half = thing.sprite.width / 2 / distance
        foot = -_EYE / distance
        rows, columns = self.box(middle - half, middle + half, foot, foot + tall)
        across, up = (self.u[:, columns] - middle) / half, (self.v[rows] - foot) / tall
        high, wide = thing.sprite.solid.shape
        i = np.clip(((1 - up) * high).astype(np.int32), 0, high - 1)
        j = np.clip(((across + 1) / 2 * wide).astype(np.int32), 0, wide - 1)
        solid = thing.sprite.solid[i, j] & (np.abs(across) <= 1) & (up >= 0) & (up <= 1)
        self.rgb[rows, columns][solid] = thing.sprite.rgb[i, j][solid]
        self.depth[rows, columns][solid] = distance

    def quad(self, corner: Floats, edge: Floats, rise: Floats, texture: Floats, *, light: float, taper: float = 0.0) -> None:
        """Hang a texture on the parallelogram corner + s·edge + t·rise (camera coordinates), s and t in [0, 1].

        taper: how far both sides lean in at the top; 0.5 makes a gable.
        """
        points = np.stack([corner, corner + edge, corner + rise, corner + edge + rise])
        if points[:, 2].min() < 1.0:
            return
        across, up = points[:, 0] / points[:, 2], points[:, 1] / points[:, 2]
        rows, columns = self.box(float(across.min()), float(across.max()), float(up.min()), float(up.max()))
        inverse = np.linalg.inv(np.stack([edge, rise, corner], 1)).astype(np.float32)
        u, v = np.broadcast_arrays(self.u[:, columns], self.v[rows])
        s, t, w = (inverse[k, 0] * u + inverse[k, 1] * v + inverse[k, 2] for k in range(3))
        lean = taper * t
        inside = (w > 0) & (s >= lean) & (t >= 0) & (s <= w - lean) & (t <= w)
        s, t, w = s[inside] / w[inside], t[inside] / w[inside], w[inside]
        high, wide = texture.shape[:2]
        texel = texture[np.clip(((1 - t) * high).astype(int), 0, high - 1), np.clip((s * wide).astype(int), 0, wide - 1)]
        self.rgb[rows, columns][inside] = texel * np.float32(light)
        self.depth[rows, columns][inside] = 1 / w


class Scene:
    """The road of one seed. `render` gives one instant of it."""

    def __init__(self, seed: int) -> None:
        self._tiles = [fractal_tile(seed * 100 + k, fall) for k, fall in enumerate((1.35, 1.1, 0.6, 1.5))]
        rng = np.random.default_rng(seed)
        self._trees = [sprites.tree(seed * 1000 + 7 * k, kind) for k, kind in
                       enumerate(("round", "round", "round", "poplar", "pine", "pine", "bush", "bush"))]
        self._things = sorted([*self._avenue(rng), *self._furniture(seed)], key=lambda thing: thing.z)
        self._houses = list(self._village(rng, seed))
        paints = ((0.62, 0.10, 0.09), (0.78, 0.79, 0.80), (0.13, 0.22, 0.42), (0.24, 0.25, 0.26), (0.72, 0.66, 0.52))
        self._rear = sprites.car(seed, True, paints[seed % 5])
        self._front = [sprites.car(seed + k, False, paints[(seed + 1 + k) % 5]) for k in range(3)]

    def _avenue(self, rng: np.random.Generator) -> Iterator[SceneObject]:
        for side in (-1, 1):
            z = 0.0
            while z < _PERIOD - 4:
                z += float(rng.uniform(5, 13))
                sprite = self._trees[int(rng.integers(len(self._trees)))]
                near = 6.5 + sprite.width / 2
                yield SceneObject(sprite, side * (near + float(rng.gamma(1.6, 7.0))), z)

    def _furniture(self, seed: int) -> Iterator[SceneObject]:
        for z in np.arange(10.0, _PERIOD, 20.0):
            yield from (SceneObject(sprites.post(seed), x, float(z)) for x in (-4.5, 4.5))
        for z in np.arange(24.0, _PERIOD, 48.0):
            yield SceneObject(sprites.pole(seed), -6.2, float(z))
        yield SceneObject(sprites.sign(seed), 7.4, 118.0)

    def _village(self, rng: np.random.Generator, seed: int) -> Iterator[House]:
        tones = ((0.80, 0.76, 0.66), (0.74, 0.66, 0.54), (0.82, 0.80, 0.77), (0.68, 0.52, 0.42))
        roofs = ((0.46, 0.22, 0.16), (0.36, 0.20, 0.16), (0.28, 0.27, 0.28))
        for k, z in enumerate((46.0, 92.0, 150.0, 206.0)):
            tone, side, floors = tones[k % 4], (1, -1)[k % 2], 2 + int(rng.integers(2))
            front = sprites.wall(seed + k, tone, 3, floors)
            flank = sprites.wall(seed + 9 + k, tone, 4, floors)
            yield House(side * float(rng.uniform(13, 19)), z, side, 9.0, 12.0, 2.9 * floors, front, flank,
                        sprites.roof(seed + k, roofs[k % 3]))

    def render(self, width: int, height: int, clock: float, mounted: float | None = None) -> tuple[Floats, Floats]:
        """((H, W, 3) colour in [0, 1], (H, W) distance along the line of sight in metres) at `clock` seconds.

        mounted: metres along the road at which the camera stands still; None drives.
        """
        moving = clock if mounted is None else mounted / _SPEED
        view = CameraView(width, height, 0.95 * width, width * (0.5 + 0.004 * math.sin(moving * 0.9)),
                    height * (0.455 + 0.003 * math.sin(moving * 2.3) + 0.002 * math.sin(moving * 5.1)),
                    _SPEED * moving, 0.00042 * math.sin(0.35 * moving + 0.6), clock)
        canvas = Canvas(view)
        self._sky(canvas)
        for layer in range(3):
            self._hills(canvas, layer)
        self._ground(canvas)
        self._stand(canvas)
        slant = np.sqrt(1 + canvas.u**2 + canvas.v**2)
        return np.clip(canvas.rgb, 0, 1), np.where(canvas.depth < SKY, canvas.depth * slant, SKY).astype(np.float32)

    def _sky(self, canvas: Canvas) -> None:
        rows = max(1, min(canvas.view.height, math.ceil(canvas.view.horizon)))
        up = np.maximum(canvas.v[:rows], 0.004)
        x, y = np.broadcast_arrays(canvas.u / (up + 0.12) * 900, 900 / (up + 0.12))
        cloud = look_up(self._tiles[0], x + 14 * canvas.view.clock, y, 60) + 0.25 * look_up(self._tiles[1], x, y, 25)
        cover = np.clip(0.45 + 0.42 * cloud, 0, 1)[..., None]
        height = np.clip(up / 0.45, 0, 1)[..., None]
        blue = np.array([0.68, 0.80, 0.91], np.float32) * (1 - height) + np.array([0.30, 0.52, 0.80], np.float32) * height
        white = 0.80 + 0.16 * np.clip(look_up(self._tiles[1], x + 14 * canvas.view.clock, y, 45) * 0.5 + 0.4, 0, 1)[..., None]
        canvas.rgb[:rows] = blue * (1 - cover) + white * cover

    def _hills(self, canvas: Canvas, layer: int) -> None:
        """Wooded ridges, so far away that driving does not bring them nearer."""
        distance, tall, wave = ((2600.0, 210.0, 9.0), (1300.0, 105.0, 5.0), (620.0, 34.0, 1.9))[layer]
        tint = ((0.30, 0.40, 0.36), (0.27, 0.38, 0.26), (0.30, 0.40, 0.20))[layer]
        x = canvas.u * distance
        row = np.full_like(x, 17.0 * layer)
        ridge = tall * (0.55 + 0.26 * look_up(self._tiles[3], x, row, 0.4 * distance / wave * 0.04)) + 0.02 * tall * look_up(
            self._tiles[2], x, row, distance * 0.004)
        y = _EYE + canvas.v * distance
        inside = (y < ridge) & (canvas.v > -0.003)
        wide, high = np.broadcast_arrays(x, y)
        leaf = 0.11 * look_up(self._tiles[1], wide, high * 1.6, distance * 0.004)
        leaf = leaf + 0.07 * look_up(self._tiles[2], wide, high, distance * 0.0022)
        shade = 0.82 + 0.25 * np.clip(y / tall, 0, 1) + leaf
        canvas.rgb[inside] = (np.array(tint, np.float32) * shade[..., None])[inside]
        canvas.depth[inside] = distance

    def _ground(self, canvas: Canvas) -> None:
        view = canvas.view
        top = max(0, min(view.height - 1, math.ceil(view.horizon + 0.5)))
        distance = np.minimum(_EYE / np.maximum(-canvas.v[top:], 1e-5), 3000.0)
        x = canvas.u * distance - view.bend * distance**2
        z = np.broadcast_to(distance + view.z, x.shape)
        pixel = np.broadcast_to(distance / view.focal, x.shape)
        along = np.broadcast_to(distance**2 / (view.focal * _EYE), x.shape)
        colour = self._meadow(x, z, along)
        self._lay_road(colour, x, z, pixel, along)
        self._shadows(colour, x, np.broadcast_to(distance, x.shape), view)
        below = np.broadcast_to(distance < 2900, x.shape)
        canvas.rgb[top:][below] = colour[below]
        canvas.depth[top:][below] = np.broadcast_to(distance, x.shape)[below]

    def _meadow(self, x: Reals, z: Reals, along: Reals) -> Floats:
        patches = faded(self._tiles[0], x, z, 2.5, along / 6)[..., None]
        fine, coarse = faded(self._tiles[2], x, z, 0.06, along / 2), faded(self._tiles[1], x, z, 0.22, along / 2)
        blades = (0.6 * fine + 0.5 * coarse)[..., None]
        green, straw = np.array([0.34, 0.45, 0.19], np.float32), np.array([0.60, 0.56, 0.31], np.float32)
        mix = np.clip(0.30 + 0.26 * patches, 0, 1)
        field = np.clip((np.abs(x) - 26) / 3, 0, 1)[..., None]
        rows = 0.06 * np.sin(x * 2.1)[..., None] / (1 + (along[..., None] / 30) ** 2)
        crop = np.array([0.56, 0.53, 0.27], np.float32) * (1 + rows)
        meadow = green * (1 - mix) + straw * mix
        return np.asarray((meadow * (1 - field) + crop * field) * (1 + 0.12 * blades), np.float32)

    def _lay_road(self, colour: Floats, x: Reals, z: Reals, pixel: Reals, along: Reals) -> None:
        stones, streaks = faded(self._tiles[2], x, z, 0.03, along / 3), faded(self._tiles[1], x, z * 0.15, 0.12, along / 8)
        grain = (0.05 * stones + 0.035 * streaks)[..., None]
        tracks = 0.03 * np.cos((np.abs(x) - 1.75) * 2.3)[..., None]
        layers = (
            (0.0, 4.15, np.array([0.50, 0.47, 0.40], np.float32) * (1 + 2 * grain)),
            (0.0, 3.65, np.array([0.36, 0.365, 0.375], np.float32) * (1 + grain - tracks)),
        )
        for middle, half, tone in layers:
            cover = np.clip((half - np.abs(x - middle)) / pixel + 0.5, 0, 1)[..., None]
            colour[:] = colour * (1 - cover) + tone * cover
        dash = np.clip((1.5 - np.abs((z % 9.0) - 3.0)) / along + 0.5, 0, 1)
        whole = np.ones_like(dash)
        for middle, half, cover in ((-3.4, 0.07, whole), (3.4, 0.07, whole), (0.0, 0.065, dash)):
            line = (np.clip((half - np.abs(x - middle)) / pixel + 0.5, 0, 1) * np.minimum(1, 2 * half / pixel) * cover)[..., None]
            colour[:] = colour * (1 - line) + np.float32(0.86) * line

    def _shadows(self, colour: Floats, x: Reals, distance: Reals, view: CameraView) -> None:
        for thing in self._around(view):
            gap = thing.z - view.z
            if 1.5 < gap < 140 and thing.sprite.width > 1.2:
                wide = thing.sprite.width
                reach = np.hypot((x - thing.x) / (wide * 0.62), (distance - gap) / (0.8 + 0.35 * wide))
                colour *= (1 - 0.45 * np.clip(1.25 - reach, 0, 1))[..., None]

    def _around(self, view: CameraView) -> list[SceneObject]:
        """Everything flat between here and the far end, farthest first."""
        first = math.floor(view.z / _PERIOD)
        fixed = [SceneObject(t.sprite, t.x, t.z + _PERIOD * k) for k in range(first, first + 3) for t in self._things]
        return sorted((t for t in [*fixed, *self._traffic(view)] if 1.6 < t.z - view.z < _FAR), key=lambda t: -t.z)

    def _traffic(self, view: CameraView) -> Iterator[SceneObject]:
        yield SceneObject(self._rear, 1.75, view.z + 24 + 7 * math.sin(0.5 * view.clock))
        for k, sprite in enumerate(self._front):
            yield SceneObject(sprite, -1.75, view.z + (210 - 27 * view.clock + 95 * k) % 290)

    def _stand(self, canvas: Canvas) -> None:
        """Houses and flat things together, from far to near."""
        view = canvas.view
        first = math.floor(view.z / _PERIOD)
        houses = [(h, h.z + _PERIOD * k) for k in range(first, first + 3) for h in self._houses]
        painters = [(t.z, t, None) for t in self._around(view)]
        painters += [(z, None, h) for h, z in houses if 2 < z - view.z < _FAR]  # type: ignore[misc]
        for z, thing, house in sorted(painters, key=lambda p: -p[0]):
            if thing is not None:
                canvas.sprite(thing)
            elif house is not None:
                self._build(canvas, house, z - view.z)

    def _build(self, canvas: Canvas, house: House, distance: float) -> None:
        """Front and flank walls, gable and the roof side that faces the road; hidden sides are not drawn."""
        bend = canvas.view.bend * distance**2

        def vector(x: float, y: float, z: float) -> Floats:
            return np.array([x, y, z], np.float32)

        near = vector(house.x + bend, -_EYE, distance)
        back, out = vector(0, 0, house.depth), vector(house.side * house.width, 0, 0)
        up, ridge = vector(0, house.eaves, 0), vector(house.side * house.width / 2, 3.6, 0)
        canvas.quad(near, out, up, house.front, light=0.92)
        canvas.quad(near, back, up, house.flank, light=0.72)
        eave = vector(house.side * 0.5, 0.36, 0)
        canvas.quad(near + up - eave - vector(0, 0, 0.4), back + vector(0, 0, 0.8), ridge + eave, house.roof, light=1.0)
        canvas.quad(near + up, out, vector(0, 3.6, 0), house.front[:8, :8], light=0.92, taper=0.5)
