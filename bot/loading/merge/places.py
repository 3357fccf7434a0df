"""Places of one session: who is shown at each, where documents give one place to two people.

A table wins: nobody of prose takes a place that a table gives to another, and nobody whom only prose names is added to
a session whose table is whole. Of prose alone each place has one: whom the most documents give it to. Both sides of
every such disagreement are kept. A table that itself gives one place to two has a tie, and is at odds with nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.archive.models.core import Conflict
from bot.loading.merge.merged_rows import MergedRow
from bot.racing.sessions import RACE_SESSION, is_stage, is_whole_table, session_title

__all__ = ["Field", "SettledPlaces", "settle_places"]


@dataclass(frozen=True, slots=True)
class Field:
    """Who started a race as far as tables tell; `is_whole` where a whole table of the race does."""

    drivers: frozenset[str]
    is_whole: bool

    def lacks(self, driver: str, session: str) -> bool:
        """Whether somebody cannot have been in a session, for the whole field is there without him."""
        return self.is_whole and driver not in self.drivers and (session == RACE_SESSION or is_stage(session))


@dataclass(frozen=True, slots=True)
class SettledPlaces:
    """The rows of a session that are shown, and the disagreements about its places."""

    rows: tuple[MergedRow, ...]
    conflicts: tuple[Conflict, ...]


def settle_places(
    race: str, session: str, rows: Sequence[MergedRow], field: Field, winner: str | None = None
) -> SettledPlaces:
    """The rows of one session; `winner` is who won the race by what facts say, which tables have not yet decided."""
    table_rows = [row for row in rows if row.is_from_table]
    is_whole = is_whole_table([row.position for row in table_rows])
    shown: defaultdict[int | None, list[MergedRow]] = defaultdict(list)
    for row in table_rows:
        shown[row.position].append(row)
    kept = list(table_rows)
    conflicts = [one for place, tied in shown.items() if place for one in _table_conflicts(race, session, tied)]
    for row in sorted((row for row in rows if not row.is_from_table), key=lambda row: _prose_rank(row, winner)):
        if row.position and shown[row.position]:
            conflicts += _conflicts(race, session, shown[row.position][0], row)
        elif not field.lacks(row.subject, session) and not (is_whole and session == RACE_SESSION):
            shown[row.position].append(row)
            kept.append(row)
    return SettledPlaces(tuple(kept), tuple(conflicts))


def place_name(session: str, place: int) -> str:
    """What disagreements about a place are called: "winner", "place 2 of the race", "place 1 of stage 1"."""
    if session == RACE_SESSION:
        return "winner" if place == 1 else f"place {place} of the race"
    return f"place {place} of {session_title(session).lower()}"


def _prose_rank(row: MergedRow, winner: str | None) -> tuple[bool, int, str, int, str]:
    """The order in which rows of prose take their places: the winner, then what more documents say."""
    documents = {document for document, _ in row.place_lines}
    return row.subject != winner, -len(documents), row.document, row.line, row.subject


def _table_conflicts(race: str, session: str, tied: Sequence[MergedRow]) -> Iterator[Conflict]:
    """The disagreements of tables about one place: both rows are shown, since each table has the other elsewhere."""
    first = min(tied, key=lambda row: (row.document, row.line))
    for row in tied:
        documents = {document for document, _ in row.place_lines}
        if row is not first and not documents & {document for document, _ in first.place_lines}:
            yield from _conflicts(race, session, first, row)


def _conflicts(race: str, session: str, shown: MergedRow, other: MergedRow) -> Iterator[Conflict]:
    """A disagreement for each line that gives the place of one row to another."""
    for document, line in other.place_lines if other.name != shown.name else ():
        yield Conflict(
            race=race,
            number=0,
            value_name=place_name(session, other.position or 0),
            value=shown.name,
            document=shown.document,
            line=shown.line,
            other_value=other.name,
            other_document=document,
            other_line=line,
            reason=_reason(shown, other, document),
        )


def _reason(shown: MergedRow, other: MergedRow, other_document: str) -> str:
    """Why the one is shown at this place, for people."""
    if other.is_from_table:
        return "two tables give this place to two people; both rows are kept"
    if shown.is_from_table:
        return "a table is trusted over prose"
    if other_document in {document for document, _ in shown.place_lines}:
        return "the same document says both; one can be shown"
    return "only one can have the place; what more documents say stands, then the document first by name"
