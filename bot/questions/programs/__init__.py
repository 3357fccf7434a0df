"""The language of programs: frozen data that runs on a table, names the rows it used and says itself in words."""
