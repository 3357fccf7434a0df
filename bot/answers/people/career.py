"""Career in numbers: the seasons of one series added up, and how every number was worked out.

Series are never added up, and neither are points: each season counts them on a scale of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bot.answers.common.citations import source_lines
from bot.answers.common.grouping import group
from bot.answers.common.text import average_text, join, plural, race_name_text
from bot.answers.context import QueryContext
from bot.answers.people.people_words import missing_races_text
from bot.archive.queries.careers import SeasonCoverage, SeasonRow, TrackRow, season_coverage
from bot.archive.queries.driver_races import DriverRace, Meeting
from bot.cards import Fact
from bot.language.ordinals import ordinal
from bot.racing.series import series_name
from bot.racing.statuses import NO_START_STATUSES

__all__ = [
    "SUMMED_COLUMNS",
    "CareerTotals",
    "CountBasis",
    "career_facts",
    "career_line",
    "driver_race_title",
    "finish_facts",
    "grid_and_lap_facts",
    "missing_races",
    "rank_tracks",
    "season_span",
    "series_title",
    "sum_seasons",
    "took_start",
    "totals_by_season",
    "totals_by_series",
]

MIN_TRACK_STARTS = 5  # starts at a track from which an average says something
FALLBACK_TRACK_STARTS = 2  # where no track has as many
SUMMED_COLUMNS = (
    "races", "starts", "wins", "top_fives", "top_tens", "poles", "finish_sum", "grids", "grid_sum", "laps_led",
    "led_known",
)  # fmt: skip
SUMMED_VALUES: Callable[[SeasonRow], tuple[int, ...]] = attrgetter(*SUMMED_COLUMNS)


@dataclass(frozen=True, slots=True)
class CareerTotals:
    """Sums over some seasons of one series; the columns are those of `SeasonTally`."""

    series: str
    seasons: tuple[int, ...]
    races: int
    starts: int
    wins: int
    top_fives: int
    top_tens: int
    poles: int
    finish_sum: int
    best_finish: int | None
    grids: int
    grid_sum: int
    laps_led: int
    led_known: int

    @property
    def season_span(self) -> str:
        """“1958 to 1992”, “1979”."""
        return season_span(self.seasons)

    @property
    def seasons_text(self) -> str:
        """“ in 35 seasons, 1958 to 1992”; "" for one season."""
        count = len(self.seasons)
        return f" in {plural(count, 'season')}, {self.season_span}" if count > 1 else ""

    def coverage_text(self, known_starts: int) -> str:
        """“ (known for 1,165 of 1,184 starts)”; "" where it is known for all."""
        return "" if known_starts >= self.starts else f" (known for {known_starts:,} of {plural(self.starts, 'start')})"


@dataclass(frozen=True, slots=True)
class CountBasis:
    """Basis of a count: over how many results, from which documents."""

    results: int
    documents: tuple[str, ...] = ()

    def text(self, rule: str = "") -> str:
        """“counted over 1,184 results, from cup_series.csv”, with what was looked for."""
        source = f", from {join(self.documents)}" if self.documents else ""
        rule_text = f": {rule}" if rule else ""
        return f"counted over {plural(self.results, 'result')}{source}{rule_text}"


def sum_seasons(rows: Sequence[SeasonRow]) -> CareerTotals:
    """Seasons of one series added up; at least one."""
    best = [row.best_finish for row in rows if row.best_finish is not None]
    sums = dict(zip(SUMMED_COLUMNS, map(sum, zip(*map(SUMMED_VALUES, rows), strict=True)), strict=True))
    # A driver has a row for each car number, so that a season may come twice.
    seasons = tuple(sorted({row.season for row in rows}))
    return CareerTotals(series=rows[0].series, seasons=seasons, best_finish=min(best, default=None), **sums)


def totals_by_series(rows: Iterable[SeasonRow], default: str) -> tuple[CareerTotals, ...]:
    """The totals of each series, the default series first, then the one with most starts."""
    totals = [sum_seasons(own) for own in group(rows, lambda row: row.series).values()]
    return tuple(sorted(totals, key=lambda own: (own.series != default, -own.starts, own.series)))


def totals_by_season(rows: Iterable[SeasonRow], series: str) -> tuple[CareerTotals, ...]:
    """The totals of each season of a series, the latest first."""
    rows_by_season = group((row for row in rows if row.series == series), lambda row: row.season)
    return tuple(sum_seasons(rows_by_season[season]) for season in sorted(rows_by_season, reverse=True))


def career_facts(totals: CareerTotals, counting: CountBasis, runs: Sequence[DriverRace]) -> tuple[Fact, ...]:
    """The numbers of a driver in one series; `runs` are races of it, among them the first, the last and the wins."""
    started_runs = [run for run in runs if took_start(run)]
    first, last = (started_runs[-1], started_runs[0]) if started_runs else (None, None)
    starts = Fact(
        "Starts", f"{totals.starts:,}{totals.seasons_text}", source_lines(first, last), derivation=counting.text()
    )
    return starts, *finish_facts(totals, counting, started_runs), *grid_and_lap_facts(totals, counting)


def finish_facts(totals: CareerTotals, counting: CountBasis, runs: Sequence[DriverRace]) -> tuple[Fact, ...]:
    """Wins, the first and the last of them by name, and how often among the first five and ten."""
    fives = f"{totals.top_fives:,}, top tens {totals.top_tens:,}"
    fact = Fact("Top fives", fives, derivation=counting.text("first to fifth, first to tenth"))
    return (_wins_fact(totals, counting, runs), *((fact,) if totals.top_tens else ()))


def grid_and_lap_facts(totals: CareerTotals, counting: CountBasis) -> tuple[Fact, ...]:
    """Starts from first place, laps led, averages, each with over how many starts it is known; none that is empty."""
    coverage = totals.coverage_text(totals.grids)
    best = f", best {ordinal(totals.best_finish)}" if totals.best_finish and not totals.wins else ""
    finish = f"{average_text(totals.finish_sum, totals.starts)}{best}"
    start = average_text(totals.grid_sum, totals.grids)
    facts = (
        (
            "Started first",
            plural(totals.poles, "time") + coverage if totals.poles else "",
            counting.text("starting place 1"),
        ),
        (
            "Laps led",
            laps_led_text(totals) if totals.laps_led else "",
            counting.text(f"laps led are known for {plural(totals.led_known, 'start')}"),
        ),
        ("Average finish", finish, f"{totals.finish_sum:,} ÷ {plural(totals.starts, 'start')}"),
        (
            "Average start",
            start + coverage if start else "",
            f"{totals.grid_sum:,} ÷ {totals.grids:,} known starting places",
        ),
    )
    return tuple(Fact(label, value, derivation=derivation) for label, value, derivation in facts if value)


def laps_led_text(totals: CareerTotals) -> str:
    """“51,406 (known for 1,150 of 1,184 starts)”."""
    return f"{totals.laps_led:,}" + totals.coverage_text(totals.led_known)


def career_line(totals: CareerTotals, counting: CountBasis, label: str) -> Fact:
    """Another series in one line: “2 wins in 213 starts, 27 top fives, average finish 16.5, 2014 to 2025”."""
    parts = (
        f"{plural(totals.wins, 'win') if totals.wins else 'no win'} in {plural(totals.starts, 'start')}",
        plural(totals.top_fives, "top five") if totals.top_fives else "",
        f"average finish {average_text(totals.finish_sum, totals.starts)}",
        totals.season_span,
    )
    return Fact(label, ", ".join(part for part in parts if part), derivation=counting.text("wins, top fives, places"))


def _wins_fact(totals: CareerTotals, counting: CountBasis, started_runs: Sequence[DriverRace]) -> Fact:
    """How many wins, the first and the last of them with their lines."""
    won = [run for run in started_runs if run.position == 1]
    derivation = counting.text("place 1")
    # Seasons are read in part: a win that was counted need not be among the races that were read.
    if not totals.wins or not won:
        return Fact("Wins", f"{totals.wins:,}" if totals.wins else "none", derivation=derivation)
    if totals.wins == 1:
        return Fact("Wins", f"1, the {driver_race_title(won[0])}", source_lines(won[0]), derivation=derivation)
    text = f"{totals.wins:,}, from the {driver_race_title(won[-1])} to the {driver_race_title(won[0])}"
    return Fact("Wins", text, source_lines(won[-1], won[0]), derivation=derivation)


def rank_tracks(rows: Iterable[TrackRow], series: str) -> tuple[tuple[TrackRow, ...], int]:
    """The tracks of a series by wins, then by average finish; and the starts that a track must have at least."""
    series_rows = [row for row in rows if row.series == series]
    # Without a minimum one lucky start would be the best track of a career.
    minimum = MIN_TRACK_STARTS if any(row.starts >= MIN_TRACK_STARTS for row in series_rows) else FALLBACK_TRACK_STARTS
    eligible = [row for row in series_rows if row.starts >= minimum]
    return tuple(sorted(eligible, key=lambda row: (-row.wins, row.finish_sum / row.starts, row.track))), minimum


def took_start(run: DriverRace) -> bool:
    """Whether the car took the start: it has a place, and nothing says that it stayed away."""
    return run.position is not None and run.status not in NO_START_STATUSES


def driver_race_title(run: DriverRace | Meeting) -> str:
    """“1984 Firecracker 400”; without a name by its track."""
    year = str(run.season or "")
    name = race_name_text(run.name, run.track, run.round) if run.name else ""
    name = name or (f"race at {run.track}" if run.track else run.race)
    return name if year and name.startswith(year) else f"{year} {name}".strip()


def season_span(seasons: Iterable[int]) -> str:
    """“1979”, “1958 to 1992”; "" for none."""
    ordered = sorted(set(seasons))
    return "" if not ordered else str(ordered[0]) if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def series_title(context: QueryContext, series: str) -> str:
    """What a series is called: “NASCAR Cup Series”."""
    entity = context.names.get("series", series)
    return entity.name if entity and entity.name != series else series_name(series, None) or series


def missing_races(context: QueryContext, seasons: Mapping[str, Collection[int]]) -> Mapping[str, str]:
    """For each series with incomplete seasons how many of their races are known.

    A season is incomplete where it has fewer races than its highest round. `seasons` are those that matter, by series.
    """
    all_seasons = [season for own in seasons.values() for season in own]
    # One query for the whole span: seasons that are not asked for fall out below.
    season_rows = season_coverage(context.session, seasons, min(all_seasons), max(all_seasons)) if all_seasons else ()
    incomplete = (
        row for row in season_rows if row.season in seasons[row.series] and row.race_count < row.highest_round
    )
    return {
        series: _missing_races_text(own, series_title(context, series))
        for series, own in group(incomplete, lambda row: row.series).items()
    }


def _missing_races_text(incomplete: Sequence[SeasonCoverage], title: str) -> str:
    """“1 of at least 17 races of 2023 (NASCAR Cup Series)”."""
    race_count, rounds = sum(row.race_count for row in incomplete), sum(row.highest_round for row in incomplete)
    when = str(incomplete[0].season) if len(incomplete) == 1 else f"{len(incomplete)} of these seasons"
    return missing_races_text(race_count, rounds, when, title)
