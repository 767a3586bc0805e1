"""dehazer-gui: the command line. Qt is loaded only when a window is really wanted, so `--help` answers at once."""

from __future__ import annotations

import argparse
import sys
import time

from dehazer import ConfigError, RecordOptions, __version__, options_of
from gui.languages import LANGUAGES
from gui.view.modes import VIEW_MODES

STARTED_AT = time.monotonic()
"""When the program began, for the time to the first picture."""


def parser() -> argparse.ArgumentParser:
    """The options of dehazer-gui."""
    made = argparse.ArgumentParser("dehazer-gui", description="Shows cameras, streams and videos without fog, haze and smoke.")
    made.add_argument("--version", action="version", version=f"dehazer-gui {__version__}")
    made.add_argument("source", nargs="*", metavar="SOURCE",
                      help="camera number, address (rtsp://…), video file, or folder of videos, which plays as a list")
    made.add_argument("--source", dest="more", action="append", default=[], metavar="URL",
                      help="open as a live source, a file included (as with --live); may be given up to nine times")
    made.add_argument("--review", nargs="+", default=[], metavar="PATH",
                      help="review recordings: folders and video files, in a window of its own")
    made.add_argument("--live", action="store_true", help="play files like live cameras, in a loop")
    made.add_argument("--view", choices=tuple(VIEW_MODES), help="view to begin with")
    made.add_argument("--grid", action="store_true", help="show all cameras side by side")
    made.add_argument("--wall", metavar="NAME", help="open the cameras that were saved as the wall of this name")
    made.add_argument("--overlay", action="store_true", help="show the numbers over the picture")
    for one in options_of(RecordOptions).values():
        made.add_argument(one.flag, type=float, metavar="SECONDS" if one.unit == "s" else "MINUTES", help=one.help)
    made.add_argument("--theme", choices=("system", "light", "dark"), help="colours for this run")
    made.add_argument("--language", choices=LANGUAGES, help="language of the window (default: as the system)")
    made.add_argument("--size", type=_size, metavar="WxH", help="size of the window in pixels, for example 1280x720")
    unattended = made.add_argument_group("unattended runs")
    unattended.add_argument("--quit-after", type=_seconds, metavar="SECONDS", help="close by itself")
    unattended.add_argument("--stats-json", metavar="FILE", help="write the numbers here when closing by itself")
    unattended.add_argument("--screenshot", metavar="FILE", help="save a picture of the window here when closing by itself")
    unattended.add_argument("--settings", metavar="FILE", help="keep settings in this file instead of the user's own")
    return made


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text} is not a size; give width and height, for example 1280x720")
    return int(width), int(height)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if value <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds above 0")
    return value


def main(arguments: list[str] | None = None) -> int:
    """Run the desktop application; returns the exit code."""
    options = parser().parse_args(arguments)
    options.started_at = STARTED_AT
    try:
        for name, one in options_of(RecordOptions).items():
            one.check(getattr(options, name))
    except ConfigError as error:
        parser().error(str(error))
    if (options.stats_json or options.screenshot) and options.quit_after is None:
        parser().error("--stats-json and --screenshot need --quit-after SECONDS")
    try:
        from gui.app import run

        return run(options)
    except KeyboardInterrupt:  # before the window handles it
        return 130


if __name__ == "__main__":
    sys.exit(main())
