"""Flags are made from option sets: each type of field is read, limited and told alike."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import pytest

from dehazer import config
from dehazer.cli.arguments import add_options, read_options
from dehazer.config import Checked, option
from dehazer.errors import ConfigError


@dataclass(frozen=True)
class Sample(Checked):
    """One option of each type."""

    share: float = option(0.5, "--share", "a share", low=0, high=1)
    threads: int = option(2, "--threads", "workers", low=1, high=8)
    most: int | None = option(None, "--most", "a limit", low=1)
    name: str | None = option(None, "--name", "a name", metavar="NAME")


def parse(*arguments: str) -> Sample:
    """The option set for a command line."""
    parser = argparse.ArgumentParser("sample")
    add_options(parser, "sample", Sample)
    return read_options(Sample, parser.parse_args(list(arguments)))


def test_every_type_is_read() -> None:
    assert parse() == Sample()
    assert parse("--share", "0.25", "--threads", "4", "--most", "7", "--name", "3") == Sample(0.25, 4, 7, "3")


@pytest.mark.parametrize("text", ["2.5", "two", ""])
def test_a_whole_number_must_be_one(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse("--threads", text)
    assert caught.value.code == 2
    assert f"argument --threads: invalid int value: '{text}'" in capsys.readouterr().err


def test_a_whole_number_outside_its_limits_is_told_with_them() -> None:
    with pytest.raises(ConfigError, match=r"--threads 9 is outside what is allowed: 1 to 8\."):
        parse("--threads", "9")
    with pytest.raises(ConfigError, match=r"--threads must be a whole number, got 2\.5\."):
        Sample(threads=2.5)  # type: ignore[arg-type]


def test_the_help_tells_limits_and_default_of_a_whole_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse("--help")
    assert "--threads N  workers, 1 to 8 (default 2)" in capsys.readouterr().out


def test_the_types_of_an_option_set_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Sample()
    monkeypatch.setattr(config, "get_type_hints", None)
    assert Sample(0.25).share == 0.25
    with pytest.raises(ConfigError, match="--share"):
        Sample(share=2.0)
