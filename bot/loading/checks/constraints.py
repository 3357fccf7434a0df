"""The laws of the tables, asked before anything is written: so that a dry run hears them too, in plain words."""

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

_CONSTRAINT = re.compile(r"(\w+) (>=?) (-?\d+)")
MAX_INTEGER = 2**31 - 1  # what every kind of database keeps as a whole number


def check_constraints(rows: Iterable[SQLModel]) -> None:
    """Raises BadDocument with the line of the first row that says what no race has, such as fewer than no laps."""
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
    """Raises BotError where two races, by key, would be the same round of the same season.

    `history_keys` are the keys of races of histories, which say series, season and round.
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
    """Column -> (sign, bound) of the laws that a table states of its numbers."""
    return dict(_table_bounds(model))


def _table_bounds(model: type[SQLModel]) -> Iterator[tuple[str, tuple[str, int]]]:
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            parsed = _CONSTRAINT.fullmatch(str(constraint.sqltext))
            if parsed:
                yield parsed[1], (parsed[2], int(parsed[3]))
