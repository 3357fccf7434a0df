"""Schedules and championships of whole seasons, and which races they tell of."""
