"""A page with tables that tells of no race."""
