"""What is compared, property by property: PROPERTIES of films and STILL_PROPERTIES of pictures, each one list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from av.codec.codec import Codec, UnknownCodecError
from av.video.format import VideoFormat

from dehazer.files.languages import same_language
from dehazer.frames.frame import ColorTags
from dehazer.verification.film import Film
from dehazer.verification.picture import StillPicture

Verdict = Literal["PASS", "ANNOUNCED", "FAIL"]


@dataclass(frozen=True)
class Check:
    """One property of a result. given, found: of the input and of the result, for people.

    verdict: PASS, it was kept; ANNOUNCED, it was not, and a note said so; FAIL, it changed silently.
    """

    property: str
    verdict: Verdict
    given: str
    found: str


@dataclass(frozen=True)
class Promised:
    """What the result was to be, where that is not simply the input.

    frames: as many as were written; None takes the input's count. start, end: seconds, the span. width, height: of the
    pictures; None takes the input's. codec: FFmpeg's name of the codec or encoder that was asked for. notes: every sentence
    that was said about what the result holds differently.
    """

    frames: int | None = None
    start: float | None = None
    end: float | None = None
    width: int | None = None
    height: int | None = None
    codec: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What a property is judged by. expected: the input as the span leaves it. width: of the result in pixels."""

    expected: Any
    found: Any
    promised: Promised
    width: int = 0


@dataclass(frozen=True)
class Property:
    """One line of the list. read: its value; None, "" and () mean that there is none. same: whether it was kept.

    announced: words of the sentence by which a sink says before the first frame that it cannot be kept.
    """

    name: str
    read: Callable[[Any], Any]
    announced: str = "$^"
    same: Callable[[Comparison], bool] = lambda pair: bool(pair.expected == pair.found)
    show: Callable[[Any], str] = str
    value: Callable[[Comparison, Any], Any] = lambda pair, value: value
    """What the input's value becomes by what was promised."""


def judged(name: str, same: bool, announced: str, notes: tuple[str, ...], texts: tuple[str, str]) -> Check:
    """The verdict. texts: what was given and found."""
    said = any(re.search(announced, note) for note in notes)
    return Check(name, "PASS" if same else "ANNOUNCED" if said else "FAIL", *texts)


def compare(properties: tuple[Property, ...], expected: Any, found: Any, promised: Promised) -> list[Check]:
    """One Check for every property that the input or the result has."""
    pair, checks = Comparison(expected, found, promised), []
    for one in properties:
        given, got = one.value(pair, one.read(expected)), one.read(found)
        if given in _NOTHING and got in _NOTHING:
            continue
        same = one.same(Comparison(given, got, promised, found.width))
        checks.append(judged(one.name, same, one.announced, promised.notes, (_shown(one, given), _shown(one, got))))
    return checks


_OPACITY = 0.02
"""By how much the mean opacity of a picture may differ, of 1."""
_NOTHING: tuple[Any, ...] = (None, "", (), {}, False)


def _shown(one: Property, value: Any) -> str:
    return "none" if value in _NOTHING else one.show(value)


def _layout(film: Film) -> VideoFormat | None:
    return film.layout if film.pix_fmt else None


def _bits(film: Film) -> int | None:
    layout = _layout(film)
    if layout is None:
        return None
    return 8 if layout.has_palette else max(c.bits for c in layout.components)


def _as_opaque(pair: Comparison) -> bool:
    """Every picture of both on average; lossy codecs change single pixels. What is opaque everywhere is as good as nothing."""
    given, found = pair.expected, pair.found
    if not given:
        return all(one == 1 for one in found)
    return bool(given) == bool(found) and all(abs(a - b) <= _OPACITY for a, b in zip(given, found, strict=False))


def _shown_opacity(means: tuple[float, ...]) -> str:
    return f"{sum(means) / len(means):.1%} opaque"


