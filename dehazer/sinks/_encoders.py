"""Encoders: which one, with which options, and whether it really opens on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import av
from av.codec.codec import UnknownCodecError, find_best_pix_fmt_of_list
from av.video.codeccontext import VideoCodecContext
from av.video.format import VideoFormat

from dehazer.config import EncodeOptions
from dehazer.errors import ConfigError
from dehazer.files.media import FFMPEG_ERRORS
from dehazer.files.picture_decoder import WITH_ALPHA_BESIDE
from dehazer.files.picture_flags import PLAIN, PictureFlags
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, PixelFormat
from dehazer.sinks._scheduling import share_processor

DEFAULT_CRF = {"libx264": 22.0, "libx264rgb": 22.0, "libx265": 20.0, "libsvtav1": 25.0, "libvpx-vp9": 24.0, "libvpx": 22.0}
"""Of equal quality, measured by scripts/encoder_defaults.py (docs/encoders.md): each encoder has a scale of its own."""
UNMEASURED_CRF = 18.0
"""For all other encoders: those whose quality is a quantiser (see `_qscale`). Hardware takes the number of its codec's encoder
above, because both scales are those of the codec's quantiser; each device makes something else of it."""
DEFAULT_PRESET = "veryfast"
"""The fastest of x264 whose files come near those of slow ones at equal quality (docs/encoders.md)."""

SOFTWARE = {"h264": "libx264", "hevc": "libx265", "av1": "libsvtav1", "vp9": "libvpx-vp9", "vp8": "libvpx", "prores": "prores_ks"}
"""The encoder meant by the bare name of a codec; others carry the codec's own name."""

_LAMBDA = 118
"""FFmpeg's FF_QP2LAMBDA: what its command line multiplies -q:v by."""
_HARDWARE = ("_nvenc", "_qsv", "_amf", "_vaapi", "_videotoolbox", "_v4l2m2m", "_mf", "_vulkan")
CONSTANT_RATE = ("mpeg1video", "mpeg2video")
_SPEEDS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow")
_VPX_SPEEDS = (5, 5, 5, 4, 4, 3, 2, 1, 0)

_CONVERTED_TO = ("nv12", "p010le", "bgr0", "bgr24", "rgba", "bgra", "rgb48le", "rgb48be", "gray16le", "gray16be")
"""Layouts beside those of frames that frames are turned into."""
_NO_RGB = ("wrapped_avframe",)  # of y4m files, which FFmpeg lets take anything
_INTERLACED = 0x40000 | 0x20000000  # FFmpeg's AV_CODEC_FLAG_INTERLACED_DCT and _ME
_FIELD_ORDERS = {"": 0, "progressive": 1, "tt": 2, "bb": 3}  # AVFieldOrder

ALPHA_BESIDE = tuple(WITH_ALPHA_BESIDE.values())
"""Encoders that put transparency beside the pictures, where Matroska and WebM alone have room for it."""

Options = dict[str, str]


def _x26x(crf: float, preset: str) -> Options:
    return {"crf": f"{crf:g}", "preset": preset}


def _svt(crf: float, preset: str) -> Options:
    return {"crf": f"{round(crf)}", "preset": _step(preset, (9, 9, 8, 8, 7, 6, 5, 4, 3))}


def _vpx(crf: float, preset: str) -> Options:
    return {"crf": f"{round(crf)}", "b": "0", "deadline": "good", "cpu-used": _step(preset, _VPX_SPEEDS), "row-mt": "1"}


def _vp8(crf: float, preset: str) -> Options:
    return {"crf": f"{max(4, round(crf))}", "b": "20M", "deadline": "good", "cpu-used": _step(preset, _VPX_SPEEDS)}


def _nvenc(crf: float, preset: str) -> Options:
    return {"rc": "vbr", "cq": f"{crf:g}", "b": "0", "preset": "p" + _step(preset, (1, 1, 2, 3, 4, 4, 5, 6, 7))}


def _quality(crf: float, preset: str) -> Options:
    return {"global_quality": f"{round(crf)}"}


def _amf(crf: float, preset: str) -> Options:
    qp = f"{round(crf)}"
    return {"rc": "cqp", "qp_i": qp, "qp_p": qp, "quality": _amf_speed(preset)}


