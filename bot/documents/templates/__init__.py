"""For each kind of document one page of words and the smallest file that works."""
