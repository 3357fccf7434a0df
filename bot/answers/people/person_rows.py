"""Everything the archive knows of one person, read once."""

from dataclasses import dataclass

from bot.answers.common.resolve import named
from bot.answers.context import Reader
from bot.archive.queries.careers import told_of
from bot.archive.queries.races import BroadcastRow, RaceRow, on_air, people_on_air, races_of
from bot.archive.queries.results import EntryRow, ResultRow, entries_of, rows_of_driver
from bot.archive.queries.standings import StandingRow, standings_of_name
from bot.archive.queries.story import NamedRow, PassageRow, passages_naming
from bot.errors import UnknownName
from bot.language.fold import fold

__all__ = ["Known", "everything_of", "narrowed", "person_meant"]


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

    @property
    def anything(self) -> bool:
        """Whether there is any row."""
        return bool(self.rows or self.entries or self.standings or self.passages or self.voices)

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
    """Every row about a person in the races of which documents of their own tell."""
    session = reader.session
    told = told_of(session, person)
    rows = rows_of_driver(session, person, told["row"]) if "row" in told else ()
    entries = entries_of(session, driver=person) if "entry" in told else ()
    standings = standings_of_name(session, "drivers", person) if "standing" in told else ()
    passages, written = passages_naming(session, person) if "passage" in told else ((), ())
    voices = on_air(session, person) if "voice" in told else ()
    keys = {race for races in told.values() for race in races}
    return Known(person, races_of(session, keys) if keys else (), rows, entries, standings, passages, written, voices)


def narrowed(known: Known, season: int | None, series: str | None) -> Known:
    """Only the rows of one season and series; all where both are None."""
    if season is None and series is None:
        return known
    races = tuple(race for race in known.races if season in {None, race.season} and series in {None, race.series})
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
