"""What training raises beyond dehazer's own errors."""

from __future__ import annotations

from dehazer.errors import DehazerError


class TrainingError(DehazerError):
    """A run cannot go on (loss is no number, checkpoint of another network); the last good checkpoint is kept."""
