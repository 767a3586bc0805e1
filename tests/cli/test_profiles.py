"""Options from config.toml and its profiles: the command line comes first, and a wrong name is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dehazer.cli.arguments import read_options
from dehazer.cli.video import read_flags
from dehazer.config import EncodeOptions, EnhanceOptions
from dehazer.errors import ConfigError

CONTENT = """
crf = 20
[profiles.archive]
codec = "ffv1"
no-audio = true
strength = 80
encoder-options = "g=1"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own file."""
    path = tmp_path / "config.toml"
    path.write_text(CONTENT)
    monkeypatch.setattr("dehazer.cli.profiles.config_path", lambda: path)
    return path


def encode(*words: str) -> EncodeOptions:
    return read_options(EncodeOptions, read_flags([*words, "in.mp4", "out.mp4"]))


def test_the_users_file_holds_for_every_run(file: Path) -> None:
    assert encode() == EncodeOptions(crf=20)
    assert encode("--config", "none") == EncodeOptions()


def test_a_profile_comes_before_it_and_the_command_line_before_both(file: Path) -> None:
    assert encode("--profile", "archive") == EncodeOptions("ffv1", 20, encoder_options="g=1", no_audio=True)
    assert encode("--profile", "archive", "--codec", "h264", "--crf", "25").codec == "h264"
    assert encode("--crf", "25").crf == 25
    assert read_options(EnhanceOptions, read_flags(["--profile", "archive", "a", "b"])).strength == 80


def test_another_file_and_words_behind_the_paths(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('preset = "slow"\n')
    assert encode("--config", str(other)) == EncodeOptions(preset="slow")
    flags = read_flags(["in.mp4", "out.mp4", "--profile", "archive"])
    assert (flags.paths, flags.codec) == (["in.mp4", "out.mp4"], "ffv1")


@pytest.mark.parametrize(("content", "words", "code", "said"), [
    ("crff = 20", [], 2, "names the option crff"), ("crf = ", [], 2, "not written as TOML"),
    ("", ["--profile", "web"], 2, "--profile web is not in"), (None, ["--config", "none.toml"], 3, "cannot be read")])
def test_wrong_files_are_sentences(file: Path, capsys: pytest.CaptureFixture[str], content: str | None, words: list[str],
                                   code: int, said: str) -> None:
    file.write_text(content or "")
    with pytest.raises(SystemExit) as caught:
        encode(*words)
    assert caught.value.code == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("content", "said"), [("crf = true", "--crf must be a number"), ("crf = 99", "--crf 99 is outside")])
def test_a_value_that_is_not_allowed_names_the_flag(file: Path, content: str, said: str) -> None:
    file.write_text(content)
    with pytest.raises(ConfigError, match=said):
        encode()
