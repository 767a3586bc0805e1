"""Which encoder, with which options and which pixel format: decided without encoding a picture."""

from __future__ import annotations

from fractions import Fraction

import av
import pytest

from dehazer.config import EncodeOptions
from dehazer.errors import ConfigError
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags
from dehazer.sinks._encoders import (
    DEFAULT_CRF,
    DEFAULT_PRESET,
    SOFTWARE,
    Settings,
    choose_formats,
    encoder_named,
    encoder_options,
    pixel_formats,
    software_for,
)


def settings(encoder: str = "libx264", **more: object) -> Settings:
    values = {"pix_fmt": "yuv420p", "width": 64, "height": 48, "time_base": Fraction(1, 25), "rate": Fraction(25), "aspect": None,
              "color": ColorTags(), "delay": True, **more}
    return Settings(encoder, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("codec", "encoder"), SOFTWARE.items())
def test_a_codec_s_bare_name_means_its_usual_encoder(codec: str, encoder: str) -> None:
    if encoder not in av.codecs_available:
        pytest.skip(f"this build of FFmpeg has no {encoder}")
    assert encoder_named(codec) == encoder


@pytest.mark.parametrize(("name", "encoder"), [("libx264", "libx264"), ("h999", None), ("aac", None), ("", None)])
def test_an_encoder_has_its_own_name_and_sound_is_no_picture(name: str, encoder: str | None) -> None:
    assert encoder_named(name) == encoder


@pytest.mark.parametrize(("hardware", "software"), [
    ("h264_nvenc", "libx264"), ("hevc_qsv", "libx265"), ("h264_vaapi", "libx264"), ("mpeg2_qsv", "mpeg2video"),
    ("vp9_vaapi", "libvpx-vp9"), ("h264_videotoolbox", "libx264"), ("libx264", None), ("ffv1", None),
])
def test_the_processor_s_encoder_of_the_same_codec_stands_in_for_hardware(hardware: str, software: str | None) -> None:
    assert software_for(hardware) == software


@pytest.mark.parametrize(("encoder", "crf", "preset", "wanted"), [
    ("libx264", None, None, {"crf": f"{DEFAULT_CRF['libx264']:g}", "preset": DEFAULT_PRESET}),
    ("libx265", None, None, {"crf": f"{DEFAULT_CRF['libx265']:g}", "preset": DEFAULT_PRESET}),
    ("libx264", 20.5, "slow", {"crf": "20.5", "preset": "slow"}),
    ("libx265", 0, "placebo", {"crf": "0", "preset": "placebo"}),
    ("libsvtav1", 30.4, "ultrafast", {"crf": "30", "preset": "9"}),
    ("libsvtav1", 30, "veryslow", {"crf": "30", "preset": "3"}),
    ("libvpx-vp9", 30, "medium", {"crf": "30", "b": "0", "deadline": "good", "cpu-used": "3", "row-mt": "1"}),
    ("libvpx", 2, "veryslow", {"crf": "4", "b": "20M", "deadline": "good", "cpu-used": "0"}),
    ("h264_nvenc", 23, "fast", {"rc": "vbr", "cq": "23", "b": "0", "preset": "p4"}),
    ("h264_qsv", 23, None, {"global_quality": "23"}),
    ("ffv1", 23, "slow", {}),
    ("prores_ks", None, None, {}),
])
def test_quality_and_speed_in_each_encoder_s_own_words(encoder: str, crf: float | None, preset: str | None,
                                                       wanted: dict[str, str]) -> None:
    assert encoder_options(encoder, EncodeOptions(crf=crf, preset=preset)) == wanted


@pytest.mark.parametrize(("crf", "scale"), [(12, 1), (18, 2), (24, 4), (30, 8), (51, 31), (0, 1)])
def test_six_steps_of_crf_double_the_fixed_quantiser(crf: float, scale: int) -> None:
    assert encoder_options("mpeg4", EncodeOptions(crf=crf)) == {"qmin": str(scale), "qmax": str(scale), "b": "50M"}


