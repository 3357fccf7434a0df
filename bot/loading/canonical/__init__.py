"""One spelling for each name, and who is one person."""
