"""Frames on a graphics device: uploaded, analysed, corrected and downloaded. Loaded where there is one."""

from __future__ import annotations

from dehazer.engine.device_apply import Affine, affine_torch, apply_on_device
from dehazer.engine.device_pyramid import analyse_on_device
from dehazer.engine.devices import Device, current
from dehazer.engine.torch_devices import device_errors, torch_device
from dehazer.engine.transfer import DeviceTransfer
from dehazer.field.haze_field import HazeField
from dehazer.field.torch_pyramid import TensorPyramid
from dehazer.frames.device_frame import DeviceFrame
from dehazer.frames.frame import Frame


class DevicePath:
    """All that happens to frames on one device. Raises OutOfMemory and DeviceLost. `upload` and `download`: from any thread."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.transfer = DeviceTransfer(torch_device(device))
        self.affine = pick_affine(device)

    def upload(self, frame: Frame) -> DeviceFrame:
        """Start bringing a frame to the device."""
        with device_errors(), current(self.device):
            return self.transfer.upload(frame)

    def download(self, frame: Frame) -> Frame:
        """The frame in main memory."""
        with device_errors(), current(self.device):
            return self.transfer.download(frame)

    def analyse(self, frame: DeviceFrame, lines: int) -> TensorPyramid:
        """What the network sees of it, on the device."""
        with device_errors():
            return analyse_on_device(frame, lines)

    def apply(self, field: HazeField, frame: DeviceFrame) -> DeviceFrame:
        """The field applied to it, on the device."""
        with device_errors():
            return apply_on_device(field, frame, self.affine)


def pick_affine(device: Device) -> Affine:
    """The fused pass where Triton is there, else plain torch."""
    if device.type == "cuda":
        from dehazer.engine import triton_kernel as fused

        if fused.available():
            return fused.affine_fused
    return affine_torch