@pytest.mark.parametrize("encoder", ["libx264", "libsvtav1", "libvpx-vp9", "h264_nvenc"])
def test_an_unknown_preset_is_refused_with_the_choices(encoder: str) -> None:
    with pytest.raises(ConfigError, match=r"--preset warp .*ultrafast.*veryslow"):
        encoder_options(encoder, EncodeOptions(preset="warp"))


@pytest.mark.parametrize(("encoder", "layout", "odd", "wanted"), [
    ("libx264", "yuv420p", False, ["yuv420p", "yuvj420p"]),
    ("libx264", "yuvj420p", False, ["yuv420p", "yuvj420p"]),
    ("libx264", "yuv420p", True, ["yuv420p", "yuvj420p", "yuv444p"]),
    ("libx264", "yuv420p10le", False, ["yuv420p10le"]),
    ("libx264", "yuv420p10le", True, ["yuv420p10le", "yuv444p10le", "yuv444p"]),
    ("libx264", "rgb24", False, ["yuv420p"]),
    ("libx264", "gray", False, ["gray"]),
    ("ffv1", "gbrp", False, ["bgr0"]),
    ("mpeg4", "yuv422p", False, ["yuv420p"]),
    ("libsvtav1", "yuv422p10le", False, ["yuv420p10le"]),
])
def test_the_planes_as_they_are_come_first_then_what_loses_least(encoder: str, layout: str, odd: bool, wanted: list[str]) -> None:
    assert choose_formats(encoder, PIXEL_FORMATS[layout], odd) == wanted


@pytest.mark.parametrize("layout", PIXEL_FORMATS)
@pytest.mark.parametrize("encoder", ["libx264", "libx265", "ffv1", "mpeg4", "libvpx-vp9"])
def test_only_formats_that_the_encoder_takes_are_tried(encoder: str, layout: str) -> None:
    for odd in (False, True):
        formats = choose_formats(encoder, PIXEL_FORMATS[layout], odd)
        assert formats
        assert set(formats) <= set(pixel_formats(encoder))


@pytest.mark.parametrize(("encoder", "base", "rate", "clock"), [
    ("libx264", Fraction(1, 90000), Fraction(25), Fraction(1, 90000)),
    ("mpeg2video", Fraction(1, 90000), Fraction(50), Fraction(1, 50)),
    ("mpeg2video", Fraction(1, 90000), None, Fraction(1, 25)),
    ("mpeg4", Fraction(1, 30000), Fraction(30000, 1001), Fraction(1, 30000)),
    ("mpeg4", Fraction(1, 65535), Fraction(50), Fraction(1, 65535)),
    ("mpeg4", Fraction(1, 65536), Fraction(50), Fraction(1, 50)),
    ("mpeg4", Fraction(1, 90000), None, Fraction(1, 25)),
])
def test_frames_are_counted_where_an_encoder_cannot_hold_their_times(encoder: str, base: Fraction, rate: Fraction | None,
                                                                     clock: Fraction) -> None:
    assert settings(encoder, time_base=base, rate=rate).coder_clock == clock


def test_settings_reach_the_encoder() -> None:
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, av.VideoCodecContext)
    tags = ColorTags(matrix=9, range=2, primaries=9, transfer=16)
    settings(aspect=Fraction(16, 11), color=tags, delay=False, options=(("crf", "20"),)).apply(context)
    assert (context.width, context.height, context.pix_fmt) == (64, 48, "yuv420p")
    assert (context.time_base, context.framerate) == (Fraction(1, 25), Fraction(25))
    assert context.sample_aspect_ratio == Fraction(16, 11)
    assert (context.colorspace, context.color_range, context.color_primaries, context.color_trc) == (9, 2, 9, 16)
    assert context.max_b_frames == 0
    assert context.options == {"crf": "20"}


@pytest.mark.parametrize(("encoder", "more", "opens"), [
    ("libx264", {}, True), ("libx264", {"width": 65}, False), ("libx264", {"pix_fmt": "rgb565le"}, False), ("h999", {}, False),
])
def test_an_encoder_that_does_not_open_says_why(encoder: str, more: dict[str, object], opens: bool) -> None:
    failure = settings(encoder, **more).open_failure()
    assert (failure is None) == opens
    assert failure is None or failure.strip()
