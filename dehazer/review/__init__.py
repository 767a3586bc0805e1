"""The review of recordings, without a window: library, wall clock, haze over time, playback, bookmarks, exports, evidence.

Recordings are only ever opened for reading; what is remembered of them stands in an index in the user's data folder.

Everything that the desktop application uses is a name of this package or of `dehazer`; the modules are internal. Importing
it loads neither torch, av, OpenCV nor Qt: each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_PUBLIC: dict[str, tuple[str, ...]] = {
    "dehazer.review.bookmark": ("BOOKMARK_COLORS", "Bookmark", "Chapter"),
    "dehazer.review.bookmarks": ("Bookmarks",),
    "dehazer.review.contact_sheet": ("SheetRequest", "save_contact_sheet"),
    "dehazer.review.coverage": ("Coverage",),
    "dehazer.review.export_context": ("ExportContext",),
    "dehazer.review.export_control": ("ExportControl",),
    "dehazer.review.export_queue": ("ExportQueue",),
    "dehazer.review.export_request": ("EXPORT_KINDS", "NO_BURN_IN", "BurnIn", "CaseNotes", "ExportKind", "ExportRequest"),
    "dehazer.review.export_status": ("ExportState", "ExportStatus"),
    "dehazer.review.haze_curve": ("FOGGY", "HazeCurve"),
    "dehazer.review.haze_scan": ("HazeProgress", "HazeScan"),
    "dehazer.review.index": ("Index",),
    "dehazer.review.library": ("Library",),
    "dehazer.review.library_options": ("LibraryOptions", "ScanProgress"),
    "dehazer.review.name_pattern": ("NamePattern", "NameReading"),
    "dehazer.review.operator_log": ("OperatorLog",),
    "dehazer.review.pack_signature": ("key_fingerprint", "make_key", "verify_pack"),
    "dehazer.review.pack_verification": ("PackVerdict",),
    "dehazer.review.playback": ("Playback",),
    "dehazer.review.playback_state": ("LaneState", "PlaybackStatus", "ReviewedFrame"),
    "dehazer.review.recording": ("Recording", "TimeSource"),
    "dehazer.review.review_snapshot": ("save_reviewed_pair",),
    "dehazer.review.sound": ("SOUND_CHANNELS", "SOUND_RATE", "Sound"),
    "dehazer.review.recording_names": ("read_name",),
    "dehazer.review.span": ("Span",),
    "dehazer.review.wall_clock": ("WallClock",),
    "dehazer.review.zones": ("local_zone", "zone_named"),
}
_MODULE_OF = {name: module for module, names in _PUBLIC.items() for name in names}
__all__ = sorted(_MODULE_OF)  # noqa: PLE0605  computed from the one list above

if TYPE_CHECKING:  # the same list for type checkers; tests/architecture compares the two
    from dehazer.review.bookmark import BOOKMARK_COLORS as BOOKMARK_COLORS, Bookmark as Bookmark, Chapter as Chapter
    from dehazer.review.bookmarks import Bookmarks as Bookmarks
    from dehazer.review.contact_sheet import SheetRequest as SheetRequest, save_contact_sheet as save_contact_sheet
    from dehazer.review.coverage import Coverage as Coverage
    from dehazer.review.export_context import ExportContext as ExportContext
    from dehazer.review.export_control import ExportControl as ExportControl
    from dehazer.review.export_queue import ExportQueue as ExportQueue
    from dehazer.review.export_request import (
        EXPORT_KINDS as EXPORT_KINDS,
        NO_BURN_IN as NO_BURN_IN,
        BurnIn as BurnIn,
        CaseNotes as CaseNotes,
        ExportKind as ExportKind,
        ExportRequest as ExportRequest,
    )
    from dehazer.review.export_status import ExportState as ExportState, ExportStatus as ExportStatus
    from dehazer.review.haze_curve import FOGGY as FOGGY, HazeCurve as HazeCurve
    from dehazer.review.haze_scan import HazeProgress as HazeProgress, HazeScan as HazeScan
    from dehazer.review.index import Index as Index
    from dehazer.review.library import Library as Library
    from dehazer.review.library_options import LibraryOptions as LibraryOptions, ScanProgress as ScanProgress
    from dehazer.review.name_pattern import NamePattern as NamePattern, NameReading as NameReading
    from dehazer.review.operator_log import OperatorLog as OperatorLog
    from dehazer.review.pack_signature import (
        key_fingerprint as key_fingerprint,
        make_key as make_key,
        verify_pack as verify_pack,
    )
    from dehazer.review.pack_verification import PackVerdict as PackVerdict
    from dehazer.review.playback import Playback as Playback
    from dehazer.review.playback_state import (
        LaneState as LaneState,
        PlaybackStatus as PlaybackStatus,
        ReviewedFrame as ReviewedFrame,
    )
    from dehazer.review.recording import Recording as Recording, TimeSource as TimeSource
    from dehazer.review.recording_names import read_name as read_name
    from dehazer.review.review_snapshot import save_reviewed_pair as save_reviewed_pair
    from dehazer.review.sound import SOUND_CHANNELS as SOUND_CHANNELS, SOUND_RATE as SOUND_RATE, Sound as Sound
    from dehazer.review.span import Span as Span
    from dehazer.review.wall_clock import WallClock as WallClock
    from dehazer.review.zones import local_zone as local_zone, zone_named as zone_named


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'dehazer.review' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
