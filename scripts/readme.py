"""Fill the tables of README.md, training/README.md and the guide from measured files and lists; none of them is typed by hand.

    python scripts/readme.py --measure      # quality: evaluate the packaged weights on the data that is there, then fill
    python scripts/readme.py                # fill from docs/measured/*.json (scripts/bench.py and bench_gui.py write with --json;
                                            # speed.json and gui.json, and of other machines speed-NAME.json and gui-NAME.json)
    python scripts/readme.py --check        # change nothing; exit code 1 where a table is not what it should be
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MEASURED = ROOT / "docs" / "measured"
DATA = ROOT.parent / "shared" / "data"
SETS = {
    "sots-indoor-sample": "SOTS indoor, 30 of 500", "sots-outdoor-sample": "SOTS outdoor, 5 of 500", "hsts-synthetic": "HSTS, 10",
}
SUBJECTS = (("input", None), ("field", "its"), ("field", "real"), ("student", "its"))
SCENARIOS = ("network", "apply", "decode_to_paint", "decode_to_encode")


def measure() -> None:
    """One JSON file per model and set, through `training.evaluate`; sets and weights that are not there are left out."""
    from dehazer.models.weights import FOLDER

    MEASURED.mkdir(parents=True, exist_ok=True)
    for model, weights in SUBJECTS:
        if weights and not (FOLDER / f"{model}-{weights}.safetensors").exists():
            continue
        for name in filter(lambda n: (DATA / n).exists(), SETS):
            target = MEASURED / f"quality-{model}-{weights or 'none'}-{name}.json"
            chosen = ["--weights", weights] if weights else []
            subprocess.run([sys.executable, "-m", "training.evaluate", "--data", str(DATA / name), "--model", model, *chosen,
                            "--json", str(target)], check=True, cwd=ROOT)
            _slim(target)


def _slim(path: Path) -> None:
    """Keep the summary, with machine and date; the line per picture is not for the repository."""
    from training.machine import machine

    content = json.loads(path.read_text())
    kept = {k: v for k, v in content.items() if k != "images"}
    kept |= {"machine": machine(), "date": date.today().isoformat()}
    path.write_text(json.dumps(kept, indent=1) + "\n")


def quality_table() -> str:
    """PSNR and SSIM by model and set."""
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted(MEASURED.glob("quality-*.json")):
        content = json.loads(path.read_text())
        title = "hazy input" if content["model"] == "input" else f"{content['model']}, `{content['weights']}`"
        rows.setdefault(title, {})[content["data"]] = content
    lines = ["| | " + " | ".join(SETS.values()) + " |", "|---|" + "---|" * len(SETS)]
    order = sorted(rows, key=lambda t: t != "hazy input")
    for title in order:
        lines.append(f"| {title} | " + " | ".join(_cell(rows[title].get(name)) for name in SETS) + " |")
    return "\n".join([*lines, "", f"Measured by `scripts/readme.py --measure`: {_measurements(rows)}."])


def _measurements(rows: dict[str, dict[str, Any]]) -> str:
    """Which rows were measured when and where; each set of weights is measured again only when it is exchanged."""
    places: dict[str, list[str]] = {}
    for title, row in rows.items():
        for place in dict.fromkeys(f"on {one['date']} ({one['machine']})" for one in row.values()):
            places.setdefault(place, []).append(title)
    return "; ".join(f"{', '.join(titles)} {place}" for place, titles in sorted(places.items()))


def _cell(content: dict[str, Any] | None) -> str:
    return "–" if content is None else f"{content['psnr ffa']:.2f} dB / {content['ssim ffa']:.3f}"


def measured(name: str) -> list[dict[str, Any]]:
    """What was measured on each machine: NAME.json, then every NAME-MACHINE.json."""
    files = [MEASURED / f"{name}.json", *sorted(MEASURED.glob(f"{name}-*.json"))]
    return [json.loads(path.read_text("utf-8")) for path in files if path.exists()]


def speed_table() -> str:
    """The rows of the benchmark that users feel, a table for each machine."""
    return "\n\n".join(one_speed_table(content) for content in measured("speed"))


def one_speed_table(content: dict[str, Any]) -> str:
    """Rows, conditions, and what the machine was found to be good at."""
    from dehazer.bench.run import Row
    from dehazer.bench.tables import table

    rows = [Row(**row) for row in content["rows"] if row["scenario"] in SCENARIOS]
    about = content["machine"]
    where = f"{machine_name(about)}, {about['load']} other runnable processes per core meanwhile"
    return f"{table(rows)}\n\nMeasured on {about['date']} by `scripts/bench.py` ({where}).\n{_abilities(about)}"


def machine_name(about: dict[str, Any]) -> str:
    """Processor and cores, with the newest of the instructions that the speed of networks depends on, where they are known."""
    best = f" with {about['instructions'][-1]}" if about.get("instructions") else ""
    return f"{about['cpu']}{best}, {about['cores']} cores"


def _abilities(about: dict[str, Any]) -> str:
    products = ", ".join(f"{rate:.0f} GFLOP/s in {name}" for name, rate in about["rates"]["cpu"]["matmul_gflop_s"].items())
    times = about.get("auto", {})
    auto = "; ".join(f"{name} {ms:.1f} ms" for name, ms in times.items())
    found = f" `--precision auto` found for a frame: {auto}." if times else ""
    return f"The machine multiplies matrices with {products}.{found}"


WINDOW = {
    "painted_fps": "painted, frames per second (25 come in)", "latency_ms_p95": "capture → paint, p95 ms",
    "response_ms_p95": "click on a slider → picture, p95 ms", "memory_mb": "memory of the program, MiB",
    "rss_growth_mb": "memory growth over the run, MiB", "live_cpu_percent": "processor while live, % of one core",
    "live_cpu_percent_awake": "the same where other processes, of the lowest priority, let no core rest",
    "paused_cpu_percent": "processor while paused, % of one core",
    "four_cameras_fps": "four such cameras in the grid, painted by the slowest, frames per second",
    "four_cameras_cpu_percent": "processor with these four, % of one core",
    "start_s": "start to first picture, s",
}


def window_table() -> str:
    """What the desktop application holds, with its limits; a column for each machine."""
    contents = measured("gui")
    heads = [machine_name(content["machine"] | {"cores": content["cores_used"]}) for content in contents]
    lines = [f"| 720p played live in the window | {' | '.join(heads)} | limit |", "|---|" + "---|" * (len(contents) + 1)]
    limits = contents[0]["limits"]
    lines += [f"| {title} | {' | '.join(_figure(content, name) for content in contents)} | {limits.get(name, '')} |"
              for name, title in WINDOW.items()]
    when = ", ".join(f"on {content['machine']['date']} over {content['figures']['seconds']:.0f} s" for content in contents)
    return "\n".join([*lines, "", f"Measured by `scripts/bench_gui.py` {when}."])


def _figure(content: dict[str, Any], name: str) -> str:
    if name not in content["figures"]:
        return "–"
    return f"{content['figures'][name]:g}{' (missed)' if name in content['missed'] else ''}"


def reached_table() -> str:
    """Aims of training beside what the packaged weights reach."""
    from dehazer.models.weights import FOLDER
    from training.aims import aims_table

    return aims_table(FOLDER, MEASURED)


def fill(text: str, name: str, table: str) -> str:
    """Put a table between its markers."""
    between = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
    return between.sub(lambda match: f"{match[1]}{table}\n{match[2]}", text)


def keys_table() -> str:
    """All keys of the window, by group."""
    from gui.action import by_group
    from gui.actions import ACTIONS

    lines = []
    for group, actions in by_group(ACTIONS.values()).items():
        lines += ["", f"**{group}**", "", "| key | |", "|---|---|"]
        lines += [f"| {', '.join(f'`{key}`' for key in action.keys)} | {action.title} |" for action in actions]
    return "\n".join(lines[1:])


def main() -> int:
    sys.path.insert(0, str(ROOT))
    if "--measure" in sys.argv[1:]:
        measure()
    documents: dict[Path, dict[str, str]] = {
        ROOT / "README.md": {
            "quality": quality_table() if any(MEASURED.glob("quality-*.json")) else "",
            "speed": speed_table() if measured("speed") else "",
            "window": window_table() if measured("gui") else "",
        },
        ROOT / "training" / "README.md": {"reached": reached_table()},
        ROOT / "docs" / "guide" / "views-and-keys.md": {"keys": keys_table()},
    }
    texts = {path: filled(path, tables) for path, tables in documents.items()}
    if "--check" in sys.argv[1:]:
        stale = [str(path.relative_to(ROOT)) for path, text in texts.items() if path.read_text("utf-8") != text]
        for name in stale:
            print(f"A table in {name} is out of date; run python scripts/readme.py.", file=sys.stderr)
        return 1 if stale else 0
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    return 0


def filled(path: Path, tables: dict[str, str]) -> str:
    """The text of a file with every table that is not empty between its markers."""
    text = path.read_text("utf-8")
    for name, table in tables.items():
        text = fill(text, name, table) if table else text
    return text


if __name__ == "__main__":
    sys.exit(main())
