"""`/team`: what a team did, each series apart: wins, drivers, cars, seasons, last wins; one season race by race."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.common.citations import CitationIndex
from bot.answers.common.resolve import race_title, resolve_name
from bot.answers.common.text import join, plural, sentence
from bot.answers.context import QueryContext
from bot.answers.people.career import (
    CareerTotals,
    CountBasis,
    driver_race_title,
    finish_facts,
    grid_and_lap_facts,
    missing_races,
    season_span,
    series_title,
    totals_by_series,
)
from bot.answers.people.team_tables import cars_table, drivers_table, team_races_table, team_seasons_table, wins_table
from bot.answers.people.team_words import owner_of
from bot.archive.queries.careers import SeasonRow, TeamDriver, drivers_of_team, seasons_of
from bot.archive.queries.driver_races import DriverRace, races_of_competitor
from bot.archive.queries.races import latest_race
from bot.cards import Argument, Block, Card, Fact, Facts, FollowUp, Question
from bot.errors import NothingKnown

__all__ = ["team_profile"]

MAX_WINS = 10  # wins told one by one: a screen of a phone
MAX_DRIVERS_NAMED = 3


@dataclass(frozen=True, slots=True)
class TeamQuery:
    """Which team is meant, what narrows the question, and notes on how it was read."""

    name: str
    season: int | None
    series: str | None
    notes: tuple[str, ...]

    def question(self) -> Question:
        """The question in canonical words."""
        season = (Argument("season", str(self.season)),) if self.season is not None else ()
        series = (Argument("series", self.series, "series"),) if self.series else ()
        return Question("team", (Argument("name", self.name, "team"), *season, *series))


@dataclass(frozen=True, slots=True)
class TeamCareer:
    """The numbers of a team, each series apart; `runs` are its wins, of a single season all its races."""

    totals: tuple[CareerTotals, ...]
    rows: tuple[SeasonRow, ...]
    runs: tuple[DriverRace, ...]
    drivers: tuple[TeamDriver, ...]
    missing_races: tuple[str, ...]

    def runs_in(self, totals: CareerTotals) -> tuple[DriverRace, ...]:
        """The races of a series that were read, the latest first."""
        return tuple(run for run in self.runs if run.series == totals.series)

    def drivers_in(self, totals: CareerTotals) -> tuple[TeamDriver, ...]:
        """Who drove in a series, a row for each car number."""
        return tuple(one for one in self.drivers if one.series == totals.series)

    def count_basis(self, totals: CareerTotals) -> CountBasis:
        """How the numbers of a series were counted."""
        return CountBasis(totals.starts, tuple(dict.fromkeys(run.document for run in self.runs_in(totals))))


def team_profile(context: QueryContext, name: str, season: int | None = None, series: str | None = None) -> Card:
    """What a team did, the numbers of each series apart; with a season that season race by race.

    Raises UnknownName, AmbiguousName, and NothingKnown where no result of the team is held.
    """
    resolved_team = resolve_name(context, name, "team")
    resolved_series = resolve_name(context, series, "series") if series else None
    notes = tuple(
        one
        for one in (
            resolved_team.note,
            resolved_series.note if resolved_series else "",
            _owner_note(resolved_team.value),
        )
        if one
    )
    query = TeamQuery(resolved_team.value, season, resolved_series.value if resolved_series else None, notes)
    all_rows = seasons_of(context.session, "team", query.name)
    rows = tuple(row for row in all_rows if query.series in {None, row.series} and query.season in {None, row.season})
    if not rows:
        raise NothingKnown(_no_answer(context, query, all_rows))
    career = _build_career(context, query, rows)
    return Card(
        title=query.name if season is None else f"{query.name}, {season}",
        question=query.question(),
        summary=_summary(context, query, career),
        blocks=tuple(_blocks(context, career) if season is None else _season_blocks(context, career)),
        notes=(*query.notes, *career.missing_races),
        as_of=_as_of(context, query, career),
        citations=CitationIndex(context.session, career.runs).all_citations(),
        follow_ups=tuple(_follow_ups(query, career)),
    )


def _owner_note(team: str) -> str:
    owner = owner_of(team)
    return f"No name of a team is told: these cars were entered by their owner, {owner}." if owner else ""


def _no_answer(context: QueryContext, query: TeamQuery, all_rows: Sequence[SeasonRow]) -> str:
    """What is not told, and what is."""
    if not all_rows:
        return f"The documents name {query.name} and tell no result of its cars."
    when = f" in {query.season}" if query.season is not None else ""
    where = f" in the {series_title(context, query.series)}" if query.series else ""
    seasons = [
        f"{season_span(one.seasons)} ({series_title(context, one.series)})" for one in totals_by_series(all_rows, "")
    ]
    return f"The documents tell nothing of {query.name}{when}{where}. They do tell of {join(seasons)}."


def _build_career(context: QueryContext, query: TeamQuery, rows: tuple[SeasonRow, ...]) -> TeamCareer:
    series_totals = totals_by_series(rows, context.default_series)
    missing = missing_races(context, {one.series: one.seasons for one in series_totals})
    runs = tuple(_races_to_show(context, query, series_totals, rows))
    drivers = tuple(
        one for one in drivers_of_team(context.session, query.name, query.season) if query.series in {None, one.series}
    )
    return TeamCareer(series_totals, rows, runs, drivers, tuple(missing.values()))


def _races_to_show(
    context: QueryContext, query: TeamQuery, series_totals: Sequence[CareerTotals], rows: Sequence[SeasonRow]
) -> Iterable[DriverRace]:
    """The first and the last wins in each series; where there is none its last season, of one season all of it."""
    seasons_won = [
        (totals.series, season)
        for totals in series_totals
        for season in _seasons_with_wins(totals.series, rows)
        if query.season is None
    ]
    winless = {one.series for one in series_totals} - {series for series, _ in seasons_won}
    last_seasons = [(one.series, one.seasons[-1]) for one in series_totals if one.series in winless]
    if seasons_won:
        yield from races_of_competitor(context.session, "team", query.name, seasons_won, only_wins=True)
    if last_seasons:
        yield from races_of_competitor(context.session, "team", query.name, last_seasons)


def _seasons_with_wins(series: str, rows: Sequence[SeasonRow]) -> set[int]:
    """The first season with a win, and the last ones that hold as many as are told one by one."""
    rows_with_wins = [row for row in rows if row.series == series and row.wins]
    seasons = {rows_with_wins[0].season} if rows_with_wins else set()
    win_count = 0
    for row in reversed(rows_with_wins):
        if win_count < MAX_WINS:
            seasons.add(row.season)
        win_count += row.wins
    return seasons


def _summary(context: QueryContext, query: TeamQuery, career: TeamCareer) -> str:
    """“Petty Enterprises won 268 of 2,890 starts in the NASCAR Cup Series, 1949 to 2008”, of each series apart."""
    scope = "In the races this archive holds, " if career.missing_races else ""
    parts = [
        f"{totals.wins:,} of {plural(totals.starts, 'start')} in the {series_title(context, totals.series)}"
        for totals in career.totals
    ]
    when = f", {career.totals[0].season_span}" if len(career.totals) == 1 else ""
    return sentence(f"{scope}cars of {query.name} won {join(parts)}{when}")


def _number_blocks(context: QueryContext, career: TeamCareer) -> Iterable[Block]:
    """The numbers of each series in a block of its own."""
    for totals in career.totals:
        counting, drivers = career.count_basis(totals), _merge_cars(career.drivers_in(totals))
        spread = f"{totals.starts:,} by its cars in {plural(totals.races, 'race')}{totals.seasons_text}"
        best = [f"{one.driver} ({_driver_text(one)})" for one in drivers[:MAX_DRIVERS_NAMED]]
        text = (
            f"{len(drivers):,}; most starts: {', '.join(best)}" if len(drivers) > MAX_DRIVERS_NAMED else ", ".join(best)
        )
        yield Facts(
            (
                Fact("Starts", spread, derivation=counting.text()),
                *finish_facts(totals, counting, career.runs_in(totals)),
                *grid_and_lap_facts(totals, counting),
                Fact("Drivers", text, derivation=counting.text("starts and wins by name")),
            ),
            series_title(context, totals.series),
        )


def _driver_text(driver: TeamDriver) -> str:
    """“54 wins of 423”, “492 starts”."""
    return f"{plural(driver.wins, 'win')} of {driver.starts:,}" if driver.wins else plural(driver.starts, "start")


def _merge_cars(rows: Sequence[TeamDriver]) -> tuple[TeamDriver, ...]:
    """One row for each driver, whatever the cars, those with most starts first."""
    rows_by_driver: dict[str, list[TeamDriver]] = {}
    for row in rows:
        rows_by_driver.setdefault(row.driver, []).append(row)
    merged = (
        TeamDriver(
            own[0].series,
            driver,
            "",
            sum(one.starts for one in own),
            sum(one.wins for one in own),
            min(one.first_season for one in own),
            max(one.last_season for one in own),
        )
        for driver, own in rows_by_driver.items()
    )
    return tuple(sorted(merged, key=lambda one: (-one.starts, -one.wins, one.driver)))


def _blocks(context: QueryContext, career: TeamCareer) -> Iterable[Block]:
    """Numbers on the first page; last wins, drivers, seasons and cars on pages of their own, each series apart."""
    yield from _number_blocks(context, career)
    starts_page = True
    for totals in career.totals:
        won = [run for run in career.runs_in(totals) if run.position == 1]
        if won:
            yield wins_table(won[:MAX_WINS], f"Last wins, {series_title(context, totals.series)}", apart=starts_page)
            starts_page = False
    for totals in career.totals:
        title, counting = series_title(context, totals.series), career.count_basis(totals)
        drivers = _merge_cars(career.drivers_in(totals))
        yield drivers_table(drivers, counting, f"Drivers, {title}", apart=starts_page)
        starts_page = False
    for totals in career.totals:
        title, counting = series_title(context, totals.series), career.count_basis(totals)
        yield team_seasons_table(career.rows, totals.series, counting, f"By season, {title}")
        yield cars_table(career.drivers_in(totals), counting, f"Cars, {title}")


def _season_blocks(context: QueryContext, career: TeamCareer) -> Iterable[Block]:
    """One season: numbers, drivers and cars, then race by race."""
    yield from _number_blocks(context, career)
    for number, totals in enumerate(career.totals):
        title, counting = series_title(context, totals.series), career.count_basis(totals)
        drivers = _merge_cars(career.drivers_in(totals))
        yield drivers_table(drivers, counting, f"Drivers, {title}", apart=number == 0)
        yield cars_table(career.drivers_in(totals), counting, f"Cars, {title}")
    for totals in career.totals:
        yield team_races_table(career.runs_in(totals), f"Race by race, {series_title(context, totals.series)}")


def _as_of(context: QueryContext, query: TeamQuery, career: TeamCareer) -> str:
    """The race after which the numbers are true; of several series only the season."""
    if query.season is not None and len(career.totals) == 1 and career.runs:
        return f"after the {driver_race_title(career.runs[0])}"
    latest = latest_race(context.session, career.totals[0].series)
    if latest is None:
        return ""
    several = f"as held to the season {latest.season}"
    return several if len(career.totals) > 1 else f"after the {race_title(context.session, latest)}"


def _follow_ups(query: TeamQuery, career: TeamCareer) -> Iterable[FollowUp]:
    """All seasons, the last win, and who started most for the team."""
    name = Argument("name", query.name, "team")
    if query.season is not None:
        yield FollowUp("All seasons", Question("team", (name,)))
    last_win = next((run for run in career.runs if run.position == 1), None)
    if last_win:
        yield FollowUp("Last win", Question("race", (Argument("name", last_win.race, "race"),)))
    drivers = _merge_cars(career.drivers)
    if drivers:
        driver = drivers[0].driver
        yield FollowUp(driver, Question("driver", (Argument("name", driver, "driver"),)))
    latest = max(row.season for row in career.rows)
    if query.season is None:
        yield FollowUp(f"Season {latest}", Question("team", (name, Argument("season", str(latest)))))
