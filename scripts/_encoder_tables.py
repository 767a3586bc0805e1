"""What follows from the encodings measured by `encoder_defaults.py`: CRF of equal quality, cost of presets, a page of tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np

REFERENCE, PRESET, SLOW = "h264", "veryfast", "slow"
"""The codec whose quality the others are to have, the preset of all, and the one that presets of x264 stand against."""
GRIDS: dict[str, tuple[int, ...]] = {
    "h264": (16, 18, 19, 20, 21, 22, 23), "hevc": (15, 18, 21, 24), "av1": (10, 18, 26, 34), "vp9": (10, 18, 26, 34),
    "vp8": (4, 10, 16, 24),
}
"""CRF of each codec that are tried; between them it is interpolated."""
ENCODERS = {"h264": "libx264", "hevc": "libx265", "av1": "libsvtav1", "vp9": "libvpx-vp9", "vp8": "libvpx"}
LEAST_SSIM = 0.98
"""The reference's CRF is the highest at which no clip falls below this."""
PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", SLOW)
PRESETS_AT = 18
"""CRF of the presets' comparison."""


@dataclass(frozen=True)
class Encoding:
    """One encoded clip. size: bytes a frame; ssim: 0 to 1; cpu_ms: processor time a frame, all threads."""

    clip: str
    codec: str
    preset: str
    crf: float
    size: float
    ssim: float
    cpu_ms: float

    @property
    def decibel(self) -> float:
        """-10 log10(1 - SSIM): nearly linear in CRF, as SSIM itself is not."""
        return float(-10 * np.log10(1 - self.ssim))


@dataclass(frozen=True)
class Measurement:
    """Everything that was measured. clips: name, width, height, frames, size (bytes a frame of the input), dehazing_cpu_ms."""

    machine: dict[str, Any]
    clips: list[dict[str, Any]]
    rows: list[Encoding]

    def curve(self, clip: str, codec: str, preset: str = PRESET) -> Curve:
        """The encodings of one clip by one encoder at one speed."""
        return Curve([r for r in self.rows if (r.clip, r.codec, r.preset) == (clip, codec, preset)])

    def over_clips(self, value: Callable[[str], float]) -> list[float]:
        """A figure for the name of every clip."""
        return [value(clip["name"]) for clip in self.clips]


class Curve:
    """Encodings of a clip that differ in CRF alone, and what lies between them."""

    def __init__(self, rows: list[Encoding]) -> None:
        self._rows = {row.crf: row for row in rows}
        self._decibel = np.array([row.decibel for row in rows])

    def at(self, crf: float) -> Encoding:
        """The encoding with a CRF that was tried."""
        return self._rows[crf]

    def tried(self) -> list[float]:
        """Every CRF there is an encoding of."""
        return sorted(self._rows)

    def crf(self, decibel: float) -> float:
        """The CRF that gives a quality: a parabola through the encodings, within those tried."""
        tried = self.tried()
        return min(max(self._fitted([row.crf for row in self._rows.values()], decibel), tried[0]), tried[-1])

    def size(self, decibel: float) -> float:
        """Bytes a frame at a quality: a parabola of their logarithm."""
        return float(np.exp(self._fitted([np.log(row.size) for row in self._rows.values()], decibel)))

    def _fitted(self, values: list[float], decibel: float) -> float:
        return float(np.polynomial.Polynomial.fit(self._decibel, values, 2)(decibel))


def as_json(found: Measurement) -> str:
    """The file of all figures, and the defaults that follow from them."""
    rows = [asdict(r) | {"size": round(r.size), "ssim": round(r.ssim, 5), "cpu_ms": round(r.cpu_ms, 2)} for r in found.rows]
    head = {"machine": found.machine, "defaults": defaults(found), "clips": found.clips}
    lines = ",\n".join(f"  {json.dumps(row)}" for row in rows)
    return f'{json.dumps(head, indent=1, ensure_ascii=False)[:-2]},\n "rows": [\n{lines}\n ]\n}}\n'


def from_json(text: str) -> Measurement:
    """The contrary of `as_json`."""
    content = json.loads(text)
    return Measurement(content["machine"], content["clips"], [Encoding(**row) for row in content["rows"]])


def reference_crf(found: Measurement) -> float:
    """Of the reference codec: the highest CRF tried at which no clip falls below LEAST_SSIM."""
    curves = [found.curve(clip["name"], REFERENCE) for clip in found.clips]
    return max(crf for crf in curves[0].tried() if min(curve.at(crf).ssim for curve in curves) >= LEAST_SSIM)


def equal_crf(found: Measurement, codec: str, reference: float) -> list[float]:
    """For each clip the CRF with which a codec has the quality of the reference codec at CRF `reference`."""
    return found.over_clips(lambda clip: found.curve(clip, codec).crf(found.curve(clip, REFERENCE).at(reference).decibel))


def defaults(found: Measurement) -> dict[str, float]:
    """CRF of each encoder: the median over the clips, rounded, because some encoders take whole numbers only."""
    crf = reference_crf(found)
    others = {codec: float(round(median(equal_crf(found, codec, crf)))) for codec in ENCODERS if codec != REFERENCE}
    return {encoder: others.get(codec, crf) for codec, encoder in ENCODERS.items()}


