"""What the inspector changes: adjustments and presets of a camera, the engine, the governor's target, recordings to come."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QObject

from dehazer import EngineOptions, EnhanceOptions, QualityTarget, options_of
from gui.cameras import Cameras
from gui.controllers.recording import RecordingController
from gui.services.engine_loader import EngineLoader, Forecast, PictureRate
from gui.services.settings import Adjustments, Settings
from gui.view import formatting
from gui.widgets.inspector import Inspector

DEFAULT_RATE = 25.0
"""Frames per second of a camera that does not say."""


class InspectorController(QObject):
    """Takes changes from the inspector to cameras, engine and settings, and shows there what came of it."""

    def __init__(self, inspector: Inspector, cameras: Cameras, engine_loader: EngineLoader, settings: Settings,
                 recording: RecordingController) -> None:
        super().__init__()
        self._inspector, self._cameras, self._engine_loader = inspector, cameras, engine_loader
        self._settings, self._recording = settings, recording
        inspector.adjustments_changed.connect(self.set_adjustments)
        inspector.engine.changed.connect(self._load_engine)
        inspector.engine.target_changed.connect(self._set_target)
        inspector.presets.changed.connect(self._save_presets)
        inspector.record.changed.connect(self._set_recording)
        engine_loader.loaded.connect(self._engine_loaded)
        for signal in (engine_loader.failed, engine_loader.cancelled):
            signal.connect(self._show_present)
        engine_loader.offered.connect(self._show_offer)
        inspector.offer.accepted.connect(self._accept)
        inspector.offer.cancelled.connect(engine_loader.cancel)
        self._restore()

    def _restore(self) -> None:
        """Start with the saved settings."""
        self._show_engine_options()
        self._inspector.engine.show_target(self._cameras.target)
        recording = self._recording
        self._inspector.record.show_choice(recording.pictures, recording.suffix, recording.folder)
        self._inspector.record.show_options(recording.options)

    def set_adjustments(self, adjustments: Adjustments) -> None:
        """The current camera is shown with other adjustments from the next picture on."""
        camera = self._cameras.current
        if camera is not None:
            camera.set_adjustments(adjustments)
            self._settings.save_adjustments(camera.source, adjustments)
            self._inspector.presets.show_presets(self._settings.presets(camera.source), adjustments)

    def change_strength(self, percent: float) -> None:
        """Make the current camera's strength so much larger or smaller."""
        if (camera := self._cameras.current) is not None:
            most = options_of(EnhanceOptions)["strength"].high or 100.0
            strength = min(most, max(0.0, camera.adjustments.strength + percent))
            self.set_adjustments(replace(camera.adjustments, strength=strength))
            self._inspector.show_adjustments(camera.adjustments)

    def _save_presets(self, presets: dict[str, Adjustments]) -> None:
        if self._cameras.current is not None:
            self._settings.save_presets(self._cameras.current.source, presets)

    def _load_engine(self, options: EngineOptions) -> None:
        self._inspector.engine.show_device(self.tr("loading…"))
        self._inspector.offer.show_loading(options.model)
        self._engine_loader.load(options, self._picture_rate())

    def _picture_rate(self) -> PictureRate | None:
        """What the engine has to compute now; None while nothing is known of it."""
        camera = self._cameras.current
        scene = camera.numbers.scene if camera is not None and camera.numbers is not None else None
        if camera is None or scene is None or not scene.width or not scene.height:
            return None
        return PictureRate(scene.width, scene.height, camera.rate or DEFAULT_RATE)

    def _show_offer(self, forecast: Forecast) -> None:
        """It will be slow: what was timed is said before it takes over."""
        fps = formatting.number(forecast.fps, 0 if forecast.fps >= 10 else 1 if forecast.fps >= 0.1 else 2)
        self._inspector.engine.show_options(forecast.options)
        self._inspector.offer.show_offer(forecast.options.model, fps, formatting.number(forecast.rate, 0),
                                         self._engine_loader.options.model)

    def _accept(self) -> None:
        self._inspector.offer.hide()
        self._engine_loader.accept()

    def _show_present(self) -> None:
        self._inspector.offer.hide()
        self._show_engine_options()

    def compute_on_processor(self) -> None:
        """The device failed: go on without it."""
        options = self._engine_loader.options
        self._engine_loader.load(EngineOptions(options.model, options.weights, "cpu"))

    def _set_target(self, target: QualityTarget) -> None:
        self._cameras.set_target(target)
        self._settings.save_target(target)

    def _engine_loaded(self) -> None:
        self._inspector.offer.hide()
        self._settings.save_engine(self._engine_loader.options)
        self._inspector.engine.set_devices(self._engine_loader.devices)
        self._inspector.engine.show_measured(self._engine_loader.measured)
        self._show_engine_options()

    def _show_engine_options(self) -> None:
        self._inspector.engine.show_options(self._engine_loader.options)

    def _set_recording(self) -> None:
        section = self._inspector.record
        self._recording.choose(section.pictures.currentData(), section.suffix.currentData(), section.folder)
        self._recording.choose_options(section.options)
