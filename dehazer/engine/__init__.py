"""The engine: one network, run by one of several backends, and by the next one where that fails."""
