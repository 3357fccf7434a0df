"""Scope of a question about results: one race's sessions and entry list, and the filters on their rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.common.resolve import ResolvedRace
from bot.answers.common.text import join
from bot.archive.queries.results import EntryRow, RaceSessionRow, ResultRow
from bot.cards import Argument

__all__ = ["ResultFilters", "ResultsQuery"]


@dataclass(frozen=True, slots=True)
class ResultFilters:
    """Canonical names that rows must have, all of them; None asks for nothing. `note` says how they were read.

    `team_names` are the names that the organisation of the team had in this race, where it was not called `team`.
    """

    driver: str | None
    team: str | None
    manufacturer: str | None
    note: str = ""
    team_names: tuple[str, ...] = ()

    def arguments(self) -> Iterable[Argument]:
        """The filters as options."""
        for kind, value in (("driver", self.driver), ("team", self.team), ("manufacturer", self.manufacturer)):
            if value:
                yield Argument(kind, value, kind)

    def text(self) -> str:
        """What is asked for, in words."""
        team = join(self.team_names) or self.team
        return join([value for value in (self.driver, team, self.manufacturer) if value])

    def admits(self, row: ResultRow | EntryRow, entry: EntryRow | None) -> bool:
        """Whether a row passes; team and make come from the entry list where the row has none."""
        team = row.team or (entry.team if entry else None)
        manufacturer = row.manufacturer or (entry.manufacturer if entry else None)
        if self.team is not None and team not in (self.team_names or (self.team,)):
            return False
        pairs = ((self.driver, row.driver), (self.manufacturer, manufacturer))
        return all(wanted is None or wanted == value for wanted, value in pairs)


@dataclass(frozen=True, slots=True)
class ResultsQuery:
    """One race with its sessions and entry list, read once."""

    resolved: ResolvedRace
    sessions: tuple[RaceSessionRow, ...]
    entries: tuple[EntryRow, ...]

    def entry(self, driver: str) -> EntryRow | None:
        """A driver's entry; None where the list has none."""
        return next((entry for entry in self.entries if entry.driver == driver), None)
