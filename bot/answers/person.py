"""Everything the archive knows of one person, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answers.meant import named
from bot.answers.reader import Reader
from bot.archive.races import BroadcastRow, RaceRow, on_air, people_on_air, races_of
from bot.archive.results import EntryRow, ResultRow, entries_of, rows_of_driver
from bot.archive.standings import StandingRow, standings_of_name
from bot.archive.story import NamedRow, PassageRow, passages_naming
from bot.errors import UnknownName
from bot.names.fold import fold

__all__ = ["Known", "everything_of", "of_season", "person_meant"]


class OfRace(Protocol):
    """A row about one race."""

    @property
    def race(self) -> str:
        """The key of the race."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """Every row about one person, of the races that are asked for, the latest first."""

    name: str
    races: tuple[RaceRow, ...]
    rows: tuple[ResultRow, ...]
    entries: tuple[EntryRow, ...]
    standings: tuple[StandingRow, ...]
    passages: tuple[PassageRow, ...]
    written: tuple[NamedRow, ...]
    voices: tuple[BroadcastRow, ...]

    def row(self, race: str, session: str) -> ResultRow | None:
        """The row of one session; None where the documents tell none."""
        return next((row for row in self.rows if row.race == race and row.session == session), None)

    def entry(self, race: str) -> EntryRow | None:
        """The entry for one race; None where the documents tell none."""
        return next((entry for entry in self.entries if entry.race == race), None)

    def raced(self) -> tuple[RaceRow, ...]:
        """The races in which the person has a result or an entry."""
        keys = {row.race for row in self.rows} | {row.race for row in self.entries}
        return tuple(race for race in self.races if race.key in keys)


def person_meant(reader: Reader, name: str) -> tuple[str, str]:
    """(canonical name, note): a driver, or somebody on air whose full name was typed.

    Raises UnknownName and AmbiguousName.
    """
    try:
        meant = named(reader, name, "driver")
    except UnknownName:
        wanted = fold(name)
        for person in people_on_air(reader.session):
            if fold(person) == wanted:
                return person, ""
        raise
    return meant.value, meant.note


def everything_of(reader: Reader, person: str) -> Known:
    """Every row about a person, of all races."""
    session = reader.session
    rows, entries = rows_of_driver(session, person), entries_of(session, driver=person)
    standings = standings_of_name(session, "drivers", person)
    passages, written = passages_naming(session, person)
    voices = on_air(session, person)
    groups: tuple[Sequence[OfRace], ...] = (rows, entries, standings, passages, voices)
    keys = {row.race for group in groups for row in group}
    return Known(person, races_of(session, keys), rows, entries, standings, passages, written, voices)


def of_season(known: Known, season: int | None) -> Known:
    """Only the rows of one season; all where it is None."""
    if season is None:
        return known
    races = tuple(race for race in known.races if race.season == season)
    keys = {race.key for race in races}
    return Known(
        known.name,
        races,
        tuple(row for row in known.rows if row.race in keys),
        tuple(row for row in known.entries if row.race in keys),
        tuple(row for row in known.standings if row.race in keys),
        tuple(row for row in known.passages if row.race in keys),
        known.written,
        tuple(row for row in known.voices if row.race in keys),
    )
