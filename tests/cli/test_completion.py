"""--completion: every flag is completed in every shell; bash does it here."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from dehazer.cli.video import SHELLS, build_parser, completion_file, main

FLAGS = [name for action in build_parser()._actions for name in action.option_strings if name.startswith("--")]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_flag_is_known_to_every_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--completion", shell]) == 0
    text = capsys.readouterr().out
    assert [flag for flag in FLAGS if flag.removeprefix("--") not in text] == [], "run scripts/completions.py"


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(("words", "expected"), [(["--comp"], {"--compare", "--completion"}), (["--compare", "s"], {"side"})])
def test_bash_completes(words: list[str], expected: set[str]) -> None:
    line = " ".join(["dehazer-video", *words])
    script = (f"source {completion_file('bash')}; COMP_LINE='{line}'; COMP_WORDS=({line}); COMP_CWORD={len(words)}; "
              "$(complete -p dehazer-video | sed 's/.*-F \\([^ ]*\\).*/\\1/'); printf '%s\\n' \"${COMPREPLY[@]}\"")
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == expected, done.stderr
