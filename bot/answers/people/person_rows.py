"""Everything the archive knows of one person, read once."""

from dataclasses import dataclass

from bot.answers.context import QueryContext
from bot.archive.queries.careers import races_mentioning
from bot.archive.queries.races import BroadcastRow, RaceRow, broadcasts_of_person, races_of
from bot.archive.queries.results import EntryRow, ResultRow, entries_of, result_rows_of_driver
from bot.archive.queries.standings import StandingRow, standings_of_name
from bot.archive.queries.story import PassagePersonRow, PassageRow, passages_of_person

__all__ = ["PersonRows", "narrow", "read_person_rows"]


@dataclass(frozen=True, slots=True)
class PersonRows:
    """Every row about one person, of the races that are asked for, the latest first."""

    name: str
    races: tuple[RaceRow, ...]
    rows: tuple[ResultRow, ...]
    entries: tuple[EntryRow, ...]
    standings: tuple[StandingRow, ...]
    passages: tuple[PassageRow, ...]
    mentions: tuple[PassagePersonRow, ...]
    broadcasts: tuple[BroadcastRow, ...]

    @property
    def has_rows(self) -> bool:
        """Whether there is any row."""
        return bool(self.rows or self.entries or self.standings or self.passages or self.broadcasts)

    def row(self, race: str, session: str) -> ResultRow | None:
        """The row of one session; None where the documents tell none."""
        return next((row for row in self.rows if row.race == race and row.session == session), None)

    def entry(self, race: str) -> EntryRow | None:
        """The entry for one race; None where the documents tell none."""
        return next((entry for entry in self.entries if entry.race == race), None)

    def races_entered(self) -> tuple[RaceRow, ...]:
        """The races in which the person has a result or an entry."""
        keys = {row.race for row in self.rows} | {row.race for row in self.entries}
        return tuple(race for race in self.races if race.key in keys)


def read_person_rows(context: QueryContext, person: str) -> PersonRows:
    """Every row about a person in the races of which documents of their own tell."""
    session = context.session
    races_by_kind = races_mentioning(session, person)
    rows = result_rows_of_driver(session, person, races_by_kind["row"]) if "row" in races_by_kind else ()
    entries = entries_of(session, driver=person) if "entry" in races_by_kind else ()
    standings = standings_of_name(session, "drivers", person) if "standing" in races_by_kind else ()
    passages, mentions = passages_of_person(session, person) if "passage" in races_by_kind else ((), ())
    broadcasts = broadcasts_of_person(session, person) if "voice" in races_by_kind else ()
    keys = {race for races in races_by_kind.values() for race in races}
    return PersonRows(
        person, races_of(session, keys) if keys else (), rows, entries, standings, passages, mentions, broadcasts
    )


def narrow(person_rows: PersonRows, season: int | None, series: str | None) -> PersonRows:
    """Only the rows of one season and series; all where both are None."""
    if season is None and series is None:
        return person_rows
    races = tuple(race for race in person_rows.races if season in {None, race.season} and series in {None, race.series})
    keys = {race.key for race in races}
    return PersonRows(
        person_rows.name,
        races,
        tuple(row for row in person_rows.rows if row.race in keys),
        tuple(row for row in person_rows.entries if row.race in keys),
        tuple(row for row in person_rows.standings if row.race in keys),
        tuple(row for row in person_rows.passages if row.race in keys),
        person_rows.mentions,
        tuple(row for row in person_rows.broadcasts if row.race in keys),
    )
