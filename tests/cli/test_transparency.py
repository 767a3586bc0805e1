"""Transparency of films, also that which lies beside the pictures of VP8 and VP9, where FFmpeg's own decoders do not see it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import Run
from tests.ffmpeg import TEST_PICTURES, decoded, ffmpeg_output, film_stream, make, needs_ffmpeg

pytestmark = needs_ffmpeg

RAMP = f"{TEST_PICTURES},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='X*4'"
"""Opacity rises from left to right."""


def write_transparent(path: Path, encoder: str, frames: int = 6) -> Path:
    return make(path, "-c:v", encoder, "-pix_fmt", "yuva420p", "-auto-alt-ref", "0", frames=frames, pictures=RAMP)


def alphas(path: Path, encoder: str) -> np.ndarray:
    """(pictures, 48, 64): what a player sees, which knows of the transparency beside the pictures."""
    raw = ffmpeg_output("-c:v", encoder, "-i", path, "-f", "rawvideo", "-pix_fmt", "yuva444p", "-")
    return np.frombuffer(raw, np.uint8).reshape(-1, 4, 48, 64)[:, 3].astype(int)


@pytest.mark.parametrize("encoder", ["libvpx-vp9", "libvpx"])
@pytest.mark.parametrize("ending", ["webm", "mkv"])
def test_transparency_beside_the_pictures_is_kept(run: Run, tmp_path: Path, encoder: str, ending: str,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    source, target = write_transparent(tmp_path / "in.webm", encoder), tmp_path / f"out.{ending}"
    assert run("--verify", "-v", source, target) == 0
    text = capsys.readouterr().err
    assert "Note: The transparency" not in text
    assert "PASS      transparency: " in text
    before, after = alphas(source, encoder), alphas(target, encoder)
    assert before.shape == after.shape == (6, 48, 64)
    assert np.abs(before - after).mean() < 4
    assert {name.lower(): value for name, value in film_stream(target)["tags"].items()}["alpha_mode"] == "1"


@pytest.mark.parametrize("encoder", ["libvpx-vp9", "libvpx"])
def test_a_span_of_it_begins_between_key_pictures(run: Run, tmp_path: Path, encoder: str) -> None:
    source = make(tmp_path / "in.webm", "-c:v", encoder, "-pix_fmt", "yuva420p", "-auto-alt-ref", "0", "-g", "5", frames=12,
                  pictures=f"{TEST_PICTURES},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='20*N'")
    assert run("--verify", "--start", "0.28", source, tmp_path / "out.webm") == 0
    means = alphas(tmp_path / "out.webm", encoder).mean((1, 2))
    assert np.abs(means - 20 * np.arange(7, 12)).max() < 4


@pytest.mark.parametrize("encoder", ["libvpx-vp9", "libvpx"])
def test_file_types_without_room_beside_the_pictures_are_said_to_lose_it(run: Run, tmp_path: Path, encoder: str,
                                                                         capsys: pytest.CaptureFixture[str]) -> None:
    source = write_transparent(tmp_path / "in.webm", encoder, frames=3)
    assert run("--verify", source, tmp_path / "out.mp4") == 0
    text = capsys.readouterr().err
    assert text.count("cannot hold the transparency") == 1
    assert "cannot store" not in text
    assert "ANNOUNCED transparency: " in text


def test_it_goes_into_other_codecs_and_comes_from_them(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_transparent(tmp_path / "in.webm", "libvpx-vp9")
    assert run("--verify", "--codec", "prores", source, tmp_path / "out.mov") == 0
    assert film_stream(tmp_path / "out.mov")["pix_fmt"].startswith("yuva444p")
    assert run("--verify", tmp_path / "out.mov", tmp_path / "again.webm") == 0
    assert np.abs(alphas(source, "libvpx-vp9") - alphas(tmp_path / "again.webm", "libvpx-vp9")).mean() < 4
    assert "transparency" not in capsys.readouterr().err


def test_pictures_with_transparency_become_a_film_with_it(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        ramp = np.full((48, 64, 4), 128, np.uint8)
        ramp[..., 3] = np.arange(64) * 4
        Image.fromarray(ramp).save(tmp_path / "in" / f"{number}.png")
    assert run(tmp_path / "in", tmp_path / "out.webm") == 0
    assert np.abs(alphas(tmp_path / "out.webm", "libvpx-vp9") - np.arange(64) * 4).mean() < 4
    assert run("--codec", "prores", tmp_path / "in", tmp_path / "out.mov") == 0
    assert "transparency" not in capsys.readouterr().err
    assert len(decoded(tmp_path / "out.mov", "yuva444p")) == 3 * 4 * 48 * 64
    assert run(tmp_path / "in", tmp_path / "out.mp4") == 0
    assert capsys.readouterr().err.count("cannot hold the transparency") == 1


def test_side_by_side_it_is_left_out_and_that_is_said(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_transparent(tmp_path / "in.webm", "libvpx-vp9")
    assert run("--verify", "--compare", "side", source, tmp_path / "out.webm") == 0
    assert "Note: The transparency of the pictures is left out." in capsys.readouterr().err


def test_a_result_that_lost_its_transparency_fails_the_self_check(tmp_path: Path) -> None:
    from dehazer.verification import Promised, verify

    source = write_transparent(tmp_path / "in.webm", "libvpx-vp9")
    opaque = make(tmp_path / "opaque.webm", "-c:v", "libvpx-vp9", "-pix_fmt", "yuva420p", "-auto-alt-ref", "0", frames=6,
                  pictures=f"{TEST_PICTURES},format=yuva420p")
    plain = make(tmp_path / "plain.webm", "-c:v", "libvpx-vp9", frames=6)
    marked = make(tmp_path / "marked.webm", "-c:v", "libvpx-vp9", "-metadata:s:v", "alpha_mode=1", frames=6)
    for result in (opaque, plain, marked):
        verdicts = {check.property: check.verdict for check in verify(source, result, Promised())}
        assert verdicts["transparency"] == "FAIL", result.name
    assert all(check.verdict == "PASS" for check in verify(source, source, Promised()))


def test_it_is_there_after_an_interrupted_run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dehazer.enhance import Enhancer, EstimatedFrame
    from dehazer.errors import DeviceLost
    from dehazer.moment import Moment

    source, finished = write_transparent(tmp_path / "in.webm", "libvpx-vp9", frames=20), Enhancer.finished
    monkeypatch.setattr("dehazer.resume.SEGMENT_SECONDS", 6 / 25)

    def failing(self: Enhancer, estimated: EstimatedFrame) -> Moment:
        if estimated.original.index == 14:
            raise DeviceLost("The device has stopped working.")
        return finished(self, estimated)

    with monkeypatch.context() as patch:
        patch.setattr(Enhancer, "finished", failing)
        assert run("--resume", source, tmp_path / "out.webm") == 1
    report = tmp_path / "report.json"
    assert run("--resume", "--verify", "--report", report, source, tmp_path / "out.webm") == 0
    assert json.loads(report.read_text("utf-8"))["files"][0]["resumed"] == 12
    assert run("--resume", source, tmp_path / "whole.webm") == 0
    assert (alphas(tmp_path / "out.webm", "libvpx-vp9") == alphas(tmp_path / "whole.webm", "libvpx-vp9")).all()
