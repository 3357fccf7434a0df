"""Rows -> database, inside the one transaction of a load."""
