"""Documents into the archive: plan, merge, checks, the one transaction, the report."""
