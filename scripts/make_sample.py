"""Render dehazer/data/sample.mp4, the clip that comes with the project: four seconds of a drive through fog, with sound.

    python scripts/make_sample.py [OUTPUT]

Everything in it is made here from a seed; nothing foreign is redistributed.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dehazer.sources.synthetic import SceneOptions, SyntheticSource

SCENE = SceneOptions(width=640, height=360, frames=100, rate=25, seed=7, beta=0.019, swing=0.15)
SOUND_RATE = 48000


def sound(seconds: float) -> np.ndarray:
    """(1, N) float32: a soft chord that swells and fades, so that copied sound can be heard."""
    time = np.arange(int(seconds * SOUND_RATE)) / SOUND_RATE
    chord = sum(np.sin(2 * np.pi * tone * time) / (k + 1) for k, tone in enumerate((220.0, 277.18, 329.63)))
    swell = np.sin(np.pi * time / seconds) ** 2
    return (0.05 * chord * swell).astype(np.float32)[None]


def add_sound(file: av.container.OutputContainer, stream: av.AudioStream) -> None:
    samples = sound(SCENE.frames / SCENE.rate)
    for start in range(0, samples.shape[1], 1024):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[:, start:start + 1024]), format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, start, Fraction(1, SOUND_RATE)
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "dehazer/data/sample.mp4")
    target.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(target), "w", options={"movflags": "faststart"}) as file:
        file.metadata["title"] = "Synthetic drive through fog"
        pictures = file.add_stream("libx264", rate=SCENE.rate, options={"crf": "25", "preset": "veryslow", "g": "50"})
        pictures.width, pictures.height, pictures.pix_fmt = SCENE.width, SCENE.height, "yuv420p"
        pictures.color_range, pictures.colorspace, pictures.color_primaries, pictures.color_trc = 1, 1, 1, 1
        tone = file.add_stream("aac", rate=SOUND_RATE, layout="mono", bit_rate=48000)
        for index, frame in enumerate(SyntheticSource(SCENE)):
            picture = av.VideoFrame.from_ndarray(frame.planes[0], format="rgb24")
            picture.color_range = 2
            picture = picture.reformat(format="yuv420p", src_colorspace="ITU709", dst_colorspace="ITU709", dst_color_range="MPEG",
                                       src_color_range="JPEG")
            picture.pts, picture.time_base = index, Fraction(1, SCENE.rate)
            file.mux(pictures.encode(picture))
            print(f"\r{index + 1}/{SCENE.frames}", end="", file=sys.stderr)
        file.mux(pictures.encode(None))
        add_sound(file, tone)
    print(f"\n{target}: {target.stat().st_size / 1000:.0f} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
