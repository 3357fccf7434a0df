"""A table made ready for questions: where each word stands, what its columns are called, what its title says."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.language.fold import fold
from bot.questions.links.question import singular
from bot.questions.programs.machine import TableMachine
from bot.questions.tables.model import CellKind, ColumnRole, TableColumn, TypedTable
from bot.questions.tables.roles import role_words

__all__ = ["ColumnPhrase", "Occurrence", "TableIndex", "index_table"]

_MIN_FUZZY = 4  # letters of a word that may be misspelt; shorter ones are too near to one another
# Where a table has no column of a role, those that come nearest: of makes where teams are asked for.
_STAND_INS = {
    ColumnRole.TEAM: (ColumnRole.WINNING_TEAM, ColumnRole.MAKE, ColumnRole.OWNER),
    ColumnRole.MAKE: (ColumnRole.CAR, ColumnRole.CHASSIS, ColumnRole.WINNING_TEAM, ColumnRole.TEAM),
    ColumnRole.RACE: (ColumnRole.TRACK, ColumnRole.PLACE_NAME),
    ColumnRole.TRACK: (ColumnRole.PLACE_NAME, ColumnRole.RACE),
    ColumnRole.PLACE_NAME: (ColumnRole.TRACK, ColumnRole.RACE),
    ColumnRole.GAP: (ColumnRole.TIME,),
    ColumnRole.TIME: (ColumnRole.GAP,),
    ColumnRole.STATUS: (ColumnRole.TIME,),
    ColumnRole.PERSON: (ColumnRole.WINNER,),
}
Occurrence = tuple[int, int, int]  # column, row, place of the word in the cell


@dataclass(frozen=True, slots=True)
class ColumnPhrase:
    """Words by which a column may be asked for; `strength` is 3 for its heading, 2 for its role, 1 for a part."""

    words: tuple[str, ...]
    column: int
    strength: int


@dataclass(frozen=True, slots=True)
class TableIndex:
    """A table with its machine.

    `occurrences` are of the words of cells that are not plain amounts; `misspellable` are those long enough to be
    written wrongly. `phrases` are the names of columns by their first word. `title` are the words above the table.
    `number` is its place among the tables that it is searched with, from 0.
    """

    table: TypedTable
    machine: TableMachine
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    misspellable: tuple[str, ...]
    phrases: Mapping[str, tuple[ColumnPhrase, ...]]
    title: frozenset[str]
    number: int = 0


def index_table(table: TypedTable, number: int = 0) -> TableIndex:
    """The table with all that linking looks up."""
    places = _places(table)
    phrases: dict[str, list[ColumnPhrase]] = {}
    for column in table.columns:
        for phrase in _phrases(column):
            phrases.setdefault(phrase.words[0], []).append(phrase)
    for phrase in _stand_ins(table):
        if phrase.words[0] not in phrases:
            phrases[phrase.words[0]] = [phrase]
    above = " ".join((table.title, *table.headings))
    return TableIndex(
        table,
        TableMachine(table),
        {word: tuple(found) for word, found in places.items()},
        tuple(word for word in places if len(word) >= _MIN_FUZZY and word.isalpha()),
        {word: tuple(found) for word, found in phrases.items()},
        frozenset(singular(word) for word in fold(above).split()),
        number,
    )


def _places(table: TypedTable) -> dict[str, list[Occurrence]]:
    """Where each word of a cell stands that is no plain amount."""
    places: dict[str, list[Occurrence]] = {}
    for column in table.columns:
        if column.role is ColumnRole.REPORT:
            continue
        for row in table.rows:
            cell = row.cells[column.number]
            if cell.kind is CellKind.NUMBER and column.role is not ColumnRole.CAR_NUMBER:
                continue
            for place, word in enumerate(cell.words):
                places.setdefault(word, []).append((column.number, row.number, place))
    return places


def _phrases(column: TableColumn) -> list[ColumnPhrase]:
    """The names of one column, its heading first; each once."""
    heading = tuple(singular(word) for word in column.words)
    found: dict[tuple[str, ...], int] = {}
    if heading and column.role is not ColumnRole.REPORT:
        found[heading] = 3
    for role in _roles(column, heading):
        words = role_words().get(role)
        for phrase in words.words if words else ():
            found.setdefault(tuple(singular(word) for word in phrase), 2)
    for part in _parts(heading):
        found.setdefault(part, 1)
    return [ColumnPhrase(phrase, column.number, strength) for phrase, strength in found.items()]


def _stand_ins(table: TypedTable) -> list[ColumnPhrase]:
    """The names of roles that no column has, for the columns that come nearest to them."""
    found: dict[tuple[str, ...], ColumnPhrase] = {}
    for role, others in _STAND_INS.items():
        column = None if table.column_of(role) else table.column_of(*others)
        for phrase in role_words()[role].words if column else ():
            stems = tuple(singular(word) for word in phrase)
            if column and len(stems) == 1 and stems not in found:
                found[stems] = ColumnPhrase(stems, column.number, 1)
    return list(found.values())


def _roles(column: TableColumn, heading: tuple[str, ...]) -> tuple[ColumnRole, ...]:
    """The role of a column; that of a status too, where its heading is "Time/Retired"."""
    retired = "retired" in heading or "status" in heading
    return (column.role, ColumnRole.STATUS) if retired else (column.role,)


def _parts(heading: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words of a heading of several words, and its beginnings."""
    if len(heading) < 2:
        return []
    return [*((word,) for word in heading if len(word) > 2), *(heading[:end] for end in range(2, len(heading)))]
