"""Sound in step with playback: what is read belongs to the position, whatever speed, pauses and jumps do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from dehazer.review import Library, Sound
from dehazer.sources.sound import RATE, SoundReader
from tests.media import Film, Sound as Tone, write_film
from tests.review.conftest import Opened
from tests.waiting import threads_of_the_program, until

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)


@dataclass
class Clock:
    """Stands in for the clock of a playback; runs only when a test says so."""

    position: datetime = NOON
    playing: bool = True
    speed: float = 1.0

    def advance(self, seconds: float) -> None:
        self.position += timedelta(seconds=seconds * self.speed)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two recordings of three seconds in a row, whose sound is a rising tone."""
    folder = tmp_path_factory.mktemp("talk")
    for stamp in ("120000", "120003"):
        write_film(folder / f"gate_20240310_{stamp}.mkv", Film(frames=75, sounds=(Tone("flac", seconds=3.0),)))
    write_film(folder / "mute_20240310_120000.mkv", Film(frames=75))
    return folder


@pytest.fixture
def library(opened: Opened, folder: Path) -> Library:
    return opened(folder)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sound(library: Library, clock: Clock) -> Iterator[Sound]:
    sound = Sound(library, "gate", clock)
    yield sound
    sound.stop()
    assert not [name for name in threads_of_the_program() if "sound" in name]


def stored(folder: Path, start: float, count: int) -> np.ndarray:
    with SoundReader(folder / "gate_20240310_120000.mkv") as reader:
        return np.concatenate([block.samples for block in reader.blocks(start)])[:count]


def heard(sound: Sound, count: int) -> np.ndarray:
    """What is read, once it is prepared; silence at the beginning does not advance the clock here."""
    found: list[np.ndarray] = []

    def audible() -> bool:
        until(lambda: sound.prepared > count / RATE or not found)
        found.append(sound.read(count))
        return bool(found[-1].any())

    until(audible)
    return found[-1]


def test_what_is_read_belongs_to_the_position(sound: Sound, clock: Clock, folder: Path) -> None:
    clock.position = NOON + timedelta(seconds=1)
    for number in range(5):
        samples = heard(sound, 4800)
        start = 1 + number * 0.1
        assert np.abs(samples.astype(int) - stored(folder, start, 4800)).max() <= 2
        clock.advance(0.1)


def test_late_reading_drops_what_has_passed_and_early_reading_waits(sound: Sound, clock: Clock, folder: Path) -> None:
    heard(sound, 4800)
    clock.advance(0.3)
    assert np.abs(heard(sound, 4800).astype(int) - stored(folder, 0.3, 4800)).max() <= 2
    silence_then_sound = heard(sound, 9600)  # the clock stands at 0.3 still: the device is 0.1 s ahead
    assert not silence_then_sound[:4800].any()
    assert np.abs(silence_then_sound[4800:].astype(int) - stored(folder, 0.4, 4800)).max() <= 2


def test_a_jump_begins_anew(sound: Sound, clock: Clock, folder: Path) -> None:
    heard(sound, 480)
    for place in (2.4, 0.2):
        clock.position = NOON + timedelta(seconds=place)
        assert np.abs(heard(sound, 480).astype(int) - stored(folder, place, 480)).max() <= 2


def test_it_goes_on_over_the_border_of_files(sound: Sound, clock: Clock) -> None:
    clock.position = NOON + timedelta(seconds=2.5)
    silent = 0
    heard(sound, 480)
    for _ in range(10):
        until(lambda: sound.prepared > 0.1)
        clock.advance(0.1)
        silent += int((sound.read(4800) == 0).all(axis=1).sum())
    assert clock.position == NOON + timedelta(seconds=3.5)
    assert silent < 0.1 * RATE


@pytest.mark.parametrize("change", [{"playing": False}, {"speed": 4.0}, {"speed": -1.0}])
def test_pauses_other_speeds_and_backwards_are_silent(sound: Sound, clock: Clock, change: dict[str, float]) -> None:
    heard(sound, 480)
    for name, value in change.items():
        setattr(clock, name, value)
    assert not sound.read(4800).any()
    clock.playing, clock.speed = True, 2.0
    heard(sound, 480)


def test_a_recording_without_sound_is_silent(library: Library, clock: Clock) -> None:
    sound = Sound(library, "mute", clock)
    assert not sound.read(4800).any()
    assert sound.trouble == ""
    sound.stop()


def test_sound_that_cannot_be_read_is_told(opened: Opened, folder: Path, store: Path, clock: Clock) -> None:
    path = store / "gate_20240310_120000.mkv"
    path.write_bytes((folder / path.name).read_bytes())
    library = opened()
    path.unlink()
    sound = Sound(library, "gate", clock)
    until(lambda: "does not exist" in sound.trouble)
    assert not sound.read(4800).any()
    sound.stop()
