#!/usr/bin/env python3
"""The pictures of docs/guide, made from the project's own clip with the real program, without a screen.

    python scripts/guide_pictures.py [--only NAME …]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import screenshots  # sets the platform for Qt and puts the checkout on the path
from dialog_pictures import schedule_alone
from PIL import Image
from studio import CLIP, ROOT, Studio, pass_time, wait

IMAGES = ROOT / "docs" / "guide" / "images"
LARGEST = 200_000
"""Bytes of one picture: a guide is read over slow lines too."""
SCREEN = "1920x1080"
"""On a smaller one the list of keys would be scrolled."""
QUALITIES = (90, 85, 80, 75, 70)


def alarm(studio: Studio) -> None:
    """The warning that it is hazy, with the section in which its threshold is set."""
    window = studio.live(seconds=1.0)
    section = window.inspector.alarm
    section.set_open(True)
    section.switch.click()
    section.row.slider.setValue(20)
    wait(window.notice.isVisible)
    pass_time(0.6)
    studio.take("alarm", window)
    window.close()


def paused_file(studio: Studio) -> None:
    """A file in the middle, paused, with its time line."""
    window = studio.open(str(CLIP))
    wait(lambda: window.page.view.pair is not None)
    window.run_action("pause")
    assert window.cameras.current is not None
    window.cameras.current.seek(2.5)
    pass_time(1.5)
    studio.take("file", window)
    window.close()


STATES = {**screenshots.STATES, "alarm": alarm, "paused_file": paused_file, "schedule_alone": schedule_alone}
PICTURES = {  # name in the guide → (state that shows it, name there)
    "start": ("start", "start-empty"), "live": ("views", "live-dehazed"), "wipe": ("views", "live-wipe"),
    "side": ("views", "live-side"), "difference": ("views", "live-difference"), "numbers": ("views", "live-overlay-loupe"),
    "recording": ("recording", "recording"), "snapshot": ("recording", "snapshot"), "alarm": ("alarm", "alarm"),
    "address": ("dialogs", "dialog-address-dark"), "keys": ("keys", "keys"), "grid": ("grid", "grid"),
    "file": ("paused_file", "file"), "fault": ("faults", "reconnecting"), "lost": ("lost", "lost"),
    "schedule": ("schedule_alone", "schedule-alone"),
}


def store(picture: Path, target: Path) -> None:
    """Save a screenshot as the best JPEG that is small enough."""
    with Image.open(picture) as image:
        pixels = image.convert("RGB")
    for quality in QUALITIES:
        pixels.save(target, quality=quality, optimize=True, subsampling=0)
        if target.stat().st_size <= LARGEST:
            break
    else:
        sys.exit(f"guide_pictures.py: {target.name} stays above {LARGEST} bytes; show less in it.")
    print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1000} kB", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", nargs="*", default=[], choices=sorted(PICTURES), help="these pictures only")
    wanted = options.parse_args().only or list(PICTURES)
    from gui import app

    with TemporaryDirectory() as folder:
        screenshots.use_screen(SCREEN, Path(folder))
        application = app.make_application(["dehazer-gui"])
        application.setQuitOnLastWindowClosed(False)
        IMAGES.mkdir(parents=True, exist_ok=True)
        studio = Studio(Path(folder), [])
        for state in dict.fromkeys(PICTURES[name][0] for name in wanted):
            STATES[state](studio)
        for name in wanted:
            store(Path(folder) / f"{PICTURES[name][1]}.png", IMAGES / f"{name}.jpg")
    return 0


if __name__ == "__main__":
    from gui.shutdown import end_process

    end_process(main())
