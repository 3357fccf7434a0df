"""What the tests of the moderators' desk share: whole contents of archives, and documents that are changed a little."""

import re
from itertools import count

from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from bot.archive.db.engine import read_session
from bot.archive.models.core import DERIVED_TABLES, FactRecord
from bot.loading.load_limits import LoadLimits
from bot.loading.moderation.operations import Operations
from bot.loading.startup import is_archive_empty
from bot.loading.state.document_set import active_set

UNKNOWN_RACE_STORY = b"""date 2024-06-30 Joey Logano won the Music City 350 at Nashville Superspeedway on Sunday.

Logano passed Denny Hamlin with 3 laps to go in the NASCAR Cup Series race and led the rest of the way.

Stage 1

Hamlin won Stage 1 over Ross Chastain, who had started on the pole.
"""
NEW_RACE_TABLE = b"""series,season,round,race,track,date,position,car,driver,team,manufacturer,laps
cup,2023,18,Chicago 220,Chicago Street Course,2023-07-02,1,91,Shane van Gisbergen,Trackhouse Racing,Chevrolet,78
,,,,,,2,24,William Byron,Hendrick Motorsports,Chevrolet,78
"""
PAGE, RECAP, POINTS, DAYTONA_RECAP = (
    "ally-400-race-page.txt",
    "ally-400-recap.txt",
    "ally-400-points.txt",
    "daytona-recap.txt",
)
# Small documents are parsed in the test's own process: a worker process takes a second to start.
NO_WORKERS, ONLY_WORKERS = LoadLimits(upload_bytes=1_000_000), LoadLimits(folder_bytes=0)
ALLY = "cup-2023-17"
LAPS_CELLS, OTHER_LAPS_CELLS = b"| 146 | 1 |", b"| 147 | 1 |"


def derived_rows(engine: Engine) -> dict[str, list[str]]:
    """Every derived row of an archive, in full."""
    tables = {name: SQLModel.metadata.tables[name] for name in (str(model.__tablename__) for model in DERIVED_TABLES)}
    with read_session(engine) as session:
        connection = session.connection()  # rows as they are: to make objects of them takes three times as long
        return {name: sorted(map(repr, connection.execute(table.select()))) for name, table in tables.items()}


def out_of_order(page: bytes) -> bytes:
    """A race page whose results cannot be put in order any more: every third position of the race is a 2."""
    rows = count(1)
    return re.sub(
        rb"(?m)^\| [0-9]+ (?=\| [0-9]+ \| [0-9]+ \| [A-Z][^|]* \| [^|]* \| [^|]* \| [0-9]+ \| [0-9]+ \|$)",
        lambda found: found[0] if next(rows) % 3 else b"| 2 ",
        page,
    )


def active_documents(engine: Engine) -> list[tuple[str, str, str | None, str | None]]:
    """What the archive is derived from, but for its corrections."""
    with read_session(engine) as session:
        return sorted(document.build_inputs for document in active_set(session).documents.values())


def is_empty(engine: Engine) -> bool:
    """Whether no load has filled an archive yet."""
    with read_session(engine) as session:
        return is_archive_empty(session)


def apply_plan(moderation: Operations, key: str) -> int:
    """Apply a plan; the data version it makes."""
    return moderation.apply(key, "Ann").version


def ally_facts(engine: Engine) -> dict[str, str]:
    """The facts of the page's race, by field."""
    with read_session(engine) as session:
        return {row.field: row.value for row in session.exec(select(FactRecord).where(FactRecord.race == ALLY))}
