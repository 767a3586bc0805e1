"""The loop: resumed runs are the same runs, several processes are one, and nothing good is lost."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from dehazer.errors import ConfigError
from training import checkpoint
from training.config import Config, write_config
from training.ema import Average
from training.errors import TrainingError
from training.loop import Run
from training.networks import STUDENTS
from training.optim.build import factor
from training.optim.muon import Muon, orthogonal
from training.precision import faster_precision
from training.teachers import TEACHERS

Make = Callable[..., Config]
FIELD = ("network={name='field', widths=[8, 12, 16], blocks=[1, 1, 1]}", "validate=[]")


def run(config: Config) -> Run:
    made = Run(config, STUDENTS, TEACHERS)
    made.train()
    return made


def field_changes(rooms: Path, cache: Path) -> tuple[str, ...]:
    return (*FIELD, f"data={{name='field-its', indoor='{rooms}', cache='{cache}'}}")


def same_files(one: Path, other: Path) -> None:
    a, b = checkpoint.load(one), checkpoint.load(other)
    for part in ("network", "ema"):
        assert all(torch.equal(a[part][k], b[part][k]) for k in a[part])
    for x, y in zip(a["optimisers"], b["optimisers"], strict=True):
        for number, state in x["state"].items():
            assert all(torch.equal(torch.as_tensor(v), torch.as_tensor(y["state"][number][k])) for k, v in state.items())
    assert all(torch.equal(a["losses"][k], b["losses"][k]) for k in a["losses"])
    assert (a["step"], a["mean"]) == (b["step"], b["mean"])


@pytest.mark.parametrize("optimiser", ["adamw", "muon"])
def test_resumed_field_run_is_bit_identical(
        student_config: Make, rooms: Path, cache: Path, tmp_path: Path, optimiser: str) -> None:
    changes = (*field_changes(rooms, cache), "steps=6", f"optimiser.name={optimiser}", "optimiser.precision=bf16")
    whole = run(student_config(*changes, f"folder={tmp_path / 'whole'}"))
    interrupted(student_config(*changes, f"folder={tmp_path / 'parts'}"), after=3)
    parts = run(student_config(*changes, f"folder={tmp_path / 'parts'}"))
    assert parts.progress.step == whole.progress.step == 6
    same_files(tmp_path / "whole" / "last.pt", tmp_path / "parts" / "last.pt")


def test_resumed_distillation_is_bit_identical(student_config: Make, tmp_path: Path) -> None:
    changes = ("validate=[]", "teacher={name='dsc-mc', checkpoint='random', resolution='hr'}",
               "loss.1={name='feature-affinity', positions=10, weight=0.25}", "optimiser.accumulate=2")
    run(student_config(*changes, f"folder={tmp_path / 'whole'}"))
    interrupted(student_config(*changes, f"folder={tmp_path / 'parts'}"), after=2)
    run(student_config(*changes, f"folder={tmp_path / 'parts'}"))
    same_files(tmp_path / "whole" / "last.pt", tmp_path / "parts" / "last.pt")


def interrupted(config: Config, after: int) -> None:
    """A run that is saved and then killed by Ctrl+C after some steps, in the middle of the next one."""
    made = Run(config, STUDENTS, TEACHERS)
    step = made.step

    def stopping(parts: object) -> float:
        if made.progress.step == after:
            made.save("last")
            step(parts)  # type: ignore[arg-type]  # not saved: must leave no trace
            raise KeyboardInterrupt
        return step(parts)  # type: ignore[arg-type]

    made.step = stopping  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        made.train()


def test_accumulated_parts_are_one_batch(student_config: Make, tmp_path: Path) -> None:
    losses = []
    for parts in (1, 4):
        config = student_config(f"optimiser.accumulate={parts}", f"folder={tmp_path / str(parts)}", "validate=[]")
        made = Run(config, STUDENTS, TEACHERS)
        losses.append([made.step(made.steps[number]) for number in range(3)])
    assert losses[0] == pytest.approx(losses[1], rel=1e-3)  # sums in another order, and Adam divides by small numbers


def test_no_number_stops_the_run_and_keeps_the_last_good_checkpoint(student_config: Make) -> None:
    made = Run(student_config("save_every=0", "steps=6", "validate=[]"), STUDENTS, TEACHERS)
    step = made.step

    def poisoned(parts: object) -> float:
        if made.progress.step == 3:
            with torch.no_grad():
                next(made.model.network.parameters()).fill_(float("nan"))
        return step(parts)  # type: ignore[arg-type]

    made.step = poisoned  # type: ignore[method-assign]
    with pytest.raises(TrainingError, match="stopped at step 3: the loss became nan"):
        made.train()
    state = checkpoint.load(made.folder / "last.pt")
    assert state["step"] == 3
    assert all(torch.isfinite(v).all() for v in state["network"].values())


def test_infinite_gradients_stop_the_run(student_config: Make) -> None:
    made = Run(student_config("validate=[]"), STUDENTS, TEACHERS)
    next(made.model.network.parameters()).register_hook(lambda g: g * float("inf"))
    with pytest.raises(TrainingError, match="the gradient became"):
        made.train()
    assert not (made.folder / "last.pt").exists()


def test_a_failed_save_leaves_the_former_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "last.pt"
    checkpoint.save({"step": 1}, path)

    def full(state: object, stream: object) -> None:
        stream.write(b"half")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OSError, match="No space left"):
        checkpoint.save({"step": 2}, path)
    assert checkpoint.load(path) == {"step": 1}


def test_damaged_and_foreign_checkpoints_are_said(student_config: Make, tmp_path: Path) -> None:
    config = student_config("validate=[]", "steps=1")
    run(config)
    (tmp_path / "half.pt").write_bytes((tmp_path / "run" / "last.pt").read_bytes()[:1000])
    with pytest.raises(TrainingError, match="missing or damaged"):
        checkpoint.load(tmp_path / "half.pt")
    with pytest.raises(TrainingError, match="another network, loss or optimiser"):
        run(student_config("validate=[]", "steps=2", "network.channels=32"))
    with pytest.raises(TrainingError, match="do not fit this network"):
        run(student_config("network.channels=32", f"init={tmp_path / 'run' / 'last.pt'}", f"folder={tmp_path / 'other'}"))


def test_init_starts_from_the_averaged_weights(student_config: Make, tmp_path: Path) -> None:
    run(student_config("validate=[]"))
    made = Run(student_config(f"init={tmp_path / 'run' / 'best.pt'}", f"folder={tmp_path / 'next'}"), STUDENTS, TEACHERS)
    average = checkpoint.load(tmp_path / "run" / "best.pt")["ema"]
    assert all(torch.equal(v, average[k]) for k, v in made.model.network.state_dict().items())


def test_run_folder_tells_everything(student_config: Make, tmp_path: Path) -> None:
    run(student_config("tensorboard=true"))
    folder = tmp_path / "run"
    assert {"best.pt", "config.toml", "last.pt", "log.jsonl", "summary.json", "tensorboard"} <= {p.name for p in folder.iterdir()}
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["steps"] == 4
    assert summary["pictures"] == 16
    assert 5 < summary["psnr"] < 50
    line = json.loads((folder / "log.jsonl").read_text().splitlines()[-1])
    assert line["psnr"] == summary["psnr"]


def test_best_is_kept_when_it_gets_worse(student_config: Make) -> None:
    made = Run(student_config("validate_every=0", "steps=3"), STUDENTS, TEACHERS)
    values = iter([10.0, 30.0, 20.0])
    made.validators = [lambda restore, prediction: {"psnr": next(values)}]
    made.train()
    assert checkpoint.load(made.folder / "best.pt")["step"] == 2
    assert checkpoint.load(made.folder / "last.pt")["step"] == 3


def test_a_part_of_a_network_learns_and_the_rest_stays(
        student_config: Make, rooms: Path, cache: Path, tmp_path: Path) -> None:
    """Weights and statistics of batch normalisation alike; the state after a step that is to be kept is kept."""
    changes = (*field_changes(rooms, cache), "keep=[2]", "steps=3")
    config = student_config(*changes, "optimiser.only=['leave1', 'head']", f"folder={tmp_path / 'run'}")
    made = Run(config, STUDENTS, TEACHERS)
    before = {name: value.clone() for name, value in made.model.network.state_dict().items()}
    made.train()
    after = made.model.network.state_dict()
    changed = {name.split(".")[0] for name, value in after.items() if not torch.equal(value, before[name])}
    assert "head" in changed
    assert changed <= {"leave1", "head"}
    assert torch.equal(made.model.network.leave1[0].norm.running_mean, before["leave1.0.norm.running_mean"])
    assert checkpoint.load(tmp_path / "run" / "step2.pt")["step"] == 2
    with pytest.raises(ConfigError, match=r"no layer 'tail'.*head"):
        Run(student_config(*changes, "optimiser.only=['tail']"), STUDENTS, TEACHERS)


def test_a_spike_is_not_learnt_from(student_config: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Run(student_config("optimiser.spike=2.0", "validate=[]"), STUDENTS, TEACHERS)
    made.step(made.steps[0])
    before = {k: v.clone() for k, v in made.model.network.state_dict().items()}
    made.progress.mean = 1e-6
    made.step(made.steps[1])
    assert all(torch.equal(v, before[k]) for k, v in made.model.network.state_dict().items())


def test_precisions_and_memory_formats_train(student_config: Make, tmp_path: Path) -> None:
    for precision in ("fp32", "bf16", "fp16"):
        made = run(student_config(f"optimiser.precision={precision}", "validate=[]", "optimiser.channels_last=false", "steps=2",
                                  f"folder={tmp_path / precision}"))
        assert all(torch.isfinite(p).all() for p in made.model.network.parameters())


def test_two_processes_give_the_loss_of_one(student_config: Make, tmp_path: Path) -> None:
    """torchrun with gloo at equal global batch, feature affinity included (AdamW: Muon's bfloat16 enlarges rounding)."""
    config = student_config("validate=[]", "optimiser.name=adamw", "teacher={name='dsc-mc', checkpoint='random'}", "threads=1",
                            "loss.1={name='feature-affinity', weight=0.25, positions=16}")
    one = run(dataclasses.replace(config, folder=str(tmp_path / "one")))
    write_config(dataclasses.replace(config, folder=str(tmp_path / "two")), tmp_path / "two.toml")
    done = subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m", "training.distill",
         "--config", str(tmp_path / "two.toml")], capture_output=True, text=True, timeout=240, cwd=Path(__file__).parents[2],
        env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    two = checkpoint.load(tmp_path / "two" / "last.pt")
    assert two["mean"] == pytest.approx(one.progress.mean, rel=1e-5)
    for name, value in one.model.network.state_dict().items():
        assert torch.allclose(two["network"][name], value, atol=1e-5)