def _chroma(film: Film) -> tuple[int, int] | None:
    """Columns and rows of pixels that share one chroma sample; (0, 0) for grey."""
    layout = _layout(film)
    if layout is None:
        return None
    if sum(not c.is_alpha for c in layout.components) < 3 and not layout.has_palette:
        return 0, 0
    return (1, 1) if layout.is_rgb or layout.has_palette else (64 // layout.chroma_width(64), 64 // layout.chroma_height(64))


def _no_coarser(pair: Comparison) -> bool:
    """Grey may become colour that has none; nothing may become coarser."""
    given, found = pair.expected, pair.found
    return bool(given == (0, 0) or (found != (0, 0) and found[0] <= given[0] and found[1] <= given[1]))


def _color(film: Film) -> ColorTags | None:
    layout = _layout(film)
    if layout is None or layout.is_rgb or layout.has_palette or film.color == ColorTags():
        return None
    return film.color


def _same_color(pair: Comparison) -> bool:
    """Every tag that the input has. A range that is not named is the limited one."""
    given, found = pair.expected or ColorTags(), pair.found or ColorTags()
    named = [(given.matrix, found.matrix, 2), (given.primaries, found.primaries, 2), (given.transfer, found.transfer, 2),
             (given.range, found.range or 1, 0)]
    return all(one in (two, unspecified) for one, two, unspecified in named)


def _shown_color(tags: ColorTags) -> str:
    return f"matrix {tags.matrix}, range {tags.range}, primaries {tags.primaries}, transfer {tags.transfer}"


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}:{value.denominator}"


def _codec_tag(film: Film) -> str:
    return film.tag if film.codec == "hevc" and "mp4" in film.format else ""


def _kept_tags(pair: Comparison) -> bool:
    return all(pair.found.get(key) == value for key, value in pair.expected.items())


def _near(pair: Comparison) -> bool:
    given, found = pair.expected, pair.found
    return given.keys() == found.keys() and all(
        len(given[name]) == len(found[name]) and all(abs(a - b) <= 1e-3 * max(1.0, abs(a))
                                                      for a, b in zip(given[name], found[name], strict=True))
        for name in given)


def _promised_size(pair: Comparison, size: tuple[int, int]) -> tuple[int, int]:
    return pair.promised.width or size[0], pair.promised.height or size[1]


def _promised_codec(pair: Comparison, codec: str) -> str:
    asked = pair.promised.codec
    if asked is None:
        return codec
    try:
        return Codec(asked, "w").canonical_name
    except UnknownCodecError:
        return asked  # the name of a codec, which several encoders share


def _tag_of_same_codec(pair: Comparison, tag: str) -> str:
    return tag if pair.expected.codec == pair.found.codec and "mp4" in pair.found.format else ""


def _same_shape(pair: Comparison) -> bool:
    """Matroska stores the width to show in whole pixels."""
    given, found = pair.expected or Fraction(1), pair.found or Fraction(1)
    return bool(abs(given - found) * pair.width <= Fraction(1, 2))


def _same_language(pair: Comparison) -> bool:
    return same_language(pair.expected, pair.found)


_CONVERTED = "does not take|cannot store|stored as|bits become|is read as|rounded|interpolated|cannot hold|encodes instead"