def page(found: Measurement) -> str:
    """docs/encoders.md."""
    crf = reference_crf(found)
    about = found.machine
    place = f"{about['cpu']}, {about['cores']} cores, {about['load']} runnable processes per core at the end"
    return f"""# Defaults of the encoders

Made by `scripts/encoder_defaults.py` from [measured/encoders.json](measured/encoders.json); do not edit. The first
{found.clips[0]["frames"]} frames of {len(found.clips)} clips were dehazed and encoded through the program's own output. SSIM is
that of FFmpeg's filter over all planes, between the dehazed frames and what the file gives back. Processor time is the sum over
all threads. Measured on {about["date"]} ({place}).

## Constant quality of each codec

`--crf` is the encoder's own scale, so equal numbers are not equal quality. The default of x264 is the highest CRF at which
no clip falls below an SSIM of {LEAST_SSIM}: {crf:g}. The other defaults are the CRF of equal SSIM, median over the clips, all
at preset {PRESET}.

{_codec_table(found, crf)}

Size is that of the pictures against those of the input, median: dehazing brings back contrast, and with it detail and noise,
which cost bits. The equals are cut to the CRF that were tried: {_tried()}.

Encoders on graphics devices (NVENC, Quick Sync, AMF) take the default of the same codec from this table, on their own scales;
these were not measured. VideoToolbox and Media Foundation take 65 of 100 where the table says 22. Encoders that know a bit
rate alone (V4L2) take 20 Mbit/s.

## The codecs at other qualities

CRF of equal SSIM for other choices of x264, median over the clips (least to most):

{_equal_table(found)}

## The preset

x264 at CRF {PRESETS_AT}, and at the SSIM that preset {SLOW} has with it, median over the clips. To decode and dehaze the same
frames took {median(c["dehazing_cpu_ms"] for c in found.clips):.0f} ms of processor time a frame.

{_preset_table(found)}
"""


def _tried() -> str:
    return ", ".join(f"{codec} {grid[0]} to {grid[-1]}" for codec, grid in GRIDS.items())


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    ruled = tuple("---" if i == 0 else "---:" for i in range(len(headings)))
    return "\n".join("| " + " | ".join(line) + " |" for line in (headings, ruled, *rows))


def _codec_table(found: Measurement, reference: float) -> str:
    headings = ("codec", "default CRF", "equal in single clips", "size with it", "size with CRF 18", "processor, ms a frame")
    chosen = defaults(found)
    rows = []
    for codec, encoder in ENCODERS.items():
        equal = [reference] if codec == REFERENCE else equal_crf(found, codec, reference)
        now, before, cost = zip(*(_sizes_and_cost(found, clip, codec, chosen[encoder]) for clip in found.clips), strict=True)
        rows.append((f"{codec} ({encoder})", f"{chosen[encoder]:g}", f"{min(equal):.1f} to {max(equal):.1f}",
                     f"{median(now):.2f} ×", f"{median(before):.2f} ×", f"{median(cost):.1f}"))
    return _table(headings, rows)


def _sizes_and_cost(found: Measurement, clip: dict[str, Any], codec: str, crf: float) -> tuple[float, float, float]:
    """Size with a CRF and with 18, both against the input's; processor time a frame with that CRF."""
    curve = found.curve(clip["name"], codec)
    nearest = min(curve.tried(), key=lambda tried: abs(tried - crf))
    return _size(curve, crf) / clip["size"], _size(curve, 18) / clip["size"], curve.at(nearest).cpu_ms


def _size(curve: Curve, crf: float) -> float:
    """Bytes a frame at any CRF: straight between the logarithms of those tried."""
    tried = curve.tried()
    return float(np.exp(np.interp(crf, tried, [np.log(curve.at(c).size) for c in tried])))


def _equal_table(found: Measurement) -> str:
    rows = []
    for crf in (c for c in found.curve(found.clips[0]["name"], REFERENCE).tried() if c >= PRESETS_AT):
        equal = [equal_crf(found, codec, crf) for codec in ENCODERS if codec != REFERENCE]
        rows.append((f"{crf:g}", *(f"{median(e):.0f} ({min(e):.0f} to {max(e):.0f})" for e in equal)))
    return _table(("x264", *(encoder for codec, encoder in ENCODERS.items() if codec != REFERENCE)), rows)


def _preset_table(found: Measurement) -> str:
    rows = []
    for preset in PRESETS:
        by_crf, by_quality = [], []
        for clip in found.clips:
            curve, slow = (found.curve(clip["name"], REFERENCE, p) for p in (preset, SLOW))
            fixed, other = curve.at(PRESETS_AT), slow.at(PRESETS_AT)
            by_crf.append((fixed.size / other.size, fixed.ssim - other.ssim, fixed.cpu_ms, fixed.cpu_ms / other.cpu_ms))
            by_quality.append(curve.size(other.decibel) / other.size)
        size, ssim, cpu, share = (median(values) for values in zip(*by_crf, strict=True))
        rows.append((preset, f"{size:.2f} ×", f"{ssim:+.4f}", f"{cpu:.1f}", f"{share:.2f} ×", f"{median(by_quality):.2f} ×"))
    return _table(("preset", "size, same CRF", "SSIM, same CRF", "processor, ms a frame", "of slow's", "size, same SSIM"), rows)
