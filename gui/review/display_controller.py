"""What of the review room is shown, and how: view mode, zoom, columns at the sides, full screen, numbers over the pictures."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from gui.review.camera_panes import CameraPanes
from gui.review.review_bar import ReviewBar
from gui.review.review_frame import ReviewFrame
from gui.review.transport_bar import TransportBar
from gui.services.settings import Settings


class DisplayController(QObject):
    """fullscreen_requested: the window should fill the screen, or not any more. overlay_changed: numbers are wanted, or not."""

    fullscreen_requested = pyqtSignal()
    overlay_changed = pyqtSignal()

    def __init__(self, frame: ReviewFrame, bar: ReviewBar, panes: CameraPanes, transport: TransportBar, *,
                 settings: Settings) -> None:
        super().__init__()
        self._frame, self._bar, self._panes, self._transport, self._settings = frame, bar, panes, transport, settings
        self.overlay_on = settings.flag("review/overlay", False)
        frame.show_columns(settings.flag("review/library", True), settings.flag("review/controls", True))
        frame.restore(settings.bytes("review/columns"), settings.bytes("review/rows"))
        bar.view_requested.connect(self.set_view)
        transport.left.connect(self.focus_pictures)
        self.set_view(settings.text("review/view", panes.view))

    def set_view(self, view: str) -> None:
        """Look at all cameras in another view mode; an unknown one is ignored."""
        if view in self._bar.views.buttons:
            self._panes.set_view(view)
            self._settings.put("review/view", view)
        self._bar.views.choose(self._panes.view)

    def show_bar(self) -> None:
        """The buttons as things are."""
        self._bar.show_states({"library": self._frame.has_library, "inspector": self._frame.has_controls,
                               "loupe": self._panes.loupe, "overlay": self.overlay_on, "fullscreen": self._frame.fullscreen})

    def toggle_library(self) -> None:
        """Hide the column at the left, or show it."""
        self._show_columns(not self._frame.has_library, self._frame.has_controls)

    def toggle_inspector(self) -> None:
        """Hide the column at the right, or show it."""
        self._show_columns(self._frame.has_library, not self._frame.has_controls)

    def show_inspector(self) -> None:
        """Show the column at the right."""
        if not self._frame.has_controls:
            self._show_columns(self._frame.has_library, True)

    def _show_columns(self, library: bool, controls: bool) -> None:
        self._frame.show_columns(library, controls)
        self._settings.put("review/library", library)
        self._settings.put("review/controls", controls)
        self.show_bar()

    def toggle_overlay(self) -> None:
        """Show the numbers over the pictures, or hide them."""
        self.overlay_on = not self.overlay_on
        self._settings.put("review/overlay", self.overlay_on)
        self.overlay_changed.emit()

    def toggle_fullscreen(self) -> None:
        """Full screen, or back."""
        self._frame.set_fullscreen(not self._frame.fullscreen)
        self.fullscreen_requested.emit()
        self.focus_pictures()
        self.show_bar()

    def leave(self) -> None:
        """From full screen to the window, from one camera alone to all of them."""
        if self._frame.fullscreen:
            self.toggle_fullscreen()
        elif self._panes.alone:
            self._panes.show_alone("")

    def toggle_alone(self) -> None:
        """The current camera alone, or all."""
        self._panes.show_alone("" if self._panes.alone else self._panes.current)

    def select_next(self) -> None:
        """The controls act on the next camera."""
        self._panes.select_next()

    def toggle_loupe(self) -> None:
        """A loupe over the pictures, or none."""
        self._panes.toggle_loupe()

    def zoom(self, factor: float) -> None:
        """Zoom all pictures."""
        if self._panes.pane is not None:
            self._panes.pane.zoom(factor)

    def zoom_fit(self) -> None:
        """See whole pictures."""
        if self._panes.pane is not None:
            self._panes.pane.zoom_fit()

    def pan(self, x: float, y: float) -> None:
        """Move what is seen of zoomed pictures, by shares of the view."""
        if self._panes.pane is not None:
            self._panes.pane.pan(x, y)

    def move_divider(self, by: float) -> None:
        """Move the division of the wipe by a share of the picture."""
        if self._panes.pane is not None:
            self._panes.pane.move_divider(by)

    def type_time(self) -> None:
        """Let the user type a time."""
        self._frame.show_controls()
        self._transport.clock.setFocus()

    def type_frame(self) -> None:
        """Let the user type a frame number."""
        self._frame.show_controls()
        self._transport.frame.setFocus()

    def focus_pictures(self) -> None:
        """Give the keyboard to the pictures."""
        if self._panes.pane is not None:
            self._panes.pane.setFocus()

    def save(self) -> None:
        """Remember where the user put the divisions."""
        columns, rows = self._frame.save()
        self._settings.put("review/columns", columns)
        self._settings.put("review/rows", rows)
