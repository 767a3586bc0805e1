"""Every codec has the default quality that was measured for it, and with it the codecs' files look alike."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest

from dehazer.config import EncodeOptions
from dehazer.files.sample import SAMPLE_CLIP
from dehazer.frames.frame import Frame
from dehazer.sinks import open_sink
from dehazer.sinks._encoders import (
    DEFAULT_CRF,
    DEFAULT_PRESET,
    UNMEASURED_CRF,
    default_crf,
    encoder_options,
    ignored_options,
)
from dehazer.sources import open_source

MEASURED = json.loads((Path(__file__).parents[2] / "docs" / "measured" / "encoders.json").read_text("utf-8"))


def test_the_defaults_are_those_that_follow_from_the_measurement() -> None:
    assert {name: crf for name, crf in DEFAULT_CRF.items() if name != "libx264rgb"} == MEASURED["defaults"]
    assert DEFAULT_CRF["libx264rgb"] == DEFAULT_CRF["libx264"]


def test_the_measurement_was_made_with_the_default_preset() -> None:
    encoded = {(row["codec"], row["preset"]) for row in MEASURED["rows"]}
    assert {(codec, DEFAULT_PRESET) for codec in ("h264", "hevc", "av1", "vp9", "vp8")} <= encoded


def test_the_table_holds_for_its_encoders_and_no_other() -> None:
    assert [encoder_options(name, EncodeOptions())["crf"] for name in DEFAULT_CRF] == [f"{crf:g}" for crf in DEFAULT_CRF.values()]
    assert encoder_options("mpeg4", EncodeOptions())["qmax"] == "2"
    assert default_crf("mpeg2_qsv") == default_crf("mpeg4") == UNMEASURED_CRF


@pytest.mark.parametrize(("encoder", "wanted"), [
    ("h264_nvenc", {"rc": "vbr", "cq": "22", "b": "0"}), ("hevc_nvenc", {"cq": "20"}), ("av1_nvenc", {"cq": "25"}),
    ("h264_qsv", {"global_quality": "22"}), ("hevc_qsv", {"global_quality": "20"}), ("vp9_qsv", {"global_quality": "24"}),
    ("h264_amf", {"rc": "cqp", "qp_i": "22", "qp_p": "22"}), ("av1_amf", {"rc": "cqp", "qp_i": "100", "qp_p": "100"}),
    ("hevc_videotoolbox", {"flags": "+qscale", "global_quality": str(118 * 68)}), ("h264_mf", {"quality": "65"}),
    ("h264_v4l2m2m", {"b": "20M"})])
def test_hardware_takes_the_quality_of_its_codec_s_encoder(encoder: str, wanted: dict[str, str]) -> None:
    options = encoder_options(encoder, EncodeOptions())
    assert {name: options[name] for name in wanted} == wanted
    if encoder in av.codecs_available:  # FFmpeg takes any name and uses those it knows
        known = av.CodecContext.create(encoder, "w").supported_options
        assert options.keys() <= {one.name for one in (*known.generic, *known.private)}


@pytest.mark.parametrize("encoder", ["h264_nvenc", "h264_qsv", "h264_amf", "hevc_videotoolbox", "h264_mf"])
def test_a_better_quality_that_is_asked_for_reaches_hardware(encoder: str) -> None:
    assert encoder_options(encoder, EncodeOptions(crf=15)) != encoder_options(encoder, EncodeOptions())
    assert ignored_options(encoder, EncodeOptions(crf=15)) == ()


def test_hardware_with_bit_rates_alone_says_that_it_has_no_quality() -> None:
    assert "changes nothing" in ignored_options("h264_v4l2m2m", EncodeOptions(crf=15))[0]


def test_a_quality_that_is_asked_for_is_kept() -> None:
    assert encoder_options("libx265", EncodeOptions(crf=31))["crf"] == "31"


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    with open_source(SAMPLE_CLIP) as source:
        return [f.with_planes(tuple(plane.copy() for plane in f.planes)) for f, _ in zip(source, range(12), strict=False)]


def luma_psnr(frames: list[Frame], path: Path, codec: str) -> float:
    """Of what a file in this codec, with all defaults, gives back (dB)."""
    with open_source(SAMPLE_CLIP) as source, open_sink(path, source.info, EncodeOptions(codec)) as sink:
        for frame in frames:
            sink.write(frame)
        sink.finish()
    with av.open(str(path)) as file:
        shown = [picture.to_ndarray()[:picture.height] for picture in file.decode(video=0)]
    errors = [np.mean((luma.astype(float) - frame.planes[0]) ** 2) for luma, frame in zip(shown, frames, strict=True)]
    return float(10 * np.log10(255**2 / np.mean(errors)))


def test_the_codecs_are_equally_good(frames: list[Frame], tmp_path: Path) -> None:
    found = {codec: luma_psnr(frames, tmp_path / f"{codec}.mkv", codec) for codec in ("h264", "hevc", "av1", "vp9", "vp8")}
    assert max(found.values()) - min(found.values()) < 3, found
    assert min(found.values()) > 36, found
