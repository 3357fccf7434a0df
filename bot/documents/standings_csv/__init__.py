"""A championship after a race as a table of separated values."""
