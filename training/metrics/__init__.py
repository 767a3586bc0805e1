"""Measures of restored pictures and clips."""
