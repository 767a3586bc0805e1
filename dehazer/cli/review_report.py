"""What is known of a library as plain data, and the same as a page of text."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Any

from dehazer.redact import escaped
from dehazer.review.haze_curve import HazeCurve
from dehazer.review.haze_scan import HazeScan
from dehazer.review.library import Library
from dehazer.review.recording import Recording
from dehazer.review.span import Span

_HOUR = timedelta(hours=1)
Plain = dict[str, Any]


def report_of(library: Library, scan: HazeScan | None) -> Plain:
    """Cameras with recordings, gaps, overlaps and, unless `scan` is None, haze; unreadable files; times in the library's zone."""
    zone = library.options.zone
    cameras: dict[str, Plain] = {}
    for camera in library.cameras:
        cameras[camera] = {"recordings": [_recording(one, zone) for one in library.of(camera)],
                           "gaps": [_span(gap, zone) for gap in library.gaps(camera)],
                           "overlaps": [_span(overlap, zone) for overlap in library.overlaps(camera)]}
        if scan is not None:
            cameras[camera]["haze"] = _haze(scan.curve(camera), zone)
    return {"folders": [str(path) for path in library.paths], "zone": str(zone), "cameras": cameras,
            "unreadable": [{"path": str(one.path), "reason": one.fault} for one in library.unreadable],
            "trouble": list(library.progress.trouble)}


def _time(when: datetime, zone: tzinfo) -> str:
    return when.astimezone(zone).isoformat(timespec="milliseconds")


def _span(span: Span, zone: tzinfo) -> Plain:
    return {"start": _time(span.start, zone), "end": _time(span.end, zone)}


def _recording(one: Recording, zone: tzinfo) -> Plain:
    return {"path": str(one.path), **_span(one.span, zone), "duration": round(one.duration, 3), "time_source": one.time_source,
            "note": one.note, "growing": one.growing, "size": one.size, "width": one.width, "height": one.height,
            "rate": None if one.rate is None else str(one.rate), "codec": one.codec, "sound": one.has_sound}


def _haze(curve: HazeCurve, zone: tzinfo) -> Plain:
    """The foggiest and the clearest hour, foggy stretches, and every measurement (times in seconds since 1970)."""
    return {"foggiest_hour": _mean(curve, curve.foggiest(_HOUR), zone),
            "clearest_hour": _mean(curve, curve.clearest(_HOUR), zone),
            "foggy": [_mean(curve, stretch, zone) for stretch in curve.stretches()],
            "times": [round(when, 3) for when in curve.times.tolist()],
            "haze": [round(value, 4) for value in curve.haze.tolist()],
            "visibility": [round(value, 4) for value in curve.visibility.tolist()]}


def _mean(curve: HazeCurve, span: Span | None, zone: tzinfo) -> Plain | None:
    return None if span is None else {**_span(span, zone), "haze": round(float(curve.resampled(span, 1)[0]), 4)}


def report_text(report: Plain) -> str:
    """A few lines on each camera, then the unreadable files with their reasons."""
    lines = []
    for camera, known in report["cameras"].items():
        recordings = known["recordings"]
        hours = sum(one["duration"] for one in recordings) / 3600
        lines.append(f"{camera}: {len(recordings)} recordings, {hours:.1f} h, {_shown(recordings[0]['start'])} to "
                     f"{_shown(recordings[-1]['end'])}, {len(known['gaps'])} gaps, {len(known['overlaps'])} overlaps")
        for name, found in known.get("haze", {}).items():
            if isinstance(found, dict):
                lines.append(f"  {name.replace('_', ' ')}: {_shown(found['start'])} to {_shown(found['end'])}, "
                             f"haze {found['haze']:.0%}")
    lines += [f"unreadable: {one['reason']}" for one in report["unreadable"]]
    return "\n".join([*map(escaped, lines), f"Times are those of {report['zone']}."])


def _shown(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M:%S")
