"""Optimisers and learning-rate schedules, in explicit lists."""
