"""The catalogue, `catalogue.toml`: what a document does not say of itself.

One table per file name; every key is optional. `series` (an id such as "nxs"), `season`, `round`, `race`, `track`,
`place`, `date`, `laps_scheduled` and `laps_run` say which race the document tells of and are facts of it; `people`
maps a name as written to the full name that is meant; `note` is shown to readers.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bot.documents.model import Document, FactClaim, RaceIdentity
from bot.errors import BadDocument

T = TypeVar("T")

__all__ = ["CATALOGUE_NAME", "CatalogueEntry", "read_catalogue"]

CATALOGUE_NAME = "catalogue.toml"
MAX_NUMBER = 10_000  # a season has four digits, and no race so many laps
_FIELDS: dict[str, tuple[str, type]] = {
    "series": ("series", str),
    "season": ("season", int),
    "round": ("round", int),
    "race": ("race_name", str),
    "track": ("track", str),
    "place": ("place", str),
    "date": ("date", date),
    "laps_scheduled": ("laps_scheduled", int),
    "laps_run": ("laps_run", int),
    "note": ("note", str),
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """What the catalogue says of one document: facts with their lines, the identity they make, and who is meant.

    `people` are (as written, full name, line).
    """

    document: str
    line: int
    identity: RaceIdentity
    facts: tuple[FactClaim, ...]
    people: tuple[tuple[str, str, int], ...] = ()


def read_catalogue(document: Document) -> tuple[CatalogueEntry, ...]:
    """The entries in the order of the file. Raises BadDocument with the line of the first fault."""
    try:
        tables = tomllib.loads("\n".join(document.lines))
    except (RecursionError, ValueError) as error:
        if not isinstance(error, tomllib.TOMLDecodeError):
            raise BadDocument(
                document.path, 1, "brackets are too deep, or a number has too many digits: no catalogue needs that"
            ) from error
        line_match = re.search(r"at line (\d+)", str(error))
        raise BadDocument(
            document.path, int(line_match[1]) if line_match else len(document.lines), f"no valid TOML: {error}"
        ) from error
    header_lines = _header_lines(document)
    return tuple(_parse_entry(document, name, table, header_lines.get(name, 1)) for name, table in tables.items())


def _parse_entry(document: Document, name: str, table: object, header_line: int) -> CatalogueEntry:
    if not isinstance(table, dict):
        raise BadDocument(
            document.path, header_line, f'“{name}” must be a table: write ["{name}"] and its keys below it'
        )
    facts = []
    people: list[tuple[str, str, int]] = []
    for key, value in table.items():
        line = _key_line(document, header_line, key)
        if key == "people":
            people = _parse_people(document, line, value)
        elif key in _FIELDS:
            facts.append(_parse_fact(document, line, key, value))
        else:
            raise BadDocument(
                document.path, line, f"no key “{key}” is known; known are {', '.join([*_FIELDS, 'people'])}"
            )
    values = {fact.field: fact.value for fact in facts}
    identity = RaceIdentity(
        series=_value_of_type(values.get("series"), str),
        season=_value_of_type(values.get("season"), int),
        round=_value_of_type(values.get("round"), int),
        name=_value_of_type(values.get("race_name"), str),
        track=_value_of_type(values.get("track"), str),
        day=_value_of_type(values.get("date"), date),
    )
    return CatalogueEntry(name, header_line, identity, tuple(facts), tuple(people))


def _value_of_type(value: object, value_type: type[T]) -> T | None:
    return value if isinstance(value, value_type) else None


def _parse_fact(document: Document, line: int, key: str, value: object) -> FactClaim:
    field, kind = _FIELDS[key]
    if not isinstance(value, str | int | date) or not isinstance(value, kind) or isinstance(value, bool | datetime):
        expected = {str: "text in quotes", int: "a whole number", date: "a date such as 2023-08-25"}[kind]
        raise BadDocument(document.path, line, f"{key} must be {expected}")
    if isinstance(value, int) and not 0 < value <= MAX_NUMBER:
        raise BadDocument(document.path, line, f"{key} must be more than 0 and at most {MAX_NUMBER:,}")
    return FactClaim(line, field, value)


def _parse_people(document: Document, line: int, value: object) -> list[tuple[str, str, int]]:
    if not isinstance(value, dict) or not all(isinstance(full, str) and full.strip() for full in value.values()):
        raise BadDocument(document.path, line, 'people must be { "as written" = "Full Name", ... }')
    return [(written, str(full), line) for written, full in value.items()]


def _header_lines(document: Document) -> dict[str, int]:
    """The line of each table's header, such as ["recap.txt"], by the name in it; read once for all of them."""
    lines: dict[str, int] = {}
    for number, text in enumerate(document.lines, 1):
        if text.lstrip().startswith("["):
            lines.setdefault(text.strip()[1:].partition("]")[0].strip(" \t\"'"), number)
    return lines


def _key_line(document: Document, header_line: int, key: str) -> int:
    """The line of a key below its header; that of the header where no line before the next header begins with it."""
    for number in range(header_line + 1, len(document.lines) + 1):  # no slice: it would copy what follows, each time
        text = document.lines[number - 1]
        name, is_assigned, _ = text.partition("=")
        if is_assigned and name.strip(" \t\"'") == key:
            return number
        if text.lstrip().startswith("["):
            break
    return header_line
