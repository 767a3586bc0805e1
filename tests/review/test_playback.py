"""Playback of recordings: exact pictures, one clock for all cameras, gaps, loops, speeds, and threads that end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from time import sleep

import numpy as np
import pytest

from dehazer.config import EngineOptions, EnhanceOptions
from dehazer.engine.engine import Engine
from dehazer.errors import ConfigError, UsageError
from dehazer.live.shared_engine import SharedEngine
from dehazer.live.view_size import REMEMBERED
from dehazer.review import Library, Playback, ReviewedFrame, Span
from tests.media import Film, write_film
from tests.review.conftest import Opened
from tests.waiting import PATIENCE, FakeClock, threads_of_the_program, until

NOON = datetime(2024, 3, 10, 12, tzinfo=UTC)
FILM = Film(frames=75, options={"bf": "2", "preset": "medium", "g": "25", "sc_threshold": "0"}, smooth=False)
"""Three seconds."""


def seconds(number: float) -> datetime:
    return NOON + timedelta(seconds=number)


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Camera gate, 25 pictures a second, two files in a row and a third a minute later; camera yard, 15 a second, one file."""
    folder = tmp_path_factory.mktemp("films")
    for stamp in ("120000", "120003", "120100"):
        write_film(folder / f"gate_20240310_{stamp}.mp4", FILM)
    write_film(folder / "yard_20240310_120000.mkv", Film(frames=90, rate=Fraction(15), time_base=Fraction(1, 1000), smooth=False))
    return folder


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, cameras in play wait for each other here."""
    monkeypatch.setattr("dehazer.review.play_loop.PATIENCE", PATIENCE)


Player = Callable[..., Playback]


@pytest.fixture
def engine(random_weights: Path) -> Iterator[SharedEngine]:
    with SharedEngine(Engine(EngineOptions("field", device="cpu", backend="torch"))) as shared:
        yield shared


@pytest.fixture
def library(opened: Opened, films: Path) -> Library:
    return opened(films)


@pytest.fixture
def player(library: Library, engine: SharedEngine) -> Iterator[Player]:
    """player(*cameras, library, now): a playback that shows them and has settled; it is stopped at the end."""
    with ExitStack() as stack:
        def play(*cameras: str, library: Library = library, **more: object) -> Playback:
            playback = Playback(library, engine, **more)  # type: ignore[arg-type]
            stack.callback(playback.stop)
            playback.show(cameras)
            until(lambda: all(playback.lane(camera).kind != "loading" for camera in cameras))
            return playback

        yield play
    until(lambda: not [name for name in threads_of_the_program() if "lane" in name or "playback" in name])


def shown(playback: Playback, camera: str = "gate") -> ReviewedFrame:
    """The next new picture of a camera."""
    found: list[ReviewedFrame] = []

    def taken() -> bool:
        found.extend(frame for frame in (playback.take(camera),) if frame is not None)
        return bool(found)

    until(taken)
    return found[-1]


def arrived(playback: Playback, when: datetime, camera: str = "gate") -> ReviewedFrame:
    """The picture of that instant, when it has come."""
    while (frame := shown(playback, camera)).when != when or not frame.exact:
        pass
    return frame


def same(one: ReviewedFrame, other: ReviewedFrame) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one.moment.result.planes, other.moment.result.planes, strict=True))


def test_it_begins_with_the_first_picture_and_seeks_exactly(player: Player) -> None:
    playback = player("gate")
    assert shown(playback).when == NOON == playback.position
    playback.seek(seconds(1.5))
    frame = arrived(playback, seconds(1.48))  # the first picture comes again where its number was found meanwhile
    assert playback.position == seconds(1.5)
    assert frame.recording.path.name == "gate_20240310_120000.mp4"
    again = playback.take("gate")
    assert again is None or again.when == frame.when


def test_a_picture_looks_the_same_whichever_way_it_was_reached(player: Player) -> None:
    playback = player("gate")
    playback.set_options("gate", EnhanceOptions(temporal=1.0))
    forward = []
    for number in range(1, 6):
        playback.step(1)
        forward.append(arrived(playback, seconds(number * 0.04)))
    for number in (4, 3, 2):
        playback.step(-1)
        assert same(arrived(playback, seconds(number * 0.04)), forward[number - 1])
    playback.seek(seconds(2))
    arrived(playback, seconds(2))
    playback.seek(seconds(0.2))
    assert same(arrived(playback, seconds(0.2)), forward[4])
    assert not same(forward[0], forward[4])


def test_steps_add_up_and_cross_the_borders_of_files(player: Player) -> None:
    playback = player("gate")
    playback.seek(seconds(2.92))
    arrived(playback, seconds(2.92))
    for _ in range(3):
        playback.step(1)
    frame = arrived(playback, seconds(3.04))
    assert frame.recording.path.name == "gate_20240310_120003.mp4"
    playback.step(-4)
    assert arrived(playback, seconds(2.88)).recording.path.name == "gate_20240310_120000.mp4"
    playback.seek(seconds(5.96))
    arrived(playback, seconds(5.96))
    playback.step(1)
    assert arrived(playback, seconds(60)).recording.path.name == "gate_20240310_120100.mp4"
    playback.step(-1)
    arrived(playback, seconds(5.96))


def test_stepping_stops_at_the_first_picture_and_pauses(player: Player) -> None:
    playback = player("gate")
    playback.play()
    playback.step(-200)
    until(lambda: not playback.playing and playback.position == NOON)


def test_all_cameras_follow_the_steps_of_the_first(player: Player) -> None:
    playback = player("yard", "gate")
    playback.step(3)
    assert arrived(playback, seconds(0.2), "yard").when == playback.position
    assert playback.take("gate").when == seconds(0.2)  # type: ignore[union-attr]


def test_frame_numbers_are_known_and_can_be_gone_to(player: Player) -> None:
    playback = player("gate", "yard")
    playback.seek_number("gate", 31)
    frame = arrived(playback, seconds(1.24))
    until(lambda: playback.frame_number("gate") == 31)
    assert playback.position == frame.when
    with pytest.raises(UsageError, match=r"There is no frame 75; this recording has the frames 0 to 74\."):
        playback.seek_number("gate", 75)
    with pytest.raises(UsageError, match="garden is not shown"):
        playback.seek_number("garden", 0)


def test_the_number_of_a_picture_at_rest_comes_when_it_is_known(player: Player) -> None:
    playback = player("gate")
    until(lambda: playback.frame_number("gate") == 0)
    frame = shown(playback)
    while frame.number is None:
        frame = shown(playback)
    assert (frame.when, frame.number) == (NOON, 0)


def test_a_picture_at_rest_follows_its_options(player: Player) -> None:
    playback = player("gate", "yard")
    before = shown(playback)
    playback.set_options("gate", EnhanceOptions(strength=0))
    after = shown(playback)
    assert after.moment.result is after.moment.original
    assert not same(before, after)
    assert playback.options("gate").strength == 0
    assert playback.options("yard") == EnhanceOptions()
    with pytest.raises(ConfigError, match="leave --compare out"):
        playback.set_options("gate", EnhanceOptions(compare="side"))


def test_no_more_pixels_are_computed_than_a_view_shows(player: Player) -> None:
    playback = player("gate")
    frame = shown(playback)
    whole = (frame.moment.original.height, frame.moment.original.width)
    half = (whole[0] // 2, whole[1] // 2)
    playback.painted("garden", (1, 1))  # not shown
    for step in range(2 * REMEMBERED):
        playback.painted("gate", half)
        playback.seek(seconds(0.04 * (step + 1)))
        frame = shown(playback)
    assert frame.moment.dehazed._whole is None
    assert frame.moment.result_for((10, 10)).height == half[0]
    assert (frame.moment.result.height, frame.moment.result.width) == whole


def test_dragging_shows_key_pictures_and_resting_the_exact_one(player: Player) -> None:
    playback = player("gate")
    shown(playback)
    playback.scrub(seconds(1.72))
    while (first := shown(playback)).when == seconds(0):
        pass  # it was on its way
    assert (first.when, first.exact) == (seconds(1), False)
    arrived(playback, seconds(1.72))


def advance(playback: Playback, clock: FakeClock, real_seconds: float) -> None:
    """Let time pass in small steps, on a machine that makes every picture at once."""
    for _ in range(max(1, round(real_seconds / 0.005))):
        until(lambda: not playback.playing or _waits(playback))
        clock.advance(0.005)
    until(lambda: not playback.playing or _waits(playback))


def _waits(playback: Playback) -> bool:
    awaited, position = playback._loop.awaited, playback.position
    return awaited is not None and (awaited > position if playback.speed > 0 else awaited < position)


def test_cameras_stay_in_step_to_one_frame(player: Player) -> None:
    clock = FakeClock()
    playback = player("gate", "yard", now=clock)
    newest = {camera: shown(playback, camera).when for camera in ("gate", "yard")}
    periods = {"gate": 1 / 25, "yard": 1 / 15}
    playback.play()
    worst = dict.fromkeys(periods, 0.0)
    for _ in range(400):
        advance(playback, clock, 0.01)
        for camera in periods:
            frame = playback.take(camera)
            newest[camera] = newest[camera] if frame is None else frame.when
            worst[camera] = max(worst[camera], abs((playback.position - newest[camera]).total_seconds()))
    assert (playback.position - seconds(4)).total_seconds() == pytest.approx(0)
    assert playback.status().skipped == 0
    assert all(worst[camera] <= period + 0.001 for camera, period in periods.items())


@pytest.mark.parametrize(("speed", "skips"), [(0.1, False), (1, False), (-1, False), (4, False), (-2, False), (16, True),
                                              (-16, True), (32, True), (-32, True)])
def test_every_speed_in_both_directions_counts_what_it_passes_over(player: Player, speed: float, skips: bool) -> None:
    clock, numbers, players = FakeClock(), [], list[Playback]()

    def collect() -> None:
        for playback in players:
            if (frame := playback.take("gate")) is not None:
                numbers.append(round((frame.when - NOON) / timedelta(seconds=0.04)))

    players.append(playback := player("gate", now=clock, on_change=collect))
    start = seconds(0.2 if speed > 0 else 5.8)
    playback.seek(start)
    until(lambda: numbers and numbers[-1] == (5 if speed > 0 else 145))
    del numbers[:-1]
    playback.speed = speed
    playback.play()
    reach = 1 + 0.1 * abs(speed) + 0.001 if skips else 0.041  # key pictures are a second apart
    for _ in range(8):
        advance(playback, clock, (0.65 if skips else 0.1) / abs(speed))
        assert abs((playback.position - seconds(numbers[-1] * 0.04)).total_seconds()) < reach
    assert numbers == sorted(numbers, reverse=speed < 0)
    assert playback.status().skipped == abs(numbers[-1] - numbers[0]) - len(set(numbers)) + 1  # known numbers are told anew
    assert (playback.status().skipped > 0) == skips


@pytest.mark.parametrize("speed", [0, 0.05, -0.01, 33, -40])
def test_other_speeds_are_refused(player: Player, speed: float) -> None:
    playback = player()
    with pytest.raises(UsageError, match=r"the speed must be 0\.1 to 32"):
        playback.speed = speed


def test_play_jumps_over_a_long_gap_and_pauses_at_the_end(player: Player) -> None:
    playback = player("gate")
    playback.seek(seconds(5.8))
    arrived(playback, seconds(5.8))
    playback.speed = 2
    playback.play()
    while (frame := shown(playback)).when < seconds(60):
        assert frame.when < seconds(6)
    until(lambda: not playback.playing)
    assert playback.position >= seconds(62.9)
    assert playback.lane("gate").kind == "picture"


def test_a_gap_of_one_camera_is_told_while_the_other_plays_on(player: Player) -> None:
    playback = player("gate", "yard")
    playback.seek(seconds(61))
    until(lambda: playback.lane("yard").kind == "gap")
    state = playback.lane("yard")
    assert (state.text, state.until) == ("yard has no recording from here on.", None)
    playback.seek(seconds(30))
    until(lambda: playback.lane("gate").until == seconds(60))
    assert playback.lane("gate").text == "gate has no recording here."


def test_backwards_through_the_gap_to_the_beginning(player: Player) -> None:
    playback = player("gate")
    playback.seek(seconds(60.2))
    arrived(playback, seconds(60.2))
    playback.speed = -2
    playback.play()
    seen = [shown(playback).when]
    while seen[-1] > seconds(5):
        seen.append(shown(playback).when)
    assert seen == sorted(seen, reverse=True)
    until(lambda: not playback.playing)
    assert playback.position <= seconds(0.1)


def test_a_span_is_repeated(player: Player) -> None:
    playback = player("gate")
    playback.loop = Span(seconds(1), seconds(1.2))
    playback.play()
    seen = [shown(playback).when]
    while sum(when == seconds(1) for when in seen) < 3:
        seen.append(shown(playback).when)
    assert all(seconds(1) <= when < seconds(1.2) for when in seen if when != NOON)
    with pytest.raises(UsageError, match="behind its start"):
        playback.loop = Span(NOON, NOON)


def test_a_file_that_vanished_is_told_and_others_go_on(player: Player, opened: Opened, films: Path, store: Path) -> None:
    for path in films.iterdir():
        (store / path.name).write_bytes(path.read_bytes())
    library = opened()
    for path in store.glob("yard*"):
        path.unlink()
    playback = player("gate", "yard", library=library)
    until(lambda: playback.lane("yard").kind == "damaged")
    assert "does not exist" in playback.lane("yard").text
    playback.step(5)
    arrived(playback, seconds(0.2))


def test_the_picture_stays_while_a_recorder_changes_files(player: Player, opened: Opened, store: Path) -> None:
    slow = Film(frames=4, rate=Fraction(1, 2), time_base=Fraction(1, 1000), options={"g": "1"})  # eight seconds
    for stamp in ("120000", "120009", "120020"):
        write_film(store / f"door_20240310_{stamp}.mkv", slow)
    clock = FakeClock()
    playback = player("door", library=opened(), now=clock)
    playback.seek(seconds(7.9))
    arrived(playback, seconds(6), "door")
    playback.play()
    advance(playback, clock, 0.6)
    assert playback.position > seconds(8.4)
    assert playback.lane("door").kind == "picture"
    playback.seek(seconds(18))
    until(lambda: playback.lane("door").kind == "gap")


def test_how_a_picture_is_to_be_displayed_comes_with_it(player: Player, opened: Opened, store: Path) -> None:
    write_film(store / "door_20240310_120000.mp4", Film(frames=5, rotation=90, aspect=Fraction(4, 3)))
    frame = shown(player("door", library=opened()), "door")
    assert (abs(frame.rotation), frame.sample_aspect) == (90, Fraction(4, 3))


def test_an_engine_that_fails_is_told(library: Library) -> None:
    with SharedEngine(EngineOptions(model="none of ours")) as engine:
        playback = Playback(library, engine)
        playback.show(("gate",))
        until(lambda: playback.lane("gate").kind == "damaged")
        assert "none of ours" in playback.lane("gate").text
        playback.stop()


def test_cameras_come_and_go(player: Player) -> None:
    playback = player("gate")
    playback.show(("gate", "yard", "gate"))
    assert playback.cameras == ("gate", "yard")
    shown(playback, "yard")
    playback.show(("yard",))
    until(lambda: [name for name in threads_of_the_program() if "lane" in name] == ["dehazer-lane-yard"])
    assert playback.take("gate") is None
    playback.show(())
    until(lambda: not [name for name in threads_of_the_program() if "lane" in name])


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_asked_before_a_last_seek_shows_its_picture(player: Player, seed: int) -> None:
    chance, playback = Random(seed), player("gate", "yard")

    def place() -> datetime:
        return seconds(chance.choice((chance.uniform(-1, 7), chance.uniform(59, 64))))

    def set_speed() -> None:
        playback.speed = chance.choice((0.1, 0.5, 1.0, 2.0, 8.0, 32.0, -1.0, -4.0, -32.0))

    def set_loop() -> None:
        start = place()
        playback.loop = chance.choice((None, Span(start, start + timedelta(seconds=chance.uniform(0.01, 3)))))

    commands: tuple[Callable[[], object], ...] = (
        playback.play, playback.play, playback.pause, set_speed, set_loop, lambda: playback.seek(place()),
        lambda: playback.scrub(place()), lambda: playback.step(chance.choice((-3, -1, 1, 2))),
        lambda: playback.show(chance.choice((("gate",), ("gate", "yard"), ("yard", "gate"), ()))),
        lambda: playback.set_options("gate", EnhanceOptions(strength=chance.choice((0.0, 50.0, 100.0)))),
        lambda: playback.take("gate"), lambda: sleep(chance.uniform(0, 0.1)))
    for _ in range(60):
        chance.choice(commands)()
    playback.show(("yard", "gate"))
    playback.pause()
    playback.seek(seconds(4.44))
    arrived(playback, seconds(4.44))
    until(lambda: playback.lane("yard").kind == "picture" and playback.position == seconds(4.44))


def test_it_stops_while_it_plays_and_twice(player: Player) -> None:
    playback = player("gate", "yard")
    playback.speed = 8
    playback.play()
    shown(playback)
    playback.stop()
    playback.stop()
    until(lambda: not [name for name in threads_of_the_program() if "lane" in name or "playback" in name])


def test_an_error_of_the_program_ends_playback_with_a_sentence(library: Library, engine: SharedEngine,
                                                               monkeypatch: pytest.MonkeyPatch,
                                                               caplog: pytest.LogCaptureFixture) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    changes: list[int] = []
    playback = Playback(library, engine, lambda: changes.append(1))
    try:
        playback.show(("gate",))
        until(lambda: playback.take("gate") is not None)
        changes.clear()
        monkeypatch.setattr(playback._loop, "_step", broken)
        playback.step(1)
        until(lambda: playback.lane("gate").kind == "damaged" and bool(changes))
        assert "error in the program" in playback.lane("gate").text
        assert not playback.playing
        assert "nobody foresaw this" in caplog.text
    finally:
        playback.stop()
