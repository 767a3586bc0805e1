"""Two results side by side: every row finds its counterpart, slower is said, and so is what else changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dehazer.bench.compare import compare, comparison_text, read_result
from dehazer.bench.run import Result, Row
from dehazer.cli.bench import main
from dehazer.errors import InputError

MACHINE: dict[str, Any] = {"cpu": "Test", "cores": 2, "memory_gb": 4.0, "system": "x", "python": "3.11.7", "threads": 2,
                           "load": None, "rates": {}, "versions": {"av": "18.1.0"}}


def row(scenario: str, fps: float, precision: str = "fp32", device: str = "cpu", height: int = 720, weights: str = "real") -> Row:
    return Row(scenario, "field", weights, device, precision, height * 16 // 9, height, fps, 1000 / fps, 1200 / fps, 100.0)


def result(*rows: Row, **machine: Any) -> Result:
    return Result({**MACHINE, **machine}, list(rows))


def stored(path: Path, what: Result) -> Path:
    path.write_text(json.dumps(what.as_json()), "utf-8")
    return path


def test_rows_are_paired_whatever_their_order() -> None:
    found = compare(result(row("apply", 100.0), row("paint", 50.0)), result(row("paint", 40.0), row("apply", 150.0)))
    assert [(p.after.scenario, p.ratio) for p in found.pairs] == [("paint", 0.8), ("apply", 1.5)]
    assert found.gone == found.added == ()


def test_only_more_than_the_tolerance_counts() -> None:
    before = result(row("a", 100.0), row("b", 100.0), row("c", 100.0), row("d", 100.0))
    found = compare(before, result(row("a", 91.0), row("b", 89.0), row("c", 111.0), row("d", 50.0)))
    assert [p.after.scenario for p in found.slower(10.0)] == ["d", "b"]
    assert [p.after.scenario for p in found.faster(10.0)] == ["c"]
    assert [p.after.scenario for p in found.slower(50.0)] == []


def test_a_number_format_that_auto_chose_anew_is_paired_and_shown() -> None:
    found = compare(result(row("network", 60.0, "bf16", "cpu (torch)")), result(row("network", 90.0, "int8", "cpu (openvino)")))
    assert [p.ratio for p in found.pairs] == [1.5]
    assert "bf16 → int8" in comparison_text(found, "old.json", 10.0)


def test_several_formats_of_one_scenario_are_paired_by_format_only() -> None:
    found = compare(result(row("network", 60.0, "bf16"), row("network", 40.0, "fp32")),
                    result(row("network", 30.0, "fp32"), row("network", 66.0, "bf16"), row("network", 99.0, "int8")))
    assert [(p.after.precision, round(p.ratio, 2)) for p in found.pairs] == [("fp32", 0.75), ("bf16", 1.1)]
    assert [r.precision for r in found.added] == ["int8"]


def test_rows_of_one_side_alone_are_named() -> None:
    found = compare(result(row("apply", 10.0), row("start", 1.0)), result(row("apply", 10.0), row("apply", 5.0, height=1080)))
    text = comparison_text(found, "old.json", 10.0)
    assert "Only in the other result – field 1280×720 fp32: start." in text
    assert "Only in this result – field 1920×1080 fp32: apply." in text


def test_nothing_in_common_is_said() -> None:
    text = comparison_text(compare(result(row("apply", 10.0)), result(row("paint", 10.0))), "old.json", 10.0)
    assert "no row in common" in text


def test_machines_and_versions_that_differ_are_said_one_sentence_each() -> None:
    then = result(cpu="Old", cores=4, versions={"av": "18.0.0", "torch": "2.13.0"}, load=1.2)
    assert compare(then, result(load=0.1)).differences == (
        "The processor differs: Old then, Test now.", "The number of cores differs: 4 then, 2 now.",
        "av differs: 18.0.0 then, 18.1.0 now.", "torch differs: 2.13.0 then, not installed now.",
        "The machine was busy then: 1.2 runnable processes per core before measuring; ratios of busy machines say little.")
    assert compare(result(), result()).differences == ()


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = result(replace(row("start", 0.5), peak_mb=float("nan")), row("network", 50.0))
    back = read_result(stored(tmp_path / "r.json", written))
    assert back.as_json() == written.as_json()


@pytest.mark.parametrize("text", [
    "", "[1]", "{}", '{"machine": {}, "rows": 5}', '{"machine": {}, "rows": [{"scenario": "x"}]}',
    json.dumps({"machine": {}, "rows": [result(row("a", 1.0)).as_json()["rows"][0] | {"fps": 0}]}),
])
def test_a_file_of_another_kind_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"other\.json .*dehazer-bench --json"):
        read_result(path)


def test_the_command_compares_and_succeeds_even_when_slower(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = stored(tmp_path / "new.json", result(row("apply", 80.0)))
    old = stored(tmp_path / "old.json", result(row("apply", 100.0)))
    assert main(["--read", str(new), "--compare", str(old)]) == 0
    assert "Slower: apply field 1280×720 (20 %)." in capsys.readouterr().out
    assert main(["--read", str(new), "--compare", str(old), "--tolerance", "25"]) == 0
    assert "Nothing became slower." in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "words", "code"), [
    (["--compare", "no-such.json"], "no-such.json cannot be read", 3), (["--read", "no-such.json"], "no-such.json", 3),
    (["--tolerance", "-1"], "--tolerance -1 is not possible", 2),
])
def test_wrong_wishes_are_said_before_anything_is_measured(arguments: list[str], words: str, code: int,
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    assert words in capsys.readouterr().err
