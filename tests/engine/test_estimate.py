"""The engine answers for every registered model, every layout and every size a camera may have."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from dehazer.config import EngineOptions
from dehazer.engine import Engine
from dehazer.frame import PIXEL_FORMATS
from dehazer.models.registry import MODELS
from tests.pictures import frame_of, scene

pytestmark = pytest.mark.usefixtures("random_weights")


@pytest.mark.parametrize("name", [name for name, spec in MODELS.items() if spec.weights])
def test_every_model_keeps_layout_and_size(name: str) -> None:
    engine = Engine(EngineOptions(name, device="cpu", backend="torch"))
    frame = frame_of(scene(50, 70), "yuv420p")
    result = engine.estimate(frame).field.apply(frame) if engine.gives_field else engine.restore(frame)
    assert [p.shape for p in result.planes] == [p.shape for p in frame.planes]
    assert any((a != b).any() for a, b in zip(result.planes, frame.planes, strict=True))
