"""The fonts that are part of the package: Inter, under the SIL Open Font License."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parent.parent / "data" / "fonts"
"""Folder of Inter-Regular.otf and Inter-SemiBold.otf: of the window, and of text that is drawn into pictures."""