def _amf_av1(crf: float, preset: str) -> Options:
    qp = f"{min(255, round(4 * crf))}"  # the index of AV1's quantisers, of which 0 to 63 are every fourth
    return {"rc": "cqp", "qp_i": qp, "qp_p": qp, "quality": _amf_speed(preset)}


def _amf_speed(preset: str) -> str:
    return ("speed", "balanced", "quality")[int(_step(preset, (0, 0, 0, 1, 1, 1, 2, 2, 2)))]


def _percent(crf: float) -> int:
    """Quality of 100 that is 65 at CRF 22, which these encoders are usually asked for; 100 at 0."""
    return max(1, round(100 - 1.6 * crf))


def _videotoolbox(crf: float, preset: str) -> Options:
    return {"flags": "+qscale", "global_quality": str(_LAMBDA * _percent(crf))}


def _media_foundation(crf: float, preset: str) -> Options:
    return {"rate_control": "quality", "quality": str(_percent(crf))}


def _rate_only(crf: float, preset: str) -> Options:
    return {"b": "20M"}  # FFmpeg's own default is 200 kbit/s


def _qscale(crf: float, preset: str) -> Options:
    scale = min(31, max(1, round(2 ** ((crf - 12) / 6))))  # crf 18 → 2, 24 → 4, 30 → 8: six steps double the error
    return {"qmin": str(scale), "qmax": str(scale), "b": "50M"}  # a fixed quantiser; the bit rate is only a starting guess


def _nothing(crf: float, preset: str) -> Options:
    return {}


