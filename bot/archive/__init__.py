"""Archive of facts: the tables, how the database is opened, and one module of queries per family of questions."""
