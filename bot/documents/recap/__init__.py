"""The story of a race in prose."""