PROPERTIES: tuple[Property, ...] = (
    Property("size", lambda film: (film.width, film.height), "scaled", show=lambda size: f"{size[0]}×{size[1]}",
             value=_promised_size),
    Property("codec", lambda film: film.codec, r"cannot hold .* is used|no encoder|encodes instead|is used here|256 colours",
             value=_promised_codec),
    Property("codec tag", _codec_tag, same=lambda pair: not pair.expected or pair.expected == pair.found,
             value=_tag_of_same_codec),
    Property("profile", lambda film: film.profile if film.codec in ("prores", "dnxhd") else "", _CONVERTED,
             same=lambda pair: not pair.expected or pair.expected == pair.found),
    Property("depth", _bits, _CONVERTED, same=lambda pair: bool(pair.found >= pair.expected),
             show=lambda bits: f"{bits} bits"),
    Property("chroma", _chroma, _CONVERTED, same=_no_coarser, show=lambda step: f"1 of {step[0]}×{step[1]} pixels"),
    Property("transparency", lambda film: film.opacity, "transparency", same=_as_opaque, show=_shown_opacity),
    Property("chroma location", lambda film: film.chroma, f"places chroma samples|256 colours|{_CONVERTED}",
             same=lambda pair: not pair.expected or pair.expected == pair.found),
    Property("pixel shape", lambda film: film.aspect if film.aspect != 1 else None, "pixels", same=_same_shape, show=_fraction),
    Property("display matrix", lambda film: film.matrix, r"turned by", show=lambda matrix: " ".join(map(str, matrix))),
    Property("colour tags", _color, f"colour tags|levels are stretched|{_CONVERTED}", same=_same_color, show=_shown_color),
    Property("field order", lambda film: film.fields if film.fields != "progressive" else "", "interlaced"),
    Property("HDR metadata", lambda film: film.hdr, "HDR mastering data", same=_near),
    Property("further metadata", lambda film: film.further, "What the pictures say of", show=", ".join),
    Property("closed captions", lambda film: film.captions, "closed captions",
             show=lambda captions: f"in {sum(map(bool, captions))} pictures"),
    Property("timecode", lambda film: film.timecode, "timecode|titles and other descriptions",
             same=lambda pair: bool(not pair.expected or pair.promised.start or pair.expected == pair.found)),
    Property("language", lambda film: film.language.replace("und", ""), "cannot name languages", same=_same_language),
    Property("tags", lambda film: film.tags, "titles and other descriptions", same=_kept_tags,
             show=lambda tags: ", ".join(f"{k}={v}" for k, v in sorted(tags.items()))),
    Property("damaged packets", lambda film: film.damaged, same=lambda pair: not pair.found),
)
"""Of films, in order of the report; frames, times, chapters and streams follow (`dehazer.verification.verify`)."""


def _own_size(picture: StillPicture) -> tuple[int, int]:
    return picture.width, picture.height


_LEFT_OUT = "descriptions|left out"
STILL_PROPERTIES: tuple[Property, ...] = (
    Property("size", _own_size, show=lambda size: f"{size[0]}×{size[1]}", value=_promised_size),
    Property("pictures", lambda picture: picture.pictures, "only the first is used"),
    Property("depth", lambda picture: picture.bits, "rounded", same=lambda pair: bool(pair.found >= pair.expected),
             show=lambda bits: f"{bits} bits"),
    Property("one channel", lambda picture: picture.gray, "one channel|colour"),
    Property("transparency", lambda picture: picture.alpha, "transparency", show=lambda _: "there"),
    Property("EXIF", lambda picture: picture.exif, _LEFT_OUT, show=lambda tags: f"{len(tags)} tags"),
    Property("ICC profile", lambda picture: picture.profile, f"{_LEFT_OUT}|CMYK", show=lambda digest: f"SHA-256 {digest[:12]}"),
    Property("XMP", lambda picture: picture.xmp, _LEFT_OUT, show=lambda digest: f"SHA-256 {digest[:12]}"),
    Property("IPTC", lambda picture: picture.iptc, _LEFT_OUT, show=lambda digest: f"SHA-256 {digest[:12]}"),
    Property("resolution", lambda picture: picture.dpi, _LEFT_OUT, same=lambda pair: pair.expected in (None, pair.found),
             show=lambda dpi: f"{dpi[0]}×{dpi[1]} dpi"),
    Property("comment", lambda picture: picture.comment, _LEFT_OUT),
    Property("texts", lambda picture: picture.texts, _LEFT_OUT,
             same=lambda pair: set(pair.expected or ()) <= set(pair.found or ())),
)
"""Of picture files."""
