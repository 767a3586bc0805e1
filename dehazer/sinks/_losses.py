"""What the result cannot hold of a film beside its pictures' samples, one sentence each, before the first frame."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from av.codec.codec import Codec

from dehazer.files.containers import Container
from dehazer.frames.frame import VideoInfo
from dehazer.sinks._captions import CODECS
from dehazer.sinks._input_properties import InputProperties
from dehazer.sinks._stream_copier import StreamCopier

_LATE = Fraction(1, 20)
"""Seconds by which sound may begin later than the pictures without anybody hearing it."""


def losses(container: Container, info: VideoInfo, copier: StreamCopier | None, *, chapters: bool, tags: bool) -> Iterator[str]:
    """Of the streams, and of what belongs to the whole file. chapters, tags: whether there are any."""
    title = container.title
    if copier:
        yield from copier.left_out + copier.changed + copier.other_films
    if info.rotation and not container.rotation:
        yield f"{title} cannot say that the film must be turned by {info.rotation:g}°; it will lie on its side."
    if chapters and not container.chapters:
        yield f"{title} cannot hold chapters; they are left out."
    if tags and not container.tags:
        yield f"{title} cannot hold titles and other descriptions; they are left out."
    if copier and (languages := copier.unnamed_languages):
        yield f"{title} cannot name languages ({', '.join(languages)}); they are left out."


def late_sound(container: Container, copier: StreamCopier | None, properties: InputProperties) -> Iterator[str]:
    """Where sound loses its distance from the pictures."""
    if copier and container.clock == "rate" and copier.latest_start() - properties.start > _LATE:
        yield f"{container.title} stores no start times: sound that begins later than the pictures will come too early."


def cut_sound(container: Container, copier: StreamCopier | None) -> Iterator[str]:
    """MXF holds sound in pieces as long as a frame (SMPTE ST 382), so that it ends with the last one."""
    if copier and container.format == "mxf" and copier.source_format != "mxf" and any(s.type == "audio" for s in copier.streams):
        yield "MXF holds sound as long as the pictures: its end is cut, or filled with silence, to the last frame."


def lost_metadata(properties: InputProperties) -> Iterator[str]:
    """What pictures carry and encoders are not told."""
    if properties.further:
        yield f"What the pictures say of {', '.join(properties.further)} is left out: no encoder here writes it."


def lost_captions(encoder: str) -> Iterator[str]:
    """For a film with closed captions."""
    codec = Codec(encoder, "w").canonical_name
    if codec not in CODECS:
        yield f"{codec} is written without the closed captions inside the pictures."
