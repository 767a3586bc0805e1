"""The contract of `FieldStage`, run over every entry of STAGES."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from dehazer.config import EnhanceOptions, options_of
from dehazer.errors import ConfigError, UsageError
from dehazer.field.haze_field import HazeField
from dehazer.stages import STAGES, StageKind
from dehazer.stages.base import FrameContext

OPTIONS = options_of(EnhanceOptions)
stages = pytest.mark.parametrize("kind", STAGES, ids=lambda kind: kind.option)


def fields(count: int = 6) -> list[tuple[HazeField, FrameContext]]:
    """Fields and small pictures of a scene whose haze and light change from frame to frame."""
    generator = np.random.default_rng(7)
    given = []
    for index in range(count):
        gain = 1 + generator.random((1, 3, 4), np.float32)
        small = generator.random((3, 6, 8), np.float32) * np.float32(0.02) + np.float32(0.4)
        offset = np.repeat(np.float32(0.8) * (1 - gain), 3, axis=0)
        given.append((HazeField(gain, offset), FrameContext(small, index / 25)))
    return given


def value_of(kind: StageKind) -> float:
    """A value of its option that does something."""
    option = OPTIONS[kind.option]
    assert option.low is not None
    assert option.high is not None
    return option.low + 0.6 * (option.high - option.low)


def gains(kind: StageKind, stage: object, given: list[tuple[HazeField, FrameContext]]) -> list[NDArray[np.float32]]:
    return [stage(field, view).gain for field, view in given]  # type: ignore[operator]


def test_every_stage_has_an_option_of_its_own_and_every_number_drives_a_stage() -> None:
    names = [kind.option for kind in STAGES]
    assert len(set(names)) == len(names)
    assert set(names) == {name for name, option in OPTIONS.items() if option.high is not None}
    assert set(names) == {name for name, option in OPTIONS.items() if option.title}, "the window makes its rows from the titles"


def test_the_meter_reads_the_field_before_anything_hides_haze() -> None:
    assert any(kind.measured for kind in STAGES)
    assert not any(kind.measured and kind.per_frame for kind in STAGES)


@stages
def test_all_values_of_the_option_build_it_and_others_are_refused(kind: StageKind) -> None:
    option = OPTIONS[kind.option]
    assert option.low is not None
    assert option.high is not None
    for value in (option.low, value_of(kind), option.high):
        kind.build(value)
    for value in (option.low - 1, option.high + 1):
        with pytest.raises(UsageError):
            kind.build(value)
        with pytest.raises(UsageError):
            kind.update(kind.build(option.low), value)
        with pytest.raises(ConfigError):
            EnhanceOptions(**{kind.option: value})


@stages
def test_a_field_keeps_its_shape_and_stays_a_field(kind: StageKind) -> None:
    stage = kind.build(value_of(kind))
    for field, view in fields():
        out = stage(field, view)
        assert out.gain.shape == field.gain.shape
        assert float(out.gain.min()) >= 1 - 1e-6
        assert np.isfinite(out.offset).all()


@stages
def test_a_reset_stage_answers_like_a_new_one(kind: StageKind) -> None:
    stage = kind.build(value_of(kind))
    first = gains(kind, stage, fields())
    stage.reset()
    assert all(np.array_equal(a, b) for a, b in zip(first, gains(kind, stage, fields()), strict=True))


@stages
def test_an_updated_stage_ends_up_as_one_built_so(kind: StageKind) -> None:
    option = OPTIONS[kind.option]
    assert option.low is not None
    stage = kind.build(option.low)
    kind.update(stage, value_of(kind))
    expected = gains(kind, kind.build(value_of(kind)), fields())
    assert all(np.array_equal(a, b) for a, b in zip(gains(kind, stage, fields()), expected, strict=True))


@stages
def test_it_says_whether_the_frame_went_through_untouched(kind: StageKind) -> None:
    stage = kind.build(value_of(kind))
    out = [stage(field, view) for field, view in fields()][-1]
    assert not stage.untouched or out.neutral


@stages
def test_one_that_is_restored_answers_as_if_it_had_seen_all_frames(kind: StageKind) -> None:
    given = fields()
    whole = gains(kind, kind.build(value_of(kind)), given)
    first, second = kind.build(value_of(kind)), kind.build(value_of(kind))
    second.restore(first.state())  # of a beginning
    gains(kind, first, given[:4])
    second.restore(first.state())
    assert all(np.array_equal(a, b) for a, b in zip(whole[4:], gains(kind, second, given[4:]), strict=True))
