"""A campaign: runs one after the other in the background, that can be asked, go on after an interruption and survive failures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from safetensors.torch import load_file

from dehazer.errors import ConfigError
from tests.waiting import until
from training import campaign as c
from training.config import read_toml

CONFIGS = Path(__file__).parents[2] / "training" / "configs"
MINUTES = 0.02


def plan(tmp_path: Path, rooms: Path, *more: str) -> Path:
    """A student, a student that starts from it, and what `more` says, as a plan on tiny data."""
    data = [f"data.indoor={rooms}", f"validate.0.indoor={rooms}", "network.inner=1", "device=cpu"]
    stages = [("first", data), ("second", [*data, "init={folder}/first/best.pt"])]
    text = f'folder = "{tmp_path / "run"}"\n'
    for name, changes in stages:
        text += (f'[[stage]]\nname = "{name}"\nconfig = "{CONFIGS / "campaign_student.toml"}"\nshare = 1.0\n'
                 f"changes = {json.dumps(changes)}\n")
    path = tmp_path / "plan.toml"
    path.write_text(text + "".join(more), "utf-8")
    return path


def asked(path: Path, *words: str) -> dict[str, object]:
    given = ["--plan", str(path), "--minutes", str(2 * MINUTES), "--rehearse", *words]
    return c.campaign(c.parser().parse_args(given), given)


def test_runs_follow_each_other_and_leave_their_weights(tmp_path: Path, rooms: Path) -> None:
    path = plan(tmp_path, rooms)
    asked(path, "--foreground")
    folder = tmp_path / "run-rehearsal"
    state = c.read_state(folder)
    assert state["stages"] == {"first": "done", "second": "done"}, (folder / c.LOG).read_text()
    for name in ("first", "second"):
        assert load_file(folder / "out" / f"{name}.safetensors")
        summary = json.loads((folder / "out" / f"{name}.json").read_text())
        assert summary["steps"] > 0
        assert summary["minutes"] == pytest.approx(MINUTES, rel=2)  # the last step may overrun so short a budget
    told = asked(path, "--status")
    assert str(told["first"]).startswith("done {")
    before = state["seconds"]
    asked(path, "--foreground")  # nothing is left to do
    assert c.read_state(folder)["seconds"] == before


def test_a_failed_run_is_told_and_does_not_stop_the_next(tmp_path: Path, rooms: Path) -> None:
    broken = '[[stage]]\nname = "broken"\nconfig = "nowhere.toml"\nshare = 0.1\n'
    made = read_toml(c.Plan, plan(tmp_path, rooms, broken))
    made = c.rehearsed(c.Plan(made.folder, (made.stage[2], made.stage[0])))
    told = c.Campaign(made, tmp_path / "run", tmp_path / "out", MINUTES).run()
    assert told["broken"] == "failed"
    assert str(told["first"]).startswith("done"), (tmp_path / "run" / c.LOG).read_text()
    assert "nowhere.toml" in (tmp_path / "run" / c.LOG).read_text()
    assert [p.name for p in sorted((tmp_path / "out").iterdir())] == ["first.json", "first.safetensors"]


def test_it_runs_in_the_background_once(tmp_path: Path, rooms: Path) -> None:
    path, folder = plan(tmp_path, rooms), tmp_path / "run-rehearsal"
    asked(path)
    until(lambda: c.read_state(folder))
    with pytest.raises(ConfigError, match="is running already"):
        asked(path)
    until(lambda: c.finished(folder), 120)
    c.STARTED.pop().wait()
    assert set(c.read_state(folder)["stages"].values()) == {"done"}, (folder / c.LOG).read_text()


def test_the_plan_in_the_repository_is_one() -> None:
    made = read_toml(c.Plan, c.PLAN)
    assert sum(stage.share for stage in made.stage) == pytest.approx(1)
    assert all((CONFIGS.parents[1] / stage.config).is_file() for stage in made.stage)
    command = c.Campaign(made, Path("there"), Path("out"), 25.0).command(made.stage[1])
    assert "init=there/student/best.pt" in command
    assert "minutes=6.250" in command


ONE = c.Stage("one", "one.toml", 1.0)


@pytest.mark.parametrize(("stages", "match"), [
    ((), "at least one"), ((ONE, ONE), "one name"), ((c.Stage("none", "none.toml", 0.0),), "above 0")])
def test_plans_are_checked(stages: tuple[c.Stage, ...], match: str) -> None:
    with pytest.raises(ConfigError, match=match):
        c.Plan("folder", stages)


def test_a_rehearsal_needs_no_teacher_that_is_trained() -> None:
    made = c.rehearsed(read_toml(c.Plan, c.PLAN))
    told = {stage.name: "teacher.checkpoint=random" in stage.changes for stage in made.stage}
    assert told == {"student": False, "student_fam": True, "field_its": False}


def test_nothing_to_tell_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no campaign"):
        c.standing(tmp_path)
