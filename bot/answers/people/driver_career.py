"""A career as blocks of a card: numbers of each series apart, last races, seasons, tracks, one season whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.resolve import race_title
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import (
    CareerTotals,
    CountBasis,
    career_facts,
    driver_race_title,
    missing_races,
    rank_tracks,
    series_title,
    took_start,
    totals_by_season,
    totals_by_series,
)
from bot.answers.people.career_tables import races_table, season_races_table, seasons_table, tracks_table
from bot.answers.people.team_words import team_text
from bot.archive.queries.careers import SeasonRow, TrackRow, tracks_of
from bot.archive.queries.driver_races import DriverRace, races_of_competitor
from bot.archive.queries.races import latest_race
from bot.cards import Block, Fact, Facts
from bot.language.ordinals import ordinal

__all__ = ["DriverCareer", "build_career", "career_as_of", "career_blocks", "career_summary", "season_blocks"]

MAX_RACES = 10  # races told one by one: a screen of a phone
MAX_RACES_EACH = 5  # of each of several series
MAX_TRACKS_NAMED = 3


@dataclass(frozen=True, slots=True)
class DriverCareer:
    """The numbers of a driver, each series apart, the seasons they come from, and some single races of them.

    `missing_races` says in sentences what the archive lacks of these seasons; `tracks` is empty for a single season.
    """

    driver: str
    totals: tuple[CareerTotals, ...]
    rows: tuple[SeasonRow, ...]
    runs: tuple[DriverRace, ...]
    tracks: tuple[TrackRow, ...]
    missing_races: tuple[str, ...]

    def runs_in(self, totals: CareerTotals) -> tuple[DriverRace, ...]:
        """The single races of a series that were read, the latest first."""
        return tuple(run for run in self.runs if run.series == totals.series)

    def count_basis(self, totals: CareerTotals) -> CountBasis:
        """How the numbers of a series were counted."""
        documents = dict.fromkeys(run.document for run in self.runs_in(totals))
        return CountBasis(totals.starts, tuple(documents))


def build_career(
    context: QueryContext,
    driver: str,
    rows: tuple[SeasonRow, ...],
    *,
    one_season: bool = False,
    has_race_documents: bool = False,
) -> DriverCareer | None:
    """The numbers of these seasons; `one_season` where one season was asked for and is read whole.

    None where there is no season, and where the only race of a season held in part is `has_race_documents` by a
    document of its own: one race is no career.
    """
    series_totals = totals_by_series(rows, context.default_series)
    missing = missing_races(context, {record.series: record.seasons for record in series_totals})
    if all(has_race_documents and record.starts < 2 and record.series in missing for record in series_totals):
        return None
    seasons = [(totals.series, one) for totals in series_totals for one in _seasons_to_read(totals.series, rows)]
    runs = races_of_competitor(context.session, "driver", driver, seasons)
    tracks = () if one_season else tracks_of(context.session, driver)
    return DriverCareer(driver, series_totals, rows, runs, tracks, tuple(missing.values()))


def _seasons_to_read(series: str, rows: Sequence[SeasonRow]) -> set[int]:
    """The seasons of a series whose races are read: the first, the first and last won, and the last ones."""
    starts: Counter[int] = Counter()
    seasons_won = []
    for row in rows:
        if row.series == series:
            starts[row.season] += row.starts
            seasons_won += [row.season] if row.wins else []
    seasons = {min(starts), *(seasons_won[:1]), *(seasons_won[-1:])}
    race_count = 0
    for season in sorted(starts, reverse=True):
        if race_count < MAX_RACES:
            seasons.add(season)
        race_count += starts[season]
    return seasons


def career_summary(context: QueryContext, career: DriverCareer) -> str:
    """“Richard Petty won 200 of 1,184 starts in the NASCAR Cup Series, 1958 to 1992”, of each series apart."""
    scope = "In the races this archive holds, " if career.missing_races else ""
    won = [f"{totals.wins:,} of {_starts_text(context, totals)}" for totals in career.totals if totals.wins]
    winless = [f"{_starts_text(context, one)}{_best_finish_text(one)}" for one in career.totals if not one.wins]
    parts = [f"won {join(won)}"] if won else []
    parts += [f"took {join(winless)} without a win"] if winless else []
    when = f", {career.totals[0].season_span}" if len(career.totals) == 1 else ""
    return sentence(f"{scope}{career.driver} {' and '.join(parts)}{when}")


def _starts_text(context: QueryContext, totals: CareerTotals) -> str:
    return f"{plural(totals.starts, 'start')} in the {series_title(context, totals.series)}"


def _best_finish_text(totals: CareerTotals) -> str:
    return f" (best finish {ordinal(totals.best_finish)})" if totals.best_finish else ""


def career_blocks(context: QueryContext, career: DriverCareer) -> Iterable[Block]:
    """The numbers on a short first page; last races, seasons and tracks on pages of their own, each series apart."""
    for totals in career.totals:
        facts = career_facts(totals, career.count_basis(totals), career.runs_in(totals))
        best = _best_tracks(career, totals) if len(career.totals) == 1 else ()
        yield Facts((*facts, *best), series_title(context, totals.series))
    limit = MAX_RACES if len(career.totals) == 1 else MAX_RACES_EACH
    for number, totals in enumerate(career.totals):
        started_runs = [run for run in career.runs_in(totals) if took_start(run)]
        yield races_table(
            started_runs[:limit], f"Last races, {series_title(context, totals.series)}", apart=number == 0
        )
    for totals in career.totals:
        heading = f"By season, {series_title(context, totals.series)}"
        yield seasons_table(totals_by_season(career.rows, totals.series), career.count_basis(totals), heading)
    for totals in career.totals:
        tracks, minimum = rank_tracks(career.tracks, totals.series)
        if tracks:
            heading = f"Best tracks, {series_title(context, totals.series)}"
            yield tracks_table(tracks, minimum, career.count_basis(totals), heading)


def _best_tracks(career: DriverCareer, totals: CareerTotals) -> tuple[Fact, ...]:
    """The first few tracks by name, where there are any with enough starts."""
    best, minimum = rank_tracks(career.tracks, totals.series)
    names = [f"{one.track} ({plural(one.wins, 'win')} of {one.starts})" for one in best[:MAX_TRACKS_NAMED] if one.wins]
    derivation = f"by wins, then average finish, with at least {plural(minimum, 'start')}"
    return (Fact("Best tracks", ", ".join(names), derivation=derivation),) if names else ()


def season_blocks(context: QueryContext, career: DriverCareer) -> Iterable[Block]:
    """One season: its numbers, car and team, then race by race, each series apart."""
    for totals in career.totals:
        facts = career_facts(totals, career.count_basis(totals), career.runs_in(totals))
        yield Facts((*facts, *_car_facts(career.runs_in(totals))), series_title(context, totals.series))
    for number, totals in enumerate(career.totals):
        heading = f"Race by race, {series_title(context, totals.series)}"
        yield season_races_table(career.runs_in(totals), heading, apart=number == 0)


def _car_facts(runs: Sequence[DriverRace]) -> tuple[Fact, ...]:
    """What was driven in one season, and for whom, in the order of the races."""
    cars = dict.fromkeys(run.car for run in reversed(runs) if run.car)
    manufacturers = dict.fromkeys(run.manufacturer for run in reversed(runs) if run.manufacturer)
    teams = dict.fromkeys(team_text(run.team) for run in reversed(runs))
    derivation = f"each once, as the {plural(len(runs), 'row')} of the season have them"
    values = (
        ("Car", f"No. {join(list(cars))}" if cars else ""),
        ("Team", join(list(teams))),
        ("Manufacturer", join(list(manufacturers))),
    )
    return tuple(Fact(label, value, derivation=derivation) for label, value in values if value)


def career_as_of(context: QueryContext, career: DriverCareer, *, season: bool) -> str:
    """The race after which the numbers are true; of several series only the season."""
    if season and len(career.totals) == 1 and career.runs:
        return f"after the {driver_race_title(career.runs[0])}"
    latest = latest_race(context.session, career.totals[0].series)
    if latest is None:
        return ""
    several = f"as held to the season {latest.season}"
    return several if len(career.totals) > 1 else f"after the {race_title(context.session, latest)}"
