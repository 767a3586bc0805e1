"""Steadiness on clips: haze that does not change must not be measured as changing, and the result must not flicker.

Real clips, and one with known depth behind known haze while a dark object passes. The network alone is judged, frame by
frame, without the temporal smoothing of the application.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from dehazer.field.pyramid import analyse
from dehazer.field.torch_pyramid import as_tensors
from dehazer.frames.frame import Frame
from dehazer.runtime.stats import Flicker
from training.batch import Batch, Prediction
from training.calibration import Plane, as_batch, hazed, transmission_of
from training.data.archive import open_archive
from training.data.scenes import Picture, existing
from training.metrics.clip import mean_luma

Predict = Callable[[Batch], Prediction]
AIRLIGHT, BETA = 0.85, 0.9  # of the haze laid over the clip with depth
WALKER = (0.75, 0.22)  # height and width of the passing object, as shares of the picture


def steadiness(clips: Sequence[str] = (), rgbd: str = "", every: int = 4, limit: int = 0) -> Callable[..., dict[str, float]]:
    """For every clip: mean and swing (largest − smallest, points of 100) of the haze meter; flicker index before and after.

    clips: video files. rgbd: a folder or tar with clear/N.jpg and depth/N.webp; the swing there is that of (meter − true haze).
    every: frames between the ones looked at. limit: at most so many of them.
    """
    paths = [existing(clip) for clip in clips]
    archive = open_archive(rgbd) if rgbd else None

    def judge(restore: object, predict: Predict) -> dict[str, float]:
        figures: dict[str, float] = {}
        for path in paths:
            batches = (frame_batch(frame) for frame in islice(frames(path), 0, None, every))
            figures |= judged(path.stem, ((batch, 0.0) for batch in islice(batches, limit or None)), predict)
        if archive is not None:
            pairs = islice(islice(passing(archive.pictures("clear"), archive.picture), 0, None, every), limit or None)
            figures |= judged("object passing", ((as_batch(hazy), haze) for hazy, haze in pairs), predict)
        return figures

    return judge


def judged(name: str, batches: Iterator[tuple[Batch, float]], predict: Predict) -> dict[str, float]:
    """The figures of one clip. batches: every frame with its true haze, 0 where nobody knows it."""
    meter, truth, before, after = [], [], Flicker(), Flicker()
    for batch, haze in batches:
        made = predict(batch)
        meter.append(100 * (1 - float(transmission_of(made).mean())))
        truth.append(100 * haze)
        before.add(mean_luma(batch.hazy))
        after.add(mean_luma(made.image.clamp(0, 1).cpu()))
    error = np.subtract(meter, truth)
    return {f"{name} haze": float(np.mean(meter)), f"{name} swing": float(np.ptp(error)),
            f"{name} flicker before": before.index, f"{name} flicker after": after.index}


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
