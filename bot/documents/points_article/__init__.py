"""Prose with a list of points."""
