"""--bitrate, --tune and --encoder-options reach the encoder, and what it does not know is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from dehazer.config import EncodeOptions
from dehazer.errors import ConfigError, EncoderError
from tests.media import Film, write_film
from tests.sinks.passing import passed


@pytest.fixture
def noisy(tmp_path: Path) -> Path:
    return write_film(tmp_path / "in.mkv", Film(codec="ffv1", frames=25, width=320, height=240, smooth=False))


def size(path: Path) -> int:
    with av.open(str(path)) as file:
        return sum(packet.size for packet in file.demux(video=0))


def settings_of(path: Path) -> str:
    """The settings x264 writes into its first packet."""
    with av.open(str(path)) as file:
        return bytes(next(file.demux(video=0))).decode("latin-1")


def test_a_bit_rate_is_kept_in_place_of_a_quality(noisy: Path, tmp_path: Path) -> None:
    for rate, told in (("200k", "bitrate=200 "), ("0.8M", "bitrate=800 ")):
        passed(noisy, tmp_path / f"{rate}.mp4", codec="h264", bitrate=rate)
        assert "rc=abr" in settings_of(tmp_path / f"{rate}.mp4")
        assert told in settings_of(tmp_path / f"{rate}.mp4")
    assert size(tmp_path / "200k.mp4") < size(tmp_path / "0.8M.mp4")


@pytest.mark.parametrize("codec", ["h264", "hevc", "vp9", "mpeg4"])
def test_every_encoder_takes_a_bit_rate(noisy: Path, tmp_path: Path, codec: str) -> None:
    sizes = [size(passed(noisy, tmp_path / f"{rate}.mkv", codec=codec, bitrate=rate).path) for rate in ("100k", "3M")]
    assert sizes[0] < 0.8 * sizes[1]


def test_tune_and_other_options_reach_the_encoder(noisy: Path, tmp_path: Path) -> None:
    passed(noisy, tmp_path / "out.mp4", codec="h264", tune="grain", encoder_options="g=5,x264-params=ref=2:me=umh")
    settings = settings_of(tmp_path / "out.mp4")
    assert "keyint=5" in settings
    assert "me=umh" in settings
    assert "deadzone=6,6" in settings  # what x264 means by grain


@pytest.mark.parametrize(("asked", "words"), [
    ({"bitrate": "fast"}, "--bitrate fast"), ({"bitrate": "0"}, "--bitrate 0"),
    ({"encoder_options": "g"}, "name=value"), ({"encoder_options": "keyintt=5"}, "libx264 has no option keyintt"),
    ({"codec": "ffv1", "tune": "grain"}, "--tune: ffv1 has no option tune"),
])
def test_what_an_encoder_does_not_know_is_refused(noisy: Path, tmp_path: Path, asked: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        passed(noisy, tmp_path / "out.mkv", **{"codec": "h264", **asked})
    assert list(tmp_path.iterdir()) == [noisy]


def test_a_tune_that_the_encoder_does_not_have_fails_before_the_first_frame(noisy: Path, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="check --tune fog, or"):
        passed(noisy, tmp_path / "out.mp4", codec="h264", tune="fog")


def test_quality_and_bit_rate_contradict_each_other() -> None:
    with pytest.raises(ConfigError, match="--bitrate and --crf"):
        EncodeOptions(crf=20, bitrate="4M")
