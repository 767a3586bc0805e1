"""The parts of a live session: its state, its steady source, its numbers, and what many sessions share."""
