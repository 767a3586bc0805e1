"""What can be asked for: frozen, validated options. The one source for command line flags, TOML files and settings rows.

Every field carries an `Option` in its metadata: the flag the user types, its meaning with unit, and what is allowed.
Values are checked on construction; errors name the flag.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from numbers import Integral, Real
from typing import Any, get_args, get_type_hints

from dehazer.errors import ConfigError

LONGEST = 1e8
"""Seconds, three years: times beyond would not fit into the clocks of files."""
MAX_CAMERAS = 9
"""Sessions on one engine at most, and so frames in one device call."""


@dataclass(frozen=True)
class Option:
    """How one field is shown and checked. low, high: inclusive limits; None means any. unit: for help and settings.

    title: what a row for it is called where people adjust it while they watch; empty: it is not adjusted there. switch: says what
    turning it on does, for options whose 0 means off.
    """

    flag: str
    help: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] | Callable[[], tuple[str, ...]] = ()
    metavar: str = ""
    title: str = ""
    switch: str = ""

    def allowed(self) -> tuple[str, ...]:
        """The choices, looked up when they live in a registry."""
        return self.choices() if callable(self.choices) else self.choices

    def check(self, value: Any) -> None:
        """Raise ConfigError naming the flag when `value` is not allowed. None (not given) always passes."""
        if value is None:
            return
        if self.allowed() and value not in self.allowed():
            raise ConfigError(f"{self.flag} {value} is not possible; choose one of: {', '.join(self.allowed())}.")
        low, high = self.low, self.high
        if (low is not None and not value >= low) or (high is not None and not value <= high):
            unit = f" {self.unit}" if self.unit else ""
            limits = f"{low:g} to {high:g}{unit}" if high is not None and low is not None else f"at least {low:g}{unit}"
            raise ConfigError(f"{self.flag} {value:g} is outside what is allowed: {limits}.")


def option(default: Any, flag: str, help: str, **more: Any) -> Any:
    """A dataclass field with its Option."""
    return field(default=default, metadata={"option": Option(flag, help, **more)})


def options_of(kind: Any) -> dict[str, Option]:
    """Field name → Option, in order of declaration."""
    return {f.name: f.metadata["option"] for f in fields(kind) if "option" in f.metadata}


@dataclass(frozen=True)
class Checked:
    """Base of all option sets: checks every field against its type and its Option on construction."""

    def __post_init__(self) -> None:
        kind: type = type(self)
        for name, one, hint in _rules(kind):
            value = getattr(self, name)
            _check_type(one.flag, value, hint)
            one.check(value)


@cache
def _rules(kind: type) -> tuple[tuple[str, Option, Any], ...]:
    """(field, Option, type) of an option set; kept, because Python compiles a text for every type that it looks up."""
    hints = get_type_hints(kind)
    return tuple((name, one, hints[name]) for name, one in options_of(kind).items())


_KINDS: dict[type, tuple[type, str]] = {
    str: (str, "text"), bool: (bool, "True or False"), float: (Real, "a number"), int: (Integral, "a whole number")}


def _check_type(flag: str, value: Any, hint: Any) -> None:
    """Raise ConfigError when `value` is neither of the type `hint` nor None."""
    wanted = next(kind for kind in _KINDS if kind in (hint, *get_args(hint)))
    kind, name = _KINDS[wanted]
    if value is not None and (not isinstance(value, kind) or (isinstance(value, bool) and wanted is not bool)):
        raise ConfigError(f"{flag} must be {name}, got {value!r}.")


@dataclass(frozen=True)
class EngineOptions(Checked):
    """Which network, which weights, where and how precisely it is computed."""

    model: str = option("field", "--model", "network to use (--list-models shows all)", metavar="NAME")
    weights: str | None = option(None, "--weights", "packaged set by name, or path of a .safetensors file", metavar="NAME|PATH")
    device: str = option("auto", "--device", "where to compute: auto, cpu, cuda or cuda:N", metavar="DEVICE")
    precision: str = option("auto", "--precision", "number format of the network; auto is the quickest, measured at first use",
                            choices=("auto", "fp32", "bf16", "fp16", "int8"))
    backend: str = option("auto", "--backend", "what runs the network on the CPU", choices=("auto", "torch", "openvino"))


@dataclass(frozen=True)
class EnhanceOptions(Checked):
    """What is done with the field."""

    strength: float = option(100.0, "--strength", "how much of the haze to remove; 0 leaves every pixel as it is, above 100 more "
                             "than is measured", unit="percent", low=0, high=150, title="Strength")
    temporal: float = option(0.7, "--temporal", "smoothing over time against flicker; 0 is none", low=0, high=1,
                             title="Smoothing")
    bypass: float = option(0.0, "--bypass", "pass frames hazier by less than this untouched; 0 is never", unit="percent haze",
                           low=0, high=100, title="Bypass", switch="Leave clear pictures untouched")
    compare: str | None = option(None, "--compare", "show original and result in one picture", choices=("side", "wipe"))


@dataclass(frozen=True)
class RecordOptions(Checked):
    """How live pictures are recorded. segment_minutes: 0 is one file for each recording."""

    pre_roll: float = option(10.0, "--pre-roll", "how long before it is asked for a recording of originals begins, where the "
                             "source sends packets; 0 is at its last key frame", unit="s", low=0, high=120)
    segment_minutes: float = option(0.0, "--segment-minutes", "length at which a recording goes on in a new file; 0 is never",
                                    unit="minutes", low=0, high=1440)


@dataclass(frozen=True)
class DecodeOptions(Checked):
    """Which part of the input is read, and how.

    duration: another way to say `end`, and None once it was turned into that. resident: leave pictures on the graphics device
    that decodes them (set by the caller when the network runs there too).
    """

    start: float | None = option(None, "--start", "first moment to process, seconds or [HH:]MM:SS", unit="s", low=0,
                                 high=LONGEST, metavar="TIME")
    end: float | None = option(None, "--end", "moment to stop at, seconds or [HH:]MM:SS", unit="s", low=0,
                               high=LONGEST, metavar="TIME")
    duration: float | None = option(None, "--duration", "how long to go on, instead of --end; a camera or stream without it goes "
                                    "on until Ctrl+C", unit="s", low=0.001, high=LONGEST, metavar="TIME")
    hwaccel: str = option("none", "--hwaccel", "hardware decoding: none, auto, or a device such as cuda or vaapi", metavar="NAME")
    deinterlace: str | None = option(None, "--deinterlace", "make one picture of the two fields of each; bwdif is best as a "
                                     "rule",
                                     choices=("bwdif", "yadif"))
    fps: float | None = option(None, "--fps", "pictures a second of a folder or of numbered pictures, 25 if left out", low=0.01,
                               high=1000)
    resident: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.deinterlace is not None and self.hwaccel != "none":
            raise ConfigError("--deinterlace works on pictures in main memory; leave --hwaccel out.")
        if self.duration is not None:
            if self.end is not None:
                raise ConfigError("--duration and --end contradict each other; give one of them.")
            object.__setattr__(self, "end", (self.start or 0.0) + self.duration)
            object.__setattr__(self, "duration", None)
        if self.end is not None and self.end <= (self.start or 0.0):
            raise ConfigError(f"--end {self.end:g} must lie after --start {self.start or 0.0:g}.")


@dataclass(frozen=True)
class SpreadOptions(Checked):
    """How many files are worked on at a time, and where."""

    jobs: int = option(1, "--jobs", "files worked on at a time, each in a process of its own", low=1, high=64)
    ray: str | None = option(None, "--ray", "work on the machines of the Ray cluster at this address, or auto; they must share "
                             "the disk of inputs and outputs", metavar="ADDRESS")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.ray is not None and self.jobs != 1:
            raise ConfigError("--jobs and --ray contradict each other: a cluster knows itself how much it can do.")


@dataclass(frozen=True)
class PublishOptions(Checked):
    """How pictures look that are sent to an address or shown as a virtual camera."""

    no_label: bool = option(False, "--no-label", "leave \"ENHANCED\" and the clock out of pictures that are sent to an address "
                            "or a virtual camera")


STREAM_KINDS = ("audio", "subtitle", "attachment", "data", "video")
"""Streams beside the pictures; "video" are covers and further films."""


@dataclass(frozen=True)
class EncodeOptions(Checked):
    """How the result is stored. None means: as the input, or the encoder's own default."""

    codec: str | None = option(None, "--codec", "video encoder, for example h264, hevc, av1, ffv1, libx264", metavar="NAME")
    crf: float | None = option(None, "--crf", "constant quality of the encoder, smaller is better", low=0, high=63)
    preset: str | None = option(None, "--preset", "speed of the encoder, for example veryfast", metavar="NAME")
    pix_fmt: str | None = option(None, "--pix-fmt", "pixel format of the output, for example yuv420p", metavar="NAME")
    format: str | None = option(None, "--format", "file type of standard output (- as the output), nut if left out",
                                choices=("nut", "y4m", "mpegts", "matroska"))
    resume: bool = option(False, "--resume", "go on where an interrupted run with this option stopped; without one, begin so "
                          "that this is possible")
    bitrate: str | None = option(None, "--bitrate", "bits a second instead of a constant quality, for example 4M or 800k",
                                 metavar="RATE")
    tune: str | None = option(None, "--tune", "what the encoder is tuned for, for example grain or film", metavar="NAME")
    encoder_options: str | None = option(None, "--encoder-options", "further options of the encoder as FFmpeg names them, for "
                                         "example g=50,bf=2", metavar="K=V,...")
    streams: str | None = option(None, "--streams", f"streams to keep beside the pictures: {', '.join(STREAM_KINDS)} (covers and "
                                 "further films), or none; all if left out", metavar="LIST")
    no_audio: bool = option(False, "--no-audio", "leave sound out")
    overwrite: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_type("overwrite", self.overwrite, bool)
        if self.bitrate is not None and self.crf is not None:
            raise ConfigError("--bitrate and --crf contradict each other; give one of them.")
        if unknown := self._named_streams - {*STREAM_KINDS, "none"}:
            known = ", ".join((*STREAM_KINDS, "none"))
            raise ConfigError(f"--streams {', '.join(sorted(unknown))} is not possible; choose from: {known}.")

    @property
    def _named_streams(self) -> set[str]:
        return set() if self.streams is None else {name.strip() for name in self.streams.split(",")}

    @property
    def kept_streams(self) -> frozenset[str]:
        """Kinds of streams that are carried over, of STREAM_KINDS."""
        kinds = set(STREAM_KINDS) if self.streams is None else self._named_streams
        return frozenset(kinds - ({"none", "audio"} if self.no_audio else {"none"}))
