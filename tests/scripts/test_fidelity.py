"""A tenth of the matrix of scripts/fidelity.py: nothing changes silently. The whole of it is docs/fidelity.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ffmpeg import needs_ffmpeg

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))


def test_the_matrix_is_large_and_names_every_clip_once() -> None:
    from _fidelity_clips import clips

    names = [clip.name for clip in clips()]
    assert len(names) >= 250
    assert len(set(names)) == len(names)


@needs_ffmpeg
def test_nothing_of_a_tenth_of_all_clips_changes_silently(tmp_path: Path) -> None:
    from _fidelity_clips import clips
    from fidelity import not_kept, outcomes

    found = outcomes(clips()[::10], tmp_path)
    assert len(found) >= 25
    assert [line for line in not_kept(found) if line.startswith("FAIL")] == []
    assert sum(len(outcome.checks) for outcome in found) >= 10 * len(found)


@needs_ffmpeg
def test_a_damaged_result_does_not_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fidelity
    from _fidelity_clips import clips

    from dehazer.sinks._stream_copier import StreamCopier

    monkeypatch.setattr(StreamCopier, "_inside", lambda self, packet: False)
    sounding = [clip for clip in clips() if clip.name == "mp4: sound aac"]
    (outcome,) = fidelity.outcomes(sounding, tmp_path)
    assert [check["property"] for check in outcome.checks if check["verdict"] == "FAIL"]
