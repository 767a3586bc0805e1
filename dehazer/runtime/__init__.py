"""Threads, hand-offs and numbers."""
