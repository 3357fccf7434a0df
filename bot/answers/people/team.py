"""`/team`: what a team did, each series apart: wins, drivers, cars, seasons, last wins; one season race by race."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import Sources
from bot.answers.common.resolve import named, title_of
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import Reader
from bot.answers.people.career import (
    Counting,
    Record,
    by_series,
    finishes,
    grid_and_laps,
    lacking,
    run_title,
    series_called,
    years,
)
from bot.answers.people.team_tables import cars_table, drivers_table, team_runs_table, team_seasons_table, wins_table
from bot.answers.people.team_words import owner_of
from bot.archive.queries.careers import SeasonRow, TeamDriver, drivers_of_team, seasons_of
from bot.archive.queries.driver_races import Run, runs_of
from bot.archive.queries.races import latest_race
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question
from bot.errors import NothingKnown

__all__ = ["team_profile"]

LAST = 10  # wins told one by one: a screen of a phone
DRIVERS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """Which team is meant, what narrows the question, and notes on how it was read."""

    team: str
    season: int | None
    series: str | None
    notes: tuple[str, ...]

    def question(self) -> Question:
        """The question in canonical words."""
        season = (Argument("season", str(self.season)),) if self.season is not None else ()
        series = (Argument("series", self.series, "series"),) if self.series else ()
        return Question("team", (Argument("name", self.team, "team"), *season, *series))


@dataclass(frozen=True, slots=True)
class Team:
    """The numbers of a team, each series apart; `runs` are its wins, of a single season all its races."""

    records: tuple[Record, ...]
    rows: tuple[SeasonRow, ...]
    runs: tuple[Run, ...]
    drivers: tuple[TeamDriver, ...]
    lacks: tuple[str, ...]

    def runs_in(self, record: Record) -> tuple[Run, ...]:
        """The races of a series that were read, the latest first."""
        return tuple(run for run in self.runs if run.series == record.series)

    def drivers_in(self, record: Record) -> tuple[TeamDriver, ...]:
        """Who drove in a series, a row for each car number."""
        return tuple(one for one in self.drivers if one.series == record.series)

    def counting(self, record: Record) -> Counting:
        """How the numbers of a series were counted."""
        return Counting(record.starts, tuple(dict.fromkeys(run.document for run in self.runs_in(record))))


def team_profile(reader: Reader, name: str, season: int | None = None, series: str | None = None) -> Card:
    """What a team did, the numbers of each series apart; with a season that season race by race.

    Raises UnknownName, AmbiguousName, and NothingKnown where no result of the team is held.
    """
    found = named(reader, name, "team")
    meant = named(reader, series, "series") if series else None
    notes = tuple(one for one in (found.note, meant.note if meant else "", _owner(found.value)) if one)
    asked = Asked(found.value, season, meant.value if meant else None, notes)
    every = seasons_of(reader.session, "team", asked.team)
    rows = tuple(row for row in every if asked.series in {None, row.series} and asked.season in {None, row.season})
    if not rows:
        raise NothingKnown(_nothing(reader, asked, every))
    team = _team(reader, asked, rows)
    return Card(
        title=asked.team if season is None else f"{asked.team}, {season}",
        question=asked.question(),
        summary=_summary(reader, asked, team),
        blocks=tuple(_blocks(reader, team) if season is None else _season_blocks(reader, team)),
        notes=(*asked.notes, *team.lacks),
        as_of=_as_of(reader, asked, team),
        citations=Sources(reader.session, team.runs).all(),
        follow_ups=tuple(_follow_ups(asked, team)),
    )


def _owner(team: str) -> str:
    owner = owner_of(team)
    return f"No name of a team is told: these cars were entered by their owner, {owner}." if owner else ""


def _nothing(reader: Reader, asked: Asked, every: Sequence[SeasonRow]) -> str:
    """What is not told, and what is."""
    if not every:
        return f"The documents name {asked.team} and tell no result of its cars."
    when = f" in {asked.season}" if asked.season is not None else ""
    where = f" in the {series_called(reader, asked.series)}" if asked.series else ""
    held = [f"{years(one.seasons)} ({series_called(reader, one.series)})" for one in by_series(every, "")]
    return f"The documents tell nothing of {asked.team}{when}{where}. They do tell of {join(held)}."


def _team(reader: Reader, asked: Asked, rows: tuple[SeasonRow, ...]) -> Team:
    records = by_series(rows, reader.default_series)
    lacks = lacking(reader, {one.series: one.seasons for one in records})
    runs = tuple(_runs(reader, asked, records, rows))
    drivers = tuple(
        one for one in drivers_of_team(reader.session, asked.team, asked.season) if asked.series in {None, one.series}
    )
    return Team(records, rows, runs, drivers, tuple(lacks.values()))


def _runs(reader: Reader, asked: Asked, records: Sequence[Record], rows: Sequence[SeasonRow]) -> Iterable[Run]:
    """The first and the last wins in each series; where there is none its last season, of one season all of it."""
    won = [(one.series, season) for one in records for season in _won(one.series, rows) if asked.season is None]
    winless = {one.series for one in records} - {series for series, _ in won}
    last = [(one.series, one.seasons[-1]) for one in records if one.series in winless]
    if won:
        yield from runs_of(reader.session, "team", asked.team, won, only_wins=True)
    if last:
        yield from runs_of(reader.session, "team", asked.team, last)


def _won(series: str, rows: Sequence[SeasonRow]) -> set[int]:
    """The first season with a win, and the last ones that hold as many as are told one by one."""
    won = [row for row in rows if row.series == series and row.wins]
    seasons = {won[0].season} if won else set()
    told = 0
    for row in reversed(won):
        if told < LAST:
            seasons.add(row.season)
        told += row.wins
    return seasons


def _summary(reader: Reader, asked: Asked, team: Team) -> str:
    """“Petty Enterprises won 268 of 2,890 starts in the NASCAR Cup Series, 1949 to 2008”, of each series apart."""
    held = "In the races this archive holds, " if team.lacks else ""
    told = [
        f"{one.wins:,} of {plural(one.starts, 'start')} in the {series_called(reader, one.series)}"
        for one in team.records
    ]
    when = f", {team.records[0].years}" if len(team.records) == 1 else ""
    return sentence(f"{held}cars of {asked.team} won {join(told)}{when}")


def _numbers(reader: Reader, team: Team) -> Iterable[Block]:
    """The numbers of each series in a block of its own."""
    for record in team.records:
        counting, drivers = team.counting(record), _together(team.drivers_in(record))
        spread = f"{record.starts:,} by its cars in {plural(record.races, 'race')}{record.spread}"
        best = [f"{one.driver} ({_driven(one)})" for one in drivers[:DRIVERS_NAMED]]
        told = f"{len(drivers):,}; most starts: {', '.join(best)}" if len(drivers) > DRIVERS_NAMED else ", ".join(best)
        yield Facts(
            (
                Fact("Starts", spread, how=counting.says()),
                *finishes(record, counting, team.runs_in(record)),
                *grid_and_laps(record, counting),
                Fact("Drivers", told, how=counting.says("starts and wins by name")),
            ),
            series_called(reader, record.series),
        )


def _driven(one: TeamDriver) -> str:
    """“54 wins of 423”, “492 starts”."""
    return f"{plural(one.wins, 'win')} of {one.starts:,}" if one.wins else plural(one.starts, "start")


def _together(rows: Sequence[TeamDriver]) -> tuple[TeamDriver, ...]:
    """One row for each driver, whatever the cars, those with most starts first."""
    apart: dict[str, list[TeamDriver]] = {}
    for row in rows:
        apart.setdefault(row.driver, []).append(row)
    found = (
        TeamDriver(
            own[0].series,
            driver,
            "",
            sum(one.starts for one in own),
            sum(one.wins for one in own),
            min(one.first_season for one in own),
            max(one.last_season for one in own),
        )
        for driver, own in apart.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.starts, -one.wins, one.driver)))


def _blocks(reader: Reader, team: Team) -> Iterable[Block]:
    """Numbers on the first page; last wins, drivers, seasons and cars on pages of their own, each series apart."""
    yield from _numbers(reader, team)
    apart = True
    for record in team.records:
        won = [run for run in team.runs_in(record) if run.position == 1]
        if won:
            yield wins_table(won[:LAST], f"Last wins, {series_called(reader, record.series)}", apart=apart)
            apart = False
    for record in team.records:
        called, counting = series_called(reader, record.series), team.counting(record)
        drivers = _together(team.drivers_in(record))
        yield drivers_table(drivers, counting, f"Drivers, {called}", apart=apart)
        apart = False
    for record in team.records:
        called, counting = series_called(reader, record.series), team.counting(record)
        yield team_seasons_table(team.rows, record.series, counting, f"By season, {called}")
        yield cars_table(team.drivers_in(record), counting, f"Cars, {called}")


def _season_blocks(reader: Reader, team: Team) -> Iterable[Block]:
    """One season: numbers, drivers and cars, then race by race."""
    yield from _numbers(reader, team)
    for number, record in enumerate(team.records):
        called, counting = series_called(reader, record.series), team.counting(record)
        drivers = _together(team.drivers_in(record))
        yield drivers_table(drivers, counting, f"Drivers, {called}", apart=number == 0)
        yield cars_table(team.drivers_in(record), counting, f"Cars, {called}")
    for record in team.records:
        yield team_runs_table(team.runs_in(record), f"Race by race, {series_called(reader, record.series)}")


def _as_of(reader: Reader, asked: Asked, team: Team) -> str:
    """The race after which the numbers are true; of several series only the season."""
    if asked.season is not None and len(team.records) == 1 and team.runs:
        return f"after the {run_title(team.runs[0])}"
    latest = latest_race(reader.session, team.records[0].series)
    if latest is None:
        return ""
    several = f"as held to the season {latest.season}"
    return several if len(team.records) > 1 else f"after the {title_of(reader.session, latest)}"


def _follow_ups(asked: Asked, team: Team) -> Iterable[FollowUp]:
    """All seasons, the last win, and who started most for the team."""
    name = Argument("name", asked.team, "team")
    if asked.season is not None:
        yield FollowUp("All seasons", Question("team", (name,)))
    won = next((run for run in team.runs if run.position == 1), None)
    if won:
        yield FollowUp("Last win", Question("race", (Argument("name", won.race, "race"),)))
    drivers = _together(team.drivers)
    if drivers:
        driver = drivers[0].driver
        yield FollowUp(driver, Question("driver", (Argument("name", driver, "driver"),)))
    latest = max(row.season for row in team.rows)
    if asked.season is None:
        yield FollowUp(f"Season {latest}", Question("team", (name, Argument("season", str(latest)))))
