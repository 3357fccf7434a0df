"""Versions of the data: the one that is answered from stays whole until the names of the next are read."""
