"""The foggy sample clip that is part of the package."""

from __future__ import annotations

from pathlib import Path

SAMPLE_CLIP = Path(__file__).parent.parent / "data" / "sample.mp4"
"""640 × 360 H.264, rendered by `scripts/make_sample.py` from the project's own synthetic scene."""
