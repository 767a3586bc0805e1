"""Titles, languages and chapters: those of the input as the output's file type takes them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from av.container import InputContainer

from dehazer.files.containers import Container, language_in
from dehazer.sinks.additions import CopiedSpan, FilmChapter

_MXF_FILE = {"uid", "generation_uid", "company_name", "product_name", "product_version", "product_version_num", "product_uid",
             "toolkit_version_num", "application_platform", "operational_pattern_ul", "material_package_umid",
             "modification_date"}
"""SMPTE ST 377-1, Identification: which program wrote an MXF file, and the numbers by which this very file is known."""
_FILE_TAGS = {"major_brand", "minor_version", "compatible_brands", "encoder", "software", "duration", *_MXF_FILE}
_MP4_TAGS = {
    "title", "artist", "album_artist", "composer", "album", "date", "comment", "genre", "copyright", "grouping", "lyrics",
    "description", "synopsis", "show", "episode_id", "network", "keywords", "episode_sort", "season_number", "track", "disc",
    "creation_time", "location", "timecode", "author", "performer", "make", "model",
}


def file_tags(source: InputContainer) -> dict[str, str]:
    """Metadata of the file itself that belongs to the film and not to the file type."""
    return {k: v for k, v in source.metadata.items() if k.lower() not in _FILE_TAGS}


def stream_tags(tags: dict[str, str], container: Container) -> dict[str, str]:
    """Metadata of a stream, with the title under the name the file type wants."""
    kept = dict(tags)
    if container.format in ("mp4", "mov") and "name" in kept:
        kept.setdefault("title", kept.pop("name"))
    if language := kept.get("language"):
        kept["language"] = language_in(container, language) or "und"
    return kept


def is_exotic(tags: dict[str, str]) -> bool:
    """Whether MP4 would drop some of these names unless its option keeps any name."""
    return any(name.lower().split("-")[0] not in _MP4_TAGS for name in tags)


def cut_chapters(source: InputContainer, span: CopiedSpan) -> list[dict[str, object]]:
    """Chapters that lie in the span, cut to it and moved with it."""
    kept = []
    for chapter in source.chapters():
        base = chapter["time_base"] or Fraction(1, 1000)
        begin, end = chapter["start"] * base, chapter["end"] * base
        begin, end = max(begin, span.start or begin), min(end, span.end if span.end is not None else end)
        if begin < end:
            kept.append(dict(chapter, start=round((begin + span.shift) / base), end=round((end + span.shift) / base)))
    return kept


def new_chapters(chapters: Sequence[FilmChapter]) -> list[dict[str, object]]:
    """Chapters as FFmpeg takes them."""
    return [{"id": number, "start": round(one.start * 1000), "end": round(one.end * 1000), "time_base": Fraction(1, 1000),
             "metadata": {"title": one.title}} for number, one in enumerate(chapters)]
