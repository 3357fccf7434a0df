"""Migrations: the tables of what people entered are brought to the present schema, never dropped.

The steps are Alembic's, in `migrations/versions`, oldest first. Databases from before there were steps carry no mark:
their tables show which step they are at.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.archive.db.address import public_address
from bot.errors import ArchiveUnusable

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = ["NEWEST_STEP", "alembic_config", "is_up_to_date", "upgrade"]

NEWEST_STEP = "r9"  # the last step; a test compares it with the files
VERSION_TABLE = "alembic_version"
# Which step a database without a mark is at: (a table it has, another it has too or "", the step); the first that fits.
STEP_BY_TABLES = (
    ("stored_document", "mistake_report", "r2"),
    ("stored_document", "", "r1"),
    ("document_part", "", "r4"),
    ("document_text", "", "r3"),
)


def is_up_to_date(connection: Connection) -> bool:
    """Whether the tables of what people entered are of the present schema: one query, without importing Alembic."""
    return _marked_step(connection) == NEWEST_STEP


def upgrade(connection: Connection, to: str = "head") -> None:
    """Make or change those tables within the transaction of the caller, who has the writers' lock.

    Raises ArchiveUnusable where a newer version of the program has made them: there is no step back.
    """
    from alembic import command  # noqa: PLC0415

    config = alembic_config()
    config.attributes["connection"] = connection
    _refuse_unknown_step(connection, config)
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        matching_steps = (
            step for table, other, step in STEP_BY_TABLES if table in tables and (not other or other in tables)
        )
        step = next(matching_steps, None)
        if step is not None:
            command.stamp(config, step)
    command.upgrade(config, to)


def alembic_config() -> "Config":
    """Alembic's settings: the steps lie beside this file, wherever the program is installed and started."""
    from alembic.config import Config  # noqa: PLC0415 - a tenth of a second, which a start does not need

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _marked_step(connection: Connection) -> str | None:
    """The step that the mark of the database names; None where it carries no mark."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    step: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return step


def _refuse_unknown_step(connection: Connection, config: "Config") -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    step = _marked_step(connection)
    known_steps = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if step is not None and step not in known_steps:
        address = public_address(connection.engine.url)
        raise ArchiveUnusable(
            f"The archive at {address} was made by a newer version of Spotter (step {step}; this one knows "
            f"{NEWEST_STEP}). Start that version again, or restore a backup of before the upgrade into an empty "
            "database."
        )
