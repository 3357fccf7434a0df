"""The story of a race, and passages of it."""
