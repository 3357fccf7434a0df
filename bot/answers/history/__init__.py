"""Tracks, seasons and records."""
