"""The result of a soak as a page, and what of it misses a limit."""

from __future__ import annotations

from typing import Any

LIMIT_MB = 20
"""Most that the memory may grow once it has settled."""
_THREADS, _HANDLES = 4, 8
"""What a connection that is just being made or given up may account for."""

_INTRODUCTION = (
    "Four cameras (RTSP, 25 pictures a second each, H.264) are shown, dehazed and recorded while faults strike every few",
    "seconds: the server is killed and comes back, it stalls, it changes the size of its pictures, its password is changed.",
    "Every picture carries a number, so what was sent into each connection can be compared with what was recorded.",
    "Made by `scripts/soak.py`; the figures are in [measured/soak.json](measured/soak.json).",
)
_NOTES = (
    "*Lost*: between recorded pictures of their connection, or before them. *At the cut*: sent last into a connection that was",
    "cut or given up then; the last picture of a transport stream is complete only when another one follows. *While opening*:",
    "sent into connections that ended while they were being opened.",
)


def verdict(result: dict[str, Any]) -> list[str]:
    """One sentence for each limit that was missed."""
    grown, cameras = result["grown"], result["cameras"]
    lost = sum(camera["lost"] + camera["doubled"] + camera["left_out_by_the_recorder"] for camera in cameras)
    troubles = [text for camera in cameras for text in camera["troubles"]]
    checks = (
        (lost > 0, f"{lost} pictures were lost or doubled."),
        (bool(troubles), f"Recordings ended by themselves: {' '.join(troubles)}"),
        (grown["rss_mb"] > LIMIT_MB, f"The memory grew by {grown['rss_mb']} MB; {LIMIT_MB} are allowed."),
        (grown["threads"] > _THREADS, f"{grown['threads']:g} threads more than after {result['settled_after_s']} s."),
        (grown["handles"] > _HANDLES, f"{grown['handles']:g} handles more than after {result['settled_after_s']} s."),
        (any(camera["recorded"] == 0 for camera in cameras), "A camera was not recorded at all."),
    )
    return [sentence for missed, sentence in checks if missed]


def page(result: dict[str, Any]) -> str:
    """Markdown."""
    loads = [one["load"] for one in result["readings"]]
    faults = ", ".join(f"{count} × {name}" for name, count in result["faults"].items())
    missed = verdict(result)
    kept = (f"All limits were kept: nothing lost or doubled, at most {LIMIT_MB} MB more memory than after "
            f"{result['settled_after_s'] / 60:.1f} minutes.")
    where = f"{result['when']}, {result['cpu']}, {result['cores']} cores, {result['seconds'] / 60:.0f} minutes."
    load = f"Load of the machine, that of other programs included: {min(loads):.1f} to {max(loads):.1f}."
    return "\n".join((
        "# Soak", "", *_INTRODUCTION, "", where, load, "", f"Faults: {faults}.", "", "## Originals", "",
        *_originals(result["cameras"]), "", *_NOTES, "", "## Process", "", *_process(result), "",
        " ".join(missed) if missed else kept, "",
        *_earlier(result.get("earlier", []))))


def _originals(cameras: list[dict[str, Any]]) -> list[str]:
    names = ("sent", "recorded", "lost", "doubled", "at_the_cut", "longest_cut", "unopened", "connections", "files")
    heads = ("sent", "recorded", "lost", "doubled", "at the cut", "most at one cut", "while opening", "connections", "files")
    rows = [f"| {number} | {' | '.join(str(camera[name]) for name in names)} |" for number, camera in enumerate(cameras, 1)]
    return [f"| camera | {' | '.join(heads)} |", f"|---|{'---:|' * len(heads)}", *rows]


def _process(result: dict[str, Any]) -> list[str]:
    readings, end = result["readings"], result["readings"][-1]["s"]
    step = max(1, len(readings) // 12)
    rows = [f"| {one['s'] / 60:.1f} | {one['threads']} | {one['handles']} | {one['rss_mb']} | {one['load']} |"
            for one in readings[::step] if one["s"] <= end]
    grown = result["grown"]
    late = [one for one in readings if one["s"] >= end - 300]
    slope = (late[-1]["rss_mb"] - late[0]["rss_mb"]) / max(1, late[-1]["s"] - late[0]["s"]) * 60
    return ["| minutes | threads | handles | memory, MB | load |", "|---:|---:|---:|---:|---:|", *rows, "",
            f"Grown, last minute against the one that began after {result['settled_after_s']} s: {grown['threads']:+g} threads, "
            f"{grown['handles']:+g} handles, {grown['rss_mb']:+g} MB. In the last five minutes the memory rose by {slope:.1f} MB "
            "a minute."]


def summary(result: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a run when the next one takes its place."""
    cameras = result["cameras"]
    return {"when": result["when"], "minutes": round(result["seconds"] / 60), "sent": sum(one["sent"] for one in cameras),
            "lost": sum(one["lost"] + one["doubled"] for one in cameras), "grown_mb": result["grown"]["rss_mb"]}


def _earlier(runs: list[dict[str, Any]]) -> list[str]:
    heads = ("when", "minutes", "sent", "lost or doubled", "memory grown, MB")
    rows = [f"| {one['when']} | {one['minutes']} | {one['sent']} | {one['lost']} | {one['grown_mb']:+g} |" for one in runs]
    return ["## Earlier runs", "", f"| {' | '.join(heads)} |", "|---|---:|---:|---:|---:|", *rows, ""] if runs else []
