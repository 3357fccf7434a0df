"""Columns of drivers that hold something else besides: the first name apart, the last name first, the owner behind."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.documents.results_csv.columns import column_key
from bot.documents.results_csv.sheet import Sheet

__all__ = ["are_inverted", "first_name_first", "with_drivers"]

_INVERTED = re.compile(r"(?P<last>[^,]{2,40}), (?!(?:Jr|Sr|II|III|IV)\b)(?P<first>[^,]{1,40})")
# Names of columns, in small letters without signs, over the two parts of a driver's name.
_FIRST = frozenset({"first name", "firstname", "first", "driver first name", "driver first", "given name", "forename"})
_LAST = frozenset({"last name", "lastname", "last", "driver last name", "driver last", "surname", "family name"})
MOST_INVERTED = 0.8  # share of names with the last one first that makes it the custom of a table
# What a column may be called that has an owner or a team behind each driver: "Driver (Owner)", "Driver / Team".
_DRIVER_WORDS = frozenset({"driver", "drivers", "name"})
_OWNER_WORDS = frozenset({"owner", "owners", "team", "teams", "entrant"})
_OWNED = re.compile(r"(?P<driver>[^()/]{2,60}?) ?(?:\((?P<owner>[^()]{2,80})\)|/ ?(?P<team>[^()/]{2,80}))")


def with_drivers(sheet: Sheet) -> Sheet:
    """The table with one column of drivers, and what stood beside their names in columns of its own."""
    return _with_owners(_with_full_names(sheet))


def _with_owners(sheet: Sheet) -> Sheet:
    """The table with drivers and owners apart, where one column says that it holds both."""
    at = next((at for at, name in enumerate(sheet.header.names) if _is_of_both(name)), None)
    if at is None or sum(column_key(name) == "driver" for name in sheet.header.names) > 1:
        return sheet
    has_team = any(column_key(name) == "team" for name in sheet.header.names)
    names = [*sheet.header.names, "Driver and owner" if has_team else "Team"]
    names[at] = "Driver"
    rows = tuple(replace(row, cells=_apart(row.cells, at)) for row in sheet.rows)
    return replace(sheet, header=replace(sheet.header, names=tuple(names)), rows=rows)


def _is_of_both(name: str) -> bool:
    words = set(re.findall("[a-z]+", name.lower())) - {"and"}
    is_both = len(words) == 2 and bool(words & _DRIVER_WORDS) and bool(words & _OWNER_WORDS)
    return is_both and column_key(name) == "driver"  # "Team Name" is neither


def _apart(cells: Sequence[str], at: int) -> tuple[str, ...]:
    found = _OWNED.fullmatch(cells[at])
    owner = (found["owner"] or found["team"] or "").strip() if found else ""
    return (*cells[:at], found["driver"].strip() if found else cells[at], *cells[at + 1 :], owner)


def _with_full_names(sheet: Sheet) -> Sheet:
    """The table with one column of drivers where it has their first and last names apart, and no other."""
    keys = [" ".join(re.findall("[a-z]+", name.lower())) for name in sheet.header.names]
    first, last = (next((at for at, key in enumerate(keys) if key in words), -1) for words in (_FIRST, _LAST))
    if min(first, last) < 0 or any(column_key(name) == "driver" for name in sheet.header.names):
        return sheet
    names = tuple("Driver" if at == first else "" if at == last else one for at, one in enumerate(sheet.header.names))
    rows = tuple(replace(row, cells=_joined(row.cells, first, last)) for row in sheet.rows)
    return replace(sheet, header=replace(sheet.header, names=names), rows=rows)


def _joined(cells: Sequence[str], first: int, last: int) -> tuple[str, ...]:
    full = f"{cells[first]} {cells[last]}".strip()
    return tuple(full if at == first else "" if at == last else cell for at, cell in enumerate(cells))


def are_inverted(names: Sequence[str]) -> bool:
    """Whether the names of a column begin with the last name, but for a few: "Quist, Abel"."""
    inverted = [name for name in names if _INVERTED.fullmatch(name)]
    return len(inverted) > MOST_INVERTED * len(names)


def first_name_first(name: str) -> str:
    """A name as people say it: "Abel Quist" for "Quist, Abel"; any other as it is."""
    found = _INVERTED.fullmatch(name)
    return f"{found['first']} {found['last']}" if found else name
