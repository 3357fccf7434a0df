"""A table with one row for each car, as moderators fill it in."""
