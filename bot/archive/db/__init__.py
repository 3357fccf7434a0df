"""How the database is opened, read, written and brought to a new version, for each kind of database."""
