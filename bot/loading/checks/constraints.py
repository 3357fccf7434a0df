"""Constraints of the tables, checked before anything is written, so that a dry run says in plain words what breaks."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from operator import ge, gt
from pathlib import PurePath

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from bot.errors import BadDocument, BotError
from bot.loading.canonical.name_table import RaceTally
from bot.racing.race_key import RaceKey

__all__ = ["check_constraints", "check_unique_rounds"]

_CONSTRAINT = re.compile(r"\b(\w+) (>=?) (-?\d+)")
MAX_INTEGER = 2**31 - 1  # PostgreSQL refuses a larger one in a column of whole numbers; SQLite would take it


def check_constraints(rows: Iterable[SQLModel]) -> None:
    """Check of every number of the rows. Raises BadDocument with the line of the first that no race has."""
    for row in rows:
        bounds = _bounds_of(type(row))
        for column, value in row.model_dump().items():
            if isinstance(value, int | float) and not _is_allowed(value, bounds.get(column)):
                sign, minimum = bounds.get(column, (">=", 0))
                requirement = f"more than {minimum}" if sign == ">" else f"{minimum} or more"
                reason = f"{column.replace('_', ' ')} is {value}; " + (
                    "that is too large" if abs(value) > MAX_INTEGER else f"it must be {requirement}"
                )
                source_line = row.model_dump(include={"document", "line"})
                raise BadDocument(PurePath(source_line.get("document", "the race")), source_line.get("line", 1), reason)


def check_unique_rounds(tallies: Mapping[str, RaceTally], history_keys: Container[str] = ()) -> None:
    """Check that no two races, by key, are the same round of the same season. Raises BotError.

    `history_keys` are the keys of races that only histories tell of; those are full keys.
    """
    first_keys: dict[RaceKey, str] = {}
    for key, tally in tallies.items():
        full_key = RaceKey.of(tally.series, tally.season, tally.round)
        if full_key:
            # A race of a history is not among the tallies, and holds its round before all that are.
            in_history = str(full_key) in history_keys
            first_key = str(full_key) if in_history else first_keys.setdefault(full_key, key)
            if first_key != key:
                raise BotError(
                    f"Two races would be round {tally.round} of the season {tally.season}: {first_key} and {key}. "
                    "Tie their documents to one race, or correct the catalogue; nothing was loaded."
                )


def _is_allowed(value: float, bound: tuple[str, int] | None) -> bool:
    if abs(value) > MAX_INTEGER:
        return False
    return bound is None or (gt if bound[0] == ">" else ge)(value, bound[1])


@cache
def _bounds_of(model: type[SQLModel]) -> dict[str, tuple[str, int]]:
    """Column -> (sign, bound) of the constraints that a table has on its numbers."""
    return dict(_table_bounds(model))


def _table_bounds(model: type[SQLModel]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Pairs of column and bound, read out of the table itself, so that each is written down once."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            parsed = _CONSTRAINT.fullmatch(str(constraint.sqltext))
            if parsed:
                yield parsed[1], (parsed[2], int(parsed[3]))
