"""What the tests of the moderators' desk share: whole contents of archives, and documents that are changed a little."""

from sqlalchemy import Engine
from sqlmodel import select

from bot.archive.db.engine import reading
from bot.archive.models.core import DERIVED, Fact
from bot.loading.moderation.desk import DataDesk
from bot.loading.startup import holds_nothing
from bot.loading.state.document_set import state_of

PAGE, RECAP, POINTS, NIGHT = "ally-400-race-page.txt", "ally-400-recap.txt", "ally-400-points.txt", "daytona-recap.txt"
ALLY = "cup-2023-17"
LAPS, OTHER_LAPS = b"| 146 | 1 |", b"| 147 | 1 |"


def contents(engine: Engine) -> dict[str, list[str]]:
    """Every derived row of an archive, in full."""
    with reading(engine) as session:
        return {
            str(model.__tablename__): sorted(
                str(sorted(row.model_dump().items())) for row in session.exec(select(model))
            )
            for model in DERIVED
        }


def in_force(engine: Engine) -> list[tuple[str, str, str | None, str | None]]:
    """What the archive is derived from, but for its corrections."""
    with reading(engine) as session:
        return sorted(one.said for one in state_of(session).documents.values())


def is_empty(engine: Engine) -> bool:
    """Whether no load has filled an archive yet."""
    with reading(engine) as session:
        return holds_nothing(session)


def done(desk: DataDesk, key: str) -> int:
    """Apply a plan; the data version it makes."""
    return desk.apply(key, "Ann").version


def texts(engine: Engine) -> dict[str, str]:
    """The facts of the page's race, by field."""
    with reading(engine) as session:
        return {row.field: row.value for row in session.exec(select(Fact).where(Fact.race == ALLY))}
