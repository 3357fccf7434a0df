"""A career in numbers: the seasons of one series added up, and how every number was worked out.

Series are never added up, and neither are points: each season counts them on a scale of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bot.answers.common.citations import places
from bot.answers.common.text import join, ordinal, plural
from bot.answers.context import Reader
from bot.archive.queries.careers import HeldSeason, SeasonRow, TrackRow, held_seasons
from bot.archive.queries.driver_races import NO_START, Run
from bot.cards import Fact
from bot.racing.series import series_name

__all__ = [
    "Counting",
    "Record",
    "average",
    "by_season",
    "by_series",
    "finishes",
    "grid_and_laps",
    "lacking",
    "ranked_tracks",
    "record_facts",
    "record_of",
    "run_title",
    "series_called",
    "started",
    "years",
]

ENOUGH = 5  # starts at a track from which an average says something; with fewer everywhere, FEW
FEW = 2
SUMMED = (
    "races", "starts", "wins", "top_fives", "top_tens", "poles", "finish_sum", "grids", "grid_sum", "laps_led",
    "led_known",
)  # fmt: skip
SUMS: Callable[[SeasonRow], tuple[int, ...]] = attrgetter(*SUMMED)


@dataclass(frozen=True, slots=True)
class Record:
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
    def years(self) -> str:
        """“1958 to 1992”, “1979”."""
        return years(self.seasons)

    @property
    def spread(self) -> str:
        """“ in 35 seasons, 1958 to 1992”; "" for one season."""
        count = len(self.seasons)
        return f" in {plural(count, 'season')}, {self.years}" if count > 1 else ""

    def of_starts(self, known: int) -> str:
        """“ (known for 1,165 of 1,184 starts)”; "" where it is known for all."""
        return "" if known >= self.starts else f" (known for {known:,} of {plural(self.starts, 'start')})"


@dataclass(frozen=True, slots=True)
class Counting:
    """How what is counted came about: over how many results, from which documents."""

    results: int
    documents: tuple[str, ...] = ()

    def says(self, what: str = "") -> str:
        """“counted over the 1,184 results held, from cup_series.csv”, with what was looked for."""
        source = f", from {join(self.documents)}" if self.documents else ""
        looked = f": {what}" if what else ""
        return f"counted over the {plural(self.results, 'result')} held{source}{looked}"


def record_of(rows: Sequence[SeasonRow]) -> Record:
    """Seasons of one series added up; at least one."""
    best = [row.best_finish for row in rows if row.best_finish is not None]
    sums = dict(zip(SUMMED, map(sum, zip(*map(SUMS, rows), strict=True)), strict=True))
    seasons = tuple(sorted({row.season for row in rows}))
    return Record(series=rows[0].series, seasons=seasons, best_finish=min(best, default=None), **sums)


def by_series(rows: Iterable[SeasonRow], default: str) -> tuple[Record, ...]:
    """One record for each series, the default series first, then the one with most starts."""
    apart: dict[str, list[SeasonRow]] = {}
    for row in rows:
        apart.setdefault(row.series, []).append(row)
    records = [record_of(own) for own in apart.values()]
    return tuple(sorted(records, key=lambda one: (one.series != default, -one.starts, one.series)))


def by_season(rows: Iterable[SeasonRow], series: str) -> tuple[Record, ...]:
    """One record for each season of a series, the latest first."""
    apart: dict[int, list[SeasonRow]] = {}
    for row in rows:
        if row.series == series:
            apart.setdefault(row.season, []).append(row)
    return tuple(record_of(apart[season]) for season in sorted(apart, reverse=True))


def record_facts(record: Record, counting: Counting, runs: Sequence[Run]) -> tuple[Fact, ...]:
    """The numbers of a driver in one series; `runs` are races of it, among them the first, the last and the wins."""
    own = [run for run in runs if started(run)]
    first, last = (own[-1], own[0]) if own else (None, None)
    starts = Fact("Starts", f"{record.starts:,}{record.spread}", places(first, last), how=counting.says())
    return starts, *finishes(record, counting, own), *grid_and_laps(record, counting)


def finishes(record: Record, counting: Counting, runs: Sequence[Run]) -> tuple[Fact, ...]:
    """Wins, the first and the last of them by name, and how often among the first five and ten."""
    fives = f"{record.top_fives:,}, top tens {record.top_tens:,}"
    return (
        _wins(record, counting, runs),
        Fact("Top fives", fives, how=counting.says("first to fifth, first to tenth")),
    )


def grid_and_laps(record: Record, counting: Counting) -> tuple[Fact, ...]:
    """Starts from first place, laps led, and averages, each with over how many starts it is known."""
    known = record.of_starts(record.grids)
    first = plural(record.poles, "time") if record.grids else "not known"
    best = f", best {ordinal(record.best_finish)}" if record.best_finish and not record.wins else ""
    finish = f"{average(record.finish_sum, record.starts)}{best}"
    start = average(record.grid_sum, record.grids)
    grids = f"{record.grid_sum:,} ÷ {record.grids:,} known starting places" if record.grids else "none is told"
    return (
        Fact("Started first", first + known, how=counting.says("starting place 1")),
        Fact("Laps led", led(record), how=counting.says(f"laps led are told for {plural(record.led_known, 'start')}")),
        Fact("Average finish", finish, how=f"{record.finish_sum:,} ÷ {plural(record.starts, 'start')}"),
        Fact("Average start", (start or "not known") + known, how=grids),
    )


def led(record: Record) -> str:
    """“51,406 (known for 1,150 of 1,184 starts)”."""
    return (f"{record.laps_led:,}" if record.led_known else "not known") + record.of_starts(record.led_known)


def _wins(record: Record, counting: Counting, own: Sequence[Run]) -> Fact:
    """How many wins, the first and the last of them with their lines."""
    won = [run for run in own if run.position == 1]
    how = counting.says("place 1")
    if not record.wins or not won:
        return Fact("Wins", f"{record.wins:,}" if record.wins else "none", how=how)
    if record.wins == 1:
        return Fact("Wins", f"1, the {run_title(won[0])}", places(won[0]), how=how)
    told = f"{record.wins:,}, from the {run_title(won[-1])} to the {run_title(won[0])}"
    return Fact("Wins", told, places(won[-1], won[0]), how=how)


def ranked_tracks(rows: Iterable[TrackRow], series: str) -> tuple[tuple[TrackRow, ...], int]:
    """The tracks of a series by wins, then by average finish; and the least starts that a track must have had."""
    own = [row for row in rows if row.series == series]
    least = ENOUGH if any(row.starts >= ENOUGH for row in own) else FEW
    enough = [row for row in own if row.starts >= least]
    return tuple(sorted(enough, key=lambda row: (-row.wins, row.finish_sum / row.starts, row.track))), least


def started(run: Run) -> bool:
    """Whether the car took the start: it has a place, and nothing says that it stayed away."""
    return run.position is not None and run.status not in NO_START


def run_title(run: Run) -> str:
    """“1984 Firecracker 400”; without a name by its track."""
    year = str(run.season or "")
    name = run.name or (f"race at {run.track}" if run.track else run.race)
    return name if year and name.startswith(year) else f"{year} {name}".strip()


def average(total: int, count: int) -> str:
    """To a tenth, as the sport tells averages; "" over nothing."""
    return f"{total / count:.1f}" if count else ""


def years(seasons: Iterable[int]) -> str:
    """“1979”, “1958 to 1992”; "" for none."""
    told = sorted(set(seasons))
    return "" if not told else str(told[0]) if len(told) == 1 else f"{told[0]} to {told[-1]}"


def series_called(reader: Reader, series: str) -> str:
    """What a series is called: “NASCAR Cup Series”."""
    entity = reader.names.get("series", series)
    return entity.name if entity and entity.name != series else series_name(series, None) or series


def lacking(reader: Reader, seasons: Mapping[str, Collection[int]]) -> Mapping[str, str]:
    """For each series with seasons of which the archive holds some races only a sentence that says how many.

    Some only are fewer than the last of them counts. `seasons` are those of each series that matter.
    """
    years_of = [season for own in seasons.values() for season in own]
    held = held_seasons(reader.session, seasons, min(years_of), max(years_of)) if years_of else ()
    short: dict[str, list[HeldSeason]] = {}
    for one in held:
        if one.season in seasons[one.series] and one.held < one.rounds:
            short.setdefault(one.series, []).append(one)
    return {series: _lacks(own, series_called(reader, series)) for series, own in short.items()}


def _lacks(short: Sequence[HeldSeason], called: str) -> str:
    """“The archive holds 1 of at least 17 races of 2023 (NASCAR Cup Series).”, as a sentence."""
    held, rounds = sum(one.held for one in short), sum(one.rounds for one in short)
    when = str(short[0].season) if len(short) == 1 else f"{len(short)} of these seasons"
    return f"The archive holds {held:,} of at least {rounds:,} races of {when} ({called})."
