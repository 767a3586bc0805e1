"""Pictures of walls, found cameras, lists of videos and the second window; a part of `screenshots.py`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PyQt6.QtCore import QPointF
from PyQt6.QtWidgets import QWidget
from studio import CLIP, Studio, pass_time, wait

from dehazer import CameraStream, NetworkCamera
from gui.dialogs.find_cameras import FindCamerasDialog
from gui.dialogs.wall_passwords import WallPasswordsDialog
from gui.main_window import MainWindow

SHAPES = (("dark", "1280x720"), ("light", "1280x720"), ("dark", "800x500"), ("light", "800x500"))
FOUND = (
    NetworkCamera("Gate north", "AXIS P1448-LE", "192.168.1.20", "http://192.168.1.20/onvif/device_service", "1"),
    NetworkCamera("Harbour crane 4, looking over the basin to the west", "DS-2CD2087G2", "192.168.1.21",
                  "http://192.168.1.21/onvif/device_service", "2"),
    NetworkCamera("", "IPC-HFW", "fe80::1%2", "http://[fe80::1%2]/onvif/device_service", "3"),
)


def _wall(studio: Studio, folder: Path, theme: str, size: str) -> MainWindow:
    """Four clips side by side."""
    files = []
    for name in ("Gate north", "Gate south", "Bridge", "Quay"):
        (folder / f"{name}.mp4").unlink(missing_ok=True)
        (folder / f"{name}.mp4").symlink_to(CLIP)
        files.append(str(folder / f"{name}.mp4"))
    window = studio.open("--live", *files, "--grid", theme=theme, size=size)
    wait(lambda: len(window.grid.tiles) == 4 and all(tile.pair is not None for tile in window.grid.tiles))
    return window


def walls(studio: Studio) -> None:
    """Dragging a tile, and every dialog of walls."""
    with TemporaryDirectory() as folder:
        for theme, size in SHAPES:
            window, end = _wall(studio, Path(folder), theme, size), f"{theme}-{size}"
            _drag(studio, window, f"wall-drag-{end}")
            window.walls.save()
            studio.take(f"wall-save-{end}", window, window.walls.dialog)
            for name in ("Harbour, night", "Airport"):
                window.walls.save_as(name)
            (window.settings.data_folder / "walls" / "old-site-1.json").write_text("{")
            window.walls.show_list()
            studio.take(f"wall-list-{end}", window, window.walls.dialog)
            _passwords(studio, window, f"wall-passwords-{end}")
            for camera in list(window.cameras.all):
                window.cameras.close(camera)
            window.walls.open("Night")
            pass_time(0.3)
            studio.take(f"wall-start-{end}", window)
            (window.settings.data_folder / "walls" / "old-site-1.json").unlink()
            window.close()


def _drag(studio: Studio, window: MainWindow, name: str) -> None:
    first, last = window.grid.tiles[0], window.grid.tiles[3]
    first.dragged.emit(QPointF(last.mapToGlobal(last.rect().center())))
    studio.take(name, window)
    first.dropped.emit(QPointF(-1e6, -1e6))  # over nothing


def _passwords(studio: Studio, window: QWidget, name: str) -> None:
    accounts = {"operator@192.168.1.20": ["Gate north", "Gate south"], "admin@192.168.1.31": ["Harbour crane 4"]}
    for keyring in (True, False):
        dialog = WallPasswordsDialog("Harbour, night", accounts, keyring, window)
        dialog.show()
        studio.take(name if keyring else f"{name}-no-keyring", window, dialog)
        dialog.close()


def finding(studio: Studio) -> None:
    """The dialog of cameras on the network in its states; the cameras are made up."""
    for theme, size in SHAPES:
        window, end = studio.live(seconds=0.5, theme=theme, size=size), f"{theme}-{size}"
        dialog = FindCamerasDialog(False, window)
        dialog.show()
        studio.take(f"find-empty-{end}", window, dialog)
        dialog.begin_search()
        for camera in FOUND:
            dialog.add_camera(camera)
        studio.take(f"find-searching-{end}", window, dialog)
        dialog.end_search()
        dialog.user.setText("operator")
        dialog.password.setText("secret")
        dialog.show_error("192.168.1.20 does not accept this user and password for ONVIF; check both.")
        studio.take(f"find-refused-{end}", window, dialog)
        dialog.show_streams((CameraStream("Main", "rtsp://192.168.1.20/main", "H264", 3840, 2160),))
        studio.take(f"find-streams-{end}", window, dialog)
        dialog.close()
        window.close()


def playlist(studio: Studio) -> None:
    """A folder of videos as a list, one of which cannot be read."""
    with TemporaryDirectory() as folder:
        videos = Path(folder) / "videos"
        videos.mkdir()
        for name in ("Morning 1.mp4", "Morning 2.mp4", "Morning 10, fog from the sea and low sun.mp4", "Noon.mp4"):
            (videos / name).symlink_to(CLIP)
        (videos / "Morning 3.mp4").write_bytes(b"no video" * 100)
        for theme, size in SHAPES:
            window = studio.open(str(videos), theme=theme, size=size)
            wait(lambda: window.page.view.pair is not None)  # noqa: B023  waits at once
            wait(lambda: any(entry.problem for entry in window.playlist.playlist.entries))  # noqa: B023
            studio.take(f"list-{theme}-{size}", window)
            window.close()


def second_screen(studio: Studio) -> None:
    """The second window with one camera and with all."""
    with TemporaryDirectory() as folder:
        window = _wall(studio, Path(folder), "dark", "1280x720")
        window.second.show_all()
        assert window.second.window is not None
        pass_time(1.0)
        studio.take("second-all", window.second.window)
        window.second.show_current()
        pass_time(0.5)
        studio.take("second-one", window.second.window)
        for camera in list(window.cameras.all):
            window.cameras.close(camera)
        studio.take("second-empty", window.second.window)
        window.close()
