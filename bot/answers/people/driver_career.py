"""A career as blocks of a card: numbers of each series apart, last races, seasons, tracks, one season whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.short_names import place_text
from bot.answers.common.text import MAX_SENTENCE_NAMES, join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import (
    CareerTotals,
    career_facts,
    career_line,
    missing_races,
    rank_tracks,
    series_title,
    took_start,
    totals_by_season,
    totals_by_series,
)
from bot.answers.people.career_tables import (
    MAX_LISTED_RACES,
    MAX_LISTED_RACES_EACH,
    races_table,
    season_races_table,
    seasons_table,
    tracks_table,
)
from bot.answers.people.people_words import last_races_heading
from bot.answers.people.profile import Career, starts_text
from bot.answers.people.query import PeopleQuery
from bot.answers.people.team_words import team_text
from bot.archive.queries.careers import SeasonRow, TrackRow, tracks_of
from bot.archive.queries.driver_races import DriverRace, races_of_competitor
from bot.cards import Block, Fact, Facts
from bot.language.ordinals import ordinal

__all__ = [
    "DriverCareer",
    "build_career",
    "career_summary",
    "last_race_blocks",
    "overview_blocks",
    "season_overview_blocks",
    "season_race_blocks",
    "season_table_blocks",
    "series_blocks",
    "track_blocks",
]


@dataclass(frozen=True, slots=True)
class DriverCareer(Career):
    """The career of a driver with what was done at each track; of a single season no tracks are read."""

    tracks: tuple[TrackRow, ...]


def build_career(
    context: QueryContext, query: PeopleQuery, rows: tuple[SeasonRow, ...], *, has_race_documents: bool
) -> DriverCareer | None:
    """The numbers of these seasons, with some of their races; of one season that was asked for with all.

    None where there is no season, and where the only race of a season held in part is `has_race_documents` by a
    document of its own: one race is no career.
    """
    series_totals = totals_by_series(rows, context.default_series)
    missing = missing_races(context, {totals.series: totals.seasons for totals in series_totals})
    # Averages over a single race say less than the document of that race does.
    if all(has_race_documents and totals.starts < 2 and totals.series in missing for totals in series_totals):
        return None
    seasons = [(totals.series, season) for totals in series_totals for season in _seasons_to_read(totals.series, rows)]
    runs = races_of_competitor(context.session, "driver", query.name, seasons)
    tracks = tracks_of(context.session, query.name) if query.season is None else ()
    return DriverCareer(query.name, series_totals, rows, runs, tuple(missing.values()), tracks)


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
    # From the latest season back, until the list of last races is full.
    for season in sorted(starts, reverse=True):
        if race_count < MAX_LISTED_RACES:
            seasons.add(season)
        race_count += starts[season]
    return seasons


def career_summary(context: QueryContext, career: DriverCareer) -> str:
    """“Richard Petty won 200 of 1,184 Cup starts, 1958 to 1992”, each series apart."""
    won = [f"{totals.wins:,} of {starts_text(context, totals)}" for totals in career.totals if totals.wins]
    winless = [
        f"{starts_text(context, totals)}{_best_finish_text(totals)}" for totals in career.totals if not totals.wins
    ]
    parts = [f"won {join(won)}"] if won else []
    parts += [f"took {join(winless)} without a win"] if winless else []
    return sentence(f"{career.scope_text}{career.name} {' and '.join(parts)}{career.span_text}")


def _best_finish_text(totals: CareerTotals) -> str:
    return f" (best finish {ordinal(totals.best_finish)})" if totals.best_finish else ""


def overview_blocks(
    context: QueryContext, career: DriverCareer, now: Iterable[Fact] = (), more: Iterable[Fact] = ()
) -> Iterable[Block]:
    """Where the driver stands `now`, the numbers of the first series, each other in a line, and `more` facts below."""
    first, *others = career.totals
    facts = career_facts(first, career.count_basis(first), career.runs_in(first))
    if today := tuple(now):
        yield Facts(today)
    yield Facts((*facts, *_best_tracks(career, first)), series_title(context, first.series))
    lines = tuple(
        career_line(totals, career.count_basis(totals), series_title(context, totals.series)) for totals in others
    )
    if below := (*lines, *career.known_facts(), *more):
        yield Facts(below)


def series_blocks(context: QueryContext, career: DriverCareer, totals: CareerTotals) -> Iterable[Block]:
    """The numbers of one series."""
    facts = career_facts(totals, career.count_basis(totals), career.runs_in(totals))
    yield Facts((*facts, *_best_tracks(career, totals)), series_title(context, totals.series))


def last_race_blocks(context: QueryContext, career: DriverCareer) -> Iterable[Block]:
    """The last races, each series apart."""
    limit = MAX_LISTED_RACES if len(career.totals) == 1 else MAX_LISTED_RACES_EACH
    for totals in career.totals:
        started_runs = [run for run in career.runs_in(totals) if took_start(run)]
        if started_runs:
            yield races_table(started_runs[:limit], last_races_heading(series_title(context, totals.series)))


def season_table_blocks(context: QueryContext, career: DriverCareer) -> Iterable[Block]:
    """A row for each season, each series apart."""
    for totals in career.totals:
        seasons = totals_by_season(career.rows, totals.series)
        yield seasons_table(seasons, career.count_basis(totals), series_title(context, totals.series))


def track_blocks(context: QueryContext, career: DriverCareer) -> Iterable[Block]:
    """The best tracks, each series apart."""
    for totals in career.totals:
        tracks, minimum = rank_tracks(career.tracks, totals.series)
        if tracks:
            heading = f"Best tracks, {series_title(context, totals.series)}"
            yield tracks_table(tracks, minimum, career.count_basis(totals), heading)


def _best_tracks(career: DriverCareer, totals: CareerTotals) -> tuple[Fact, ...]:
    """The first few tracks by name, where there are any with enough starts."""
    best, minimum = rank_tracks(career.tracks, totals.series)
    won = [track for track in best[:MAX_SENTENCE_NAMES] if track.wins]
    names = [f"{place_text(track.track)} ({plural(track.wins, 'win')} of {track.starts})" for track in won]
    derivation = f"by wins, then average finish, with at least {plural(minimum, 'start')}"
    return (Fact("Best tracks", ", ".join(names), derivation=derivation),) if names else ()


def season_overview_blocks(context: QueryContext, career: DriverCareer) -> Iterable[Block]:
    """One season: its numbers, car and team, each series apart."""
    for totals in career.totals:
        facts = career_facts(totals, career.count_basis(totals), career.runs_in(totals))
        yield Facts((*facts, *_car_facts(career.runs_in(totals))), series_title(context, totals.series))
    if known := career.known_facts():
        yield Facts(known)


def season_race_blocks(context: QueryContext, career: DriverCareer) -> Iterable[Block]:
    """One season race by race, each series apart."""
    for totals in career.totals:
        yield season_races_table(career.runs_in(totals), series_title(context, totals.series))


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
