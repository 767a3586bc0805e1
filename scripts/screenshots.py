#!/usr/bin/env python3
"""Pictures of every state of the desktop application, made from the project's own clip.

    python scripts/screenshots.py OUT [--only NAME …]     all states into the folder OUT
    python scripts/screenshots.py OUT --size 800x500 --theme light --language de --scale 2 --screen 1920x1080
    python scripts/screenshots.py --readme                 docs/images/gui.png

Runs without a screen (QT_QPA_PLATFORM=offscreen unless set); --screen gives that platform a screen of another size, in pixels.
Every picture is a window of the real program.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is imported

from dialog_pictures import alarms, keys, lacking, nine, publish, schedule
from PyQt6.QtCore import QPointF, QTimer
from PyQt6.QtWidgets import QApplication
from review_pictures import review
from studio import CLIP, ROOT, Broadcast, Studio, hover, lighten, pass_time, render, wait  # puts the checkout on the path
from wall_pictures import finding, playlist, second_screen, walls

from dehazer import EngineOptions
from gui import app
from gui.languages import ENGLISH, LANGUAGES
from gui.services.settings import Adjustments
from gui.translation import install

NOWHERE = "rtsp://operator:secret@127.0.0.1:9/gate"


def start(studio: Studio) -> None:
    """Nothing open: first empty, then with a source used before."""
    window = studio.open()
    wait(lambda: window.engine_loader.engine is not None)
    studio.take("start-empty", window)
    window.close()
    window = studio.live(seconds=3.5, settings="start.ini")
    window.close()
    window = studio.open(settings="start.ini")
    wait(lambda: window.engine_loader.engine is not None)
    studio.take("start", window)
    window.close()


def views(studio: Studio) -> None:
    """The clip live in every view, with the inspector; then the overlay, the loupe and the pause."""
    window = studio.live()
    for view in ("dehazed", "original", "wipe", "side", "difference"):
        window.display.set_view(view)
        pass_time(0.5)
        studio.take(f"live-{view}", window)
    window.display.set_view("wipe")
    window.run_action("overlay")
    window.run_action("loupe")
    hover(window.page.view, QPointF(700, 330))
    pass_time(0.6)
    studio.take("live-overlay-loupe", window)
    window.run_action("loupe")
    window.run_action("pause")
    pass_time(0.6)
    studio.take("live-paused", window)
    window.close()


def recording(studio: Studio) -> None:
    """While recording, with the fold open; then the message about a snapshot, and the question before quitting."""
    window = studio.live()
    window.inspector.record.set_open(True)
    window.run_action("record")
    wait(lambda: bool(window.cameras.current and window.cameras.current.recording))
    pass_time(3)
    studio.take("recording", window)
    window.run_action("snapshot")
    wait(window.notice.isVisible)
    studio.take("snapshot", window)

    def asked() -> None:
        studio.take("question", window, QApplication.activeModalWidget())
        window.close_without_asking()

    QTimer.singleShot(500, asked)
    window.close()


def fullscreen(studio: Studio) -> None:
    """The picture alone with an alarm, then the controls over it when the mouse moves."""
    window = studio.live()
    window.inspector.show_adjustments(Adjustments(alarm=20))
    window.inspector_controller.set_adjustments(Adjustments(alarm=20))
    window.display.set_fullscreen(True)
    wait(window.notice.isVisible)
    studio.take("fullscreen", window)
    window.frame.show_controls()
    pass_time(0.6)  # it fades in
    studio.take("fullscreen-bottom", window)
    window.frame.show_controls(window.top_bar)
    pass_time(0.6)
    studio.take("fullscreen-top", window)
    window.close()


def inspector(studio: Studio) -> None:
    """All folds open, in a tall window."""
    window = studio.live(size="1280x1000", theme="light")
    rows = window.inspector
    for section in (rows.engine.model, rows.engine.speed, rows.thresholds["bypass"], rows.alarm):
        section.set_open(True)
    rows.alarm.switch.click()
    rows.thresholds["bypass"].switch.click()
    pass_time(0.6)
    studio.take("inspector-light", window)
    window.close()


def faults(studio: Studio) -> None:
    """A stream that cannot be reached, a camera that is not there, a picture that was lost."""
    window = studio.open("--source", NOWHERE)
    wait(lambda: bool(window.cameras.current) and window.cameras.current.state.kind == "reconnecting")  # type: ignore[union-attr]
    pass_time(1.0)
    studio.take("reconnecting", window)
    window.close()
    window = studio.open("--source", "/dev/video63")
    wait(lambda: bool(window.cameras.current) and window.cameras.current.state.kind in ("failed", "reconnecting"))  # type: ignore[union-attr]
    pass_time(0.6)
    studio.take("fault-camera", window)
    window.close()
    window = studio.open(str(CLIP), theme="light")
    wait(lambda: bool(window.cameras.current) and window.cameras.current.state.kind == "ended")  # type: ignore[union-attr]
    pass_time(1.2)
    studio.take("ended", window)
    window.close()


def lost(studio: Studio) -> None:
    """A stream that was there and is gone: the last picture without its colours, and its age."""
    with TemporaryDirectory() as folder, Broadcast(Path(folder) / "live.ts") as address:
        window = studio.open("--source", address)
        wait(lambda: window.page.view.pair is not None)
        pass_time(1.0)
    wait(lambda: window.page.view.faded)
    pass_time(3.0)
    studio.take("lost", window)
    window.close()


def grid(studio: Studio) -> None:
    """Four cameras, one of which is gone."""
    with TemporaryDirectory() as folder:
        names = ["Gate north", "Gate south", "Bridge"]
        files = []
        for name in names:
            (Path(folder) / f"{name}.mp4").symlink_to(CLIP)
            files.append(str(Path(folder) / f"{name}.mp4"))
        window = studio.open("--live", *files, "--source", NOWHERE, "--grid")
        wait(lambda: len(window.grid.tiles) == 4 and all(t.pair is not None for t in window.grid.tiles[:3]))
        pass_time(2.5)
        studio.take("grid", window)
        window.close()


def playing(studio: Studio) -> None:
    """A file that is paused, with its time line, and the small picture under the pointer."""
    window = studio.open(str(CLIP))
    wait(lambda: window.page.view.pair is not None)
    window.run_action("pause")
    pass_time(1.0)
    studio.take("file", window)
    bar = window.page.seek_bar
    hover(bar, QPointF(bar.width() * 0.4, bar.height() / 2))
    wait(lambda: window.seek_hover.card.content.picture is not None)
    studio.take("file-hover", window)
    window.close()


def offer(studio: Studio) -> None:
    """A network that is slow here is timed, and offered with what it will give; then a warning of the core."""
    window = studio.live(seconds=2.0)
    window.inspector.engine.changed.emit(EngineOptions("student"))
    studio.take("model-loading", window)
    wait(window.inspector.offer.accept.isVisible)
    studio.take("model-offer", window)
    window.inspector.offer.cancel.click()
    window.close()


def dialogs(studio: Studio) -> None:
    """The dialogs over a live picture."""
    from gui.actions import ACTIONS
    from gui.dialogs.keys import KeysDialog
    from gui.saved_source import parse_source

    for theme in ("dark", "light"):
        window = studio.live(seconds=1.0, theme=theme)
        window.opening.show_dialog(kind="url")
        assert window.opening.dialog is not None
        studio.take(f"dialog-address-{theme}", window, window.opening.dialog)
        window.opening.show_dialog(kind="camera")
        studio.take(f"dialog-camera-{theme}", window, window.opening.dialog)
        window.opening.show_dialog(kind="file")
        studio.take(f"dialog-file-{theme}", window, window.opening.dialog)
        window.opening.show_dialog(parse_source(NOWHERE)[0], "127.0.0.1 does not accept this user name and password; check both.")
        studio.take(f"dialog-password-{theme}", window, window.opening.dialog)
        window.opening.dialog.close()
        keys = KeysDialog(ACTIONS.values(), window)
        keys.show()
        studio.take(f"dialog-keys-{theme}", window, keys)
        keys.close()
        try:
            raise RuntimeError("an example of what nobody foresaw, at rtsp://operator:secret@gate/stream")
        except RuntimeError as error:
            window.error_reporter.show(error)
        studio.take(f"dialog-error-{theme}", window, window.error_reporter.dialog)
        window.close()


def sizes(studio: Studio) -> None:
    """Light and dark, at the usual sizes, and the smallest."""
    for theme in ("light", "dark"):
        for size in ("1280x720", "1920x1080", "800x500"):
            window = studio.live("--view", "wipe", "--overlay", size=size, theme=theme, seconds=2.0)
            studio.take(f"{theme}-{size}", window)
            window.close()


def scaled(studio: Studio) -> None:
    """At 200 % or 150 %: taken when QT_SCALE_FACTOR is set, and then alone."""
    percent = round(100 * float(os.environ["QT_SCALE_FACTOR"]))
    for theme in ("dark", "light"):
        window = studio.live("--view", "wipe", "--overlay", seconds=2.0, theme=theme)
        studio.take(f"scaled-{percent}-{theme}", window)
        window.close()


STATES: dict[str, Callable[[Studio], None]] = {
    f.__name__: f for f in (start, views, recording, fullscreen, inspector, faults, lost, grid, playing, offer, dialogs, sizes,
                            scaled, walls, finding, playlist, second_screen, publish, schedule, alarms, lacking, nine, keys,
                            review)
}


def readme(studio: Studio) -> None:
    """The picture in the README: live, in the wipe, with the numbers."""
    from gui.saved_source import SavedSource

    with TemporaryDirectory() as folder:
        film = render(Path(folder) / "road.mp4")
        window = studio.open()
        window.opening.open(SavedSource(str(film), "Road north", live=True, loop=True))
        window.settings.put("overlay/on", True)
        wait(lambda: window.page.view.pair is not None)
        window.display.set_view("wipe")
        pass_time(20)
        wait(lambda: 0.9 < window.cameras.current.position % 5 < 1.3)  # type: ignore[union-attr]
        studio.take("gui", window)
        window.close()
    lighten(studio.out / "gui.png")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("out", nargs="?", type=Path, default=ROOT / "docs" / "images")
    options.add_argument("--only", nargs="*", default=[], choices=sorted(STATES), help="these states only")
    options.add_argument("--readme", action="store_true", help="make docs/images/gui.png only")
    options.add_argument("--size", default="1280x720", metavar="WxH", help="of windows whose state has no size of its own")
    options.add_argument("--theme", default="dark", choices=("dark", "light"), help="the same for the colours")
    options.add_argument("--language", default=ENGLISH, choices=LANGUAGES, help="of the window")
    options.add_argument("--scale", type=float, metavar="FACTOR", help="1.5 for 150 %% (default: QT_SCALE_FACTOR, or 1)")
    options.add_argument("--screen", metavar="WxH", help="size of the screen, in pixels; without a real one only")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        take_all(given, Path(folder))
    return 0


def take_all(given: argparse.Namespace, folder: Path) -> None:
    """The states that were asked for. folder: for a file that is needed meanwhile."""
    if given.scale is not None:
        os.environ["QT_SCALE_FACTOR"] = f"{given.scale:g}"
    if given.screen is not None:
        use_screen(given.screen, folder)
    application = app.make_application([sys.argv[0]])
    translators = install(application, given.language)
    studio = Studio(given.out, given.only, given.size, given.theme)
    enlarged = os.environ.get("QT_SCALE_FACTOR", "1") != "1"
    for name, state in ({"readme": readme} if given.readme else STATES).items():
        if given.readme or (studio.wants(name) and (enlarged or name != "scaled")):
            state(studio)
    for translator in translators:
        application.removeTranslator(translator)
    application.quit()


def use_screen(size: str, folder: Path) -> None:
    """Give Qt's platform without a screen one of this size, by a file in `folder`; another platform stays as it is."""
    if os.environ["QT_QPA_PLATFORM"] != "offscreen":
        return
    width, height = (int(part) for part in size.split("x"))
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96,
              "dpr": 1}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), "utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"


if __name__ == "__main__":
    CODE = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(CODE)  # a network may be loading still, and its library aborts when Python is taken away from under it
