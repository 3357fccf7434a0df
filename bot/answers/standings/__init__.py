"""The points."""
