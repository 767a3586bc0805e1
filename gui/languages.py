"""The languages of the window. Needs no Qt, so that `--help` names them at once."""

from __future__ import annotations

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "fr")
"""English is in the program itself; every other one has a file in gui/translations (see scripts/translations.py)."""
