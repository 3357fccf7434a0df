"""The laws of the tables, asked before anything is written: so that a dry run hears them too, in plain words."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from operator import ge, gt
from pathlib import PurePath

from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from bot.errors import BadDocument, BotError
from bot.loading.canonical.name_table import Tally

__all__ = ["refuse_twins", "refuse_unlawful"]

_LAW = re.compile(r"(\w+) (>=?) (-?\d+)")
LARGEST = 2**31 - 1  # what every kind of database keeps as a whole number


def refuse_unlawful(rows: Iterable[SQLModel]) -> None:
    """Raises BadDocument with the line of the first row that says what no race has, such as fewer than no laps."""
    for row in rows:
        laws = _laws(type(row))
        for column, value in row.model_dump().items():
            if isinstance(value, int | float) and not _within(value, laws.get(column)):
                sign, least = laws.get(column, (">=", 0))
                wanted = f"more than {least}" if sign == ">" else f"{least} or more"
                why = f"{column.replace('_', ' ')} is {value}; " + (
                    "that is too large" if abs(value) > LARGEST else f"it must be {wanted}"
                )
                place = row.model_dump(include={"document", "line"})
                raise BadDocument(PurePath(place.get("document", "the race")), place.get("line", 1), why)


def refuse_twins(tallies: Mapping[str, Tally], others: Container[str] = ()) -> None:
    """Raises BotError where two races, by key, would be the same round of the same season.

    `others` are the keys of races of histories, which say series, season and round.
    """
    seen: dict[tuple[str, int, int], str] = {}
    for key, one in tallies.items():
        if one.series and one.season and one.round:
            full = f"{one.series}-{one.season}-{one.round}"
            first = full if full in others else seen.setdefault((one.series, one.season, one.round), key)
            if first != key:
                raise BotError(
                    f"Two races would be round {one.round} of the season {one.season}: {first} and {key}. "
                    "Tie their documents to one race, or mend the catalogue; nothing was loaded."
                )


def _within(value: float, law: tuple[str, int] | None) -> bool:
    if abs(value) > LARGEST:
        return False
    return law is None or (gt if law[0] == ">" else ge)(value, law[1])


@cache
def _laws(model: type[SQLModel]) -> dict[str, tuple[str, int]]:
    """Column -> (sign, bound) of the laws that a table states of its numbers."""
    return dict(_stated(model))


def _stated(model: type[SQLModel]) -> Iterator[tuple[str, tuple[str, int]]]:
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    for law in table.constraints:
        if isinstance(law, CheckConstraint):
            found = _LAW.fullmatch(str(law.sqltext))
            if found:
                yield found[1], (found[2], int(found[3]))
