"""Database: opened, read, written and brought to a new version, on SQLite and on PostgreSQL."""
