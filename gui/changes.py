"""What the controls change: the look of a camera, the engine of all, presets, the governor's target, recordings to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from dehazer import DehazerError, EngineOptions, QualityTarget
from gui.readout import Readout, machine
from gui.settings import Look

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Changes(QObject):
    """Takes what the inspector wants to the fleet and the settings, and shows what came of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._fleet, self._settings = window, window.fleet, window.settings
        self._inspector = window.inspector
        self._inspector.look_changed.connect(self.look)
        self._inspector.engine.changed.connect(self.engine)
        self._inspector.engine.target_changed.connect(self.target)
        self._inspector.presets.changed.connect(self._presets)
        self._inspector.record.changed.connect(self._record)
        self._fleet.engine_changed.connect(self._engine_changed)
        self._fleet.failed.connect(self._engine_failed)

    def restore(self) -> None:
        """Begin with what is remembered."""
        self._fleet.options, self._fleet.target = self._settings.engine(), self._settings.target()
        self._inspector.engine.show_options(self._fleet.options)
        self._inspector.engine.show_target(self._fleet.target)
        recording = self._window.recording
        self._inspector.record.show_choice(recording.what, recording.suffix, recording.folder)

    def look(self, look: Look) -> None:
        """The current camera is shown in another way from the next picture on."""
        camera = self._fleet.current
        if camera is not None:
            camera.set_look(look)
            self._settings.put_look(camera.choice, look)
            self._inspector.presets.show_presets(self._settings.presets(camera.choice), look)

    def _presets(self, presets: dict[str, Look]) -> None:
        if self._fleet.current is not None:
            self._settings.put_presets(self._fleet.current.choice, presets)

    def engine(self, options: EngineOptions) -> None:
        """Load another engine; the present one goes on until then."""
        self._inspector.engine.show_machine(self.tr("loading …"))
        self._fleet.load(options)

    def on_processor(self) -> None:
        """The device gave up: go on without it."""
        self.engine(EngineOptions(self._fleet.options.model, self._fleet.options.weights, "cpu"))

    def target(self, target: QualityTarget) -> None:
        """What the governor is to hold."""
        self._fleet.set_target(target)
        self._settings.put_target(target)

    def _engine_changed(self) -> None:
        self._settings.put_engine(self._fleet.options)
        self._inspector.engine.set_devices(self._fleet.devices)
        self._inspector.engine.show_options(self._fleet.options)
        if self._fleet.engine is not None:
            found = self._fleet.engine.describe()
            where = machine(Readout(device=found["device"], precision=found["precision"]))
            self._window.start_page.show_device(self.tr("Ready: model {} with weights {}, on {}").format(
                found["model"], found["weights"], where))
        self._window.display.show_fleet()

    def _engine_failed(self, error: BaseException) -> None:
        self._inspector.engine.show_options(self._fleet.options)
        self._window.start_page.show_device("")
        if isinstance(error, DehazerError):
            self._window.refuse(str(error))
        else:
            self._window.mishaps.show(error)
        self._window.watch.refresh()

    def _record(self) -> None:
        rows = self._inspector.record
        self._window.recording.choose(rows.what.currentData(), rows.suffix.currentData(), rows.folder)
