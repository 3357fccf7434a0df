"""What the cards of a driver and of a team share: numbers of each series apart, and sentences about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.answers.common.resolve import race_title
from bot.answers.common.text import join
from bot.answers.context import QueryContext
from bot.answers.people.career import (
    CareerTotals,
    CountBasis,
    driver_race_title,
    season_span,
    series_title,
    totals_by_series,
)
from bot.answers.people.people_words import KNOWN_LABEL, KNOWN_SCOPE, nothing_known_text, short_starts
from bot.answers.people.query import PeopleQuery
from bot.archive.queries.careers import SeasonRow
from bot.archive.queries.driver_races import DriverRace
from bot.archive.queries.races import latest_race
from bot.cards import Fact, Part, archive_fact
from bot.racing.series import SHORT_SERIES_NAMES

__all__ = ["Career", "no_result_text", "series_part", "starts_text"]


@dataclass(frozen=True, slots=True)
class Career:
    """The numbers of a driver or team, each series apart, the seasons they come from, and some single races of them.

    `missing_races` says how many races of these seasons are known, where not all are.
    """

    name: str
    totals: tuple[CareerTotals, ...]
    rows: tuple[SeasonRow, ...]
    runs: tuple[DriverRace, ...]
    missing_races: tuple[str, ...]

    @property
    def scope_text(self) -> str:
        """What begins a sentence about numbers that are not the whole career; "" where they are."""
        return KNOWN_SCOPE if self.missing_races else ""

    @property
    def span_text(self) -> str:
        """“, 1958 to 1992”; "" of several series, whose years differ."""
        return f", {self.totals[0].season_span}" if len(self.totals) == 1 else ""

    def runs_in(self, totals: CareerTotals) -> tuple[DriverRace, ...]:
        """The single races of a series that were read, the latest first."""
        return tuple(run for run in self.runs if run.series == totals.series)

    def count_basis(self, totals: CareerTotals) -> CountBasis:
        """How the numbers of a series were counted."""
        return CountBasis(totals.starts, tuple(dict.fromkeys(run.document for run in self.runs_in(totals))))

    def known_facts(self) -> tuple[Fact, ...]:
        """How many races are known, where not all are."""
        return tuple(archive_fact(KNOWN_LABEL, text) for text in self.missing_races)

    def as_of(self, context: QueryContext, season: int | None) -> str:
        """The race after which the numbers are true, of a `season` its last; of several series only the season."""
        if season is not None and len(self.totals) == 1 and self.runs:
            return f"after the {driver_race_title(self.runs[0])}"
        latest = latest_race(context.session, self.totals[0].series)
        if latest is None:
            return ""
        # The seasons of several series end on different days: no one race can be named.
        several = f"up to the {latest.season} season"
        return several if len(self.totals) > 1 else f"after the {race_title(latest)}"


def series_part(context: QueryContext, series: str, number: int) -> Part:
    """The part of a card about the series of this number, counted from 0: “Xfinity”."""
    name = SHORT_SERIES_NAMES.get(series) or series_title(context, series)
    return Part(series if series in SHORT_SERIES_NAMES else f"s{number}", name)


def starts_text(context: QueryContext, totals: CareerTotals) -> str:
    """“1,184 Cup starts”."""
    return short_starts(totals.starts, totals.series, series_title(context, totals.series))


def no_result_text(
    context: QueryContext, query: PeopleQuery, rows: Sequence[SeasonRow], seasons: Collection[int] = ()
) -> str:
    """That nothing is known of these races, and of which there is something: `rows`, without any just `seasons`."""
    spans = [
        f"{season_span(totals.seasons)} ({series_title(context, totals.series)})"
        for totals in totals_by_series(rows, default="")
    ]
    others = join(spans or [str(season) for season in sorted(seasons)])
    return nothing_known_text(query.name, query.scope_text(context), others)
