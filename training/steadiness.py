"""Steadiness on clips: haze that does not change must not be measured as changing, and the result must not flicker.

Real clips, and one with known depth behind known haze while a dark object passes. The network alone is judged, frame by
frame, and then with the application's smoothing over time at its default.

What flicker is due: removing haze gives contrast back, so a picture that changes changes more afterwards. Each clip's frames
under one and the same field, the mean of the clip's own, say how much of it is that ("flicker level"); the rest is the field's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from dehazer.config import EnhanceOptions
from dehazer.field.haze_field import HazeField
from dehazer.field.pyramid import analyse
from dehazer.field.torch_pyramid import as_tensors
from dehazer.frames.frame import Frame
from dehazer.runtime.stats import Flicker
from dehazer.stages.base import FrameContext
from dehazer.stages.temporal import TemporalStage
from training.batch import Batch, Prediction
from training.calibration import Plane, as_batch, hazed
from training.data.archive import open_archive
from training.data.scenes import Picture, existing
from training.metrics.clip import mean_luma

Predict = Callable[[Batch], Prediction]
AIRLIGHT, BETA = 0.85, 0.9  # of the haze laid over the clip with depth
RATE = 25.0  # frames per second of the clip with depth
WALKER = (0.75, 0.22)  # height and width of the passing object, as shares of the picture


def steadiness(clips: Sequence[str] = (), rgbd: str = "", every: int = 4, limit: int = 0) -> Callable[..., dict[str, float]]:
    """For every clip: mean and swing (largest − smallest, points of 100) of the haze meter; flicker index before and after; swing
    and flicker with smoothing over time, and the flicker of the same frames under the mean of these fields.

    clips: video files. rgbd: a folder or tar with clear/N.jpg and depth/N.webp; the swing there is that of (meter − true haze).
    every: frames between the ones looked at. limit: at most so many of them.
    """
    paths = [existing(clip) for clip in clips]
    archive = open_archive(rgbd) if rgbd else None

    def judge(restore: object, predict: Predict) -> dict[str, float]:
        figures: dict[str, float] = {}
        for path in paths:
            looked_at = islice(islice(frames(path), 0, None, every), limit or None)
            figures |= judged(path.stem, (Seen(frame_batch(frame), frame.seconds) for frame in looked_at), predict)
        if archive is not None:
            pairs = islice(islice(passing(archive.pictures("clear"), archive.picture), 0, None, every), limit or None)
            seen = (Seen(as_batch(hazy), number * every / RATE, haze) for number, (hazy, haze) in enumerate(pairs))
            figures |= judged("object passing", seen, predict)
        return figures

    return judge


@dataclass(frozen=True)
class Seen:
    """One frame as the network sees it, its time in seconds, and its true haze in [0, 1], 0 where nobody knows it."""

    batch: Batch
    seconds: float | None
    haze: float = 0.0


def judged(name: str, clip: Iterator[Seen], predict: Predict) -> dict[str, float]:
    """The figures of one clip."""
    stage = TemporalStage(EnhanceOptions().temporal)
    truth, pictures, raw, smooth = [], [], [], []
    for seen in clip:
        made = predict(seen.batch)
        pictures.append(np.asarray(seen.batch.hazy[0].cpu()))
        raw.append(field_of(made))
        smooth.append(stage(raw[-1], FrameContext(pictures[-1], seen.seconds)))
        truth.append(100 * seen.haze)
    level = HazeField(*(np.mean([getattr(field, part) for field in smooth], axis=0) for part in ("gain", "offset")))
    meter = 100 * meters(raw)
    return {f"{name} haze": float(np.mean(meter)), f"{name} swing": float(np.ptp(meter - truth)),
            f"{name} flicker before": flicker(pictures, None), f"{name} flicker after": flicker(pictures, raw),
            f"{name} swing smoothed": float(np.ptp(100 * meters(smooth) - truth)),
            f"{name} flicker smoothed": flicker(pictures, smooth), f"{name} flicker level": flicker(pictures, [level] * len(raw))}


def field_of(made: Prediction) -> HazeField:
    """The first picture's field; the identity where a network has none."""
    if made.gain is None or made.offset is None:
        return HazeField(np.ones((1, 1, 1), np.float32), np.zeros((3, 1, 1), np.float32))
    return HazeField(np.asarray(made.gain[0].float().cpu()), np.asarray(made.offset[0].float().cpu()))


def meters(fields: Sequence[HazeField]) -> Plane:
    """The haze of every field, in [0, 1]."""
    return np.array([1 - (1 / field.gain).mean() for field in fields], np.float32)


def flicker(pictures: Sequence[Plane], fields: Sequence[HazeField] | None) -> float:
    """Flicker index of small pictures (3, H, W), as they are or under one field each."""
    index = Flicker()
    for number, picture in enumerate(pictures):
        shown = picture if fields is None else fields[number].apply_rgb(picture).clip(0, 1)
        index.add(mean_luma(torch.from_numpy(shown)[None]))
    return index.index


def frames(path: Path) -> Iterator[Frame]:
    """Every frame of a video file."""
    from dehazer.sources.file import FileSource  # codecs are not on every training machine

    with FileSource(path) as source:
        yield from source


def frame_batch(frame: Frame) -> Batch:
    """One frame as the deployed network sees it."""
    pyramid = as_tensors(analyse(frame))
    return Batch(pyramid.small, pyramid.small, stats=pyramid.stats)


def passing(names: Sequence[str], read: Callable[..., Picture]) -> Iterator[tuple[Picture, float]]:
    """(hazy picture, its true mean haze) of every frame, a dark upright object before the haze crossing from left to right."""
    for number, name in enumerate(names):
        clear, depth = read(name), read(name.replace("clear/", "depth/").replace(".jpg", ".webp"), "L")
        t = np.exp(np.float32(-BETA / 255) * depth)
        mask = walker(number / max(1, len(names) - 1), *depth.shape)
        clear = np.where(mask[..., None], np.uint8(18), clear)
        t = np.where(mask, 1, t).astype(np.float32)
        yield hazed(clear, t, np.full(3, AIRLIGHT, np.float32)), float(1 - t.mean())


def walker(progress: float, height: int, width: int) -> Plane:
    """Mask (H, W) of a standing ellipse whose middle is at `progress` of the way from outside left to outside right."""
    tall, wide = WALKER[0] * height / 2, WALKER[1] * width / 2
    rows, columns = np.ogrid[:height, :width]
    middle = -wide + progress * (width + 2 * wide)
    return np.asarray(np.hypot((rows - (height - tall)) / tall, (columns - middle) / wide) < 1)
