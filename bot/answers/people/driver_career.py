"""A career as blocks of a card: numbers of each series apart, last races, seasons, tracks, one season whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.resolve import title_of
from bot.answers.common.text import join, ordinal, plural, sentence
from bot.answers.context import Reader
from bot.answers.people.career import (
    Counting,
    Record,
    by_season,
    by_series,
    lacking,
    ranked_tracks,
    record_facts,
    run_title,
    series_called,
    started,
)
from bot.answers.people.career_tables import runs_table, season_runs_table, seasons_table, tracks_table
from bot.answers.people.team_words import team_told
from bot.archive.queries.careers import SeasonRow, TrackRow, tracks_of
from bot.archive.queries.driver_races import Run, runs_of
from bot.archive.queries.races import latest_race
from bot.cards import Block, Fact, Facts

__all__ = ["Career", "career_as_of", "career_blocks", "career_of", "career_summary", "season_blocks"]

LAST = 10  # races told one by one: a screen of a phone
LAST_EACH = 5  # of each of several series
TRACKS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Career:
    """The numbers of a driver, each series apart, the seasons they come from, and some single races of them.

    `lacks` says in sentences what the archive lacks of these seasons; `tracks` is empty for a single season.
    """

    driver: str
    records: tuple[Record, ...]
    rows: tuple[SeasonRow, ...]
    runs: tuple[Run, ...]
    tracks: tuple[TrackRow, ...]
    lacks: tuple[str, ...]

    def runs_in(self, record: Record) -> tuple[Run, ...]:
        """The single races of a series that were read, the latest first."""
        return tuple(run for run in self.runs if run.series == record.series)

    def counting(self, record: Record) -> Counting:
        """How the numbers of a series were counted."""
        documents = dict.fromkeys(run.document for run in self.runs_in(record))
        return Counting(record.starts, tuple(documents))


def career_of(
    reader: Reader, driver: str, rows: tuple[SeasonRow, ...], *, season: bool = False, told: bool = False
) -> Career | None:
    """The numbers of these seasons; `season` where one season was asked for and is read whole.

    None where there is no season, and where the only race of a season held in part is `told` by a document of its
    own: one race is no career.
    """
    records = by_series(rows, reader.default_series)
    lacks = lacking(reader, {record.series: record.seasons for record in records})
    if all(told and record.starts < 2 and record.series in lacks for record in records):
        return None
    wanted = [(record.series, one) for record in records for one in _wanted(record.series, rows)]
    runs = runs_of(reader.session, "driver", driver, wanted)
    tracks = () if season else tracks_of(reader.session, driver)
    return Career(driver, records, rows, runs, tracks, tuple(lacks.values()))


def _wanted(series: str, rows: Sequence[SeasonRow]) -> set[int]:
    """The seasons of a series whose races are read: the first, the first and last won, and the last ones."""
    starts: Counter[int] = Counter()
    won = []
    for row in rows:
        if row.series == series:
            starts[row.season] += row.starts
            won += [row.season] if row.wins else []
    seasons = {min(starts), *(won[:1]), *(won[-1:])}
    told = 0
    for season in sorted(starts, reverse=True):
        if told < LAST:
            seasons.add(season)
        told += starts[season]
    return seasons


def career_summary(reader: Reader, career: Career) -> str:
    """“Richard Petty won 200 of 1,184 starts in the NASCAR Cup Series, 1958 to 1992”, of each series apart."""
    held = "In the races this archive holds, " if career.lacks else ""
    won = [f"{one.wins:,} of {_starts(reader, one)}" for one in career.records if one.wins]
    winless = [f"{_starts(reader, one)}{_best(one)}" for one in career.records if not one.wins]
    told = [f"won {join(won)}"] if won else []
    told += [f"took {join(winless)} without a win"] if winless else []
    when = f", {career.records[0].years}" if len(career.records) == 1 else ""
    return sentence(f"{held}{career.driver} {' and '.join(told)}{when}")


def _starts(reader: Reader, record: Record) -> str:
    return f"{plural(record.starts, 'start')} in the {series_called(reader, record.series)}"


def _best(record: Record) -> str:
    return f" (best finish {ordinal(record.best_finish)})" if record.best_finish else ""


def career_blocks(reader: Reader, career: Career) -> Iterable[Block]:
    """The numbers on a short first page; last races, seasons and tracks on pages of their own, each series apart."""
    for record in career.records:
        facts = record_facts(record, career.counting(record), career.runs_in(record))
        best = _best_tracks(career, record) if len(career.records) == 1 else ()
        yield Facts((*facts, *best), series_called(reader, record.series))
    most = LAST if len(career.records) == 1 else LAST_EACH
    for number, record in enumerate(career.records):
        own = [run for run in career.runs_in(record) if started(run)]
        yield runs_table(own[:most], f"Last races, {series_called(reader, record.series)}", apart=number == 0)
    for record in career.records:
        heading = f"By season, {series_called(reader, record.series)}"
        yield seasons_table(by_season(career.rows, record.series), career.counting(record), heading)
    for record in career.records:
        tracks, least = ranked_tracks(career.tracks, record.series)
        if tracks:
            heading = f"Best tracks, {series_called(reader, record.series)}"
            yield tracks_table(tracks, least, career.counting(record), heading)


def _best_tracks(career: Career, record: Record) -> tuple[Fact, ...]:
    """The first few tracks by name, where there are any with enough starts."""
    best, least = ranked_tracks(career.tracks, record.series)
    told = [f"{one.track} ({plural(one.wins, 'win')} of {one.starts})" for one in best[:TRACKS_NAMED] if one.wins]
    how = f"by wins, then average finish, with at least {plural(least, 'start')}"
    return (Fact("Best tracks", ", ".join(told), how=how),) if told else ()


def season_blocks(reader: Reader, career: Career) -> Iterable[Block]:
    """One season: its numbers, car and team, then race by race, each series apart."""
    for record in career.records:
        facts = record_facts(record, career.counting(record), career.runs_in(record))
        yield Facts((*facts, *_driven(career.runs_in(record))), series_called(reader, record.series))
    for number, record in enumerate(career.records):
        heading = f"Race by race, {series_called(reader, record.series)}"
        yield season_runs_table(career.runs_in(record), heading, apart=number == 0)


def _driven(runs: Sequence[Run]) -> tuple[Fact, ...]:
    """What was driven in one season, and for whom, in the order of the races."""
    cars = dict.fromkeys(run.car for run in reversed(runs) if run.car)
    makes = dict.fromkeys(run.manufacturer for run in reversed(runs) if run.manufacturer)
    teams = dict.fromkeys(team_told(run.team) for run in reversed(runs))
    how = f"each once, as the {plural(len(runs), 'row')} of the season have them"
    told = (
        ("Car", f"No. {join(list(cars))}" if cars else ""),
        ("Team", join(list(teams))),
        ("Manufacturer", join(list(makes))),
    )
    return tuple(Fact(label, value, how=how) for label, value in told if value)


def career_as_of(reader: Reader, career: Career, *, season: bool) -> str:
    """The race after which the numbers are true; of several series only the season."""
    if season and len(career.records) == 1 and career.runs:
        return f"after the {run_title(career.runs[0])}"
    latest = latest_race(reader.session, career.records[0].series)
    if latest is None:
        return ""
    several = f"as held to the season {latest.season}"
    return several if len(career.records) > 1 else f"after the {title_of(reader.session, latest)}"