def test_teachers_are_asked_for_in_words(student_config: Make) -> None:
    affinity = "loss.1={name='feature-affinity'}"
    with pytest.raises(ConfigError, match="needs a teacher"):
        Run(student_config(affinity), STUDENTS, TEACHERS)
    with pytest.raises(ConfigError, match=r"has no weights: set teacher.checkpoint"):
        Run(student_config(affinity, "teacher={name='mc'}"), STUDENTS, TEACHERS)
    with pytest.raises(ConfigError, match="choose one of: fsrcnn-2x"):
        Run(student_config(affinity, "teacher={name='vgg', checkpoint='random'}"), STUDENTS, TEACHERS)
    with pytest.raises(ConfigError, match="cannot be a teacher"):
        Run(student_config(affinity, "teacher={name='field', checkpoint='random'}"), STUDENTS, TEACHERS | STUDENTS)


@pytest.mark.parametrize(("change", "words"), [
    ("data.name=coco", "no data called"), ("data.colour=3", "settings of the data rgbd-its"),
    ("loss.0.name=gan", "no loss called"), ("loss.0.power=2", "settings of the loss mse"),
    ("validate.0.name=fid", "no validation called"), ("validate.0.colour=1", "settings of the validation scenes"),
    ("optimiser.name=sgd", "no optimiser called"), ("optimiser.schedule=step", "no schedule called"),
])
def test_unknown_parts_are_named(student_config: Make, change: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        Run(student_config(change), STUDENTS, TEACHERS)


def test_schedules(student_config: Make) -> None:
    optimiser = student_config("optimiser.warmup=10", "optimiser.final=0.1").optimiser
    assert factor(0, 0, optimiser) == pytest.approx(0.1)
    assert factor(0.5, 500, optimiser) == pytest.approx(0.55)
    assert factor(1, 1000, optimiser) == pytest.approx(0.1)
    cycles = dataclasses.replace(optimiser, schedule="cycles", warmup=0, cycles=3, final=0.0)
    assert [round(factor(p, 0, cycles), 3) for p in (0, 1 / 6, 0.334, 1)] == [1, 0.5, 1, 0]
    paper = dataclasses.replace(optimiser, schedule="decay", warmup=0)
    assert [factor(p, 0, paper) for p in (0, 0.04, 0.051, 0.999)] == pytest.approx([1, 1, 0.98, 0.98**19])


def test_average_forgets_the_start_quickly() -> None:
    network = torch.nn.Linear(1, 1)
    with torch.no_grad():
        network.weight.fill_(0)
    average = Average(network, 0.999)
    with torch.no_grad():
        network.weight.fill_(1)
    for step in range(1, 101):
        average.update(network, step)
    assert average.state["weight"].item() > 0.99


def test_muon_moves_along_orthogonal_matrices() -> None:
    torch.manual_seed(0)
    for shape in ((16, 40), (40, 16)):
        values = torch.linalg.svdvals(orthogonal(torch.randn(*shape)).float())
        assert values.min() > 0.6
        assert values.max() < 1.3
    target, weight = torch.randn(8, 8), torch.nn.Parameter(torch.zeros(8, 8))
    muon = Muon([weight], lr=0.05, weight_decay=0.0)
    for _ in range(100):
        muon.zero_grad()
        (weight - target).square().sum().backward()
        muon.step()
    assert (weight - target).abs().max() < 0.5


def test_an_average_that_begins_on_resuming_begins_at_the_weights(student_config: Make) -> None:
    run(student_config("optimiser.ema=0", "validate=[]", "steps=3"))
    config = student_config("optimiser.ema=0.999", "validate=[]", "steps=4", "optimiser.lr=1e-12", "optimiser.muon_lr=1e-12")
    made = Run(config, STUDENTS, TEACHERS)
    trained = checkpoint.load(made.folder / "last.pt")["network"]
    made.train()
    average = checkpoint.load(made.folder / "last.pt")["ema"]
    assert all(torch.allclose(average[name], value, atol=1e-6) for name, value in trained.items())


def test_gradients_are_exchanged_once_a_step(student_config: Make, tmp_path: Path) -> None:
    """However many parts a batch has: exchanging them after each part costs as many times the traffic."""
    torch.distributed.init_process_group("gloo", store=torch.distributed.HashStore(), rank=0, world_size=1)
    try:
        exchanged = [exchanges(student_config(f"optimiser.accumulate={parts}", "validate=[]")) for parts in (1, 4)]
    finally:
        torch.distributed.destroy_process_group()
    assert exchanged[0] == exchanged[1] > 0


def exchanges(config: Config) -> int:
    """How many buckets of gradients one step sends around."""
    made, sent = Run(config, STUDENTS, TEACHERS), []

    def count(state, bucket):  # torch compares annotations with its own classes, and these are strings here
        sent.append(bucket.index())
        done: torch.futures.Future[torch.Tensor] = torch.futures.Future()
        done.set_result(bucket.buffer())
        return done

    made.module = torch.nn.parallel.DistributedDataParallel(made.model)
    made.module.register_comm_hook(None, count)
    for number in range(2):
        sent.clear()
        made.step(made.steps[number])
    return len(sent)


def test_checkpoints_hold_nothing_that_is_not_read(student_config: Make) -> None:
    made = run(student_config("validate=[]"))
    assert "rng" not in checkpoint.load(made.folder / "last.pt")


def test_the_faster_precision_is_chosen_and_kept(student_config: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = {"fp32": 2.0, "bf16": 1.0}
    monkeypatch.setattr("training.precision.seconds_per_step", lambda model, batch, teacher, precision: seconds[precision])
    made = run(student_config("optimiser.precision=auto", "validate=[]", "steps=2"))
    assert made.precision == "bf16"
    assert json.loads((made.folder / "summary.json").read_text())["precision"] == "bf16"
    seconds["bf16"] = 3.0
    again = run(student_config("optimiser.precision=auto", "validate=[]", "steps=3"))
    assert again.precision == "bf16"  # a resumed run goes on as it was
    fresh = run(student_config("optimiser.precision=auto", "validate=[]", "folder=" + str(made.folder) + "-other"))
    assert fresh.precision == "fp32"


def test_measuring_the_precision_leaves_the_network_alone(student_config: Make, rooms: Path, cache: Path) -> None:
    made = Run(student_config(*field_changes(rooms, cache), "optimiser.precision=auto"), STUDENTS, TEACHERS)
    before = {name: value.clone() for name, value in made.model.state_dict().items()}
    assert faster_precision(made.model, made.steps[0][0], made.teacher, made.processes, made.device) in ("fp32", "bf16")
    assert all(torch.equal(value, before[name]) for name, value in made.model.state_dict().items())
    assert all(p.grad is None for p in made.model.parameters())


def test_a_loss_looked_at_seldom_trains_the_same_and_still_stops_a_broken_run(student_config: Callable[..., Config]) -> None:
    often, seldom = (Run(student_config(f"optimiser.check={check}"), STUDENTS, TEACHERS) for check in (1, 3))
    for made in (often, seldom):
        for step in range(4):
            made.step(made.steps[step])
    both = zip(often.model.network.parameters(), seldom.model.network.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in both)
    assert seldom.loss == pytest.approx(often.loss)  # step 3 was looked at
    next(seldom.model.network.parameters()).data.fill_(torch.nan)
    seldom.step(seldom.steps[4])  # not looked at
    seldom.step(seldom.steps[5])
    with pytest.raises(TrainingError, match="loss became nan"):
        seldom.step(seldom.steps[6])
