"""Deployable networks, their registry and their weights."""
