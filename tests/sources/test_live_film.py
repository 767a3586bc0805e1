"""Pictures of a live source as a film: times from zero, whatever the source's clock does, and an end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from dehazer.errors import NoVideoError
from dehazer.frames.frame import PIXEL_FORMATS, ColorTags, Frame, VideoInfo
from dehazer.sources.live_film import LiveFilm
from dehazer.sources.live_source import LiveSource

CLOCK = Fraction(1, 1000)
GRAY = PIXEL_FORMATS["gray"]


class Camera(LiveSource):
    """Gives one picture for each (pts in ms, arrival in seconds)."""

    def __init__(self, moments: list[tuple[int | None, float]]) -> None:
        super().__init__()
        self.moments = moments
        self.info = VideoInfo(32, 32, GRAY, time_base=CLOCK, rate=Fraction(25), live=True, name="camera")

    def __iter__(self) -> Iterator[Frame]:
        for index, (pts, arrival) in enumerate(self.moments):
            yield Frame((np.zeros((16, 16), np.uint8),), GRAY, 16, 16, ColorTags(matrix=1), pts, CLOCK, index, arrival)


def times(moments: list[tuple[int | None, float]], end: float | None = None) -> list[int | None]:
    with LiveFilm(Camera(moments), end) as film:
        return [frame.pts for frame in film]


@pytest.mark.parametrize(("moments", "wanted"), [
    ([(9000, 5.0), (9040, 5.2), (9080, 5.21)], [0, 40, 80]),  # capture counts, not arrival
    ([(9000, 5.0), (20, 5.04), (60, 5.08)], [0, 40, 80]),  # the camera was started anew
    ([(0, 5.0), (40, 5.04), (90_000_000, 5.08), (90_000_040, 5.12)], [0, 40, 80, 120]),  # its clock was set
    ([(None, 5.0), (None, 5.05), (None, 5.05)], [0, 50, 51]),  # it has none
    ([(7, 5.0), (7, 5.04)], [0, 40]),  # it stands
])
def test_times_begin_at_zero_and_always_rise(moments: list[tuple[int | None, float]], wanted: list[int]) -> None:
    assert times(moments) == wanted


def test_the_end_counts_from_the_first_picture() -> None:
    assert times([(9000 + 40 * n, 5 + 0.04 * n) for n in range(50)], end=0.2) == [0, 40, 80, 120, 160]


def test_the_first_picture_says_what_the_film_is() -> None:
    camera = Camera([(0, 5.0)])
    film = LiveFilm(camera)
    assert (film.info.width, film.info.height, film.info.color, film.endless) == (16, 16, ColorTags(matrix=1), True)
    assert LiveFilm(camera, 1.0).info == replace(film.info, duration=1.0)
    assert film.warnings == ()
    assert film.passing is None


def test_pictures_that_were_read_late_are_said() -> None:
    with LiveFilm(Camera([(40 * n, 5.0 + n) for n in range(4)])) as film:
        assert len(list(film)) == 4
        assert any("2.9 s late" in warning for warning in film.warnings)


def test_a_source_without_a_picture_is_refused_and_closed() -> None:
    camera = Camera([])
    with pytest.raises(NoVideoError, match="gave no picture"):
        LiveFilm(camera)
    assert camera.interrupt.is_set
