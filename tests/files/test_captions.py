"""Closed captions are read from pictures that are freed as soon as they were shown, without the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from dehazer.sources.file import FileSource
from tests.cli.test_captions import FILMS, write_captioned
from tests.media import Film, write_film


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def kept_pictures(width: int) -> int:
    """Decoded pictures of a film this wide that are in memory."""
    return sum(x.width == width for x in gc.get_objects() if type(x) is av.VideoFrame)  # isinstance asks some objects too much


def test_pictures_of_a_film_are_freed_when_they_were_shown(tmp_path: Path, no_collector: None) -> None:
    film = Film(frames=100, width=176, height=128)
    with FileSource(write_film(tmp_path / "in.mkv", film)) as source:
        assert len([frame.index for frame in source]) == 100
    assert kept_pictures(176) < 20


@pytest.mark.parametrize("codec", FILMS)
def test_pictures_with_captions_are_freed_when_they_were_shown(tmp_path: Path, no_collector: None, codec: str) -> None:
    encoder, ending = FILMS[codec]
    path = write_captioned(tmp_path / f"in.{ending}", encoder, codec)
    with FileSource(path) as source:
        captions = [frame.transfer.captions for frame in source if frame.transfer is not None]
        width = source.info.width
    assert len(set(captions)) == 12
    assert kept_pictures(width) < 6
