"""A career in numbers: the seasons of one series added up, and how every number was worked out.

Series are never added up, and neither are points: each season counts them on a scale of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bot.answers.common.citations import source_lines
from bot.answers.common.text import join, ordinal, plural
from bot.answers.context import QueryContext
from bot.archive.queries.careers import SeasonCoverage, SeasonRow, TrackRow, season_coverage
from bot.archive.queries.driver_races import DriverRace
from bot.cards import Fact
from bot.racing.series import series_name
from bot.racing.statuses import NO_START_STATUSES

__all__ = [
    "CareerTotals",
    "CountBasis",
    "average_text",
    "career_facts",
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

MIN_TRACK_STARTS = 5  # starts at a track from which an average says something; with fewer everywhere, FEW
FALLBACK_TRACK_STARTS = 2
SUMMED_COLUMNS = (
    "races", "starts", "wins", "top_fives", "top_tens", "poles", "finish_sum", "grids", "grid_sum", "laps_led",
    "led_known",
)  # fmt: skip
SUMMED_VALUES: Callable[[SeasonRow], tuple[int, ...]] = attrgetter(*SUMMED_COLUMNS)


@dataclass(frozen=True, slots=True)
class CareerTotals:
    """What some seasons of one series come to; sums and their counts as in `SeasonTally`."""

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

    def coverage_text(self, known: int) -> str:
        """“ (known for 1,165 of 1,184 starts)”; "" where it is known for all."""
        return "" if known >= self.starts else f" (known for {known:,} of {plural(self.starts, 'start')})"


@dataclass(frozen=True, slots=True)
class CountBasis:
    """How what is counted came about: over how many results, from which documents."""

    results: int
    documents: tuple[str, ...] = ()

    def text(self, rule: str = "") -> str:
        """“counted over the 1,184 results held, from cup_series.csv”, with what was looked for."""
        source = f", from {join(self.documents)}" if self.documents else ""
        rule_text = f": {rule}" if rule else ""
        return f"counted over the {plural(self.results, 'result')} held{source}{rule_text}"


def sum_seasons(rows: Sequence[SeasonRow]) -> CareerTotals:
    """Seasons of one series added up; at least one."""
    best = [row.best_finish for row in rows if row.best_finish is not None]
    sums = dict(zip(SUMMED_COLUMNS, map(sum, zip(*map(SUMMED_VALUES, rows), strict=True)), strict=True))
    seasons = tuple(sorted({row.season for row in rows}))
    return CareerTotals(series=rows[0].series, seasons=seasons, best_finish=min(best, default=None), **sums)


def totals_by_series(rows: Iterable[SeasonRow], default: str) -> tuple[CareerTotals, ...]:
    """One record for each series, the default series first, then the one with most starts."""
    rows_by_series: dict[str, list[SeasonRow]] = {}
    for row in rows:
        rows_by_series.setdefault(row.series, []).append(row)
    totals = [sum_seasons(own) for own in rows_by_series.values()]
    return tuple(sorted(totals, key=lambda one: (one.series != default, -one.starts, one.series)))


def totals_by_season(rows: Iterable[SeasonRow], series: str) -> tuple[CareerTotals, ...]:
    """One record for each season of a series, the latest first."""
    rows_by_season: dict[int, list[SeasonRow]] = {}
    for row in rows:
        if row.series == series:
            rows_by_season.setdefault(row.season, []).append(row)
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
    return (
        _wins_fact(totals, counting, runs),
        Fact("Top fives", fives, derivation=counting.text("first to fifth, first to tenth")),
    )


def grid_and_lap_facts(totals: CareerTotals, counting: CountBasis) -> tuple[Fact, ...]:
    """Starts from first place, laps led, and averages, each with over how many starts it is known."""
    coverage = totals.coverage_text(totals.grids)
    first = plural(totals.poles, "time") if totals.grids else "not known"
    best = f", best {ordinal(totals.best_finish)}" if totals.best_finish and not totals.wins else ""
    finish = f"{average_text(totals.finish_sum, totals.starts)}{best}"
    start = average_text(totals.grid_sum, totals.grids)
    grids = f"{totals.grid_sum:,} ÷ {totals.grids:,} known starting places" if totals.grids else "none is told"
    return (
        Fact("Started first", first + coverage, derivation=counting.text("starting place 1")),
        Fact(
            "Laps led",
            laps_led_text(totals),
            derivation=counting.text(f"laps led are told for {plural(totals.led_known, 'start')}"),
        ),
        Fact("Average finish", finish, derivation=f"{totals.finish_sum:,} ÷ {plural(totals.starts, 'start')}"),
        Fact("Average start", (start or "not known") + coverage, derivation=grids),
    )


def laps_led_text(totals: CareerTotals) -> str:
    """“51,406 (known for 1,150 of 1,184 starts)”."""
    return (f"{totals.laps_led:,}" if totals.led_known else "not known") + totals.coverage_text(totals.led_known)


def _wins_fact(totals: CareerTotals, counting: CountBasis, started_runs: Sequence[DriverRace]) -> Fact:
    """How many wins, the first and the last of them with their lines."""
    won = [run for run in started_runs if run.position == 1]
    derivation = counting.text("place 1")
    if not totals.wins or not won:
        return Fact("Wins", f"{totals.wins:,}" if totals.wins else "none", derivation=derivation)
    if totals.wins == 1:
        return Fact("Wins", f"1, the {driver_race_title(won[0])}", source_lines(won[0]), derivation=derivation)
    text = f"{totals.wins:,}, from the {driver_race_title(won[-1])} to the {driver_race_title(won[0])}"
    return Fact("Wins", text, source_lines(won[-1], won[0]), derivation=derivation)


def rank_tracks(rows: Iterable[TrackRow], series: str) -> tuple[tuple[TrackRow, ...], int]:
    """The tracks of a series by wins, then by average finish; and the least starts that a track must have had."""
    series_rows = [row for row in rows if row.series == series]
    minimum = MIN_TRACK_STARTS if any(row.starts >= MIN_TRACK_STARTS for row in series_rows) else FALLBACK_TRACK_STARTS
    eligible = [row for row in series_rows if row.starts >= minimum]
    return tuple(sorted(eligible, key=lambda row: (-row.wins, row.finish_sum / row.starts, row.track))), minimum


def took_start(run: DriverRace) -> bool:
    """Whether the car took the start: it has a place, and nothing says that it stayed away."""
    return run.position is not None and run.status not in NO_START_STATUSES


def driver_race_title(run: DriverRace) -> str:
    """“1984 Firecracker 400”; without a name by its track."""
    year = str(run.season or "")
    name = run.name or (f"race at {run.track}" if run.track else run.race)
    return name if year and name.startswith(year) else f"{year} {name}".strip()


def average_text(total: int, count: int) -> str:
    """To a tenth, as the sport tells averages; "" over nothing."""
    return f"{total / count:.1f}" if count else ""


def season_span(seasons: Iterable[int]) -> str:
    """“1979”, “1958 to 1992”; "" for none."""
    ordered = sorted(set(seasons))
    return "" if not ordered else str(ordered[0]) if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def series_title(context: QueryContext, series: str) -> str:
    """What a series is called: “NASCAR Cup Series”."""
    entity = context.names.get("series", series)
    return entity.name if entity and entity.name != series else series_name(series, None) or series


def missing_races(context: QueryContext, seasons: Mapping[str, Collection[int]]) -> Mapping[str, str]:
    """For each series with seasons of which the archive holds some races only a sentence that says how many.

    Some only are fewer than the last of them counts. `seasons` are those of each series that matter.
    """
    all_seasons = [season for own in seasons.values() for season in own]
    season_rows = season_coverage(context.session, seasons, min(all_seasons), max(all_seasons)) if all_seasons else ()
    incomplete: dict[str, list[SeasonCoverage]] = {}
    for row in season_rows:
        if row.season in seasons[row.series] and row.race_count < row.highest_round:
            incomplete.setdefault(row.series, []).append(row)
    return {series: _missing_races_text(own, series_title(context, series)) for series, own in incomplete.items()}


def _missing_races_text(incomplete: Sequence[SeasonCoverage], title: str) -> str:
    """“The archive holds 1 of at least 17 races of 2023 (NASCAR Cup Series).”, as a sentence."""
    held, rounds = sum(one.race_count for one in incomplete), sum(one.highest_round for one in incomplete)
    when = str(incomplete[0].season) if len(incomplete) == 1 else f"{len(incomplete)} of these seasons"
    return f"The archive holds {held:,} of at least {rounds:,} races of {when} ({title})."
