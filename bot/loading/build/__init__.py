"""Races -> the rows of a whole archive, and how they differ from those of before."""
