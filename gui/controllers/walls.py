"""Walls: what is open is saved under a name, and comes back by menu or at start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from dehazer import DehazerError
from gui.camera import Camera
from gui.cameras import Cameras
from gui.controllers.display import DisplayController
from gui.controllers.second_screen import ALL, SecondScreenController
from gui.dialogs.closing_question import ClosingQuestion
from gui.dialogs.wall_name import WallNameDialog
from gui.dialogs.wall_passwords import WallPasswordsDialog
from gui.dialogs.walls import WallsDialog
from gui.services import passwords
from gui.services.background import Background
from gui.services.settings import Settings
from gui.services.walls import WallStore
from gui.wall import Wall, WallCamera, wall_of

LAST, REOPEN = "walls/last", "walls/reopen"
"""Settings: the wall that was opened or saved last, and whether it is opened at start."""


class WallController(QObject):
    """current: the name of the wall that is open, empty for none. dialog: the one that is open, if any.

    message: (text, whether it is an error, folder or None). refused: why a wall cannot be opened. opened: a wall was. closing: a
    camera is about to be closed for one. changed: the saved walls are others. renamed: `current` is another.
    """

    message = pyqtSignal(str, bool, object)
    refused, opened, closing, changed, renamed = (pyqtSignal(str), pyqtSignal(object), pyqtSignal(object), pyqtSignal(),
                                                  pyqtSignal(str))

    def __init__(self, cameras: Cameras, display: DisplayController, settings: Settings, *, store: WallStore,
                 second: SecondScreenController, background: Background, dialog_parent: QWidget) -> None:
        super().__init__()
        self._cameras, self._display, self._settings, self._store = cameras, display, settings, store
        self._second, self._background, self._parent = second, background, dialog_parent
        self._question = ClosingQuestion(dialog_parent)
        self.current = ""
        self.dialog: WallNameDialog | WallPasswordsDialog | WallsDialog | None = None
        cameras.changed.connect(self._forget_closed)

    # saving

    def names(self) -> list[str]:
        """The saved walls."""
        return [wall.name for wall in self._store.all()]

    @property
    def reopens(self) -> bool:
        """Whether the last wall is opened at start."""
        return self._settings.flag(REOPEN, False)

    def toggle_reopening(self) -> None:
        """Open the last wall at start, or not."""
        self._settings.put(REOPEN, not self.reopens)

    def save(self) -> None:
        """Ask for a name, and save what is open under it."""
        if not self._cameras.all:
            self.message.emit(self.tr("No camera is open; open those that the wall is to have, then save it."), True, None)
            return
        titles = ", ".join(camera.title for camera in self._cameras.all)
        dialog = WallNameDialog(self.tr("Cameras, order, views and settings: {}. Passwords are not saved.").format(titles),
                                self.current, self._store.exists, self._parent)
        dialog.chosen.connect(self.save_as)
        self._show(dialog)

    def save_as(self, name: str) -> None:
        """Save what is open under a name."""
        wall = wall_of(name.strip(), self._cameras.all, self._cameras.current, self._display.grid_on, self._second.saved)
        try:
            self._store.save(wall)
        except DehazerError as error:
            self.message.emit(str(error), True, None)
            return
        self._set_current(wall.name)
        self.changed.emit()
        self.message.emit(self.tr("Saved the wall “{}”").format(wall.name), False, None)

    def _set_current(self, name: str) -> None:
        if name:
            self._settings.put(LAST, name)
        self.current = name
        self.renamed.emit(name)

    def _forget_closed(self) -> None:
        if self.current and not self._cameras.all:
            self._set_current("")

    # the list of walls

    def show_list(self) -> None:
        """Open, rename and remove walls."""
        dialog = WallsDialog(self._store, self.current, self.reopens, parent=self._parent)
        dialog.open_requested.connect(self.open)
        dialog.rename_requested.connect(self._ask_new_name)
        dialog.remove_requested.connect(self._ask_to_remove)
        dialog.reopening_changed.connect(lambda on: self._settings.put(REOPEN, on))
        self._show(dialog)

    def _ask_new_name(self, old: str) -> None:
        dialog = WallNameDialog("", old, self._store.exists, self._parent, renames=True)
        dialog.chosen.connect(lambda new: self.rename(old, new))
        self._show(dialog)

    def _ask_to_remove(self, path: Path, name: str) -> None:
        text = self.tr("Remove the wall “{}”? Cameras that are open stay open.").format(name)
        if self._question.agreed(self.tr("Remove the wall"), text, self.tr("Remove"), self.tr("Keep")):
            self.remove(path)

    def remove(self, path: Path) -> None:
        """Remove the file of a wall."""
        try:
            self._store.remove_file(path)
        except DehazerError as error:
            self.message.emit(str(error), True, None)
        self.changed.emit()
        if isinstance(self.dialog, WallsDialog):
            self.dialog.show_walls()

    def rename(self, old: str, new: str) -> None:
        """Give a wall another name."""
        try:
            self._store.rename(old, new)
        except DehazerError as error:
            self.message.emit(str(error), True, None)
            return
        if self._settings.text(LAST) == old:
            self._settings.put(LAST, new)
        if self.current == old:
            self._set_current(new)
        self.changed.emit()
        self.show_list()

    def _show(self, dialog: WallNameDialog | WallPasswordsDialog | WallsDialog) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.finished.connect(lambda: self._closed(dialog))
        dialog.show()

    def _closed(self, dialog: WallNameDialog | WallPasswordsDialog | WallsDialog) -> None:
        dialog.deleteLater()
        if self.dialog is dialog:
            self.dialog = None

    # opening

    def open_last(self) -> None:
        """The wall that was opened or saved last, if there was one."""
        if name := self._settings.text(LAST):
            self.open(name)

    def open(self, name: str) -> None:
        """Open a wall in place of what is open; cameras that are part of it already stay as they are connected."""
        try:
            wall = self._store.load(name)
        except DehazerError as error:
            self.refused.emit(str(error))
            return
        if not self._may_close(wall):
            return
        for camera in [one for one in self._cameras.all if not _is_in(wall, one)]:
            self.closing.emit(camera)
            self._cameras.close(camera)
        self._set_current(wall.name)
        secret = [one for one in wall.cameras if one.needs_secret and self._is_missing(one)]
        self._open_cameras(wall, [one for one in wall.cameras if one not in secret], {})
        if secret:
            self._background.run(lambda: _from_keyring(secret), lambda found: self._ask(wall, secret, found), name="keyring")

    def _may_close(self, wall: Wall) -> bool:
        recording = [one.title for one in self._cameras.all if one.recording and not _is_in(wall, one)]
        text = self.tr("{} is being recorded and is not part of “{}”. Stop the recording and open the wall?")
        text = text.format(", ".join(recording), wall.name)
        return not recording or self._question.agreed(self.tr("Recording"), text, self.tr("Stop and open"),
                                                      self.tr("Continue recording"))

    def stop_asking(self) -> bool:
        """See `ClosingQuestion.stop_asking`."""
        return self._question.stop_asking()

    def _ask(self, wall: Wall, cameras: list[WallCamera], found: dict[str, str]) -> None:
        """Ask for the passwords that no keyring holds; those of one account are asked for once."""
        if self.current != wall.name:
            return  # another wall was opened meanwhile
        missing: dict[str, list[str]] = {}
        for one in cameras:
            if (account := account_of(one)) not in found:
                missing.setdefault(account, []).append(one.source.title)
        self._open_cameras(wall, [one for one in cameras if account_of(one) in found], found)
        if missing:
            dialog = WallPasswordsDialog(wall.name, missing, passwords.available(), self._parent)
            dialog.answered.connect(lambda given, store: self._answered(wall, cameras, given, store))
            self._show(dialog)

    def _answered(self, wall: Wall, cameras: list[WallCamera], given: dict[str, str], store: bool) -> None:
        if self.current != wall.name:
            return
        for one in cameras:
            if store and one.source.user and (password := given.get(account_of(one))):
                self._background.run(lambda one=one, password=password: passwords.store(one.source, password), name="keyring")  # type: ignore[misc]
        self._open_cameras(wall, cameras, given)

    def _camera_of(self, one: WallCamera) -> Camera | None:
        return next((c for c in self._cameras.all if _same(one, c)), None)

    def _is_missing(self, one: WallCamera) -> bool:
        """Whether it has to be opened: it is not, or it is over, perhaps because of a wrong password."""
        camera = self._camera_of(one)
        return camera is None or camera.state.is_over

    def _open_cameras(self, wall: Wall, cameras: list[WallCamera], secrets: Mapping[str, str]) -> None:
        """Open those that are not open yet, and show them as the wall has them, in its order."""
        current, was_alone = self._cameras.current, len(self._cameras.all) > 1 and not self._display.grid_on
        for one in cameras:
            camera = self._open_camera(one, secrets) if self._is_missing(one) else self._camera_of(one)
            if camera is None:
                continue
            camera.set_adjustments(one.adjustments)
            camera.set_view(one.view)
            camera.set_divider(one.divider)
            if one is wall.cameras[wall.current]:
                current = camera
        there = [camera for one in wall.cameras if (camera := self._camera_of(one)) is not None]
        if there:
            self._cameras.arrange(there)
            self._cameras.look_at(current if current in there else there[0])
            self._display.show_grid(wall.side_by_side and not (was_alone and secrets))  # the user may look at one meanwhile
            self._show_second(wall)
            self.opened.emit(self._cameras.current)

    def _show_second(self, wall: Wall) -> None:
        """The second window as the wall has it; one that was opened by hand stays."""
        if wall.second is None:
            return
        camera = None if wall.second == ALL else self._camera_of(wall.cameras[wall.second])
        if wall.second == ALL or camera is not None:
            self._second.open(camera)

    def _open_camera(self, one: WallCamera, secrets: Mapping[str, str]) -> Camera | None:
        source, password = one.with_secret(secrets.get(account_of(one)))
        try:
            camera = self._cameras.open(source, password, one.adjustments)
        except DehazerError as error:
            self.refused.emit(str(error))
            return None
        camera.pictured.connect(lambda: self._settings.remember(one.source))
        return camera


def account_of(one: WallCamera) -> str:
    """What a missing password belongs to: user and host, or the host alone where it stands in the address."""
    return passwords.account(one.source) if one.source.user else urlsplit(one.source.where).netloc


def _from_keyring(cameras: list[WallCamera]) -> dict[str, str]:
    """The passwords that are stored, by account."""
    found = {account_of(one): passwords.load(one.source) for one in cameras}
    return {account: password for account, password in found.items() if password is not None}


def _same(one: WallCamera, camera: Camera) -> bool:
    """Whether an open camera is the one that a wall has; secrets inside addresses do not count."""
    return wall_of("", [camera], None, False).cameras[0].source.key == one.source.key


def _is_in(wall: Wall, camera: Camera) -> bool:
    return any(_same(one, camera) for one in wall.cameras)
