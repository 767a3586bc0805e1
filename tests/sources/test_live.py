"""Live sources behind the one door for all sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from dehazer.api import Dehazer
from dehazer.config import DecodeOptions
from dehazer.errors import UsageError
from dehazer.sources import SOURCES, open_source
from tests.servers import HttpCamera


@pytest.mark.parametrize(("where", "name"), [("rtsp://cam/x", "stream"), ("camera:0", "camera"), ("/dev/video7", "camera"),
                                             ("clip.mp4", "file")])
def test_addresses_and_cameras_are_told_from_files(where: str, name: str) -> None:
    assert next(kind for kind in SOURCES if kind.matches(where)).name == name


def test_a_file_that_is_called_like_a_camera_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("camera:0").write_bytes(b"x")
    assert next(kind for kind in SOURCES if kind.matches("camera:0")).name == "file"


def test_a_stream_opens_like_any_source() -> None:
    with HttpCamera() as camera, open_source(camera.url) as source:
        frames = iter(source)
        assert [next(frames).index for _ in range(3)] == [0, 1, 2]
        with pytest.raises(UsageError, match="cannot be searched"):
            source.seek(1.0)


def test_live_sources_have_no_beginning() -> None:
    with pytest.raises(UsageError, match="no beginning"):
        open_source("rtsp://cam/x", DecodeOptions(start=1.0))


def test_what_a_stream_gave_until_it_was_cut_is_an_error_for_a_file(random_weights: Path, tmp_path: Path) -> None:
    """A plain run does not reconnect: it says what happened, and leaves nothing half-made."""
    from dehazer.errors import LinkError

    frames = []

    def watch(_: object) -> None:
        frames.append(1)
        if len(frames) == 5:
            camera.cut()

    with HttpCamera() as camera, pytest.raises(LinkError):
        Dehazer(device="cpu").video(camera.url, tmp_path / "out.mkv", observer=watch)
    assert list(tmp_path.iterdir()) == []
