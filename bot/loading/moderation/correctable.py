"""What of a race can be mended, and what is shown of it now."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session, SQLModel, col, select

from bot.archive.cell_ref import ENTRY_LIST_TABLE, SESSION_TABLE, CellRef, standings_table
from bot.archive.models.core import Entry, FactRecord, Race, RaceSession, SessionRow, Standing
from bot.errors import BotError, NothingKnown
from bot.loading.merge.conflicts import Value, value_text
from bot.loading.merge.corrections import IDENTITY_FIELDS, correctable_columns
from bot.racing.facts import FACT_FIELDS

__all__ = ["correctable_values", "current_value"]


def correctable_values(session: Session, race: str) -> dict[str, str]:
    """What can be mended of a race -> its value now, "" where nothing is told: its facts first, then its tables.

    Raises NothingKnown where there is no such race.
    """
    if session.get(Race, race) is None:
        raise NothingKnown(f"The archive knows no race {race}.")
    fact_values = {row.field: row.value for row in session.exec(select(FactRecord).where(FactRecord.race == race))}
    fields = [field for field in FACT_FIELDS if field not in IDENTITY_FIELDS]
    values = {field: fact_values[field] for field in fields if field in fact_values}
    for row in _rows(session, race):
        for what, value in _cells(row):
            values.setdefault(what, value)
    return values | {field: "" for field in fields if field not in fact_values}


def current_value(session: Session, race: str, what: str) -> str:
    """What is shown of a value now, "" for nothing. Raises NothingKnown or BotError where there is no such value."""
    values = correctable_values(session, race)
    if what not in values:
        raise BotError(f"“{what[:80]}” is no value of this race that can be mended; choose one from the list.")
    return values[what]


def _rows(session: Session, race: str) -> Iterator[SQLModel]:
    """The rows of a race's tables as published."""
    order = col(SessionRow.session), col(SessionRow.number)
    yield from session.exec(select(SessionRow).where(SessionRow.race == race).order_by(*order))
    standing = col(Standing.championship), col(Standing.number)
    yield from session.exec(select(Standing).where(Standing.race == race).order_by(*standing))
    yield from session.exec(select(Entry).where(Entry.race == race).order_by(col(Entry.position)))
    yield from session.exec(select(RaceSession).where(RaceSession.race == race).order_by(col(RaceSession.rank)))


def _cells(row: SQLModel) -> Iterator[tuple[str, str]]:
    """(what, value) of the cells of one row, named as conflicts name them."""
    values = row.model_dump()
    table, subject = _table_and_subject(row, values)
    if isinstance(row, SessionRow):
        values["rounds_s"] = _rounds(values)
    for column in correctable_columns(table):
        value: Value | None = values[column]
        yield str(CellRef(table, subject, column)), _value_text(value)


def _table_and_subject(row: SQLModel, values: Mapping[str, Value]) -> tuple[str, str]:
    if isinstance(row, SessionRow):
        return row.session, row.driver
    if isinstance(row, Standing):
        return standings_table(row.championship), row.name
    if isinstance(row, Entry):
        return ENTRY_LIST_TABLE, row.driver
    return SESSION_TABLE, str(values["key"])


def _value_text(value: Value | None) -> str:
    if value is None or value == ():
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else value_text(value)


def _rounds(values: Mapping[str, float | None]) -> tuple[float | None, ...]:
    rounds = [values[f"round_{number}_s"] for number in (1, 2, 3)]
    while rounds and rounds[-1] is None:
        rounds.pop()
    return tuple(rounds)
