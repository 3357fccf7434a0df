"""The steps by which the kept tables came to be what they are; Alembic runs them, `bot.archive.db.migrate` calls it."""
