"""Which documents and corrections are in force, before and after a change."""
