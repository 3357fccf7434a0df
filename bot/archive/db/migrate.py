"""What people entered outlives every schema: tables that are kept are brought to the present one, never dropped.

The steps are Alembic's, in `migrations/versions`, oldest first. Databases from before there were steps carry no mark:
which step they are at is told by their tables.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["NEWEST", "is_up_to_date", "steps", "upgrade"]

NEWEST = "r4"  # the last step; a test holds it to the files
MARK = "alembic_version"
TOLD_BY = (("stored_document", "mistake_report", "r2"), ("stored_document", "", "r1"), ("document_part", "", "r4"),
           ("document_text", "", "r3"))  # fmt: skip


def is_up_to_date(connection: Connection) -> bool:
    """Whether the kept tables are of the present schema. Costs one query, and Alembic is not loaded for it."""
    marked = inspect(connection).has_table(MARK)
    return marked and connection.execute(text(f"SELECT version_num FROM {MARK}")).scalar() == NEWEST  # noqa: S608


def upgrade(connection: Connection, to: str = "head") -> None:
    """Make or change the kept tables within the caller's transaction, who holds the writers' lock."""
    from alembic import command  # noqa: PLC0415

    config = steps()
    config.attributes["connection"] = connection
    tables = set(inspect(connection).get_table_names())
    if MARK not in tables:
        known = (step for one, other, step in TOLD_BY if one in tables and (not other or other in tables))
        step = next(known, None)
        if step is not None:
            command.stamp(config, step)
    command.upgrade(config, to)


def steps() -> "Config":
    """Where Alembic finds the steps: beside this file, wherever the program is installed and started."""
    from alembic.config import Config  # noqa: PLC0415 - a tenth of a second, which a start does not need

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
