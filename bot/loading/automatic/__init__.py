"""Loads without a person: whether a fetched version of a watched page is so plainly right that nobody has to look."""
