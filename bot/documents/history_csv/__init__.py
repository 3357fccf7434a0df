"""Every result of a series since 1949 in one table."""
