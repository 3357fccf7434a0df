"""Drivers and teams."""
