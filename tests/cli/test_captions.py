"""Closed captions inside the pictures of television films survive, where the codec of the result has a place for them; what no
encoder writes is said."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from av.sidedata.sidedata import Type as SideDataType

from dehazer.files.media import side_data
from dehazer.sinks._captions import with_captions
from tests.cli.conftest import Run
from tests.media import Film, picture, write_film

FRAMES = 12


def write_captioned(path: Path, encoder: str, codec: str) -> Path:
    """A film with other captions in every picture, zeros among them, as start codes would need them escaped."""
    film = Film(codec=encoder, frames=FRAMES)
    options = {"x265-params": "log-level=none"} if encoder == "libx265" else {"bf": "2"}
    with av.open(str(path), "w") as file:
        stream = file.add_stream(encoder, rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = film.width, film.height, film.pix_fmt
        for index in [*range(FRAMES), None]:
            for packet in stream.encode(None if index is None else picture(film, index)):
                number = round(packet.pts * packet.time_base * 25)
                made = with_captions(packet, codec, bytes([0xFC, 0x80 + number, 0x81, 0xFD, 0, 0, 0, 0, number]))
                made.stream = stream
                file.mux(made)
    return path


def captions_of(path: Path) -> list[bytes]:
    """As FFmpeg decodes them, in order of showing."""
    with av.open(str(path)) as file:
        return [side_data(shown).get(SideDataType.A53_CC, b"") for shown in file.decode(video=0)]


FILMS = {"h264": ("libx264", "ts"), "hevc": ("libx265", "mp4"), "mpeg2video": ("mpeg2video", "ts")}


@pytest.mark.parametrize("codec", FILMS)
@pytest.mark.parametrize("ending", ["ts", "mkv", "mp4"])
def test_captions_stay_in_their_pictures(run: Run, tmp_path: Path, codec: str, ending: str,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    encoder, given = FILMS[codec]
    source = write_captioned(tmp_path / f"in.{given}", encoder, codec)
    expected = captions_of(source)
    assert len(set(expected)) == FRAMES
    assert run("--verify", "-v", source, tmp_path / f"out.{ending}") == 0
    assert captions_of(tmp_path / f"out.{ending}") == expected
    assert "PASS      closed captions: in 12 pictures" in capsys.readouterr().err


def test_captions_stay_in_a_span_and_across_codecs(run: Run, tmp_path: Path) -> None:
    source = write_captioned(tmp_path / "in.ts", "mpeg2video", "mpeg2video")
    assert run("--verify", "--start", "0.2", "--codec", "h264", source, tmp_path / "out.mkv") == 0
    assert captions_of(tmp_path / "out.mkv") == captions_of(source)[5:]
    assert run("--verify", "--resume", source, tmp_path / "resumed.mkv") == 0
    assert captions_of(tmp_path / "resumed.mkv") == captions_of(source)


def test_a_codec_without_captions_is_announced(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_captioned(tmp_path / "in.ts", "libx264", "h264")
    assert run("--verify", "--codec", "mpeg4", source, tmp_path / "out.mkv") == 0
    text = capsys.readouterr().err
    assert text.count("Note: mpeg4 is written without the closed captions") == 1
    assert "ANNOUNCED closed captions" in text


def test_what_no_encoder_writes_is_announced(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_film(tmp_path / "in.mp4", Film(frames=3, options={"x264-params": "frame-packing=3"}))
    assert run("--verify", source, tmp_path / "out.mp4") == 0
    text = capsys.readouterr().err
    assert text.count("Note: What the pictures say of 3D layout is left out") == 1
    assert "ANNOUNCED further metadata: 3D layout -> none" in text