_BUILDERS: tuple[tuple[tuple[str, ...], Callable[[float, str], Options]], ...] = (
    (("libx264", "libx264rgb", "libx265"), _x26x),
    (("libsvtav1",), _svt),
    (("libvpx-vp9",), _vpx),
    (("libvpx",), _vp8),
    (("h264_nvenc", "hevc_nvenc", "av1_nvenc"), _nvenc),
    (("h264_qsv", "hevc_qsv", "av1_qsv", "vp9_qsv", "mpeg2_qsv"), _quality),
    (("h264_amf", "hevc_amf"), _amf),
    (("av1_amf",), _amf_av1),
    (("h264_videotoolbox", "hevc_videotoolbox"), _videotoolbox),
    (("h264_mf", "hevc_mf"), _media_foundation),
    (("h264_v4l2m2m", "hevc_v4l2m2m", "mpeg4_v4l2m2m", "vp8_v4l2m2m"), _rate_only),
    (("mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "h263", "h263p", "flv", "wmv1", "wmv2", "msmpeg4", "msmpeg4v2"), _qscale),
)
"""How constant quality and speed are said to each encoder; those not listed take neither (lossless, fixed)."""


def _step(preset: str, values: tuple[int, ...]) -> str:
    if preset not in _SPEEDS:
        raise ConfigError(f"--preset {preset} is unknown; choose one of: {', '.join(_SPEEDS)}.")
    return str(values[_SPEEDS.index(preset)])


def encoder_options(name: str, options: EncodeOptions) -> Options:
    """FFmpeg options of encoder `name` for the quality and speed asked for. Raises ConfigError for an unknown preset."""
    build = next((build for names, build in _BUILDERS if name in names), _nothing)
    crf = default_crf(name) if options.crf is None else options.crf
    preset = options.preset or DEFAULT_PRESET
    if build is _x26x and preset not in (*_SPEEDS, "placebo"):
        raise ConfigError(f"--preset {preset} is unknown to {name}; choose one of: {', '.join((*_SPEEDS, 'placebo'))}.")
    return build(crf, preset)


def default_crf(name: str) -> float:
    """Constant quality of encoder `name` where none is asked for."""
    codec = next((name.removesuffix(ending) for ending in _HARDWARE if name.endswith(ending)), None)
    return DEFAULT_CRF.get(name if codec is None else SOFTWARE.get(codec, codec), UNMEASURED_CRF)


def ignored_options(name: str, options: EncodeOptions) -> tuple[str, ...]:
    """A sentence if encoder `name` has neither quality nor speed that were asked for."""
    given = [flag for flag, value in (("--crf", options.crf), ("--preset", options.preset)) if value is not None]
    if not given or any(name in names and build is not _rate_only for names, build in _BUILDERS):
        return ()
    return (f"{name} has no choice of quality or speed; {' and '.join(given)} change{'s' if len(given) == 1 else ''} nothing.",)


_AVX2, _AVX512 = 11, 13  # OpenCV's CV_CPU_AVX2 and CV_CPU_AVX_512F


def reproducible_options(name: str) -> Options:
    """FFmpeg options with which encoder `name` makes the same of the same pictures every time.

    The AVX-512 code of x264's macroblock tree looks at memory that nothing was written to where a picture is not a multiple of
    128 pixels wide: 25 encoders made up to 22 different streams of the same six frames of 848×480, and one with AVX2.
    """
    if name not in ("libx264", "libx264rgb"):
        return {}
    import cv2

    return {"x264-params": "asm=avx2"} if cv2.checkHardwareSupport(_AVX512) and cv2.checkHardwareSupport(_AVX2) else {}


def joined_options(*parts: Options) -> Options:
    """All options; where two have parameters for the same library, one behind the other."""
    joined: Options = {}
    for part in parts:
        for name, value in part.items():
            both = name.endswith("-params") and name in joined
            joined[name] = f"{joined[name]}:{value}" if both else value
    return joined


def encoder_named(name: str) -> str | None:
    """Encoder for a codec's or encoder's name, None if this build of FFmpeg has none."""
    wanted = SOFTWARE.get(name, name)
    try:
        codec = av.Codec(wanted, "w")
    except (UnknownCodecError, ValueError):
        return None
    return codec.name if codec.type == "video" else None


def software_for(name: str) -> str | None:
    """The encoder on the processor for the same codec as the hardware encoder `name`; None if it is no hardware encoder."""
    for ending in _HARDWARE:
        if name.endswith(ending):
            return encoder_named({"mpeg2": "mpeg2video"}.get(name.removesuffix(ending), name.removesuffix(ending)))
    return None


@dataclass(frozen=True)
class Settings:
    """All an encoder must know. rate: frames per second, None if unknown. delay: whether it may reorder frames.

    flags: of the pictures; the encoder says what it can of them. tag: name of the codec in the file, empty for the usual one.
    """

    encoder: str
    pix_fmt: str
    width: int
    height: int
    time_base: Fraction
    rate: Fraction | None
    aspect: Fraction | None
    color: ColorTags
    delay: bool
    options: tuple[tuple[str, str], ...] = ()
    flags: PictureFlags = PLAIN
    tag: str = ""

    def apply(self, context: VideoCodecContext) -> None:
        """Set up `context`, which must not be open yet."""
        context.width, context.height, context.pix_fmt = self.width, self.height, self.pix_fmt
        context.time_base = self.coder_clock
        context.framerate = self.rate or Fraction(25)
        if self.aspect:
            context.sample_aspect_ratio = self.aspect
        tags = self.color
        context.color_range, context.colorspace = tags.range, tags.matrix
        context.color_primaries, context.color_trc = tags.primaries, tags.transfer
        context.thread_type = "AUTO"  # PyAV's default would make libx264 cut every frame into slices
        if not self.delay:
            context.max_b_frames = 0
        if self.flags.interlaced:
            context.flags |= _INTERLACED
        context.field_order = _FIELD_ORDERS[self.flags.fields]
        if self.tag:
            context.codec_tag = self.tag
        context.options = dict(self.options) | ({"chroma_sample_location": self.flags.chroma} if self.flags.chroma else {})

    @property
    def coder_clock(self) -> Fraction:
        """Time base inside the encoder.

        MPEG-1 and 2 know a constant rate only, and MPEG-4 part 2 holds 16 bits: there frames are counted, and their
        packets get the true times afterwards (see `FrameConverter`).
        """
        counted = self.encoder in CONSTANT_RATE or (self.encoder == "mpeg4" and self.time_base.denominator > 65535)
        return 1 / (self.rate or Fraction(25)) if counted else self.time_base

    def open_failure(self) -> str | None:
        """None if an encoder opens with these settings, else FFmpeg's words."""
        try:
            context = av.CodecContext.create(self.encoder, "w")
            assert isinstance(context, VideoCodecContext)
            self.apply(context)
            context.open()
            share_processor()
        except (*FFMPEG_ERRORS, ValueError) as error:
            return str(error) or type(error).__name__
        return None


def pixel_formats(encoder: str) -> tuple[str, ...]:
    """FFmpeg names of what `encoder` takes, empty if it takes anything."""
    return tuple(f.name for f in av.Codec(encoder, "w").video_formats or ())


def choose_formats(encoder: str, layout: PixelFormat, odd: bool, alpha: bool = False) -> list[str]:
    """Pixel formats to try with `encoder` for planes of `layout`, best first. odd: width or height is odd.

    The same planes come first (yuvj420p is yuv420p tagged as full range), then what loses least. For odd sizes 4:4:4
    follows, which every size suits. alpha: formats with transparency come before all.
    """
    offered = pixel_formats(encoder)
    plain = layout.name.replace("yuvj", "yuv")
    if not offered:
        return ["yuv444p"] if encoder in _NO_RGB and layout.family in ("rgb", "gbr") else [plain]
    clear = _with_alpha(offered, plain) if alpha else []
    picture = layout.family == "rgb" or layout.name == "gbrp16le"
    if picture and av.Codec(encoder, "w").lossy and "yuv420p" in offered and not odd:
        return [*clear, "yuv420p"]  # pictures made into a film: what every player shows
    packed = ("bgr0", "bgr24", "rgb24", "gbrp") if layout.family == "rgb" or plain == "gbrp" else ()
    tried = [plain, layout.name, plain.replace("yuv", "yuvj"), *packed]
    exact = [f for f in dict.fromkeys(tried) if f in offered]
    in_memory = [f for f in offered if f in PIXEL_FORMATS or f in _CONVERTED_TO]
    nearest, _ = find_best_pix_fmt_of_list(in_memory or offered, plain)
    full = [f for f in (f"yuv444p{f'{layout.bits}le' if layout.bits > 8 else ''}", "yuv444p") if odd and f in offered]
    return list(dict.fromkeys([*clear, *exact[:2], *([nearest.name] if nearest and not exact else []), *full]))


def _with_alpha(offered: tuple[str, ...], plain: str) -> list[str]:
    """Best first: some open only where it is said that few programs read them."""
    left, found = [name for name in offered if has_alpha(name)], list[str]()
    while left:
        best, _ = find_best_pix_fmt_of_list(left, alpha_name(plain) or "rgba")
        if best is None:
            break
        found.append(best.name)
        left.remove(best.name)
    return found


def alpha_options(encoder: str, pix_fmt: str, given: str) -> Options:
    """FFmpeg options without which `encoder` would not take transparency beside its pictures. given: the input's own layout."""
    if encoder not in ALPHA_BESIDE or not has_alpha(pix_fmt):
        return {}
    rare = {"strict": "experimental"} if pix_fmt == given != "yuva420p" else {}
    return {"auto-alt-ref": "0"} | rare


def has_alpha(name: str) -> bool:
    """Whether FFmpeg's pixel format `name` carries transparency; palettes count as if they did not."""
    layout = VideoFormat(name, 64, 64)
    return not layout.has_palette and any(c.is_alpha for c in layout.components)


def alpha_name(plain: str) -> str | None:
    """FFmpeg's name of the layout `plain` with a plane of transparency more; None if there is none."""
    name = "rgba" if plain == "rgb24" else plain.replace("yuv", "yuva").replace("gbrp", "gbrap")
    try:
        return name if name != plain and has_alpha(name) else None
    except ValueError:
        return None


def losses(layout: PixelFormat, pix_fmt: str) -> tuple[int, int, bool]:
    """What storing planes of `layout` as `pix_fmt` costs: bits, steps of chroma resolution, and whether RGB becomes YUV."""
    kept = VideoFormat(pix_fmt, 64, 64)
    bits = min(c.bits for c in kept.components[:1])
    if layout.family in ("rgb", "gbr", "gray") or kept.is_rgb:
        return max(0, layout.bits - bits), 0, layout.family in ("rgb", "gbr") and not kept.is_rgb
    wide, high = 64 // kept.chroma_width(64), 64 // kept.chroma_height(64)
    coarser = max(0, wide.bit_length() - 1 - layout.sub_x) + max(0, high.bit_length() - 1 - layout.sub_y)
    return max(0, layout.bits - bits), coarser, False
