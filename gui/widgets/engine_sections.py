"""The sections "Model" and "Speed": which network with which weights, where, how precisely, and how fast it must be."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog

from dehazer import CAMERA_RATE, MODELS, EngineOptions, QualityTarget, model_spec, options_of, packaged_weights
from gui.view.core_texts import core_text
from gui.view.option_texts import model_title, option_help
from gui.widgets.collapsible import CollapsibleSection, quiet_label
from gui.widgets.controls import DropDown

ANOTHER_FILE = "…"


class EngineSections(QObject):
    """Two sections. changed: other options, whose loading takes a moment. target_changed: for the governor."""

    changed = pyqtSignal(object)
    target_changed = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.options = EngineOptions()
        rules = options_of(EngineOptions)
        self.model, self.speed = CollapsibleSection(self.tr("Model")), CollapsibleSection(self.tr("Speed"))
        self.network, self.weights = DropDown(self.tr("Network")), DropDown(self.tr("Weights"))
        self.device, self.precision = DropDown(self.tr("Device")), DropDown(self.tr("Precision"))
        boxes = {"model": self.network, "weights": self.weights, "device": self.device, "precision": self.precision}
        for name, box in boxes.items():
            box.setToolTip(option_help(EngineOptions, name))
            box.activated.connect(lambda _i, box=box, name=name: self._pick(name, box.currentData()))
        self.model.add(self.tr("Network"), self.network)
        self.model.add(self.tr("Weights"), self.weights)
        self.speed.add(self.tr("Device"), self.device)
        self.speed.add(self.tr("Precision"), self.precision)
        self.measured = quiet_label("")
        self.speed.add("", self.measured)
        self.show_measured("")
        self.hold = DropDown(self.tr("Target"))
        self.hold.setToolTip(self.tr("Held by reducing quality step by step where needed; the status bar shows what is reduced"))
        self.hold.fill([(text.format(**vars(target)), target) for text, target in self._targets()])
        self.hold.activated.connect(lambda: self.target_changed.emit(self.hold.currentData()))
        self.speed.add(self.tr("Target"), self.hold)
        self.set_devices(())
        self.precision.fill([(p if p != "auto" else self.tr("automatic"), p) for p in rules["precision"].allowed()], "auto")
        self.show_options(self.options)

    def _targets(self) -> list[tuple[str, QualityTarget]]:
        rate, delay = self.tr("{fps:.0f} pictures per second"), self.tr("a delay of {latency_ms:.0f} ms")
        rates, delays = (60.0, 30.0, 25.0, 15.0), (100.0, 200.0)
        usual = (self.tr("the camera's own rate"), CAMERA_RATE), (self.tr("nothing, full quality"), QualityTarget())
        return [*usual, *((rate, QualityTarget(fps=f)) for f in rates), *((delay, QualityTarget(latency_ms=ms)) for ms in delays)]

    def show_target(self, target: QualityTarget) -> None:
        """Show what the governor holds, without a signal."""
        self.hold.choose(target)

    def set_devices(self, accelerators: tuple[tuple[str, str], ...]) -> None:
        """What there is beside the processor, as (name for the core, name for people)."""
        usual = [(self.tr("automatic"), "auto"), (self.tr("processor"), "cpu")]
        entries: list[tuple[str, object]] = [*usual, *((title, name) for name, title in accelerators)]
        self.device.fill(entries, self.options.device)

    def show_options(self, options: EngineOptions) -> None:
        """Show what is in use, without a signal."""
        self.options = options
        spec = model_spec(options.model)
        self.network.fill([(model_title(s.name), s.name) for s in MODELS.values() if s.weights], options.model)
        names = list(packaged_weights(spec)) or list(spec.weights)
        chosen = options.weights or names[0]
        entries = [(n, n) for n in names] + ([(chosen, chosen)] if chosen not in names else [])
        self.weights.fill([*entries, (self.tr("Choose a file…"), ANOTHER_FILE)], chosen)
        self.device.choose(options.device)
        self.precision.choose(options.precision)
        self.model.set_note(f"{options.model} · {chosen.rpartition('/')[2]}")

    def show_device(self, text: str) -> None:
        """What is really running."""
        self.speed.set_note(text)

    def show_measured(self, text: str) -> None:
        """What was measured to be quickest on this processor; nothing where `text` is empty."""
        self.measured.setText(self.tr("Measured here: {text}").format(text=core_text(text)))
        self.measured.setVisible(bool(text))

    def _pick(self, name: str, value: str) -> None:
        if value == ANOTHER_FILE:
            value, _ = QFileDialog.getOpenFileName(self.model, self.tr("Weights"), "", self.tr("Weights (*.safetensors)"))
        if not value:
            self.show_options(self.options)
            return
        requested = replace(self.options, **{name: value})
        if name == "model":
            requested = replace(requested, weights=None)
        if requested != self.options:
            self.show_options(requested)
            self.changed.emit(requested)
