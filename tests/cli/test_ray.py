"""--ray: a real cluster of two nodes on loopback, one of which is killed in the middle; results are those of a local run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dehazer.cli.video import main
from dehazer.files.journal import committed
from dehazer.resume import journal_path
from dehazer.sinks._film_journal import PACKET
from tests.cli.conftest import ENVIRONMENT, write_clip, write_picture
from tests.media import Film, Sound, parcels_of, write_film
from tests.waiting import until

PLAIN = ["--device", "cpu", "--backend", "torch", "--precision", "fp32", "--progress", "none"]
NO_RAY = "Ray is not installed (pip install 'dehazer[cluster]')"
MEMORY = 100 * 2**20


def program(*arguments: object) -> list[str]:
    """dehazer-video as a process of its own."""
    code = "import sys; from dehazer.cli.video import main; sys.exit(main())"
    return [sys.executable, "-c", code, *PLAIN, *map(str, arguments)]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two nodes of one core each; all processes of theirs are gone afterwards."""
    pytest.importorskip("ray", reason=NO_RAY)
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("PYTHONPATH", ENVIRONMENT["PYTHONPATH"])
    head = {"num_cpus": 1, "include_dashboard": False, "object_store_memory": MEMORY}
    made = Cluster(initialize_head=True, head_node_args=head)
    made.add_node(num_cpus=1, object_store_memory=MEMORY)
    session = made.head_node.get_session_dir_path()
    try:
        yield made
    finally:
        made.shutdown()
        until(lambda: not processes_of(session), 60)


def processes_of(session: str) -> list[str]:
    """Command lines that name the folder of a cluster's session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return [line for line in found if session in line]


def parts_begun(target: Path) -> int:
    """Parts of an unfinished output of which at least a segment is done; their journals are looked at without a lock."""
    paths = target.parent.glob(f"{journal_path(target).name}.part-*")
    return sum(any(kind == PACKET for kind, _ in committed(path)) for path in paths)


@pytest.mark.timeout(700)
@pytest.mark.filterwarnings("ignore")
def test_a_node_that_is_killed_costs_no_frame_and_changes_none(cluster: Any, tmp_path: Path) -> None:
    names = ("one.mp4", "two.mp4")
    film = Film(frames=240, rate=Fraction(1), width=320, height=240, sounds=(Sound(seconds=30),))
    (tmp_path / "in").mkdir()
    for name in names:  # a frame a second: a segment of ten seconds has ten frames, and a film is made in four parts
        write_film(tmp_path / "in" / name, film)
    write_picture(tmp_path / "in" / "three.png")
    (tmp_path / "in" / "bad.mp4").write_text("no film")
    with subprocess.Popen(program("--ray", cluster.address, "--report", tmp_path / "r.json", tmp_path / "in", tmp_path / "out"),
                          env=ENVIRONMENT, stderr=subprocess.DEVNULL) as run:
        until(lambda: any(parts_begun(tmp_path / "out" / name) > 0 for name in names), 240)
        cluster.remove_node(next(iter(cluster.worker_nodes)), allow_graceful=False)
        assert run.wait(300) == 3  # that of bad.mp4
    assert main([*PLAIN, "-q", "--resume", str(tmp_path / "in"), str(tmp_path / "local")]) == 3
    for name in names:
        for kind in ("video", "audio"):
            assert parcels_of(tmp_path / "out" / name, kind) == parcels_of(tmp_path / "local" / name, kind) != []
    assert (tmp_path / "out" / "three.png").read_bytes() == (tmp_path / "local" / "three.png").read_bytes()
    entries = json.loads((tmp_path / "r.json").read_text())["files"]
    assert sorted(entry.get("exit", 0) for entry in entries) == [0, 0, 0, 3]
    assert any(entry.get("resumed") for entry in entries)
    assert {check["verdict"] for entry in entries for check in entry.get("checks", ())} == {"PASS"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.mp4", "three.png", "two.mp4"]


@pytest.mark.filterwarnings("ignore")
def test_no_cluster_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason=NO_RAY)
    clip = write_clip(tmp_path / "in.mp4")
    done = subprocess.run(program("--ray", "127.0.0.1:1", clip, tmp_path / "out.mp4"), env=ENVIRONMENT, capture_output=True,
                          text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert "No Ray cluster answers at 127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_ray_the_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main([*PLAIN, "--ray", "auto", str(write_clip(tmp_path / "in.mp4")), str(tmp_path / "out.mp4")]) == 2
    assert "dehazer[cluster]" in capsys.readouterr().err


def test_ray_is_not_loaded_unless_asked_for(tmp_path: Path) -> None:
    arguments = [*PLAIN, "-q", str(write_clip(tmp_path / "in.mp4")), str(tmp_path / "out.mp4")]
    code = f"import sys; from dehazer.cli.video import main; main({arguments!r}); print('ray' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "False"
