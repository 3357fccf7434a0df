"""Names of one organisation: which of them results have, in which seasons, and all its seasons added up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.common.grouping import group
from bot.answers.common.text import join
from bot.answers.context import QueryContext
from bot.answers.people.career import SUMMED_COLUMNS
from bot.archive.queries.careers import SeasonRow, races_of_teams, seasons_of
from bot.cards import Fact, archive_fact
from bot.names.team_lines import TeamLine, team_line_of

__all__ = ["TeamNames", "all_seasons", "season_spans", "team_names"]


@dataclass(frozen=True, slots=True)
class TeamNames:
    """An organisation: the name that was asked for, its `line` if it had several, and the seasons of each name."""

    asked: str
    line: TeamLine | None
    rows_by_name: Mapping[str, tuple[SeasonRow, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """Its names that results have, in the order of time."""
        return tuple(name for name, rows in self.rows_by_name.items() if rows)

    def names_in(self, season: int | None, series: str | None) -> tuple[str, ...]:
        """Those it had in a season of a series; of all where both are None."""
        return tuple(
            name
            for name in self.names
            if any(season in {None, row.season} and series in {None, row.series} for row in self.rows_by_name[name])
        )

    def title(self, season: int | None, series: str | None) -> str:
        """What the organisation is called: the name asked for where it had it then, else the last it had."""
        names = self.names_in(season, series)
        if not names or (season is not None and self.asked in names):
            return self.asked
        return max(names, key=lambda name: max(row.season for row in self.rows_by_name[name]))

    def facts(self, season: int | None, series: str | None) -> Iterator[Fact]:
        """Its names with the seasons of each, every hole shown; of one season the name it had then."""
        names = self.names_in(season, series)
        if season is not None and names and self.asked not in names:
            yield Fact("Called then", join(names), derivation=f"{self.asked} had no start in {season}")
        if self.line is not None and self.line.note and season is None:
            yield archive_fact("Counted apart", self.line.note)
        if season is None and self.line is not None and len(self.names) > 1:
            spans = [f"{name} ({season_spans(row.season for row in self.rows_by_name[name])})" for name in self.names]
            yield Fact(
                "Names", "; ".join(spans), derivation=f"the seasons of each name in the results; {self.line.source}"
            )


def team_names(context: QueryContext, name: str) -> TeamNames:
    """The organisation behind a team's canonical name."""
    line = team_line_of(name)
    names = line.distinct_names() if line else (name,)
    return TeamNames(name, line, {one: seasons_of(context.session, "team", one) for one in names})


def all_seasons(context: QueryContext, organisation: TeamNames) -> tuple[SeasonRow, ...]:
    """The seasons of an organisation, those in which it had two names added up; races in which both ran count once."""
    rows = [row for name in organisation.names for row in organisation.rows_by_name[name]]
    groups = group(sorted(rows, key=lambda row: (row.series, row.season)), lambda row: (row.series, row.season))
    shared_seasons = [key for key, own in groups.items() if len(own) > 1]
    race_counts = races_of_teams(context.session, organisation.names, shared_seasons) if shared_seasons else {}
    return tuple(own[0] if len(own) == 1 else _sum(own, race_counts[key]) for key, own in groups.items())


def _sum(rows: Sequence[SeasonRow], races: int) -> SeasonRow:
    """Rows of one season added up."""
    best = [row.best_finish for row in rows if row.best_finish is not None]
    sums = {column: sum(getattr(row, column) for row in rows) for column in SUMMED_COLUMNS}
    return replace(rows[0], best_finish=min(best, default=None), **{**sums, "races": races})


def season_spans(seasons: Iterable[int]) -> str:
    """“2001 to 2008, 2014 to 2021”: every run of seasons without a hole."""
    spans: list[list[int]] = []
    for season in sorted(set(seasons)):
        if spans and season == spans[-1][1] + 1:
            spans[-1][1] = season
        else:
            spans.append([season, season])
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in spans)
