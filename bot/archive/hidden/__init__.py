"""Hidden races: the archive as it is seen by who does not want to know yet how they ended."""
