"""Sound of files as samples: from any moment, at other speeds with its pitch kept, with what is missing left out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dehazer.errors import InputError, UsageError
from dehazer.sources.sound import RATE, SoundBlock, SoundReader
from tests.media import Film, Sound, write_film

PITCH = 0.05 * 48000 / (2 * np.pi)
"""Hertz of the tone of `tests.media`."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds with a tone."""
    return write_film(tmp_path_factory.mktemp("sound") / "tone.mp4", Film(frames=100, sounds=(Sound(seconds=4.0),)))


def joined(blocks: list[SoundBlock]) -> np.ndarray:
    return np.concatenate([block.samples for block in blocks])


def pitch(samples: np.ndarray) -> float:
    part = samples[4096 : 4096 + 32768, 0] * np.hanning(32768)
    return float(np.abs(np.fft.rfft(part)).argmax()) * RATE / 32768


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("start", [0.0, 1.234])
def test_the_pitch_stays_and_the_length_follows_the_speed(film: Path, speed: float, start: float) -> None:
    with SoundReader(film) as reader:
        blocks = list(reader.blocks(start, speed))
    samples = joined(blocks)
    assert samples.dtype == np.int16
    assert samples.shape[1] == 2
    assert blocks[0].seconds == pytest.approx(start, abs=1e-3)
    assert len(samples) / RATE * speed == pytest.approx(4.0 - start, abs=0.08)
    assert pitch(samples) == pytest.approx(PITCH, abs=2)
    for block, following in pairwise(blocks):
        assert following.seconds - block.seconds == pytest.approx(len(block.samples) / RATE * speed, abs=1e-6)


def test_sound_from_a_moment_on_is_that_of_the_whole(film: Path) -> None:
    with SoundReader(film) as reader:
        whole, part = joined(list(reader.blocks(0.0))), joined(list(reader.blocks(2.5)))
    behind = whole[round(2.5 * RATE) :]
    assert np.abs(part[RATE // 4 : RATE].astype(int) - behind[RATE // 4 : RATE]).max() <= 2


def test_sound_that_begins_late_says_when(tmp_path: Path) -> None:
    path = write_film(tmp_path / "late.mkv", Film(frames=75, sounds=(Sound("flac", start=1.0, seconds=1.5),)))
    with SoundReader(path) as reader:
        assert next(reader.blocks(0.0)).seconds == pytest.approx(1.0, abs=0.01)
        assert list(reader.blocks(2.9)) == []


def test_wrong_speeds_and_files_without_sound_are_sentences(tmp_path: Path, film: Path) -> None:
    with SoundReader(film) as reader, pytest.raises(UsageError, match=r"0\.5 to 2 times its speed, got 3"):
        next(reader.blocks(0.0, 3.0))
    with pytest.raises(InputError, match="holds no sound"):
        SoundReader(write_film(tmp_path / "silent.mp4", Film()))
